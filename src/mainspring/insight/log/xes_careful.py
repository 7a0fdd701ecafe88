"""XES read element by element: whatever is broken is told with line and column, the rest is kept."""

from pathlib import Path
from typing import Any
from xml.parsers import expat

from mainspring.insight.errors import LogError
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.limits import LimitedReader
from mainspring.insight.log.log import Log
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.rows import ListColumns
from mainspring.insight.log.times import from_texts

_CHUNK = 1 << 20
_TYPED = frozenset({"string", "date", "int", "float", "boolean", "id"})
_CASE = "case:"


class _Reader:
    """What has been read so far; the handlers of the parser."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.events: list[dict[str, str]] = []
        self.places: list[Place] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype
        self._path: list[str] = []
        self._trace: dict[str, str] = {}
        self._of_trace: list[dict[str, str]] = []
        self._where: list[Place] = []
        self._event: dict[str, str] = {}
        self._traces = 0
        self._begun = Place(0, 0)

    def here(self, text: str = "") -> Place:
        """Where the parser stands."""
        return Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, text)

    def doctype(self, *_: Any) -> None:
        """Refused: entities are a way to run out of memory."""
        raise LogError(
            "it declares a document type; entities are not expanded",
            where=f"{self.report.source}, {self.here()}",
            mend="Remove the DOCTYPE.",
        )

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        above = self._path[-1] if self._path else ""
        self._path.append(tag)
        if tag == "trace":
            self._trace, self._of_trace, self._where = {}, [], []
            self._traces += 1
        elif tag == "event":
            self._event, self._begun = {}, self.here()
        elif tag in _TYPED and above in {"trace", "event"} and "key" in attributes:
            target = self._event if above == "event" else self._trace
            if attributes["key"] in target:
                self.report.remark(
                    "an attribute given twice; the first was kept", self.here(attributes["key"])
                )
            target.setdefault(attributes["key"], attributes.get("value", ""))

    def end(self, tag: str) -> None:
        """An element ends."""
        tag = tag.rpartition(":")[2]
        self._path.pop()
        if tag == "event":
            self._of_trace.append(self._event)
            self._where.append(self._begun)
        elif tag == "trace":
            self.take_trace()

    def take_trace(self) -> None:
        """Keep the events of the trace that was read."""
        if not self._of_trace:
            self.report.remark("a trace without events", self.here())
            return
        name = self._trace.get("concept:name")
        if not name:
            name = f"trace {self._traces}"
            self.report.remark("a trace without name; named by its number", self.here(name))
        whole = {f"{_CASE}{key}": value for key, value in self._trace.items()} | {"case:concept:name": name}
        self.events += [whole | event for event in self._of_trace]
        self.places += self._where
        self._of_trace, self._where = [], []


def read_carefully(path: Path, zone: str) -> Log:
    """Read a log that may be broken: all events of whole traces, and the whole events of a trace cut off.

    Raises:
        LogError: it is no XES, or no event can be used.
    """
    report = Report(str(path))
    reader = _Reader(report)
    with LimitedReader(path) as file:
        try:
            while chunk := file.read(_CHUNK):
                reader.parser.Parse(chunk, False)
            reader.parser.Parse(b"", True)
        except expat.ExpatError as error:
            place = Place(error.lineno, error.offset + 1, expat.ErrorString(error.code))
            _broke_off(reader, report, place)
        except LogError as error:
            if "broken" not in error.message:
                raise
            _broke_off(reader, report, reader.here(error.message))
    if not reader.events:
        told = "; ".join(report.lines()[1:]) or "it has no trace with events"
        raise LogError(f"there is no event to import: {told}", where=str(path))
    return _built(reader, zone)


def _broke_off(reader: _Reader, report: Report, place: Place) -> None:
    report.leave_out("the file cannot be read from here on", place, events=0)
    if reader._of_trace:  # noqa: SLF001 - one module
        reader.take_trace()


def _built(reader: _Reader, zone: str) -> Log:
    report, events = reader.report, reader.events
    names = sorted({key for event in events for key in event})
    columns = {name: [event.get(name) for event in events] for name in names}
    return build(
        Coded.texts(columns["case:concept:name"]),
        Coded.texts(columns.get("concept:name") or [None] * len(events)),
        from_texts(columns.get("time:timestamp") or [None] * len(events), zone, report),
        columns=ListColumns({name: list(values) for name, values in columns.items()}),
        report=report,
        row=reader.places.__getitem__,
    )
