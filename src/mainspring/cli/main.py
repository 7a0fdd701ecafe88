"""The command line as a list of commands; errors are told in words, never as a traceback."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from mainspring.base.errors import MainspringError
from mainspring.cli import (
    conformance,
    decide,
    demo,
    doctor,
    evidence,
    instances,
    measures,
    run,
    serve,
    tasks,
    version,
)
from mainspring.cli.lists import spelled_out
from mainspring.cli.output import complain

FAILED = 2

app = typer.Typer(
    name="mainspring",
    help="Runs business processes in which digital employees work and people decide.\n\n"
    "Example: mainspring demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(run.app, name="run")
app.command()(demo.demo)
app.command()(serve.serve)
app.command()(serve.worker)
app.add_typer(tasks.app, name="tasks")
app.add_typer(instances.app, name="instances")
app.command()(measures.measures)
app.command()(decide.decide)
app.add_typer(conformance.app, name="conformance")
app.command()(doctor.doctor)
app.add_typer(evidence.app, name="evidence")
app.command()(version.version)


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its full name, those of groups after their group's name."""
    for name, command in getattr(group, "commands", {}).items():
        if getattr(command, "commands", None):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def example_of(command: Any) -> str:
    """The example that a command's help ends with."""
    return (command.help or "").rpartition("Example: ")[2].strip()


app.info.epilog = "\b\nExamples:\n" + "\n".join(
    f"  {example_of(command)}" for _, command in commands(typer.main.get_command(app))
)


def call(arguments: Sequence[str]) -> int:
    """Run a command; gives the exit code: 0 well, 1 something is ill, 2 it could not be done."""
    try:
        app(args=list(spelled_out(arguments)), prog_name="mainspring")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except MainspringError as error:
        complain(error)
        return FAILED
    return 0


def main() -> None:
    """The entry point."""
    sys.exit(call(sys.argv[1:]))
