"""`mainspring incidents`: what a person must mend, and retrying many at once."""

from datetime import datetime
from typing import Annotated

import typer

from mainspring.app import shown
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.batches import report, zoned
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.engine.events import Actor
from mainspring.runtime import batch, queries
from mainspring.runtime.batch import Filter

app = typer.Typer(no_args_is_help=True)
Process = Annotated[str | None, typer.Option(help="Only of this process.")]


@app.callback()
def incidents() -> None:
    """List what stands still and needs a person, and let it go on once the cause is mended.

    Example: mainspring incidents list
    """


@app.command("list")
def listed(
    database: Database = DATABASE,
    *,
    after: Annotated[int, typer.Option(min=0, help="Only those after this key.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
    json: Json = False,
) -> None:
    """List open incidents, oldest first.

    Example: mainspring incidents list --limit 20
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = queries.incidents(tx, after=after, limit=limit)
    finally:
        house.close()
    if json:
        say_json([shown.incident(one) for one in found])
        return
    columns = ("key", "case", "process", "element", "kind", "what", "since")
    rows = [
        (one.key, one.instance, one.process_id, one.element, one.kind, one.message, one.raised_at)
        for one in found
    ]
    table(columns, rows) if rows else say("There are no incidents.")


@app.command()
def retry(
    person: As,
    database: Database = DATABASE,
    *,
    process: Process = None,
    element: Annotated[str | None, typer.Option(help="Only in this element.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only of this kind.")] = None,
    before: Annotated[datetime | None, typer.Option(help="Only those raised before this time, UTC.")] = None,
    retries: Annotated[int, typer.Option(min=1, max=100, help="Attempts that a failed job gets.")] = 1,
    json: Json = False,
) -> None:
    """Let all incidents that fit go on where they stopped; says what became of each that did not.

    Example: mainspring incidents retry --as owner --process lead_to_cash --element issue_invoice
    """
    house = open_existing(database)
    try:
        chosen = Filter(process, element=element, kind=kind, before=zoned(before))
        made = batch.retry_incidents(house.runtime, chosen, actor=Actor("person", person), retries=retries)
        report(made, "retried", json=json)
    finally:
        house.close()
