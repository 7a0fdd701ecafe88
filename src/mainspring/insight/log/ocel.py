"""Object-centric logs (OCEL 2.0): events that touch several objects, and the view from one type of object."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import LogError
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.log import Attribute, Log
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.rows import listed

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event: `at` in microseconds since 1970 UTC, its objects with the role of each (qualifier)."""

    id: str
    type: str
    at: int
    objects: tuple[tuple[str, str], ...]
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """An attribute of an object from a time on; `at` 0 is the beginning."""

    at: int
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Object:
    """An object, its attributes over time, and its relations to others with their role."""

    id: str
    type: str
    changes: tuple[Change, ...] = ()
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ocel:
    """An object-centric log; events in the order of time, then of the source."""

    events: tuple[Event, ...]
    objects: dict[str, Object]
    report: Report = field(default_factory=Report)

    def object_types(self) -> dict[str, int]:
        """How many objects there are of each type."""
        return dict(Counter(one.type for one in self.objects.values()))

    def event_types(self) -> dict[str, int]:
        """How many events there are of each type."""
        return dict(Counter(one.type for one in self.events))


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Attributes of the events of a flattened log."""

    events: tuple[Event, ...]
    at: NDArray[np.int64]
    names: tuple[str, ...]

    def read(self, name: str) -> Attribute:
        """One of them."""
        found = listed([event.attributes.get(name) for event in self.events])
        return Attribute(found.values[self.at], found.names)


def read_ocel(path: Path) -> Ocel:
    """Read OCEL 2.0 from SQLite, JSON or XML; the first bytes say which.

    Raises:
        LogError: it is none of these, or breaks the format; says where.
    """
    from mainspring.insight.log import ocel_sqlite, ocel_text

    with path.open("rb") as file:
        head = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"SQLite format 3\0"):
        return ocel_sqlite.read(path)
    if head.startswith(b"{"):
        return ocel_text.read_json(path)
    if head.startswith(b"<"):
        return ocel_text.read_xml(path)
    raise LogError("it is neither SQLite, JSON nor XML", where=str(path), mend="OCEL 2.0 is one of these.")


def flatten(ocel: Ocel, object_type: str | None) -> Log:
    """The log seen from one type: its objects are the cases, an event belongs to each of them it touches.

    Raises:
        LogError: the type is not stated though there are several, or there is none of that name.
    """
    source, kinds = ocel.report.source, ocel.object_types()
    if object_type is None and len(kinds) == 1:
        object_type = next(iter(kinds))
    if object_type not in kinds:
        what = (
            "from which type of object to look is not stated"
            if object_type is None
            else (f"there is no type of object {object_type}")
        )
        raise LogError(what, where=source, mend=f"State one as the case: {', '.join(sorted(kinds))}.")
    chosen = {name for name, one in ocel.objects.items() if one.type == object_type}
    place, case = [], []
    for number, event in enumerate(ocel.events):
        for name in dict.fromkeys(name for name, _ in event.objects):
            if name in chosen:
                place.append(number)
                case.append(name)
    if not case:
        raise LogError(f"no event touches an object of type {object_type}", where=source)
    untouched = len(chosen) - len(set(case))
    if untouched:
        ocel.report.remark(f"objects of type {object_type} that no event touches", times=untouched)
    at = np.array(place)
    names = tuple(sorted({name for event in ocel.events for name in event.attributes}))
    return build(
        Coded.texts(list(case)),
        Coded.texts([ocel.events[number].type for number in place]),
        np.array([event.at for event in ocel.events], np.int64)[at],
        columns=EventColumns(ocel.events, at, names),
        report=ocel.report,
        row=lambda row: Place(0, 0, f"event {ocel.events[place[row]].id}"),
    )
