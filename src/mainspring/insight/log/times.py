"""Times of a log as microseconds since 1970 UTC, whatever they were written as."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import LogError
from mainspring.insight.log.build import FEW, NO_TIME, flat
from mainspring.insight.log.report import Place, Report

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNITS = {"s": 1_000_000, "ms": 1000, "us": 1}
AMBIGUOUS = "a local time that the end of summer time makes double; the earlier one was taken"
ABSENT = "a local time that the beginning of summer time leaves out; the next one there is was taken"

FORMATS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y.%m.%d %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
)
"""What is tried beside ISO 8601; day before month, unless only month before day reads every time."""

Parse = Callable[[str], datetime]
Where = Callable[[int], Place | None]


def nowhere(event: int) -> None:
    """The place of an event of a source that has none."""
    del event


def zone_of(name: str) -> tzinfo:
    """The time zone of that name.

    Raises:
        LogError: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise LogError(
            f"there is no time zone {name}", mend="Name one of the IANA zones, such as Europe/Berlin or UTC."
        ) from error


def micros(at: datetime, zone: tzinfo, report: Report, place: Place | None = None) -> int:
    """Microseconds since 1970 UTC; a time without zone is local time of `zone`; it stands at `place`."""
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
        if at.utcoffset() != at.replace(fold=1).utcoffset():
            there = at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == at.replace(tzinfo=None)
            report.remark(AMBIGUOUS if there else ABSENT, place)
    return (at - EPOCH) // _MICROSECOND


def from_arrow(column: Any, zone: str, report: Report, where: Where = nowhere) -> NDArray[np.int64]:
    """The times of an Arrow column of timestamps, dates or texts; `where` says where an event stands."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_date(kind):
        column, kind = column.cast(pa.timestamp("us")), pa.timestamp("us")
    if not pa.types.is_timestamp(kind):
        return from_texts(column.cast(pa.string()).to_pylist(), zone, report, where)
    if kind.tz is None and zone != "UTC":
        import pyarrow.compute as pc

        zone_of(zone)
        naive = column
        column = pc.assume_timezone(naive, zone, ambiguous="earliest", nonexistent="latest")
        late = pc.assume_timezone(naive, zone, ambiguous="latest", nonexistent="latest")
        early = pc.assume_timezone(naive, zone, ambiguous="earliest", nonexistent="earliest")
        for reason, other in ((AMBIGUOUS, late), (ABSENT, early)):
            strange = pc.indices_nonzero(pc.not_equal(column, other)).to_pylist()
            if strange:
                report.remark(reason, times=len(strange), places=map(where, strange[:FEW]))
    parts = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return np.concatenate([np.empty(0, np.int64), *(_whole(part, kind.unit) for part in parts)])


def _whole(part: Any, unit: str) -> NDArray[np.int64]:
    raw: NDArray[np.int64] = flat(part, np.dtype(np.int64))
    found = raw // 1000 if unit == "ns" else raw * _UNITS[unit]
    if part.null_count:
        found[part.is_null().to_numpy(zero_copy_only=False)] = NO_TIME
    return found


def from_texts(
    texts: Sequence[str | None], zone: str, report: Report, where: Where = nowhere
) -> NDArray[np.int64]:
    """The times of texts; what cannot be read is NO_TIME."""
    local, parse = zone_of(zone), reader(texts, report)
    found = np.full(len(texts), NO_TIME, np.int64)
    known: dict[str, int] = {}
    for place, text in enumerate(texts):
        if not text:
            continue
        value = known.get(text)
        if value is None:
            try:
                value = micros(parse(text), local, report, where(place))
            except (ValueError, OverflowError):
                value = int(NO_TIME)
            known[text] = value
        found[place] = value
    return found


def reader(texts: Sequence[str | None], report: Report) -> Parse:
    """What reads these times: ISO 8601, or the first format that reads most of a sample."""
    sample = [text.strip() for text in texts if text and text.strip()]
    sample = sample[:: max(1, len(sample) // 500)]
    best: Parse = iso
    most = sum(_reads(iso, text) for text in sample)
    if most == len(sample):
        return best
    full = []
    for layout in FORMATS:
        parse = written_as(layout)
        count = sum(_reads(parse, text) for text in sample)
        if count > most:
            best, most = parse, count
        if count == len(sample):
            full.append(layout)
    if len(full) > 1 and full[0].startswith("%d/%m"):
        report.remark(f"whether day or month stands first cannot be told; read as {full[0]}")
    return best


def iso(text: str) -> datetime:
    """ISO 8601, with or without zone."""
    return datetime.fromisoformat(text.strip())


def written_as(layout: str) -> Parse:
    """A reader of one format of strptime."""

    def parse(text: str) -> datetime:
        return datetime.strptime(text.strip(), layout)  # noqa: DTZ007 - the zone is stated by the caller

    return parse


def of_cell(value: date | datetime, zone: tzinfo, report: Report, place: Place | None = None) -> int:
    """The time of a spreadsheet's cell."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=zone)
    return micros(value, zone, report, place)


def _reads(parse: Parse, text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
