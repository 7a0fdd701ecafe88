"""A log as an argument: the file, its columns and its time zone, the same wherever one is read."""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import typer

from mainspring.insight import Log, read_log

P = ParamSpec("P")
R = TypeVar("R")

File = Annotated[Path, typer.Argument(help="CSV, Excel, Parquet, XES or OCEL 2.0.")]
Case = Annotated[str | None, typer.Option(help="Column of the case; for OCEL the type of object.")]
Activity = Annotated[str | None, typer.Option(help="Column of the activity.")]
Time = Annotated[str | None, typer.Option(help="Column of the time.")]
Zone = Annotated[str, typer.Option(help="Time zone of times that name none.")]


ReadLog: TypeAlias = Callable[[], Log]


def of_log(command: Callable[Concatenate[ReadLog, P], R]) -> Callable[..., R]:
    """Give a command what reads the log that the user names; the options for it stand before its own.

    The log is read when the command asks for it, so that a command may refuse other options first.
    """
    own = list(inspect.signature(_read).parameters.values())
    others = list(inspect.signature(command).parameters.values())[1:]

    @functools.wraps(command)
    def run(*_: P.args, **given: P.kwargs) -> R:
        named: dict[str, Any] = {one.name: given.pop(one.name) for one in own}
        return command(functools.partial(_read, **named), *_, **given)

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined] # what typer makes options of
        [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*own, *others)]
    )
    return run


def _read(
    file: File, case: Case = None, activity: Activity = None, time: Time = None, zone: Zone = "UTC"
) -> Log:
    return read_log(file, case=case, activity=activity, time=time, zone=zone)
