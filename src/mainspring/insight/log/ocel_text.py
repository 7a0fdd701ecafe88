"""OCEL 2.0 in JSON and in XML, read with the place of what is wrong."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

from mainspring.insight.errors import LogError
from mainspring.insight.log.limits import LimitedReader
from mainspring.insight.log.ocel import Change, Event, Object, Ocel, Value
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.times import micros

_CHUNK = 1 << 20
_MOST_TEXT = 2 << 30


def read_json(path: Path) -> Ocel:
    """Read JSON.

    Raises:
        LogError: it is no JSON (says line and column), or lacks events and objects.
    """
    if path.stat().st_size > _MOST_TEXT:
        raise LogError(
            "it is larger than 2 GB", where=str(path), mend="Use OCEL 2.0 in SQLite for large logs."
        )
    try:
        data = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        where = f"{path}, line {error.lineno}, column {error.colno}"
        raise LogError(f"it is no JSON: {error.msg}", where=where) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise LogError(f"it is no JSON: {error}", where=str(path)) from error
    if not isinstance(data, dict) or not {"events", "objects"} <= data.keys():
        raise LogError("it has no events and objects", where=str(path), mend="OCEL 2.0 has both as lists.")
    report = Report(str(path))
    objects: dict[str, Object] = {}
    for number, raw in enumerate(_list(data["objects"])):
        try:
            changes = tuple(
                Change(max(0, _micros(one.get("time"), report)), str(one["name"]), one.get("value"))
                for one in raw.get("attributes") or ()
            )
            related = tuple(
                (str(one["objectId"]), str(one.get("qualifier") or ""))
                for one in raw.get("relationships") or ()
            )
            objects[str(raw["id"])] = Object(str(raw["id"]), str(raw["type"]), changes, related)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            report.leave_out(
                "an object that cannot be read", Place(0, 0, f"objects[{number}]: {error!r}"), events=0
            )
    events = []
    for number, raw in enumerate(_list(data["events"])):
        try:
            touched = tuple(
                (str(one["objectId"]), str(one.get("qualifier") or ""))
                for one in raw.get("relationships") or ()
            )
            more = {str(one["name"]): one.get("value") for one in raw.get("attributes") or ()}
            at = _micros(raw["time"], report)
            events.append(Event(str(raw["id"]), str(raw["type"]), at, touched, more))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            report.leave_out("an event that cannot be read", Place(0, 0, f"events[{number}]: {error!r}"))
    return _made(events, objects, report)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _micros(text: Any, report: Report) -> int:
    return 0 if text is None else micros(datetime.fromisoformat(str(text)), UTC, report)


def _made(events: list[Event], objects: dict[str, Object], report: Report) -> Ocel:
    events.sort(key=lambda event: event.at)
    unknown = sum(name not in objects for event in events for name, _ in event.objects)
    if unknown:
        report.remark("an event names an object that the log does not hold", times=unknown)
    if not events:
        raise LogError("; ".join(["there is no event to import", *report.lines()[1:]]), where=report.source)
    return Ocel(tuple(events), objects, report)


class _Xml:
    """The handlers of the parser: `things` are the events and objects as nested dictionaries."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.events: list[Event] = []
        self.objects: dict[str, Object] = {}
        self._thing: dict[str, str] = {}
        self._attribute: dict[str, str] = {}
        self._text = ""
        self._values: list[tuple[str, str, str]] = []
        self._related: list[tuple[str, str]] = []
        self._inside = ""
        self._begun = Place(0, 0)

    def doctype(self, *_: Any) -> None:
        """Refused: entities are a way to run out of memory."""
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        raise LogError(
            "it declares a document type; entities are not expanded",
            where=f"{self.report.source}, line {line}, column {column}",
            mend="Remove the DOCTYPE.",
        )

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._text = ""
        if tag in {"object", "event"} and "id" in attributes and not self._inside:
            self._inside, self._thing = tag, attributes
            self._values, self._related = [], []
            self._begun = Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        elif tag == "attribute":
            self._attribute = attributes
        elif tag in {"relationship", "object"} and "object-id" in attributes and self._inside:
            self._related.append((attributes["object-id"], attributes.get("qualifier", "")))

    def characters(self, text: str) -> None:
        """Text of an attribute."""
        self._text += text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "attribute" and self._inside and "name" in self._attribute:
            self._values.append(
                (self._attribute["name"], self._attribute.get("time", ""), self._text.strip())
            )
        elif tag == self._inside and not (tag == "object" and "id" not in self._thing):
            self._take()

    def _take(self) -> None:
        thing, inside, report = self._thing, self._inside, self.report
        self._inside = ""
        try:
            if inside == "object":
                changes = tuple(
                    Change(max(0, _micros(at or None, report)), name, _value(text))
                    for name, at, text in self._values
                )
                self.objects[thing["id"]] = Object(thing["id"], thing["type"], changes, tuple(self._related))
            else:
                more = {name: _value(text) for name, _, text in self._values}
                at = _micros(thing["time"], report)
                self.events.append(Event(thing["id"], thing["type"], at, tuple(self._related), more))
        except (KeyError, ValueError) as error:
            place = Place(self._begun.line, self._begun.column, str(error))
            report.leave_out(f"an {inside} that cannot be read", place, events=int(inside == "event"))


def _value(text: str) -> Value:
    return text or None


def read_xml(path: Path) -> Ocel:
    """Read XML; of a file that breaks off, what stands before.

    Raises:
        LogError: it declares a document type, or no event can be used.
    """
    report = Report(str(path))
    reader = _Xml(report)
    with LimitedReader(path) as file:
        try:
            while chunk := file.read(_CHUNK):
                reader.parser.Parse(chunk, False)
            reader.parser.Parse(b"", True)
        except expat.ExpatError as error:
            place = Place(error.lineno, error.offset + 1, expat.ErrorString(error.code))
            report.leave_out("the file cannot be read from here on", place, events=0)
    return _made(reader.events, reader.objects, report)
