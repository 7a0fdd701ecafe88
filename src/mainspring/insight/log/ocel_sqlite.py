"""OCEL 2.0 in SQLite, read and written; what we write declares its keys."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mainspring.insight.errors import LogError
from mainspring.insight.log.build import NO_TIME
from mainspring.insight.log.ocel import Change, Event, Object, Ocel, Value
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.times import EPOCH, micros

_NEEDED = frozenset({"event", "object", "event_object", "event_map_type", "object_map_type"})
_OWN = frozenset({"ocel_id", "ocel_time", "ocel_changed_field"})
_PLAIN = re.compile(r"[^0-9A-Za-z]+")


def read(path: Path) -> Ocel:
    """Read a file.

    Raises:
        LogError: it is no OCEL 2.0; says which table is missing or broken.
    """
    report = Report(str(path))
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            base.row_factory = sqlite3.Row
            tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            missing = sorted(_NEEDED - tables)
            if missing:
                raise LogError(f"the tables {', '.join(missing)} of OCEL 2.0 are missing", where=str(path))
            return Ocel(_events(base, tables, report), _objects(base, tables, report), report)
    except (sqlite3.DatabaseError, IndexError) as error:
        raise LogError(f"it cannot be read as OCEL 2.0: {error}", where=str(path)) from error


def _mapped(
    base: sqlite3.Connection, kind: str, tables: set[str], report: Report
) -> Iterator[tuple[str, str]]:
    for row in base.execute(f"SELECT ocel_type, ocel_type_map FROM {kind}_map_type"):  # noqa: S608 - our own words
        table = f"{kind}_{row['ocel_type_map']}"
        if table in tables:
            yield str(row["ocel_type"]), table
        else:
            report.leave_out(f"a type whose table is missing: {table}", events=0)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _events(base: sqlite3.Connection, tables: set[str], report: Report) -> tuple[Event, ...]:
    touched: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in base.execute("SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object"):
        touched[str(row[0])].append((str(row[1]), str(row[2] or "")))
    order = {str(row[0]): place for place, row in enumerate(base.execute("SELECT ocel_id FROM event"))}
    found: list[Event] = []
    for kind, table in _mapped(base, "event", tables, report):
        for row in base.execute(f"SELECT * FROM {_quoted(table)}"):  # noqa: S608 - a name of the file's own catalogue
            name = str(row["ocel_id"])
            at = _time(row["ocel_time"], report)
            if at == NO_TIME or name not in order:
                reason = (
                    "no time that can be read" if at == NO_TIME else "an event that the table event lacks"
                )
                report.leave_out(reason, Place(0, 0, f"{table} {name}"))
                continue
            more = {key: row[key] for key in row.keys() if key not in _OWN}  # noqa: SIM118 - a Row, not a dict
            found.append(Event(name, kind, at, tuple(touched.get(name, ())), more))
    found.sort(key=lambda event: (event.at, order[event.id]))
    return tuple(found)


def _objects(base: sqlite3.Connection, tables: set[str], report: Report) -> dict[str, Object]:
    changes: dict[str, list[Change]] = defaultdict(list)
    for _, table in _mapped(base, "object", tables, report):
        for row in base.execute(f"SELECT * FROM {_quoted(table)}"):  # noqa: S608 - a name of the file's own catalogue
            at, only = _time(row["ocel_time"], report), row["ocel_changed_field"]
            for key in row.keys():  # noqa: SIM118 - a Row, not a dict
                if key not in _OWN and row[key] is not None and only in {None, key}:
                    changes[str(row["ocel_id"])].append(Change(0 if at == NO_TIME else at, key, row[key]))
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if "object_object" in tables:
        query = "SELECT ocel_source_id, ocel_target_id, ocel_qualifier FROM object_object"
        for row in base.execute(query):
            related[str(row[0])].append((str(row[1]), str(row[2] or "")))
    found = {}
    for row in base.execute("SELECT ocel_id, ocel_type FROM object"):
        name = str(row[0])
        found[name] = Object(name, str(row[1]), tuple(changes.get(name, ())), tuple(related.get(name, ())))
    return found


def _time(text: Any, report: Report) -> int:
    try:
        return micros(datetime.fromisoformat(str(text)), UTC, report)
    except ValueError:
        return int(NO_TIME)


_CATALOGUE = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE event (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type)
);
CREATE TABLE object (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type)
);
CREATE TABLE event_object (
    ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id),
    ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier)
);
CREATE TABLE object_object (
    ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier)
)
"""


