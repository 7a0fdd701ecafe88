"""`mainspring bank`: statements in every common form, wallets' bills, and rates of currencies."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from mainspring.app import bank
from mainspring.app.opening import DATABASE
from mainspring.cli.acting import opened_for
from mainspring.cli.errors import ArgumentError
from mainspring.cli.given import read
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.gateway import Caller

app = typer.Typer(no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="MT940, camt.053, Excel, CSV, Alipay or WeChat Pay bill.")]
Money = Annotated[str, typer.Option("--currency", help="Of a list in which no column tells it.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help='What a column is: "heading=role"; "heading=" for no use.'),
]
_SHOWN = 20


@app.callback()
def about() -> None:
    """Read statements of banks and wallets, take them in so that every line counts once, and keep rates.

    Example: mainspring bank read statement.sta
    """


@app.command("read")
def look(file: File, currency: Money = "", column: Columns = None, *, json: Json = False) -> None:
    """Read a statement and say whether it adds up; nothing is kept. Exit code 1 when it does not.

    Example: mainspring bank read statement.xml
    """
    found = bank.read(read(file, "FILE"), file.name, currency=currency, columns=_columns(column))
    if json:
        say_json({"form": found.form, "statements": bank.shown(found)})
    else:
        _told(found)
    if any(one.balanced is False for one in found.statements):
        raise typer.Exit(1)


def _columns(given: list[str] | None) -> dict[str, str]:
    chosen = {}
    for one in given or ():
        heading, sign, role = one.rpartition("=")
        if not sign or not heading:
            raise ArgumentError(
                f"{one!r} is no heading=role", where="--column", mend='Write "Betrag=amount".'
            )
        chosen[heading] = role
    return chosen


def _told(found: bank.Read) -> None:
    for column in found.columns:
        say(f"{column.heading}: {column.role or '(no use)'}, {column.confidence:.0%}")
    for one in found.statements:
        adds = {True: "adds up", False: "does NOT add up", None: "tells no balances"}[one.balanced]
        say("", f"{found.form} {one.account} {one.number}: {len(one.entries)} entries, {adds}")
        say(f"opening {one.opening}, closing {one.closing} {one.currency}")
        rows = [(e.day, e.amount, e.currency, e.payer, e.reference or e.text) for e in one.entries[:_SHOWN]]
        table(("day", "amount", "", "payer", "reference"), rows)
        if len(one.entries) > _SHOWN:
            say(f"... and {len(one.entries) - _SHOWN} more")
        say(*(f"! {fault}" for fault in one.all_faults()))


@app.command("take-in")
def take_in(
    file: File,
    person: As = "owner",
    currency: Money = "",
    column: Columns = None,
    *,
    although: Annotated[
        bool, typer.Option("--although", help="Take it in although it does not add up.")
    ] = False,
    database: Database = DATABASE,
) -> None:
    """Take in what is new of a statement; its payments are matched with open invoices by a case.

    Example: mainspring bank take-in statement.sta --as finance-1
    """
    found = bank.read(read(file, "FILE"), file.name, currency=currency, columns=_columns(column))
    with opened_for(database, person) as (house, principal), house.store.write() as tx:
        arrived = bank.take_in(house, tx, principal, found, file.name, although=although)
    for one in arrived:
        taken = one.taken_in
        say(f"{taken.statement or file.name}: {len(taken.payment_nos)} new, {taken.known} known before.")
        if taken.gap:
            say(f"! {taken.gap} lies between the last closing balance and this opening one.")
        if one.instance is not None:
            say(f"  Case {one.instance} matches them.")


@app.command()
def rate(
    currency: Annotated[str, typer.Argument(help="Such as USD.")],
    base: Annotated[str, typer.Argument(help="Such as CNY.")],
    worth: Annotated[str, typer.Argument(help="What one unit of the first is worth in the second.")],
    day: Annotated[str, typer.Option(help="From this day on, such as 2026-01-05; today by default.")] = "",
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Keep the rate of a currency from a day on.

    Example: mainspring bank rate USD CNY 7.1043 --day 2026-01-05
    """
    try:
        since = date.fromisoformat(day) if day else None
        value = Decimal(worth)
    except (ValueError, InvalidOperation):
        raise ArgumentError("a day or rate cannot be read", mend="Write 2026-01-05 and 7.1043.") from None
    with opened_for(database, person) as (house, principal):
        one = {"currency": currency, "base": base, "day": since or house.clock().date(), "rate": value}
        given = {"rates": [one | {"source": principal.id}]}
        house.gateway.perform(house.store, Caller(principal), "rates.keep", given)
    say(f"1 {currency} = {value} {base} from {one['day']} on.")


@app.command()
def rates(person: As = "owner", database: Database = DATABASE) -> None:
    """List the rates that are kept, the newest first.

    Example: mainspring bank rates
    """
    with opened_for(database, person) as (house, principal):
        kept = house.gateway.perform(house.store, Caller(principal), "rates.list", {}).rates
    rows = [(one.day, one.currency, one.base, one.rate, one.source) for one in kept]
    table(("day", "currency", "in", "rate", "source"), rows) if rows else say("No rate is kept yet.")
