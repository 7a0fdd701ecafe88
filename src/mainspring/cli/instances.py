"""`mainspring instances`: cases and what happened in them."""

from typing import Annotated, Any

import typer

from mainspring.app import shown
from mainspring.app.opening import DATABASE, open_existing
from mainspring.base import jsonio
from mainspring.cli.options import Database, Json, Key
from mainspring.cli.output import say, say_json, table
from mainspring.runtime import queries

app = typer.Typer(no_args_is_help=True)
SHORT = 100


@app.callback()
def instances() -> None:
    """List cases and show what happened in them.

    Example: mainspring instances list --state active
    """


@app.command("list")
def listed(
    database: Database = DATABASE,
    *,
    process: Annotated[str | None, typer.Option(help="Only of this process.")] = None,
    state: Annotated[str | None, typer.Option(help="active, suspended, completed or terminated.")] = None,
    case: Annotated[str | None, typer.Option(help="Only with this business key.")] = None,
    after: Annotated[int, typer.Option(min=0, help="Only those after this key.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
    json: Json = False,
) -> None:
    """List cases, oldest first.

    Example: mainspring instances list --process lead_to_cash --state active
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = queries.instances(
                tx,
                process_id=process,
                state=state,
                business_key=case,
                roots_only=True,
                after=after,
                limit=limit,
            )
    finally:
        house.close()
    if json:
        say_json([shown.instance(one) for one in found])
        return
    columns = ("key", "case", "process", "version", "state", "started", "ended")
    rows = [
        (one.key, one.business_key, one.process_id, one.version, one.state, one.started_at, one.ended_at)
        for one in found
    ]
    table(columns, rows) if rows else say("There are no such cases.")


@app.command()
def show(key: Key, database: Database = DATABASE, *, json: Json = False) -> None:
    """Show a case: its variables, incidents and history.

    Example: mainspring instances show 248812077056000
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            one = queries.instance(tx, key)
            variables = queries.variables(tx, key)
            incidents = queries.incidents(tx, instance=one.root)
            history = queries.history(tx, one.root)
    finally:
        house.close()
    if json:
        parts: dict[str, Any] = {
            "variables": variables,
            "incidents": [shown.incident(each) for each in incidents],
            "history": [shown.event(entry) for entry in history],
        }
        say_json(shown.instance(one) | parts)
        return
    since = f"{one.started_at:%Y-%m-%d %H:%M}"
    say(f"{one.process_id} {one.business_key or one.key}: {one.state}, started {since}")
    for each in incidents:
        say(f"INCIDENT in {each.element}: {each.message}")
    say("")
    table(("variable", "value"), [(name, _short(value)) for name, value in variables.items()])
    say("")
    rows = [
        (entry.seq, entry.at, f"{entry.actor.kind} {entry.actor.id}", entry.type, entry.element)
        for entry in history
    ]
    table(("#", "at", "by", "what", "where"), rows)


def _short(value: Any) -> str:
    text = jsonio.dumps(value).decode()
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
