"""`mainspring links`: what customers see and answer, through a link."""

from typing import Annotated

import typer

from mainspring.app.customer import links
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.options import Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.govern.principal import SYSTEM

app = typer.Typer(no_args_is_help=True)
Document = Annotated[str, typer.Argument(help="Number of the quote or order.")]


@app.callback()
def group() -> None:
    """Make, list and take back links for customers.

    Example: mainspring links list Q-1
    """


@app.command("make")
def make(
    document: Document,
    order: Annotated[bool, typer.Option("--order", help="It is an order, not a quote.")] = False,  # noqa: FBT002
    days: Annotated[int, typer.Option(help="For how many days it is good.")] = links.DAYS,
    address: Annotated[
        str, typer.Option(help="Of the workbench, as the customer reaches it.", envvar="MAINSPRING_ADDRESS")
    ] = "http://127.0.0.1:8080",
    database: Database = DATABASE,
) -> None:
    """Make a link for a quote or order, and print its address.

    Example: mainspring links make Q-1 --days 30
    """
    house = open_existing(database)
    try:
        key = links.signing_key(house)
        with house.store.write() as tx:
            kind: links.Kind = "order" if order else "quote"
            token, _ = links.issue(house, tx, key, kind, document, SYSTEM, days=days)
    finally:
        house.close()
    say(f"{address.rstrip('/')}/offer#{token}")


@app.command("list")
def listed(document: Document, database: Database = DATABASE, *, json: Json = False) -> None:
    """List the links of a document.

    Example: mainspring links list Q-1
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = links.issued(tx, document)
    finally:
        house.close()
    rows = [
        {
            "key": str(one.link.key),
            "until": f"{one.link.expires_at:%Y-%m-%d}",
            "by": one.by,
            "revoked": one.revoked,
        }
        for one in found
    ]
    if json:
        say_json(rows)
    else:
        table(
            ("link", "until", "by", "taken back"), [tuple(str(each) for each in row.values()) for row in rows]
        )


@app.command("revoke")
def revoke(
    document: Document,
    key: Annotated[int, typer.Argument(help="Of the link, as listed.")],
    database: Database = DATABASE,
) -> None:
    """Take a link back.

    Example: mainspring links revoke Q-1 1234567890
    """
    house = open_existing(database)
    try:
        with house.store.write() as tx:
            links.revoke(house, tx, key, document, SYSTEM)
    finally:
        house.close()
    say(f"The link {key} shows nothing any more.")
