"""Logs in XES, plain or gz: checked as XML, read by rustxes, and read with care where something is odd."""

import re
from pathlib import Path
from typing import Any
from xml.parsers import expat

from mainspring.insight.errors import LogError
from mainspring.insight.log.arrow import ArrowColumns
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.limits import LimitedReader
from mainspring.insight.log.log import Log
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.times import from_arrow
from mainspring.insight.log.xes_careful import read_carefully

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
_CHUNK = 1 << 20
_EVENT = re.compile(rb"<event[\s/>]")
_TAIL = 6


def read_xes(path: Path, zone: str) -> Log:
    """Read a log from XES.

    Raises:
        LogError: it is no XES, declares a document type, or no event can be used.
    """
    sound = _check(path)
    if sound:
        frame = _frame(path)
        if frame is not None and {CASE, ACTIVITY, TIME} <= set(frame.columns) and len(frame) == sound:
            keys = [frame.get_column(name) for name in (CASE, ACTIVITY, TIME)]
            if not any(column.null_count() for column in keys):
                return _log(path, frame)
    return read_carefully(path, zone)


def _check(path: Path) -> int:
    """How many events a well-formed file holds; 0 where it breaks off, or times lack their zone.

    rustxes gives what it could read of a broken file and says nothing, so the file is looked through first.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = False
    parser.StartDoctypeDeclHandler = _no_doctype(path, parser)
    events, tail = 0, b""
    with LimitedReader(path) as file:
        try:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)
                window = tail + chunk
                events += len(_EVENT.findall(window)) - len(_EVENT.findall(tail))
                tail = window[-_TAIL:]
            parser.Parse(b"", True)
        except (expat.ExpatError, LogError) as error:
            if isinstance(error, LogError) and "broken" not in error.message:
                raise
            return 0
    return events


def _no_doctype(path: Path, parser: Any) -> Any:
    def refuse(*_: Any) -> None:
        raise LogError(
            "it declares a document type; entities are not expanded",
            where=f"{path}, line {parser.CurrentLineNumber}, column {parser.CurrentColumnNumber + 1}",
            mend="Remove the DOCTYPE.",
        )

    return refuse


def _frame(path: Path) -> Any:
    import rustxes

    try:
        frame, _ = rustxes.import_xes(str(path))
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the careful reader tells
        return None
    return frame


def _log(path: Path, frame: Any) -> Log:
    report = Report(str(path))

    def load(name: str) -> Any:
        return frame.get_column(name).to_arrow()

    return build(
        Coded.of(load(CASE)),
        Coded.of(load(ACTIVITY)),
        from_arrow(load(TIME), "UTC", report),
        columns=ArrowColumns(tuple(sorted(frame.columns)), load),
        report=report,
        row=lambda place: Place(0, 0, f"event {place + 1}"),
    )
