"""The command line as a list of commands; errors are told in words, never as a traceback.

A command is imported when it is called, or when all of them are shown, so that starting one is quick.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from typer.core import TyperGroup

from mainspring.base.errors import MainspringError
from mainspring.cli.catalogue import Catalogue
from mainspring.cli.lists import spelled_out
from mainspring.cli.output import complain

FAILED = 2

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "run": ("run:app",),
    "demo": ("demo:demo",),
    "serve": ("serve:serve",),
    "worker": ("serve:worker",),
    "tasks": ("tasks:app", "task_operations:app"),
    "instances": ("instances:app", "ending:cancel", "ending:delete", "case_operations:app"),
    "incidents": ("incidents:app",),
    "agents": ("agents:app", "agents_learning:app"),
    "skills": ("skills:app",),
    "measures": ("measures:measures",),
    "ask": ("ask:ask",),
    "roi": ("roi:app",),
    "plan": ("plan:app",),
    "log": ("log:app",),
    "mine": ("mine:app", "mine_analyses:app"),
    "simulate": ("simulate:simulate",),
    "improve": ("improve:app",),
    "decide": ("decide:decide",),
    "dmn": ("decisions:app",),
    "conformance": ("conformance:app",),
    "doctor": ("doctor:doctor",),
    "evidence": ("evidence:app",),
    "audit": ("audit:app",),
    "people": ("people:app",),
    "who": ("people:who",),
    "services": ("services:app",),
    "secrets": ("secrets:app",),
    "links": ("links:app",),
    "import": ("imports:bring_in",),
    "imports": ("imports:app",),
    "bank": ("bank:app",),
    "papers": ("papers:app",),
    "mail": ("mail:app",),
    "folder": ("mail:folder",),
    "notices": ("notices:app",),
    "digest": ("digest:app",),
    "targets": ("digest:targets",),
    "tables": ("tables:app",),
    "up": ("up:up",),
    "backup": ("backup:backup",),
    "restore": ("backup:restore",),
    "service": ("service:app",),
    "upgrade": ("upgrade:upgrade",),
    "version": ("version:version",),
}
"""Each command with where it is in this package; a group may be put together from several places."""


class Root(TyperGroup):
    """The command `mainspring`; its help ends with an example of each command."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the parser's port
        """Write the examples, each on a line of its own."""
        formatter.write("\nExamples:\n")
        for _, command in commands(self):
            formatter.write(f"  {example_of(command)}\n")


app = Root(
    name="mainspring",
    help="Runs business processes in which digital employees work and people decide.\n\n"
    "Example: mainspring demo",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.commands = Catalogue("mainspring.cli", COMMANDS)


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


if __name__ == "__main__":
    main()
