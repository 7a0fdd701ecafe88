"""`mainspring service`: start with the machine."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring.app import start_up
from mainspring.app.opening import DATABASE
from mainspring.cli.options import HOST, PORT, Database, Host, Port
from mainspring.cli.output import say

app = typer.Typer(no_args_is_help=True)


@app.callback()
def service() -> None:
    """Let Mainspring start with the machine.

    Example: mainspring service install
    """


@app.command()
def install(
    database: Database = DATABASE,
    host: Host = HOST,
    port: Port = PORT,
    account: Annotated[str, typer.Option("--account", help="With --system: the account it runs under.")] = "",
    *,
    system: Annotated[
        bool, typer.Option("--system", help="For the whole machine instead of this account.")
    ] = False,
    shown: Annotated[bool, typer.Option("--print", help="Print the entry, write nothing.")] = False,
) -> None:
    """Write the start-up entry for systemd, and say how to switch it on.

    Example: mainspring service install --print
    """
    text = start_up.unit(database, host, port, system=system, account=account)
    if shown:
        say(text.rstrip())
        return
    file = start_up.install(text, Path.home(), system=system)
    control = "systemctl" if system else "systemctl --user"
    say(
        f"{file} is written. Switch it on:",
        f"  {control} daemon-reload",
        f"  {control} enable --now {file.name}",
    )
    if not system:
        say("  loginctl enable-linger   (so that it runs while nobody is signed in)")
