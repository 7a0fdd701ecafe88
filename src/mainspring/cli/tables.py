"""`mainspring tables`: tables that people make themselves, and fields that a skill fills in."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring.app.opening import DATABASE
from mainspring.app.tables import calls, files, filling
from mainspring.app.tables.calls import call
from mainspring.cli.acting import opened_for
from mainspring.cli.given import object_of, read
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import percent, progress, say, say_json, table
from mainspring.services.errors import UnknownRecordError
from mainspring.services.sheets.shapes import WindowQuery

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
    with opened_for(database, person) as (house, me):
        found = calls.heads(house, me)
    if json:
        say_json([one.model_dump(mode="json") for one in found])
        return
    rows = [(one.sheet, one.title, one.rows, ", ".join(field.name for field in one.fields)) for one in found]
    table(("table", "title", "rows", "fields"), rows)


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
    with opened_for(database, person) as (house, me):
        made = call(house, me, "define", sheet=name, **given)
    say(f"{made.sheet} has the fields {', '.join(one.name for one in made.fields)}.")


@app.command("import")
def bring_in(
    name: Name,
    file: Annotated[Path, typer.Argument(help="Excel or CSV whose headings are the table's fields.")],
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Add the rows of a spreadsheet to a table: all of them or none; totals and titles are left out.

    Example: mainspring tables import questions questions.csv
    """
    content = read(file, "FILE")
    with opened_for(database, person) as (house, me):
        brought = files.bring_in(house, me, name, content, file.name)
    say(f"{brought.rows} rows were added to {name}.")
    if brought.left_out:
        say(f"No field is like {', '.join(brought.left_out)}: left out.")


@app.command()
def make(
    name: Name,
    file: Annotated[Path, typer.Argument(help="Excel or CSV; its headings become the fields.")],
    title: Annotated[str, typer.Option(help="Title of the table; the file's name unless given.")] = "",
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Make a table of a spreadsheet, with the types of its fields seen from the values.

    Example: mainspring tables make suppliers suppliers.xlsx
    """
    content = read(file, "FILE")
    with opened_for(database, person) as (house, me):
        made = files.make_of(house, me, name, title, content, file.name)
    fields = ", ".join(f"{one.name} ({one.sort})" for one in made.fields)
    say(f"{made.sheet} has {made.rows} rows and the fields {fields}.")


@app.command()
def show(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Rows that are shown.")] = 20,
    view: Annotated[str, typer.Option(help="Name of a view of the table.")] = "",
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Show rows of a table, or of the firm's customers, products or stock.

    Example: mainspring tables show questions --limit 50
    """
    with opened_for(database, person) as (house, me):
        head = calls.head(house, me, name)
        chosen = next((one for one in head.views if one.name == view), None)
        if view and chosen is None:
            mend = f"There are: {', '.join(one.name for one in head.views) or 'none'}."
            raise UnknownRecordError(f"{name} has no view {view}", mend=mend)
        query = WindowQuery(sheet=name, count=limit)
        if chosen is not None:
            query = query.model_copy(update={"where": chosen.where, "order": chosen.order})
        rows = calls.window(house, me, query).rows
    fields = (chosen and chosen.fields) or tuple(one.name for one in head.fields)
    table(("row", *fields), [(one.key, *(one.cells.get(field) for field in fields)) for one in rows])


@app.command()
def fill(
    name: Name,
    field: Field,
    person: As = "owner",
    *,
    cost: Annotated[bool, typer.Option("--cost", help="Only say what it would take.")] = False,
    database: Database = DATABASE,
) -> None:
    """Let a skill or a model fill a field, learned from rows people filled; goes on where it stopped.

    Example: mainspring tables fill questions topic --cost
    """
    with opened_for(database, person) as (house, me):
        told = filling.cost(house, me, name, field)
        money = f"{told.money:.4f} by the price of the model" if told.money else "no money"
        say(f"{told.rows} rows to fill, learned from {told.examples}: about {told.seconds:.0f} s, {money}.")
        if cost:
            return
        with progress() as bar:
            for state in filling.fill(house, me, name, field):
                bar(told.rows - state.waiting, told.rows, field)
    say(f"{state.status}: {state.taken} taken, {state.unsure} to review, {state.waiting} not yet filled.")


@app.command()
def stop(name: Name, field: Field, person: As = "owner", database: Database = DATABASE) -> None:
    """Stop a filling after the batch at hand; `fill` goes on with it later.

    Example: mainspring tables stop questions topic
    """
    with opened_for(database, person) as (house, me):
        state = call(house, me, "steer", sheet=name, field=field, status="stopped")
    say(f"Stopped with {state.waiting} rows not yet filled.")


@app.command()
def unsure(name: Name, field: Field, person: As = "owner", database: Database = DATABASE) -> None:
    """Show the rows whose filling waits for a person.

    Example: mainspring tables unsure questions topic
    """
    with opened_for(database, person) as (house, me):
        found = call(house, me, "unsure", sheet=name, field=field).guesses
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
    with opened_for(database, person) as (house, me):
        state = call(house, me, "review", sheet=name, field=field, row=row, value=value)
    say(f"Row {row} is {value}; {state.unsure} still wait.")
