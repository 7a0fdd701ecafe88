"""`mainspring decide`: ask a decision of a DMN model, and see why it answers so."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mainspring import dmn
from mainspring.cli.given import object_of, read
from mainspring.cli.output import say, say_json
from mainspring.dmn.trace import plain

NO_ANSWER = 1


def decide(
    model: Annotated[Path, typer.Argument(help="A DMN file.")],
    decision: Annotated[str, typer.Argument(help="Name or id of the decision.")],
    given: Annotated[str, typer.Option("--input", metavar="JSON|FILE", help="Input data by name.")] = "{}",
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Print which rules matched, and why.")] = False,
) -> None:
    """Make a decision of a DMN model; the answer is JSON.

    Example: mainspring decide credit.dmn credit --input '{"open_amount": 900}' --explain
    """
    context = object_of(given, "--input")
    loaded = dmn.load(read(model), [])
    result = loaded.evaluate(decision, context, now=datetime.now(UTC))
    say_json(plain(result.value))
    if explain:
        say("", str(result.trace))
    for error in result.errors:
        typer.echo(f"note: {error}", err=True)
    if result.value is None and result.errors:
        raise typer.Exit(NO_ANSWER)
