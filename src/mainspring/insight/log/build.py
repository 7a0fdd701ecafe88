"""From coded columns in the order of a source to a log in the order (case, time, sequence)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import LogError
from mainspring.insight.log.log import Columns, Log
from mainspring.insight.log.report import Place, Report

if TYPE_CHECKING:
    from mainspring.insight.log.log import CaseNames

NO_TIME = np.iinfo(np.int64).min
"""What stands in a column of times where there is none."""

DISORDERED = "an event stands after a later one of its case; ordered by time"
REPEATED = "an event repeats the one before it: the same case, activity and time"
FEW = 3
"""So many places of what is strange in many events are told."""

_SMALL = 1 << 16
_TINY = 1 << 8

Row = Callable[[int], Place]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of texts: a code for each event (-1 for missing) and the texts, an Arrow array."""

    codes: NDArray[np.integer]
    names: Any

    @classmethod
    def of(cls, column: Any) -> "Coded":
        """Encode an Arrow column of any type; an empty text counts as missing."""
        import pyarrow as pa

        if not pa.types.is_dictionary(column.type):
            column = column.cast(pa.string()).dictionary_encode()
        if isinstance(column, pa.ChunkedArray):
            column = column.unify_dictionaries().combine_chunks()
        codes = flat(column.indices, np.dtype(column.type.index_type.to_pandas_dtype()))
        if column.indices.null_count:
            codes = np.where(column.indices.is_null().to_numpy(zero_copy_only=False), -1, codes)
        names = column.dictionary
        wide = pa.types.is_large_string(names.type)
        edges = np.frombuffer(names.buffers()[1], np.int64 if wide else np.int32)
        (empty,) = np.nonzero(np.diff(edges[names.offset : names.offset + len(names) + 1]) == 0)
        if len(empty):
            codes = np.where(np.isin(codes, empty), -1, codes)
        return cls(codes, names)

    @classmethod
    def texts(cls, values: list[str | None]) -> "Coded":
        """Encode a list of texts."""
        import pyarrow as pa

        return cls.of(pa.array(values, pa.string()))


def flat(array: Any, kind: "np.dtype[Any]") -> NDArray[Any]:
    """The values of an Arrow array of fixed width, where they lie; Arrow's own way would load pandas."""
    _, data = array.buffers()
    return np.frombuffer(data, kind)[array.offset : array.offset + len(array)]


def build(
    case: Coded,
    activity: Coded,
    time: NDArray[np.int64],
    *,
    columns: Columns,
    report: Report,
    row: Row,
) -> Log:
    """Order the events and number cases and activities by their first event in the source.

    Args:
        case: of each event.
        activity: of each event.
        time: microseconds since 1970 UTC, NO_TIME where missing.
        columns: the other columns.
        report: gets what is left out.
        row: says where in the source an event stands.

    Raises:
        LogError: no event can be used.
    """
    kept = _usable(case.codes, activity.codes, time, report, row)
    case_codes, activity_codes = case.codes, activity.codes
    if kept is not None:
        case_codes, activity_codes, time = case_codes[kept], activity_codes[kept], time[kept]
    if not len(time):
        told = "; ".join(report.lines()[1:])
        raise LogError(
            "there is no event to import" + (f": {told}" if told else ""),
            where=report.source,
            mend="Each event needs a case, an activity and a time.",
        )
    cases, case_names = _by_first(case_codes, case.names)
    activities, activity_names = _by_first(activity_codes, activity.names)
    names = tuple(activity_names.to_pylist())
    activities = activities.astype(_width(len(names)), copy=False)

    def places(found: NDArray[np.int64]) -> list[Place]:
        """Where the first of some events stand in the source."""
        few = found[:FEW]
        return [row(place) for place in (few if kept is None else kept[few]).tolist()]

    order = _order(cases, time, len(case_names), report, places)
    if order is not None:
        cases, activities, time = cases[order], activities[order], time[order]
    again = np.flatnonzero(time[1:] == time[:-1]) + 1
    again = again[(cases[again] == cases[again - 1]) & (activities[again] == activities[again - 1])]
    if len(again):
        stand = places(again if order is None else order[again[:FEW]])
        report.remark(REPEATED, times=len(again), places=stand)
    edges = np.flatnonzero(cases[1:] != cases[:-1]) + 1
    offsets = np.concatenate(([0], edges, [len(time)]))
    report.events, report.cases = len(time), len(case_names)
    if kept is not None:
        order = kept if order is None else kept[order]
    return Log(names, activities, time, offsets, case_names, order, columns, report)


