"""`mainspring secrets`: keys and passwords of outside services. No command ever prints a value."""

import sys
from typing import Annotated

import typer

from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.options import Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.gateway.secrets.vault import known
from mainspring.govern import acts
from mainspring.govern.principal import SYSTEM

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the secret, as services refer to it.")]


@app.callback()
def secrets() -> None:
    """Set, list and remove the secrets of outside services.

    Example: mainspring secrets list
    """


@app.command("set")
def put(
    name: Name,
    host: Annotated[list[str] | None, typer.Option(help="Host that it may be sent to; repeatable.")] = None,
    database: Database = DATABASE,
) -> None:
    """Set or rotate a secret; its value is asked for, or read from standard input, never an argument.

    Example: mainspring secrets set crm.key --host crm.example.com
    """
    asked = sys.stdin.isatty()
    value = typer.prompt("Value", hide_input=True) if asked else sys.stdin.read().strip("\r\n")
    house = open_existing(database)
    try:
        with house.store.write() as tx:
            version = house.outside.secrets.set(
                tx, name, value, hosts=host or (), by=SYSTEM.id, now=house.clock()
            )
            detail = {"version": version, "hosts": list(host or ())}
            acts.note(tx, "secret_set", SYSTEM, name, now=house.clock(), detail=detail)
    finally:
        house.close()
    say(f"{name} is set; this is version {version}.")


@app.command("list")
def listed(database: Database = DATABASE, *, json: Json = False) -> None:
    """List the secrets by name, never their values.

    Example: mainspring secrets list
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = known(tx)
    finally:
        house.close()
    if json:
        say_json([one._asdict() for one in found])
        return
    rows = [(one.name, one.version, ", ".join(one.hosts), one.changed_at, one.changed_by) for one in found]
    columns = ("name", "version", "hosts", "changed", "by")
    table(columns, rows) if rows else say("There are no secrets.")


@app.command()
def remove(name: Name, database: Database = DATABASE) -> None:
    """Forget a secret; services that need it fail from now on.

    Example: mainspring secrets remove crm.key
    """
    house = open_existing(database)
    try:
        with house.store.write() as tx:
            house.outside.secrets.remove(tx, name)
            acts.note(tx, "secret_removed", SYSTEM, name, now=house.clock())
    finally:
        house.close()
    say(f"{name} is gone.")


@app.command()
def rekey(database: Database = DATABASE) -> None:
    """Encrypt all secrets with the present key; put the new key first, run this, then take the old one out.

    Example: mainspring secrets rekey
    """
    house = open_existing(database)
    try:
        with house.store.write() as tx:
            count = house.outside.secrets.rekey(tx)
    finally:
        house.close()
    say(f"{count} secrets were encrypted anew.")
