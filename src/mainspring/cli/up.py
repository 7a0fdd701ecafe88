"""`mainspring up`: everything on one PC, with the browser opened."""

import socket
import webbrowser
from typing import Annotated

import typer

from mainspring.app.evidence import key_file
from mainspring.app.opening import DATABASE, is_simulated, open_or_create
from mainspring.app.people import OWNER
from mainspring.cli.options import HOST, PORT, Database, Port
from mainspring.cli.output import say
from mainspring.cli.serving import serve_house


def up(
    database: Database = DATABASE,
    port: Port = PORT,
    person: Annotated[str, typer.Option("--as", help="Who is signed in.")] = OWNER,
    *,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
) -> None:
    """Start Mainspring on this PC and open the browser, signed in; makes its database when there is none.

    Example: mainspring up
    """
    free = port if _is_free(port) else _any_free()
    if free != port:
        say(f"Port {port} is in use; taking {free}.")
    house = open_or_create(database)
    serve_house(
        house,
        HOST,
        free,
        person,
        simulated=is_simulated(database),
        key=key_file(database),
        opened=webbrowser.open if browser else lambda _: None,
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