def _width(count: int) -> "type[np.integer]":
    return np.uint8 if count <= _TINY else np.uint16 if count <= _SMALL else np.int32


def _usable(
    case: NDArray[np.integer],
    activity: NDArray[np.integer],
    time: NDArray[np.int64],
    report: Report,
    row: Row,
) -> NDArray[np.int64] | None:
    """The places of events with all three; None when all have them."""
    good = np.ones(len(time), bool)
    for missing, reason in (
        (case < 0, "no case"),
        (activity < 0, "no activity"),
        (time == NO_TIME, "no time that can be read"),
    ):
        here = missing & good
        if here.any():
            for place in np.flatnonzero(here).tolist():
                report.leave_out(reason, row(place))
            good &= ~here
    return None if good.all() else np.flatnonzero(good)


def _by_first(codes: NDArray[np.integer], names: Any) -> tuple[NDArray[Any], "CaseNames"]:
    """Codes renumbered by their first event, and the names in that order, unused ones left out."""
    if codes[0] == 0 and codes[-1] == len(names) - 1:
        begins = np.concatenate(([0], np.flatnonzero(codes[1:] != codes[:-1]) + 1))
        if len(begins) == len(names) and (codes[begins] == np.arange(len(names))).all():
            return codes, names
    first = _first(codes, len(names))
    used = np.argsort(first, kind="stable")[: int((first < len(codes)).sum())]
    place = np.zeros(len(names), np.int32)
    place[used] = np.arange(len(used))
    return place[codes], _Chosen(names, used)


def _first(codes: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """The place at which each of `count` codes stands first; block by block, until all were seen."""
    never = len(codes)
    first = np.full(count, never)
    for begin in range(0, len(codes), _SMALL):
        block = codes[begin : begin + _SMALL]
        new = np.flatnonzero(first[block] == never)[::-1]
        if len(new):
            first[block[new]] = begin + new
            if (first != never).all():
                break
    return first


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Some of the names, in an order of their own."""

    names: "CaseNames"
    used: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.used)

    def to_pylist(self) -> list[str]:
        """The names."""
        names = self.names.to_pylist()
        return [names[place] for place in self.used.tolist()]


def _order(
    cases: NDArray[np.int64],
    time: NDArray[np.int64],
    count: int,
    report: Report,
    places: Callable[[NDArray[np.int64]], list[Place]],
) -> NDArray[np.int64] | None:
    """Where each event of the ordered log stands; None when the events stand in order already."""
    seams = cases[1:] != cases[:-1]
    grouped = int(seams.sum()) == count - 1
    late = time[1:] < time[:-1]
    if grouped:
        disorder = np.flatnonzero(late & ~seams) + 1
        if not len(disorder):
            return None
    elif not late.any():
        return _by_code(cases, count)
    else:
        together = _by_code(cases, count)
        again, then = cases[together], time[together]
        disorder = together[np.flatnonzero((then[1:] < then[:-1]) & (again[1:] == again[:-1])) + 1]
        if not len(disorder):
            return together
    report.remark(DISORDERED, times=len(disorder), places=places(disorder))
    by_time = np.argsort(time, kind="stable")
    return by_time[_by_code(cases[by_time], count)]


def _by_code(codes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """A stable order by code, in passes of 16 bits (numpy sorts those by counting)."""
    order = np.argsort((codes & (_SMALL - 1)).astype(np.uint16), kind="stable")
    shift = 16
    while count >> shift:
        digit = ((codes >> shift) & (_SMALL - 1)).astype(np.uint16)[order]
        order = order[np.argsort(digit, kind="stable")]
        shift += 16
    return order
