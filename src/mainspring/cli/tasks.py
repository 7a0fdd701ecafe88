"""`mainspring tasks`: what waits for a person, from the command line."""

from typing import Annotated, Any

import typer

from mainspring.agents.inbox import Inbox
from mainspring.app import shown
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.given import object_of
from mainspring.cli.options import As, Database, Json, Key
from mainspring.cli.output import say, say_json, table
from mainspring.govern import identity

app = typer.Typer(no_args_is_help=True)


@app.callback()
def tasks() -> None:
    """List, take and answer what waits for a person.

    Example: mainspring tasks list --as owner
    """


@app.command("list")
def listed(
    person: As,
    database: Database = DATABASE,
    *,
    json: Json = False,
    after: Annotated[int, typer.Option(min=0, help="Only tasks after this key.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
) -> None:
    """List the open tasks that a person may take or has.

    Example: mainspring tasks list --as sales-1
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            me = identity.principal(tx, person)
            found = Inbox(house.runtime, house.gateway).waiting(tx, me, after=after, limit=limit)
            cases = shown.cases(tx, (task.instance for task in found))
    finally:
        house.close()
    if json:
        say_json([shown.brief_task(task, cases.get(task.instance)) for task in found])
        return
    columns = ("key", "what", "kind", "for", "case", "since")
    rows: list[tuple[Any, ...]] = [
        (
            task.key,
            task.name,
            task.kind,
            task.assignee or ", ".join((*task.candidate_users, *task.candidate_groups)),
            cases.get(task.instance),
            task.created_at,
        )
        for task in found
    ]
    table(columns, rows) if rows else say(f"Nothing waits for {person}.")


@app.command()
def claim(key: Key, person: As, database: Database = DATABASE) -> None:
    """Take a task for oneself.

    Example: mainspring tasks claim 248812077056001 --as sales-1
    """
    house = open_existing(database)
    try:
        with house.store.write() as tx:
            Inbox(house.runtime, house.gateway).claim(tx, key, identity.principal(tx, person))
    finally:
        house.close()
    say(f"{person} has task {key}.")


@app.command()
def complete(
    key: Key,
    person: As,
    outcome: Annotated[
        str | None, typer.Option(help="completed; accepted, edited, rejected; approved, refused.")
    ] = None,
    answer: Annotated[
        str | None, typer.Option(metavar="JSON|FILE", help="The values, as JSON or a file of it.")
    ] = None,
    database: Database = DATABASE,
) -> None:
    """Answer a task.

    Example: mainspring tasks complete 248812077056001 --as sales-1 --outcome edited --answer answer.json
    """
    values = object_of(answer, "--answer") if answer else {}
    house = open_existing(database)
    try:
        with house.store.write() as tx:
            inbox = Inbox(house.runtime, house.gateway)
            inbox.complete(tx, key, identity.principal(tx, person), outcome, values)
    finally:
        house.close()
    say(f"Task {key} is answered.")
