"""Functions that Camunda documents beside the standard's: JSON, and those that would need chance.

Small ones stand with the values they work on (`is blank`, `partition`, `get or else`, ...).
"""

from collections.abc import Callable
from typing import Any

from mainspring.base import jsonio
from mainspring.base.jsonio import NotJsonError
from mainspring.feel.builtins.registry import define
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Run
from mainspring.feel.temporal import offset
from mainspring.feel.types import temporal_text
from mainspring.feel.values import DURATIONS, TEMPORAL, kind, number, number_text


def _from_json(run: Run, written: str) -> Any:
    run.spend(12)
    run.build(4 * len(written))
    try:
        value = jsonio.loads(written)
    except NotJsonError as error:
        raise EvaluationError(f"from json: {error.message}") from None
    except RecursionError:
        raise EvaluationError("from json: the value is nested too deeply") from None
    return _read(value, run)


def _read(value: Any, run: Run) -> Any:
    """The value with its numbers in FEEL's range."""
    if isinstance(value, (list, dict)):
        run.spend(len(value))
        run.enter()
        made: Any = (
            [_read(item, run) for item in value]
            if isinstance(value, list)
            else {key: _read(item, run) for key, item in value.items()}
        )
        run.leave()
        return made
    return number(value) if kind(value) == "number" else value


def _to_json(run: Run, value: Any) -> str:
    of_kind = kind(value)
    if of_kind in {"list", "context"}:
        run.spend(2 * len(value))
        run.enter()
        if of_kind == "list":
            made = f"[{','.join(_to_json(run, item) for item in value)}]"
        else:
            entries = (f"{_quoted(key)}:{_to_json(run, item)}" for key, item in value.items())
            made = f"{{{','.join(entries)}}}"
        run.leave()
    elif of_kind == "number":
        made = number_text(number(value))
    elif of_kind in TEMPORAL:
        made = _quoted(_zoned(value))
    elif of_kind in DURATIONS:
        made = _quoted(value.isoformat())
    elif of_kind in {"string", "boolean", "null"}:
        made = jsonio.dumps(value).decode()
    else:
        raise EvaluationError(f"to json: a {of_kind} has no form in JSON")
    run.build(len(made))
    return made


def _quoted(text: str) -> str:
    return jsonio.dumps(text).decode()


def _zoned(value: Any) -> str:
    """A temporal with the offset before the name of its zone: `+01:00[Europe/Berlin]`."""
    written, at, zone = temporal_text(value).partition("@")
    seconds = offset(value) if at else None
    if not at or seconds is None:
        return written
    return f"{written}{_east(seconds)}[{zone}]"


def _east(seconds: int) -> str:
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{rest // 60:02d}"


def _by_chance(name: str) -> Callable[[Run], Any]:
    def refuse(_run: Run) -> Any:
        raise EvaluationError(
            f"{name}: an expression gives the same whenever it is asked the same; let a job give the value"
        )

    return refuse


def functions() -> list[Builtin]:
    """The functions of this module."""
    return [
        define("from json", "value: string", _from_json),
        define("to json", "value: any", _to_json),
        define("uuid", "", _by_chance("uuid")),
        define("random number", "", _by_chance("random number")),
    ]
