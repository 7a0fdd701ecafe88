"""A log in memory: integer-coded, ordered by case, time and sequence, and what can be asked of it at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import LogError
from mainspring.insight.log import flows
from mainspring.insight.log.report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mainspring.bpmn import Model
    from mainspring.insight.mine.conformance import Conformance

MISSING = -1
MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Attribute:
    """One more column of the events, in the order of the log.

    Attributes:
        values: codes into `names` with -1 for missing; or numbers (NaN for missing), where `names` is None.
        names: the distinct texts, or None for numbers.
    """

    values: NDArray[Any]
    names: tuple[str, ...] | None

    def text(self, event: int) -> str:
        """The value of one event as text, empty where it is missing."""
        value = self.values[event]
        if self.names is not None:
            return self.names[value] if value >= 0 else ""
        return "" if np.isnan(value) else f"{value:g}"


class Columns(Protocol):
    """Where the other columns of a log come from, by name, in the order of the source."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that can be read."""

    def read(self, name: str) -> Attribute:
        """Read one."""


@dataclass(frozen=True)
class NoColumns:
    """A log of nothing but case, activity and time."""

    names: tuple[str, ...] = ()

    def read(self, name: str) -> Attribute:
        """There is none."""
        raise LogError(f"the log has no column {name}")


class CaseNames(Protocol):
    """The names of the cases by number; decoded only when someone asks."""

    def __len__(self) -> int: ...

    def to_pylist(self) -> list[str]:
        """All of them."""


