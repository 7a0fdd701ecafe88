"""`mainspring digest` and `mainspring targets`: what an owner reads in the morning, and what they aim at."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.app import targets as aims
from mainspring.app.digest import drawing, sections, sending
from mainspring.app.digest import settings as wishes
from mainspring.app.digest.sections import Language
from mainspring.app.digest.settings import Kind
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.acting import opened_for
from mainspring.cli.errors import ArgumentError
from mainspring.cli.given import read
from mainspring.cli.options import As, Chinese, Database, Json
from mainspring.cli.output import say, say_json, table

app = typer.Typer(no_args_is_help=True)
targets = typer.Typer(no_args_is_help=True)
Day = Annotated[str, typer.Option(help="In the morning of which it comes, as 2026-03-10; without it today.")]
Out = Annotated[Path | None, typer.Option(help="A file to write: .pdf, .html or .txt.")]


@app.callback()
def about() -> None:
    """Read the digest of a day or week, and say when it comes.

    Example: mainspring digest daily
    """


@app.command()
def daily(
    day: Day = "", to: Out = None, database: Database = DATABASE, *, zh: Chinese = False, json: Json = False
) -> None:
    """Print the digest of the day before, or write it to a file.

    Example: mainspring digest daily --zh --to today.pdf
    """
    _digest("daily", day, to, database, "zh" if zh else "en", json=json)


@app.command()
def weekly(
    day: Day = "", to: Out = None, database: Database = DATABASE, *, zh: Chinese = False, json: Json = False
) -> None:
    """Print the digest of the seven days before, with the measures against their targets.

    Example: mainspring digest weekly
    """
    _digest("weekly", day, to, database, "zh" if zh else "en", json=json)


@app.command("settings")
def when(
    hour: Annotated[int | None, typer.Option(min=0, max=23, help="Hour at which it comes.")] = None,
    weekday: Annotated[int | None, typer.Option(min=0, max=6, help="Of the weekly one; Monday is 0.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="As Asia/Shanghai.")] = None,
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Print when the digest comes, or say it.

    Example: mainspring digest settings --hour 8 --time-zone Asia/Shanghai
    """
    given: dict[str, Any] = {"hour": hour, "weekday": weekday, "time_zone": time_zone}
    said = {name: value for name, value in given.items() if value is not None}
    with opened_for(database, person) as (house, by):
        with house.store.read() as tx:
            kept = wishes.settings_of(tx)
        if said:
            try:
                made = wishes.Settings.model_validate(kept.model_dump() | said)
            except ValueError as error:
                raise ArgumentError(str(error).splitlines()[2].strip(), where="digest settings") from None
            kept = wishes.put(house, made, by)
    say_json(kept.model_dump())


@targets.callback()
def about_targets() -> None:
    """Set targets of measures; an alarm tells when one is missed.

    Example: mainspring targets show
    """


@targets.command("show")
def stands(database: Database = DATABASE, *, json: Json = False) -> None:
    """Print each target and how its measure stands.

    Example: mainspring targets show
    """
    house = open_existing(database)
    try:
        in_force, found = aims.standing(house)
    finally:
        house.close()
    if json:
        say_json({"days": in_force.days, "items": [one._asdict() for one in found]})
        return
    said = {None: "no data", True: "met", False: "missed"}
    rows = [
        (one.measure, "" if one.value is None else f"{one.value:.4g}", one.target, said[one.met])
        for one in found
    ]
    table(("measure", "value", "target", "result"), rows)


@targets.command("put")
def set_targets(
    file: Annotated[Path, typer.Argument(help="The targets, YAML.")],
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Put targets in force; earlier ones stay.

    Example: mainspring targets put targets.yaml --as owner
    """
    text = read(file, "FILE").decode("utf-8", "replace")
    with opened_for(database, person) as (house, by):
        number = aims.put(house, text, by)
    say(f"Targets {number} are in force.")


def _digest(kind: Kind, day: str, to: Path | None, database: str, language: Language, *, json: bool) -> None:
    try:
        wanted = date.fromisoformat(day) if day else None
    except ValueError:
        raise ArgumentError(f"{day} is no day", where="--day", mend="Write it as 2026-03-10.") from None
    house = open_existing(database)
    try:
        content = sending.content_of(house, kind, wanted)
    finally:
        house.close()
    made = sections.said(content, language)
    if json:
        say_json(content)
    elif to is None:
        say(drawing.text(made))
    else:
        to.write_bytes(_written(made, to))
        say(f"{to}: {to.stat().st_size} bytes.")


def _written(made: sections.Digest, to: Path) -> bytes:
    if to.suffix == ".pdf":
        return drawing.pdf(made)
    if to.suffix not in {".html", ".txt"}:
        raise ArgumentError(
            f"{to.name} has another ending", where="--to", mend="End it in .pdf, .html, .txt."
        )
    return (drawing.html(made) if to.suffix == ".html" else drawing.text(made)).encode()
