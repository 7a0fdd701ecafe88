"""`mainspring instances withdraw`, `revoke`, `jump`, `reopen`, `copy`: what people do with a case."""

from typing import Annotated

import typer

from mainspring.app.opening import DATABASE
from mainspring.cli.options import As, Database, Key
from mainspring.cli.task_operations import People, Reason, act
from mainspring.engine import approval_commands as ac

app = typer.Typer(no_args_is_help=True)


@app.command()
def withdraw(
    key: Key,
    person: As,
    database: Database = DATABASE,
    *,
    element: Annotated[str | None, typer.Option(help="Which of the own steps; else the last.")] = None,
    reason: Reason = "",
) -> None:
    """Take one's own step or signature back, before the next person acts.

    Example: mainspring instances withdraw 248812077056000 --as sales-1
    """
    act(database, person, ac.WithdrawStep(key, element, reason))


@app.command()
def revoke(key: Key, person: As, database: Database = DATABASE, *, reason: Reason = "") -> None:
    """End a case that one began.

    Example: mainspring instances revoke 248812077056000 --as sales-1 --reason "not needed any more"
    """
    act(database, person, ac.RevokeInstance(key, reason))


@app.command()
def jump(
    key: Key,
    person: As,
    source: Annotated[int, typer.Option(min=1, help="Key of the active element instance.")],
    to: Annotated[str, typer.Option(metavar="ELEMENT", help="Id of the element to go on at.")],
    database: Database = DATABASE,
    *,
    reason: Reason = "",
) -> None:
    """Move a token to another element.

    Example: mainspring instances jump 248812077056000 --as owner --source 248812077056003 --to check_order
    """
    act(database, person, ac.JumpTo(key, source, to, reason))


@app.command()
def reopen(
    key: Key,
    person: As,
    database: Database = DATABASE,
    *,
    at: Annotated[str | None, typer.Option(metavar="ELEMENT", help="Where; else at the last step.")] = None,
    reason: Reason = "",
) -> None:
    """Let an ended case go on.

    Example: mainspring instances reopen 248812077056000 --as owner --reason "the invoice was wrong"
    """
    act(database, person, ac.ReopenInstance(key, at, reason))


@app.command()
def copy(
    key: Key,
    person: As,
    people: People,
    database: Database = DATABASE,
    *,
    note: Annotated[str, typer.Option(help="A word to them.")] = "",
) -> None:
    """Send people a copy of a case for information, each once.

    Example: mainspring instances copy 248812077056000 --as sales-1 --person finance-1
    """
    act(database, person, ac.CopyCase(key, tuple(people), note))