@dataclass(frozen=True)
class Log:
    """Events of cases.

    Attributes:
        activities: the names of the activities, by code.
        activity: code of the activity of each event, in the order (case, time, sequence).
        time: microseconds since 1970 UTC of each event, in the same order.
        offsets: where each case begins in these arrays, and the end of the last.
        case_names: the names of the cases, by number (that of their first event in the source).
        order: place of each event in the source; None where the source is in order already.
        columns: the other columns of the source.
        report: what was left out on reading.
    """

    activities: tuple[str, ...]
    activity: NDArray[np.integer]
    time: NDArray[np.int64]
    offsets: NDArray[np.int64]
    case_names: CaseNames
    order: NDArray[np.int64] | None = None
    columns: Columns = field(default_factory=NoColumns)
    report: Report = field(default_factory=Report)

    def __len__(self) -> int:
        return len(self.activity)

    def __repr__(self) -> str:
        return (
            f"Log({len(self):,} events, {len(self.offsets) - 1:,} cases, {len(self.activities)} activities)"
        )

    @cached_property
    def cases(self) -> "Sequence[str]":
        """The names of the cases, by number."""
        return self.case_names.to_pylist()

    @cached_property
    def case_of(self) -> NDArray[np.int64]:
        """The number of the case of each event."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def attribute(self, name: str) -> Attribute:
        """A column of the source, in the order of the log.

        Raises:
            LogError: there is no such column; names those there are.
        """
        if name not in self.columns.names:
            raise LogError(
                f"the log has no column {name}",
                where=self.report.source,
                mend=f"It has: {', '.join(self.columns.names)}.",
            )
        found = self.columns.read(name)
        return found if self.order is None else Attribute(found.values[self.order], found.names)

    def dfg(self) -> dict[tuple[str, str], int]:
        """How often each activity was directly followed by each other one."""
        names, found = self.activities, flows.pairs(self.activity, self.offsets, self._kinds)
        return {
            (names[code // self._kinds], names[code % self._kinds]): count
            for code, count in zip(found.codes.tolist(), found.counts.tolist(), strict=True)
        }

    def start_activities(self) -> dict[str, int]:
        """How many cases begin with each activity."""
        return self._counted(self.activity[self.offsets[:-1]])

    def end_activities(self) -> dict[str, int]:
        """How many cases end with each activity."""
        return self._counted(self.activity[self.offsets[1:] - 1])

    def activity_counts(self) -> dict[str, int]:
        """How often each activity happened."""
        return self._counted(self.activity)

    def grouped(self) -> flows.Variants:
        """The cases grouped by their sequence of activities."""
        return flows.variants(self.activity, self.offsets)

    def variants(self) -> dict[tuple[str, ...], int]:
        """How many cases took each sequence of activities; the most frequent first."""
        found = self.grouped()
        return dict(zip(self.sequences(found), found.counts.tolist(), strict=True))

    def sequences(self, found: flows.Variants) -> Iterator[tuple[str, ...]]:
        """The activities of each variant, in its order."""
        begins, ends = self.offsets[found.case_of], self.offsets[found.case_of + 1]
        edges = np.concatenate(([0], np.cumsum(ends - begins)))
        places = np.arange(edges[-1]) + np.repeat(begins - edges[:-1], ends - begins)
        names = np.array(self.activities, object)[self.activity[places]].tolist()
        for begin, end in pairwise(edges.tolist()):
            yield tuple(names[begin:end])

    def durations(self) -> NDArray[np.float64]:
        """Seconds from the first to the last event of each case, by its number."""
        return (self.time[self.offsets[1:] - 1] - self.time[self.offsets[:-1]]) / MICROSECONDS

    def case_durations(self) -> dict[str, float]:
        """Seconds from the first to the last event of each case, by its name."""
        return dict(zip(self.cases, self.durations().tolist(), strict=True))

    def performance(self) -> dict[tuple[str, str], dict[str, float]]:
        """Seconds between activities that directly follow each other: mean, median, 95th percentile."""
        names, kinds = self.activities, self._kinds
        found = flows.pair_times(self.activity, self.time, self.offsets, kinds)
        rows = zip(found.codes.tolist(), *(part.tolist() for part in found[2:]), strict=True)
        return {
            (names[code // kinds], names[code % kinds]): {"mean": mean, "median": median, "p95": p95}
            for code, mean, median, p95 in rows
        }

    def discover(self, noise: float = 0.2) -> "Model":
        """A process model of the log, by the inductive miner (infrequent), as a drawn BPMN model.

        Args:
            noise: share of rare behaviour left out, from 0 (the model fits every case) to 1.
        """
        from mainspring.insight.mine import discover  # mining is not loaded for counting

        return discover(self, noise)

    def conformance(self, model: "Model") -> "Conformance":
        """How well the cases fit a BPMN model, by alignments, with reasons in words."""
        from mainspring.insight.mine import conformance  # mining is not loaded for counting

        return conformance(self, model)

    @property
    def _kinds(self) -> int:
        return len(self.activities)

    def _counted(self, codes: NDArray[np.integer]) -> dict[str, int]:
        counts = np.bincount(codes, minlength=self._kinds)
        return {name: count for name, count in zip(self.activities, counts.tolist(), strict=True) if count}

    def only(self, chosen: NDArray[np.bool_]) -> "Log":
        """The log of some cases alone; `chosen` says so by case number. Activities keep their codes."""
        lengths = np.diff(self.offsets)
        kept = np.repeat(chosen, lengths)
        offsets = np.concatenate(([0], np.cumsum(lengths[chosen])))
        order = np.flatnonzero(kept) if self.order is None else self.order[kept]
        names = [name for name, take in zip(self.cases, chosen.tolist(), strict=True) if take]
        return Log(
            self.activities,
            self.activity[kept],
            self.time[kept],
            offsets,
            Names(names),
            order,
            self.columns,
            self.report,
        )


@dataclass(frozen=True, slots=True)
class Names:
    """Names that are there already."""

    names: list[str]

    def __len__(self) -> int:
        return len(self.names)

    def to_pylist(self) -> list[str]:
        """All of them."""
        return self.names


def from_cases(cases: Mapping[str, "Sequence[tuple[str, int]]"]) -> Log:
    """A log of cases given as (activity, microseconds) events; for generators and tests."""
    codes: dict[str, int] = {}
    activity, time, offsets = [], [], [0]
    for name, events in cases.items():
        if not events:
            raise LogError(f"case {name} has no event")
        for what, at in sorted(events, key=lambda event: event[1]):
            activity.append(codes.setdefault(what, len(codes)))
            time.append(at)
        offsets.append(len(activity))
    return Log(
        tuple(codes),
        np.array(activity, np.int32),
        np.array(time, np.int64),
        np.array(offsets, np.int64),
        Names(list(cases)),
    )
