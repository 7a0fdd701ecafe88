"""`mainspring log`: logs of any system in, our own log out."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.errors import ArgumentError
from mainspring.cli.log_file import Activity, Case, File, ReadLog, Time, Zone, of_log
from mainspring.cli.options import Database, Json
from mainspring.cli.output import say, say_json, span, table
from mainspring.insight import Log, read_log
from mainspring.insight.log.roles import NEEDED, guess
from mainspring.insight.log.tables import columns_of
from mainspring.insight.log.write import write_log

app = typer.Typer(no_args_is_help=True)


@app.callback()
def log() -> None:
    """Read logs of other systems, and export our own.

    Example: mainspring log info orders.csv
    """


@app.command()
@of_log
def info(
    read: ReadLog,
    *,
    json: Json = False,
) -> None:
    """Say what a log holds, and what of it cannot be imported.

    Example: mainspring log info orders.csv --case order --activity step --time at
    """
    log = read()
    figures = told(log)
    if json:
        say_json(figures | {"report": log.report.as_dict()})
        return
    table(("", ""), list(figures.items()))
    say("", *log.report.lines())


@app.command(name="import")
def import_(
    file: File,
    out: Annotated[Path, typer.Option("--out", help="The Parquet, XES or OCEL (.sqlite) file to write.")],
    *,
    case: Case = None,
    activity: Activity = None,
    time: Time = None,
    zone: Zone = "UTC",
    yes: Annotated[bool, typer.Option("--yes", help="Take the columns as guessed, without asking.")] = False,
) -> None:
    """Bring a log into another form; guessed columns are shown and confirmed first.

    Example: mainspring log import orders.csv --out orders.parquet --yes
    """
    if not yes:
        _confirm(file, {"case": case, "activity": activity, "time": time})
    read = read_log(file, case=case, activity=activity, time=time, zone=zone)
    write_log(read, out)
    say(*read.report.lines(), f"{out}: {out.stat().st_size:,} bytes")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Folder that gets the parts; what is there is continued.")],
    database: Database = DATABASE,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Go on until stopped with Ctrl-C.")] = False,
) -> None:
    """Export what is new in our own events and calls to Parquet.

    Example: mainspring log export data/log
    """
    from mainspring.insight.log.follow import Follower  # the store's libraries are not loaded for a file

    house = open_existing(database)
    try:
        follower = Follower(house.store, folder)
        say(f"{folder}: {follower.advance():,} new rows")
        if follow:
            follower.follow(threading.Event())
    except KeyboardInterrupt:
        say("stopped")
    finally:
        house.close()


def told(read: Log) -> dict[str, Any]:
    """What a log holds, for people."""
    durations = read.durations()
    return {
        "events": len(read),
        "cases": len(read.offsets) - 1,
        "activities": len(read.activities),
        "variants": len(read.grouped().counts),
        "first event": f"{read.time.min().astype('datetime64[us]')}Z",
        "last event": f"{read.time.max().astype('datetime64[us]')}Z",
        "median duration": span(float(sorted(durations.tolist())[len(durations) // 2])),
        "columns": ", ".join(read.columns.names),
    }


def _confirm(file: Path, stated: Mapping[str, str | None]) -> None:
    """Show which columns were guessed and ask, where any was."""
    found = columns_of(file)
    if found is None or all(stated.values()):
        return
    names, sample = found
    roles = guess(names, sample, stated, str(file))
    say(*roles.lines())
    for name in (getattr(roles, role) for role in NEEDED):
        say(f"  {name}: {', '.join(dict.fromkeys(sample[name][:3]))}")
    if not typer.confirm("Is that right?"):
        mend = "Name them with --case, --activity and --time."
        raise ArgumentError("the columns were not confirmed", where=str(file), mend=mend)
