"""`mainspring decide`: ask a decision of a DMN model, and see why it answers so."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mainspring import dmn
from mainspring.cli.errors import ArgumentError
from mainspring.cli.given import object_of, read
from mainspring.cli.output import say, say_json

NO_ANSWER = 1


def decide(
    model: Annotated[Path, typer.Argument(help="A DMN file.")],
    decision: Annotated[str, typer.Argument(help="Name or id of the decision or decision service.")],
    given: Annotated[str, typer.Option("--input", metavar="JSON|FILE", help="Input data by name.")] = "{}",
    *,
    imports: Annotated[list[Path] | None, typer.Option("--import", help="A model that it imports.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print which rules matched, and why.")] = False,
    language: Annotated[str, typer.Option(help="Of the explanation: en or zh.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="Value, notes and explanation as JSON.")] = False,
) -> None:
    """Make a decision of a DMN model; the answer is JSON.

    Example: mainspring decide credit.dmn credit --input '{"open_amount": 900}' --explain
    """
    chosen = next((one for one in dmn.LANGUAGES if one == language), None)
    if chosen is None:
        raise ArgumentError(f"the language is en or zh, not {language}", where="--language")
    context = object_of(given, "--input")
    loaded = dmn.load(read(model), [read(path) for path in imports or ()])
    services = {name for service in loaded.services for name in service}
    ask = loaded.invoke if decision in services else loaded.evaluate
    result = ask(decision, context, now=datetime.now(UTC))
    if json:
        say_json(result.as_dict())
    else:
        say_json(dmn.plain(result.value))
        if explain:
            say("", dmn.explain(result.trace, chosen))
        for error in result.errors:
            typer.echo(f"{'提示' if chosen == 'zh' else 'note'}: {error}", err=True)
    if result.value is None and result.errors:
        raise typer.Exit(NO_ANSWER)
