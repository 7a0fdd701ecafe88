"""`mainspring tables`: tables that people make themselves, and fields that a skill fills in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mainspring.app import tables
from mainspring.app.house import House
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.given import object_of, read
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import percent, progress, say, say_json, table
from mainspring.govern import identity
from mainspring.govern.principal import Principal

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the table.")]
Field = Annotated[str, typer.Argument(help="Name of the field.")]


@app.callback()
def about() -> None:
    """Make tables, bring rows in, and let a skill fill a field, with review of what is unsure.

    Example: mainspring tables list
    """


@app.command("list")
def listed(person: As = "owner", database: Database = DATABASE, *, json: Json = False) -> None:
    """List the tables with their fields.

    Example: mainspring tables list
    """
    with _opened(database, person) as (house, me):
        found = tables.call(house, me, "list").sheets
    if json:
        say_json([one.model_dump(mode="json") for one in found])
        return
    rows = [(one.sheet, one.title, one.rows, ", ".join(field.name for field in one.fields)) for one in found]
    table(("table", "title", "rows", "fields"), rows) if rows else say("There is no table yet.")


@app.command()
def define(
    name: Name,
    definition: Annotated[str, typer.Argument(help="Title and fields, as JSON or a file of it.")],
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Make a table, or change its title and add fields.

    Example: mainspring tables define questions questions.json
    """
    given = object_of(definition, "DEFINITION")
    with _opened(database, person) as (house, me):
        made = tables.call(house, me, "define", sheet=name, **given)
    say(f"{made.sheet} has the fields {', '.join(one.name for one in made.fields)}.")


@app.command("import")
def bring_in(
    name: Name,
    file: Annotated[Path, typer.Argument(help="Excel or CSV whose headings are the table's fields.")],
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Add the rows of a spreadsheet to a table: all of them or none.

    Example: mainspring tables import questions questions.csv
    """
    content = read(file, "FILE")
    with _opened(database, person) as (house, me):
        count = tables.bring_in(house, me, name, content, file.name)
    say(f"{count} rows were added to {name}.")


@app.command()
def show(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=5000, help="Rows that are shown.")] = 20,
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Show rows of a table.

    Example: mainspring tables show questions --limit 50
    """
    with _opened(database, person) as (house, me):
        fields = [one.name for one in tables.call(house, me, "get", sheet=name).fields]
        rows = tables.call(house, me, "rows", sheet=name, limit=limit).rows
    table(("row", *fields), [(one.row, *(one.cells.get(field) for field in fields)) for one in rows])


@app.command()
def fill(
    name: Name,
    field: Field,
    person: As = "owner",
    *,
    cost: Annotated[bool, typer.Option("--cost", help="Only say what it would take.")] = False,
    database: Database = DATABASE,
) -> None:
    """Let a skill fill a field, learned from rows people filled; goes on where it was stopped.

    Example: mainspring tables fill questions topic --cost
    """
    with _opened(database, person) as (house, me):
        told = tables.cost(house, name, field)
        say(f"{told.rows} rows to fill, learned from {told.examples}: about {told.seconds:.0f} s, no money.")
        if cost:
            return
        with progress() as bar:
            for state in tables.fill(house, me, name, field):
                bar(told.rows - state.waiting, told.rows, field)
    say(f"{state.status}: {state.taken} taken, {state.unsure} to review, {state.waiting} not yet filled.")


@app.command()
def stop(name: Name, field: Field, person: As = "owner", database: Database = DATABASE) -> None:
    """Stop a filling after the batch at hand; `fill` goes on with it later.

    Example: mainspring tables stop questions topic
    """
    with _opened(database, person) as (house, me):
        state = tables.call(house, me, "steer", sheet=name, field=field, status="stopped")
    say(f"Stopped with {state.waiting} rows not yet filled.")


@app.command()
def unsure(name: Name, field: Field, person: As = "owner", database: Database = DATABASE) -> None:
    """Show the rows whose filling waits for a person.

    Example: mainspring tables unsure questions topic
    """
    with _opened(database, person) as (house, me):
        found = tables.call(house, me, "unsure", sheet=name, field=field).guesses
    rows = [(one.row, one.value, percent(one.confidence), one.why) for one in found]
    table(("row", "value", "sure", "why"), rows) if rows else say("Nothing waits.")


@app.command()
def review(
    name: Name,
    field: Field,
    row: Annotated[int, typer.Argument(min=1, help="Number of the row.")],
    value: Annotated[str, typer.Argument(help="What is right.")],
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Decide the value of an unsure row; the next filling learns from it.

    Example: mainspring tables review questions topic 17 delivery
    """
    with _opened(database, person) as (house, me):
        state = tables.call(house, me, "review", sheet=name, field=field, row=row, value=value)
    say(f"Row {row} is {value}; {state.unsure} still wait.")


@contextmanager
def _opened(database: str, person: str) -> Iterator[tuple[House, Principal]]:
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            principal = identity.principal(tx, person)
        yield house, principal
    finally:
        house.close()
