"""The inductive miner (infrequent): a sound process tree from traces, rare behaviour left out.

After Leemans, Fahland and van der Aalst, "Discovering Block-Structured Process Models from Event Logs
Containing Infrequent Behaviour" (BPM Workshops 2013). It works on distinct traces with weights, so that a log
costs what its variants cost.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from mainspring.insight.errors import MiningError
from mainspring.insight.mine import cuts
from mainspring.insight.mine.cuts import Graph, Groups
from mainspring.insight.mine.traces import Ints, Traces, joined, segments, with_empty
from mainspring.insight.mine.tree import SILENT, Tree, activity, block

MOST_ACTIVITIES = 1000
"""More cannot be drawn, and the graph would not fit."""


def inductive(traces: Traces, names: Sequence[str], noise: float) -> Tree:
    """Mine a tree.

    Args:
        traces: distinct traces with weights.
        names: of the activities, by code.
        noise: share of rare behaviour left out, in [0, 1].

    Raises:
        MiningError: the noise is no share, or there are too many activities.
    """
    if not 0 <= noise <= 1:
        raise MiningError(f"the noise {noise} is no share from 0 to 1")
    kinds = len(np.unique(traces.activity))
    if kinds > MOST_ACTIVITIES:
        raise MiningError(
            f"{kinds:,} activities are too many for one model",
            mend=f"Keep the {MOST_ACTIVITIES:,} most frequent, or join activities under one name.",
        )
    return _Miner(names, noise).mine(traces)


class _Local(NamedTuple):
    """A part of the log with its activities numbered from 0."""

    traces: Traces
    codes: Ints
    counts: Ints
    starts: Ints
    ends: Ints

    def graph(self, noise: float) -> Graph:
        """Edges that are at least `noise` times the strongest of their source; all for 0."""
        if not noise:
            return Graph(self.counts > 0, self.starts > 0, self.ends > 0)
        strongest = np.maximum(self.counts.max(axis=1), self.ends)
        return Graph(
            (self.counts > 0) & (self.counts >= noise * strongest[:, None]),
            (self.starts > 0) & (self.starts >= noise * self.starts.max()),
            (self.ends > 0) & (self.ends >= noise * strongest),
        )


Cut = Callable[[Graph], Groups | None]


class _Miner:
    def __init__(self, names: Sequence[str], noise: float) -> None:
        self._names = names
        self._noise = noise

    def mine(self, traces: Traces) -> Tree:
        empty = traces.lengths == 0
        if empty.any():
            rest = traces.chosen(~empty)
            if not len(rest.weight):
                return SILENT
            tree = self.mine(rest)
            return block("choice", SILENT, tree) if self._often_empty(traces) else tree
        local = _local(traces)
        if len(local.codes) == 1 and (traces.lengths == 1).all():
            return self._leaf(local, 0)
        for noise in dict.fromkeys((0.0, self._noise)):
            graph = local.graph(noise)
            for kind, cut in CUTS:
                groups = cut(graph)
                if groups is not None:
                    return kind(self, local, graph, groups)
        return self._fall_through(local)

    def _often_empty(self, traces: Traces) -> bool:
        """Whether more of the traces are empty than rare behaviour would be."""
        nothing = traces.weight[traces.lengths == 0].sum()
        return bool(nothing > self._noise * traces.weight.sum())

    def _leaf(self, local: _Local, place: int) -> Tree:
        return activity(self._names[int(local.codes[place])])

    def exclusive(self, local: _Local, _graph: Graph, groups: Groups) -> Tree:
        """Each trace goes to the group it has most events of; its other events are left out."""
        traces, group_of = local.traces, _group_of(groups)
        of_event = group_of[traces.activity]
        count = len(groups)
        votes = np.bincount(traces.trace_of * count + of_event, minlength=len(traces.weight) * count)
        best = votes.reshape(-1, count).argmax(axis=1)
        fits = of_event == best[traces.trace_of]
        parts = []
        for number in range(count):
            chosen = best == number
            if chosen.any():
                inside = fits[np.repeat(chosen, traces.lengths)]
                parts.append(traces.chosen(chosen).kept(inside))
        return block("choice", *(self.mine(_named(part, local)) for part in parts))

    def sequence(self, local: _Local, graph: Graph, groups: Groups) -> Tree:
        """Each trace is cut where the fewest events stand on the wrong side; those are left out."""
        parts = _in_order(local.traces, groups)
        missed = np.array([self._often_empty(part) for part in parts])
        joined_up = cuts.strict(groups, graph, missed)
        if len(joined_up) < len(groups):
            parts = _in_order(local.traces, joined_up)
        return block("sequence", *(self.mine(_named(part, local)) for part in parts))

    def parallel(self, local: _Local, _graph: Graph, groups: Groups) -> Tree:
        """Each group sees the traces without the others."""
        of_event = _group_of(groups)[local.traces.activity]
        parts = [local.traces.kept(of_event == number) for number in range(len(groups))]
        return block("parallel", *(self.mine(_named(part, local)) for part in parts))

    def loop(self, local: _Local, _graph: Graph, groups: Groups) -> Tree:
        """Traces fall into pieces of the body and of what leads back to it."""
        traces = local.traces
        of_event = _group_of(groups)[traces.activity]
        change = np.zeros(len(of_event), bool)
        change[1:] = of_event[1:] != of_event[:-1]
        change[traces.offsets[:-1]] = True
        edges = np.flatnonzero(change)
        kind, weight = of_event[edges], traces.weight[traces.trace_of[edges]]
        ends = np.append(edges[1:], len(of_event))
        opens, closes = np.isin(edges, traces.offsets[:-1]), np.isin(ends, traces.offsets[1:])
        redo = kind > 0
        missing = int(weight[redo & opens].sum() + weight[redo & closes].sum())
        follows_redo = np.zeros(len(kind), bool)
        follows_redo[1:] = redo[:-1]
        missing += int(weight[redo & ~opens & follows_redo].sum())
        parts = []
        for number in range(len(groups)):
            pieces = np.flatnonzero(kind == number)
            inside = of_event == number
            lengths = (ends - edges)[pieces]
            offsets = np.concatenate(([0], np.cumsum(lengths)))
            parts.append(joined(traces.activity[inside], offsets, weight[pieces]))
        parts[0] = with_empty(parts[0], missing)
        body, *again = (self.mine(_named(part, local)) for part in parts)
        return block("loop", body, block("choice", *again))

    def _fall_through(self, local: _Local) -> Tree:
        """No cut: what is true of the traces nevertheless, the most exact first, a flower at last."""
        return (
            self._once_in_each(local)
            or self._beside_the_rest(local)
            or self._repeated(local, strictly=True)
            or self._repeated(local, strictly=False)
            or self._flower(local)
        )

    def _once_in_each(self, local: _Local) -> Tree | None:
        """An activity that happens exactly once in each trace, beside the rest."""
        traces, count = local.traces, len(local.codes)
        if count == 1:
            return None
        often = np.bincount(
            traces.trace_of * count + traces.activity, minlength=len(traces.weight) * count
        ).reshape(-1, count)
        once = np.flatnonzero((often == 1).all(axis=0))
        if not len(once):
            return None
        rest = traces.kept(traces.activity != once[0])
        return block("parallel", self._leaf(local, int(once[0])), self.mine(_named(rest, local)))

    def _beside_the_rest(self, local: _Local) -> Tree | None:
        """An activity without which the rest has a cut."""
        traces = local.traces
        if len(local.codes) == 1:
            return None
        for place in range(len(local.codes)):
            rest = traces.kept(traces.activity != place)
            filled = rest.chosen(rest.lengths > 0)
            if not len(filled.weight):
                continue
            graph = _local(filled).graph(self._noise)
            if any(cut(graph) is not None for _, cut in CUTS):
                alone = self.mine(_named(traces.kept(traces.activity == place), local))
                return block("parallel", alone, self.mine(_named(rest, local)))
        return None

    def _repeated(self, local: _Local, *, strictly: bool) -> Tree | None:
        """The whole again and again: cut before each beginning (strictly: only after an end)."""
        traces = local.traces
        begins = local.starts[traces.activity] > 0
        begins[traces.offsets[:-1]] = False
        if strictly:
            begins[1:] &= local.ends[traces.activity[:-1]] > 0
        if not begins.any():
            return None
        return block("loop", self.mine(_named(segments(traces, begins), local)), SILENT)

    def _flower(self, local: _Local) -> Tree:
        leaves = [self._leaf(local, place) for place in range(len(local.codes))]
        return block("loop", block("choice", *leaves), SILENT)


CUTS: tuple[tuple[Callable[[_Miner, _Local, Graph, Groups], Tree], Cut], ...] = (
    (_Miner.exclusive, cuts.exclusive),
    (_Miner.sequence, cuts.sequence),
    (_Miner.parallel, cuts.parallel),
    (_Miner.loop, cuts.loop),
)


def _local(traces: Traces) -> _Local:
    codes, activities = np.unique(traces.activity, return_inverse=True)
    traces = traces._replace(activity=activities.astype(np.int64))
    count = len(codes)
    weight = np.repeat(traces.weight, traces.lengths)
    pairs = activities[:-1] * count + activities[1:]
    inside = np.ones(len(pairs), bool)
    inside[traces.offsets[1:-1] - 1] = False
    counts = np.bincount(pairs[inside], weights=weight[:-1][inside], minlength=count * count)
    starts = np.bincount(activities[traces.offsets[:-1]], weights=traces.weight, minlength=count)
    ends = np.bincount(activities[traces.offsets[1:] - 1], weights=traces.weight, minlength=count)
    return _Local(
        traces,
        codes,
        counts.reshape(count, count).astype(np.int64),
        starts.astype(np.int64),
        ends.astype(np.int64),
    )


def _named(part: Traces, local: _Local) -> Traces:
    """A part with the codes of the whole log again."""
    return part._replace(activity=local.codes[part.activity])


def _group_of(groups: Groups) -> Ints:
    found = np.empty(sum(map(len, groups)), np.int64)
    for number, group in enumerate(groups):
        found[group] = number
    return found


def _in_order(traces: Traces, groups: Groups) -> list[Traces]:
    """The part of each group of a sequence, without the events on the wrong side."""
    of_event = _group_of(groups)[traces.activity]
    place = np.arange(len(of_event))
    trace_of, begin = traces.trace_of, traces.offsets[:-1].copy()
    parts = []
    for number in range(len(groups) - 1):
        here = place >= begin[trace_of]
        end = _cheapest_ends(traces, begin, of_event, number)
        parts.append(traces.kept(here & (place < end[trace_of]) & (of_event == number)))
        begin = end
    last = (place >= begin[trace_of]) & (of_event == len(groups) - 1)
    return [*parts, traces.kept(last)]


def _cheapest_ends(traces: Traces, begin: Ints, of_event: Ints, number: int) -> Ints:
    """Where a group's part of each trace ends so that the fewest events are on the wrong side."""
    cost = (of_event > number).astype(np.int64) - (of_event == number)
    cost[np.arange(len(cost)) < begin[traces.trace_of]] = 0
    run = np.cumsum(cost)
    before = np.concatenate(([0], run))[begin]
    least = np.minimum.reduceat(run, traces.offsets[:-1])
    hit = run == least[traces.trace_of]
    hit &= np.arange(len(cost)) >= begin[traces.trace_of]
    places = np.flatnonzero(hit)
    first = np.full(len(begin), -1)
    first[traces.trace_of[places][::-1]] = places[::-1]
    return np.where((least < before) & (first >= 0), first + 1, begin)
