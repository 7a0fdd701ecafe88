"""`mainspring instances cancel` and `delete`: ending many cases, and removing those that have ended."""

from datetime import datetime
from typing import Annotated

import typer

from mainspring.app.errors import SetUpError
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.batches import report, zoned
from mainspring.cli.options import As, Database, Json
from mainspring.engine.events import Actor
from mainspring.runtime import batch
from mainspring.runtime.batch import Filter

Process = Annotated[str | None, typer.Option(help="Only of this process.")]
Version = Annotated[int | None, typer.Option(min=1, help="Only of this version.")]
Keys = Annotated[list[int] | None, typer.Option("--key", min=1, help="Only this case; may be repeated.")]


def cancel(
    person: As,
    database: Database = DATABASE,
    *,
    process: Process = None,
    version: Version = None,
    keys: Keys = None,
    before: Annotated[datetime | None, typer.Option(help="Only those started before this time, UTC.")] = None,
    json: Json = False,
) -> None:
    """Cancel all cases that fit and go on; says of each that was not why.

    Example: mainspring instances cancel --as owner --process lead_to_cash --before 2026-01-01
    """
    chosen = _filter(process, version, keys, before)
    house = open_existing(database)
    try:
        report(
            batch.cancel_instances(house.runtime, chosen, actor=Actor("person", person)),
            "cancelled",
            json=json,
        )
    finally:
        house.close()


def delete(
    person: As,
    database: Database = DATABASE,
    *,
    process: Process = None,
    version: Version = None,
    keys: Keys = None,
    before: Annotated[
        datetime | None, typer.Option(help="Only those that ended before this time, UTC.")
    ] = None,
    json: Json = False,
) -> None:
    """Delete all cases that fit and have ended. Their events stay in the log as proof.

    Example: mainspring instances delete --as owner --process lead_to_cash --before 2020-01-01
    """
    chosen = _filter(process, version, keys, before)
    house = open_existing(database)
    try:
        report(
            batch.delete_instances(house.runtime, chosen, actor=Actor("person", person)), "deleted", json=json
        )
    finally:
        house.close()


def _filter(
    process: str | None, version: int | None, keys: list[int] | None, before: datetime | None
) -> Filter:
    if process is None and not keys and before is None:
        raise SetUpError("nothing says which cases", mend="Give --process, --before or --key.")
    chosen = tuple(keys) if keys else None
    return Filter(process_id=process, version=version, before=zoned(before), keys=chosen)
