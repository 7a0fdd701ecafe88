"""`mainspring backup` and `mainspring restore`."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring.app import backup as backups
from mainspring.app.opening import DATABASE
from mainspring.cli.options import Database
from mainspring.cli.output import say
from mainspring.store.keys import utc_now

_MB = 1_000_000


def backup(
    to: Annotated[
        Path | None, typer.Argument(help="The archive to make; by default named by the time.")
    ] = None,
    database: Database = DATABASE,
    *,
    keys: Annotated[
        bool,
        typer.Option("--with-keys", help="Put the keys of evidence and secrets in; keep it like a safe."),
    ] = False,
) -> None:
    """Back up the database and what belongs to it, while work goes on.

    Example: mainspring backup backups/monday.zip
    """
    now = utc_now()
    file = to if to is not None else Path("backups") / f"mainspring-{now:%Y%m%d-%H%M%S}.zip"
    made = backups.back_up(database, file, now, keys=keys)
    say(f"{made.file}: {made.bytes / _MB:,.1f} MB, everything up to position {made.position:,} of the log.")
    if not keys:
        say(
            "The keys (evidence.key, secrets.key) are not in it: copy them once to a safe place, "
            "or use --with-keys."
        )


def restore(
    archive: Annotated[Path, typer.Argument(help="What `mainspring backup` made.")],
    database: Database = DATABASE,
) -> None:
    """Bring a backup back to where no database is; checks the books and the evidence of what came.

    Example: mainspring restore backups/monday.zip --database sqlite:///restored/mainspring.db
    """
    found = backups.restore(archive, database)
    say(f"{found.file}: as of {found.made_at:%Y-%m-%d %H:%M:%S} UTC, position {found.position:,} of the log.")
    if found.upgraded:
        say("It was brought to the tables of this version.")
    say(f"Evidence: {found.leaves:,} leaves are what was sealed.")
    if found.contradictions:
        say("The books contradict themselves:", *(f"  {one}" for one in found.contradictions))
        raise typer.Exit(1)
    say("The books balance.")
    if not found.keys:
        say("The keys were not in it: put evidence.key and secrets.key beside the database before you go on.")
