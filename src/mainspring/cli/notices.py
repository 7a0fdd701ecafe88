"""`mainspring notices`: the robots of group chats that say what waits."""

import sys
from typing import Annotated, get_args

import typer

from mainspring.app.notices import robots
from mainspring.app.notices.robots import NewRobot
from mainspring.app.notices.subjects import KINDS
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.acting import opened_for
from mainspring.cli.errors import ArgumentError
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.gateway.adapters.robot import Flavour

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the robot.")]


@app.callback()
def about() -> None:
    """Connect the robots of group chats, try them out, and disconnect them.

    Example: mainspring notices list
    """


@app.command()
def connect(
    name: Name,
    flavour: Annotated[str, typer.Option(help=f"One of {', '.join(get_args(Flavour))}.")],
    group: Annotated[list[str] | None, typer.Option(help="Role or group whose subjects it tells.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(KINDS)}; without it all.")] = None,
    language: Annotated[str, typer.Option(help="en or zh.")] = "zh",
    network: Annotated[list[str] | None, typer.Option(help="Network inside that it is in.")] = None,
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Connect a robot; its address and the key of its signature are asked for, or lines of standard input.

    Example: mainspring notices connect sales --flavour dingtalk --group sales
    """
    if sys.stdin.isatty():
        address = typer.prompt("Webhook address", hide_input=True)
        signing = typer.prompt("Key of the signature (empty: none)", default="", hide_input=True)
    else:
        address, _, signing = sys.stdin.read().strip().partition("\n")
    values = {
        "name": name,
        "flavour": flavour,
        "address": address.strip(),
        "signing": signing.strip(),
        "groups": tuple(group or ()),
        "kinds": tuple(kind or KINDS),
        "language": language,
        "networks": tuple(network or ()),
    }
    try:
        given = NewRobot.model_validate(values)
    except ValueError as error:
        raise ArgumentError(str(error).splitlines()[1], where="notices connect") from None
    with opened_for(database, person) as (house, by):
        made = robots.connect(house, given, by)
    say(f"{made.service} is connected; try it: mainspring notices test {name}")


@app.command("list")
def listed(database: Database = DATABASE, *, json: Json = False) -> None:
    """List the robots that are connected.

    Example: mainspring notices list
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = robots.robots(tx)
    finally:
        house.close()
    if json:
        say_json([one.model_dump() for one in found])
    else:
        rows = [(one.service, one.flavour, ", ".join(one.groups), ", ".join(one.kinds)) for one in found]
        table(("service", "flavour", "groups", "tells"), rows)


@app.command("test")
def try_out(name: Name, person: As = "owner", database: Database = DATABASE) -> None:
    """Let a robot say in its group that it is connected.

    Example: mainspring notices test sales
    """
    with opened_for(database, person) as (house, by):
        robots.try_out(house, name, by)
    say("It was said.")


@app.command()
def disconnect(name: Name, person: As = "owner", database: Database = DATABASE) -> None:
    """Leave a robot out from now on.

    Example: mainspring notices disconnect sales
    """
    with opened_for(database, person) as (house, by):
        robots.disconnect(house, name, by)
    say(f"{name} is disconnected.")
