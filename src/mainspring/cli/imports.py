"""`mainspring import` and `imports`: a firm's own spreadsheets, tried before they are written, and undone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mainspring.app import imports
from mainspring.app.opening import DATABASE
from mainspring.cli.acting import opened_for
from mainspring.cli.errors import ArgumentError
from mainspring.cli.given import read
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import percent, say, say_json, table
from mainspring.services.imports.shapes import Import

app = typer.Typer(no_args_is_help=True)
Number = Annotated[str, typer.Argument(help="Number of the import, as the list shows it.")]
_SHOWN = 20  # problem rows that are printed; --json has all


@app.callback()
def about() -> None:
    """Look at what was imported, undo it, or write the books back into the file's own layout.

    Example: mainspring imports list
    """


def bring_in(
    file: Annotated[Path, typer.Argument(help="Excel (.xlsx) or CSV, as another program exports it.")],
    person: As = "owner",
    kind: Annotated[
        str | None,
        typer.Option(
            help="customers, products, prices, stock, suppliers, orders or receivables; else guessed."
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help='What a column is: "heading=role"; "heading=" for no use. Remembered.'),
    ] = None,
    currency: Annotated[str | None, typer.Option(help="Where no column names it, such as CNY.")] = None,
    days: Annotated[str | None, typer.Option(help="dmy or mdy, where days can be read either way.")] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Import; without it everything is only tried.")] = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Import the good rows and leave the others out.")
    ] = False,
    json: Json = False,
    database: Database = DATABASE,
) -> None:
    """Take customers, products, prices, stock, suppliers, open orders or receivables from a spreadsheet.

    Example: mainspring import customers.xlsx --yes
    """
    content = read(file, "FILE")
    with opened_for(database, person) as (house, principal):
        made = imports.open_file(house, principal, content, file.name, kind)
        choices = {
            "import_no": made.import_no,
            "columns": _columns(column or ()),
            "currency": currency,
            "days": days,
            "leave_out": leave_out,
        }
        made = imports.run(house, principal, choices) if yes else imports.look(house, principal, choices)
    if json:
        say_json(made.model_dump(mode="json"))
        return
    _told(made)


def _columns(given: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in given:
        heading, sign, role = one.rpartition("=")
        if not sign or not heading:
            raise ArgumentError(
                f"{one!r} is no heading=role", where="--column", mend='Write "Price=list_price".'
            )
        found[heading] = role
    return found


def _told(made: Import) -> None:
    say(f"{made.import_no}: {made.file} holds {made.kind}, {made.counts.rows} rows.")
    rows = [
        (one.heading, one.role or "(no use)", percent(one.confidence), " | ".join(one.samples))
        for one in made.columns
    ]
    table(("column", "is", "sure", "for instance"), rows)
    counts = made.counts
    say("", f"New {counts.new}, changed {counts.changed}, as they are {counts.same}.")
    if made.left_out:
        say("No data: " + ", ".join(f"line {one.line} ({one.why})" for one in made.left_out[:_SHOWN]))
    if made.unsure:
        say(f"Days in {', '.join(made.unsure)} were read day first; --days mdy reads them month first.")
    if made.missing:
        say(f'No column says {", ".join(made.missing)}: name it with --column "heading=role".')
    if made.problems:
        say("", f"{counts.problem_rows} rows have problems:")
        shown = made.problems[:_SHOWN]
        table(("line", "column", "value", "problem"), [(p.line, p.column, p.value, p.message) for p in shown])
        if len(made.problems) > _SHOWN:
            say(f"... and {len(made.problems) - _SHOWN} more; --json shows all.")
    if made.status == "draft":
        say("", "Nothing was imported yet: the same with --yes imports it.")
    else:
        say("", f"Imported. `mainspring imports undo {made.import_no}` takes it back.")


@app.command("list")
def listed(person: As = "owner", database: Database = DATABASE, *, json: Json = False) -> None:
    """List the latest imports.

    Example: mainspring imports list
    """
    with opened_for(database, person) as (house, principal):
        found = imports.every(house, principal).imports
    if json:
        say_json([one.model_dump(mode="json") for one in found])
        return
    rows = [
        (
            one.import_no,
            one.created_at,
            one.file,
            one.kind,
            one.status,
            one.counts.new,
            one.counts.changed,
            one.by,
        )
        for one in found
    ]
    columns = ("import", "at", "file", "kind", "status", "new", "changed", "by")
    table(columns, rows) if rows else say("Nothing was imported yet.")


@app.command()
def undo(number: Number, person: As = "owner", database: Database = DATABASE) -> None:
    """Take an import back as a whole; refused when what it wrote was changed or used since.

    Example: mainspring imports undo M-000001
    """
    with opened_for(database, person) as (house, principal):
        made = imports.undo(house, principal, number)
    say(f"{made.import_no} ({made.file}) is undone.")


@app.command()
def back(
    number: Number,
    to: Annotated[Path, typer.Option(help="File that is written, or the folder for it.")] = Path(),
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Write what the books say now as Excel, in the layout that came.

    Example: mainspring imports back M-000001 --to receivables-now.xlsx
    """
    with opened_for(database, person) as (house, principal):
        name, content = imports.written_back(house, principal, number)
    file = to / name if to.is_dir() else to
    file.write_bytes(content)
    say(f"{file} is written.")
