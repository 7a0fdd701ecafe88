"""`mainspring audit`: a record with count and query; whether checkpoints agree; fairness across groups."""

from typing import Annotated

import typer

from mainspring.app import audit as use
from mainspring.app.fairness import compared
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.errors import ArgumentError
from mainspring.cli.options import Database, Json
from mainspring.cli.output import percent, say, say_json, table
from mainspring.govern import checkpoint
from mainspring.govern.fairness import METHOD

app = typer.Typer(no_args_is_help=True)
_SHOWN = (
    "position",
    "at",
    "actor_kind",
    "actor_id",
    "type",
    "operation",
    "act",
    "step",
    "outcome",
    "subject",
)


@app.callback()
def audit() -> None:
    """For auditors: the whole record, and the proof that nobody changed it.

    Example: mainspring audit population calls
    """


@app.command()
def population(
    source: Annotated[str, typer.Argument(help="events, calls, approvals or acts.")],
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="COLUMN=VALUE", help="Narrow it; may be repeated.")
    ] = None,
    database: Database = DATABASE,
    *,
    json: Json = False,
    after: Annotated[int, typer.Option(min=0, help="Only what comes after this position.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many rows.")] = 50,
) -> None:
    """Count all rows of a record, print the query that finds them, and a page of them.

    Example: mainspring audit population calls --where outcome=denied
    """
    filters = dict(_pair(one) for one in where or [])
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = use.population(tx, source, filters, after=after, limit=limit)
    finally:
        house.close()
    if json:
        say_json({"count": found.total, "query": found.query, "items": found.rows, "next": found.next})
        return
    say(f"{found.total:,} rows in all.", "", found.query, "")
    columns = [name for name in _SHOWN if found.rows and name in found.rows[0]]
    table(columns, [[row[name] for name in columns] for row in found.rows])


@app.command()
def checkpoints(database: Database = DATABASE, *, json: Json = False) -> None:
    """List the signed heads of the evidence tree.

    Example: mainspring audit checkpoints
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = checkpoint.every(tx)
    finally:
        house.close()
    if json:
        say_json([{**one._asdict(), "root": one.root.hex(), "note": one.note.decode()} for one in found])
        return
    table(("size", "at", "head"), [(one.size, one.at, one.root.hex()) for one in found])


@app.command()
def verify(
    old: Annotated[int | None, typer.Option(help="Size of the earlier one; the first by default.")] = None,
    new: Annotated[int | None, typer.Option(help="Size of the later one; the last by default.")] = None,
    database: Database = DATABASE,
) -> None:
    """Show that one checkpoint's tree is the beginning of another's, and hash all sealed rows again.

    Example: mainspring audit verify
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = use.agree(tx, old, new)
    finally:
        house.close()
    say(
        f"The tree of {found.old.size:,} is the beginning of the tree of {found.new.size:,}.",
        f"{found.checked:,} sealed rows were hashed again; each is what was sealed.",
    )


@app.command()
def fairness(
    by: Annotated[str, typer.Option(help="tier, country, language; for leads also source.")] = "tier",
    database: Database = DATABASE,
    *,
    json: Json = False,
) -> None:
    """Compare how every automatic decision came out for the groups of customers, and warn where it differs.

    Example: mainspring audit fairness --by country
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = compared(tx, by)
    finally:
        house.close()
    if json:
        say_json({"items": found, "method": METHOD})
        return
    rows = [
        (
            one["decision"],
            one["outcome"],
            group["group"],
            group["decisions"],
            percent(group["rate"]),
            "differs" if group["warning"] else "",
        )
        for one in found
        for group in one["groups"]
    ]
    table(("decision", "outcome", by, "decisions", "rate", "warning"), rows)
    warned = sum(one["warning"] for one in found)
    say("", f"{len(found)} decisions, {warned} with a warning ({METHOD}).")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise ArgumentError(f"{text!r} is no COLUMN=VALUE", where="--where", mend="Write outcome=denied.")
    return name, value
