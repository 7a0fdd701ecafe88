"""`mainspring serve` and `mainspring worker`."""

from datetime import timedelta
from typing import Annotated

import typer

from mainspring.app.chores import chores_of
from mainspring.app.collector import settle
from mainspring.app.evidence import key_file
from mainspring.app.loop import Loop
from mainspring.app.opening import DATABASE, is_simulated, open_existing, open_or_create
from mainspring.app.people import OWNER
from mainspring.cli.options import HOST, KEPT, PORT, Database, Host, Kept, Port
from mainspring.cli.output import say
from mainspring.cli.serving import serve_house


def serve(
    database: Database = DATABASE,
    host: Host = HOST,
    port: Port = PORT,
    kept: Kept = KEPT,
    person: Annotated[str, typer.Option("--as", help="Whom the sign-in link is for.")] = OWNER,
    *,
    works: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Do jobs and timers in this process too.")
    ] = True,
) -> None:
    """Serve the workbench and the HTTP interface; prints a one-time sign-in link.

    Example: mainspring serve --port 8080
    """
    house = open_or_create(database)
    key = key_file(database)
    serve_house(house, host, port, person, works=works, simulated=is_simulated(database), key=key, kept=kept)


def worker(
    database: Database = DATABASE,
    kept: Kept = KEPT,
    *,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is left to do.")] = False,
) -> None:
    """Let the digital employees work and the timers fire, without serving.

    Example: mainspring worker --once
    """
    house = open_existing(database)
    try:
        loop = Loop(house, chores=chores_of(house, key_file(database), answers_kept=timedelta(days=kept)))
        if once:
            say(f"{loop.once()} jobs and timers done.")
        else:
            settle()
            say("Working. Ctrl-C ends it; what is at hand is finished or undone.")
            loop.run()
    except KeyboardInterrupt:
        say("Ended.")
    finally:
        house.close()