def write(ocel: Ocel, path: Path) -> None:
    """Write a file with primary and foreign keys declared; relations to unknown objects are left out.

    Raises:
        LogError: the file exists.
    """
    if path.exists():
        raise LogError("the file exists already", where=str(path), mend="Name another, or remove it first.")
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA foreign_keys = ON")
        for statement in _CATALOGUE.split(";"):
            base.execute(statement)
        _write_objects(base, ocel)
        _write_events(base, ocel)


def _write_objects(base: sqlite3.Connection, ocel: Ocel) -> None:
    known = ocel.objects
    tables = _tables(base, "object", (one.type for one in known.values()))
    _many(base, "object", [(one.id, one.type) for one in known.values()])
    for kind, table in tables.items():
        members = [one for one in known.values() if one.type == kind]
        names = sorted({change.name for one in members for change in one.changes})
        head = (
            "ocel_id TEXT NOT NULL REFERENCES object (ocel_id), ocel_time TIMESTAMP, ocel_changed_field TEXT"
        )
        _create(base, table, head, names, _kinds((c.name, c.value) for one in members for c in one.changes))
        rows: list[tuple[Any, ...]] = []
        for one in members:
            first = {change.name: change.value for change in reversed(one.changes) if change.at == 0}
            rows.append((one.id, _stamp(0), None, *(first.get(name) for name in names)))
            rows += [
                (
                    one.id,
                    _stamp(change.at),
                    change.name,
                    *(change.value if name == change.name else None for name in names),
                )
                for change in one.changes
                if change.at
            ]
        _many(base, table, rows)
    pairs = [(one.id, other, role) for one in known.values() for other, role in one.related if other in known]
    _many(base, "object_object", dict.fromkeys(pairs))


def _write_events(base: sqlite3.Connection, ocel: Ocel) -> None:
    tables = _tables(base, "event", (event.type for event in ocel.events))
    _many(base, "event", [(event.id, event.type) for event in ocel.events])
    for kind, table in tables.items():
        members = [event for event in ocel.events if event.type == kind]
        names = sorted({name for event in members for name in event.attributes})
        head = "ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id), ocel_time TIMESTAMP NOT NULL"
        _create(
            base, table, head, names, _kinds(pair for event in members for pair in event.attributes.items())
        )
        _many(
            base,
            table,
            [(one.id, _stamp(one.at), *(one.attributes.get(name) for name in names)) for one in members],
        )
    pairs = [
        (event.id, name, role)
        for event in ocel.events
        for name, role in event.objects
        if name in ocel.objects
    ]
    _many(base, "event_object", dict.fromkeys(pairs))


def _tables(base: sqlite3.Connection, kind: str, types: Iterable[str]) -> dict[str, str]:
    """A table for each type, its name plain and unlike any other's."""
    found: dict[str, str] = {}
    taken: set[str] = {"map_type", "object"}
    for name in sorted(set(types)):
        plain = "".join(part[:1].upper() + part[1:] for part in _PLAIN.split(name)) or "Type"
        short, number = plain, 1
        while short.lower() in taken:
            number += 1
            short = f"{plain}{number}"
        taken.add(short.lower())
        found[name] = f"{kind}_{short}"
        base.execute(f"INSERT INTO {kind}_map_type VALUES (?, ?)", (name, short))  # noqa: S608 - our own words
    return found


def _create(
    base: sqlite3.Connection, table: str, head: str, names: Iterable[str], kinds: dict[str, str]
) -> None:
    columns = "".join(f", {_quoted(name)} {kinds.get(name, 'TEXT')}" for name in names)
    base.execute(f"CREATE TABLE {_quoted(table)} ({head}{columns})")


def _kinds(pairs: Iterable[tuple[str, Value]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        if value is not None:
            kind = "REAL" if isinstance(value, (int, float)) else "TEXT"
            found[name] = kind if found.get(name, kind) == kind else "TEXT"
    return found


def _many(base: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = list(rows)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        base.executemany(f"INSERT INTO {_quoted(table)} VALUES ({marks})", rows)  # noqa: S608 - our own words


def _stamp(at: int) -> str:
    return (
        datetime.fromtimestamp(at / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        if at
        else EPOCH.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    )
