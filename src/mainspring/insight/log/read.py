"""One door for every kind of log: the file's name, and its first bytes, say what it is."""

import sys
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from mainspring.insight.errors import LogError
from mainspring.insight.log.log import Log

KINDS = ".parquet, .csv, .tsv, .xlsx, .xes, .xes.gz, .sqlite, .jsonocel, .json, .xmlocel, .xml"

TABLES = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")
_OCEL = (".sqlite", ".db", ".jsonocel", ".json", ".xmlocel", ".xml")


def read_log(
    path: str | PathLike[str],
    *,
    case: str | None = None,
    activity: str | None = None,
    time: str | None = None,
    zone: str = "UTC",
) -> Log:
    """Read a log: Parquet, CSV, Excel, XES, or OCEL 2.0 (SQLite, JSON, XML) seen from one type of object.

    Args:
        path: the file.
        case: column of the case (guessed from names and values when None); for OCEL the type of object whose
            objects are the cases.
        activity: column of the activity.
        time: column of the time.
        zone: IANA time zone of times that are written without one.

    Raises:
        LogError: there is no such file, it is of no known kind, nothing of it can be imported, or the columns
            cannot be told. What was left out of a readable log stands in `Log.report`.
    """
    file = Path(path)
    if not file.is_file():
        raise LogError("there is no such file", where=str(file))
    if not file.stat().st_size:
        raise LogError("the file is empty", where=str(file), mend=f"A log is one of {KINDS}.")
    log = _read(file, {"case": case, "activity": activity, "time": time}, zone)
    if (arrow := sys.modules.get("pyarrow")) is not None:
        arrow.default_memory_pool().release_unused()  # what reading took and the log does not hold
    return log


def _read(file: Path, stated: Mapping[str, str | None], zone: str) -> Log:
    name = file.name.lower()
    if name.endswith(".parquet"):
        from mainspring.insight.log.parquet import read_parquet  # each kind has its own heavy library

        return read_parquet(file, stated, zone)
    if name.endswith(TABLES):
        from mainspring.insight.log.csv import read_csv

        return read_csv(file, stated, zone)
    if name.endswith(".xlsx"):
        from mainspring.insight.log.excel import read_excel

        return read_excel(file, stated, zone)
    if name.endswith((".xes", ".xes.gz")):
        from mainspring.insight.log.xes import read_xes

        return read_xes(file, zone)
    if name.endswith(_OCEL):
        from mainspring.insight.log.ocel import flatten, read_ocel

        return flatten(read_ocel(file), stated["case"])
    raise LogError(
        "the kind of log cannot be told from the name", where=str(file), mend=f"Known are {KINDS}."
    )
