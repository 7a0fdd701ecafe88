"""Logs written for others: XES (plain or gz), Parquet, and OCEL 2.0."""

import gzip
import io
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from mainspring.insight.errors import LogError
from mainspring.insight.log import ocel_sqlite
from mainspring.insight.log.log import Attribute, Log
from mainspring.insight.log.ocel import Event, Object, Ocel
from mainspring.insight.log.xes import ACTIVITY, CASE, TIME

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'
    '<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>\n'
    '<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>\n'
    '<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>\n'
)
_FORBIDDEN = {code: " " for code in range(32) if code not in {9, 10, 13}}
_RESOURCES = ("org:resource", "resource", "actor_id")

KINDS = ".parquet, .xes, .xes.gz, .sqlite"


def write_log(log: Log, path: Path, case_type: str = "case") -> None:
    """Write a log in the kind that the file's name asks for.

    Args:
        log: what to write.
        path: the file; it must not exist.
        case_type: for OCEL, the type of the objects that the cases become.

    Raises:
        LogError: the file exists, or its kind is unknown.
    """
    if path.exists():
        raise LogError("the file exists already", where=str(path), mend="Name another, or remove it first.")
    name = path.name.lower()
    if name.endswith(".parquet"):
        _write_parquet(log, path)
    elif name.endswith(".xes.gz"):
        with gzip.open(path, "wt", encoding="utf-8") as packed:
            _write_xes(log, packed)
    elif name.endswith(".xes"):
        with path.open("w", encoding="utf-8") as plain:
            _write_xes(log, plain)
    elif name.endswith(".sqlite"):
        ocel_sqlite.write(as_ocel(log, case_type), path)
    else:
        raise LogError("the kind cannot be told from the name", where=str(path), mend=f"Known are {KINDS}.")


def _others(log: Log) -> dict[str, Attribute]:
    """The columns beside case, activity and time."""
    known = (set(log.cases), set(log.activities))
    found = {}
    for name in log.columns.names:
        if name in {CASE, ACTIVITY, TIME}:
            continue
        column = log.attribute(name)
        texts = set(column.names or ())
        if column.names is not None and texts and texts in known:
            continue
        found[name] = column
    return found


def _write_parquet(log: Log, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        CASE: pa.DictionaryArray.from_arrays(pa.array(log.case_of.astype(np.int32)), pa.array(log.cases)),
        ACTIVITY: pa.DictionaryArray.from_arrays(
            pa.array(log.activity.astype(np.int32)), pa.array(log.activities, pa.string())
        ),
        TIME: pa.array(log.time, pa.timestamp("us", "UTC")),
    }
    for name, column in _others(log).items():
        if column.names is None:
            columns[name] = pa.array(column.values, pa.float64(), mask=np.isnan(column.values))
        else:
            codes = pa.array(column.values.astype(np.int32), mask=column.values < 0)
            columns[name] = pa.DictionaryArray.from_arrays(codes, pa.array(column.names, pa.string()))
    pq.write_table(pa.table(columns), path, compression="zstd")


def _write_xes(log: Log, file: io.TextIOBase | io.TextIOWrapper) -> None:
    others = _others(log)
    stamps = np.datetime_as_string(log.time.astype("datetime64[us]"), unit="us")
    names = [_value(name) for name in log.activities]
    file.write(_HEAD)
    for case, (begin, end) in zip(log.cases, pairwise(log.offsets.tolist()), strict=True):
        file.write(f"<trace>\n<string key={quoteattr(ACTIVITY)} value={_value(case)}/>\n")
        for place in range(begin, end):
            file.write(f'<event><string key="{ACTIVITY}" value={names[log.activity[place]]}/>')
            file.write(f'<date key="{TIME}" value="{stamps[place]}+00:00"/>')
            for key, column in others.items():
                text = column.text(place)
                if text:
                    kind = "float" if column.names is None else "string"
                    file.write(f"<{kind} key={quoteattr(key)} value={_value(text)}/>")
            file.write("</event>\n")
        file.write("</trace>\n")
    file.write("</log>\n")


def _value(text: str) -> str:
    """An attribute's value; characters that XML forbids become spaces."""
    return quoteattr(text.translate(_FORBIDDEN))


def as_ocel(log: Log, case_type: str) -> Ocel:
    """An object-centric log: cases become objects of one type, and those who acted objects of another."""
    who = next((log.attribute(name) for name in _RESOURCES if name in log.columns.names), None)
    objects = {f"{case_type}:{name}": Object(f"{case_type}:{name}", case_type) for name in log.cases}
    order = np.argsort(log.time, kind="stable").tolist()
    case_of = log.case_of
    events = []
    for number, place in enumerate(order, 1):
        touched = [(f"{case_type}:{log.cases[case_of[place]]}", "case")]
        actor = who.text(place) if who is not None else ""
        if actor:
            name = f"resource:{actor}"
            objects.setdefault(name, Object(name, "resource"))
            touched.append((name, "done by"))
        label = log.activities[log.activity[place]]
        events.append(Event(f"e{number}", label, int(log.time[place]), tuple(touched)))
    return Ocel(tuple(events), objects, log.report)
