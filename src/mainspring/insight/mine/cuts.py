"""Cuts of a directly-follows graph, after Leemans, Fahland and van der Aalst (Petri Nets 2013).

A graph is a square boolean matrix `edges`, with the sets of activities that begin and that end traces. A cut
is a list of groups of activities; None where there is none.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Groups = list[Ints]


class Graph(NamedTuple):
    """What follows what, and who begins and ends."""

    edges: Bools
    starts: Bools
    ends: Bools


def exclusive(graph: Graph) -> Groups | None:
    """Groups that never occur in one trace."""
    return _several(components(graph.edges | graph.edges.T))


def sequence(graph: Graph) -> Groups | None:
    """Groups in an order: from each every later one can be reached, and none back."""
    reach = closure(graph.edges)
    both = reach == reach.T
    groups = components(both)
    if len(groups) < 2:  # noqa: PLR2004 - a cut has two parts
        return None
    size = len(reach)
    into = np.array([reach[:, group].any(axis=1).sum() for group in groups])
    out = np.array([reach[group].any(axis=0).sum() for group in groups])
    order = np.argsort(into - out + size, kind="stable")
    return [groups[place] for place in order.tolist()]


def strict(groups: Groups, graph: Graph, missed: Bools) -> Groups:
    """Join groups of a sequence to a neighbour without which they never come (after Leemans, 2017, 6.1.4).

    A group that traces may leave out is a pivot for those around it that are entered after it or left before
    it only: whoever leaves out the pivot leaves out all of them, so together they are one block.

    Args:
        groups: a sequence cut.
        graph: where it was found.
        missed: of each group, whether enough traces lack it.
    """
    count = len(groups)
    number = np.empty(len(graph.starts), np.int64)
    for place, group in enumerate(groups):
        number[group] = place
    earliest, latest = np.arange(count), np.arange(count)
    before, after = np.nonzero(graph.edges)
    np.minimum.at(earliest, number[after], number[before])
    np.maximum.at(latest, number[before], number[after])
    first_step = number[graph.starts].max()
    earliest[number[graph.starts]] = -1
    latest[number[graph.ends]] = count
    furthest = np.maximum.accumulate(np.append(first_step, latest[:-1]))
    pivots = np.flatnonzero(missed & (furthest > np.arange(count)))
    around = [_around(pivot, earliest, latest) for pivot in pivots.tolist()]
    block = list(range(count))
    for first, last in sorted(around, key=lambda one: one[0] - one[1]):
        if block[first : last + 1] == list(range(first, last + 1)):
            block[first : last + 1] = [first] * (last + 1 - first)
    return [
        np.sort(np.concatenate([groups[place] for place in range(count) if block[place] == first]))
        for first in dict.fromkeys(block)
    ]


def _around(pivot: int, earliest: Ints, latest: Ints) -> tuple[int, int]:
    """The first and the last group that only come with a pivot."""
    first = last = pivot
    while first > 0 and latest[first - 1] <= pivot:
        first -= 1
    while last + 1 < len(earliest) and earliest[last + 1] >= pivot:
        last += 1
    return first, last


def parallel(graph: Graph) -> Groups | None:
    """Groups whose activities follow each other both ways; each must be able to begin and to end."""
    apart = ~(graph.edges & graph.edges.T)
    np.fill_diagonal(apart, val=False)
    groups = components(apart)
    whole = [group for group in groups if graph.starts[group].any() and graph.ends[group].any()]
    rest = [group for group in groups if not (graph.starts[group].any() and graph.ends[group].any())]
    if not whole:
        return None
    whole.sort(key=len)
    return _several([np.sort(np.concatenate([whole[0], *rest])), *whole[1:]])


def loop(graph: Graph) -> Groups | None:
    """The body first, then the groups after which the body comes again."""
    edges, starts, ends = graph
    rim = starts | ends
    inner = np.flatnonzero(~rim)
    if not len(inner):
        return None
    found = [inner[group] for group in components((edges | edges.T)[np.ix_(inner, inner)])]
    body = [np.flatnonzero(rim)]
    redo: Groups = []
    only_starts, only_ends = starts & ~ends, ends & ~starts
    for group in found:
        from_body, to_body = edges[:, group], edges[group]
        entered, left = from_body[ends].any(axis=0), to_body[:, starts].any(axis=1)
        fits = (
            not from_body[only_starts].any()
            and not to_body[:, only_ends].any()
            and bool((from_body[ends].all(axis=0) | ~entered).all())
            and bool((to_body[:, starts].all(axis=1) | ~left).all())
            and bool(entered.any() and left.any())
        )
        (redo if fits else body).append(group)
    if not redo:
        return None
    return [np.sort(np.concatenate(body)), *redo]


def components(matrix: Bools) -> Groups:
    """Connected parts of a symmetric matrix, by their smallest member."""
    size = len(matrix)
    waiting = np.ones(size, bool)
    found: Groups = []
    for first in range(size):
        if not waiting[first]:
            continue
        group = np.zeros(size, bool)
        group[first] = True
        edge = group
        while edge.any():
            edge = matrix[edge].any(axis=0) & ~group
            group = group | edge
        waiting &= ~group
        found.append(np.flatnonzero(group))
    return found


def closure(edges: Bools) -> Bools:
    """What can be reached in one step or more."""
    reach = edges.copy()
    for middle in range(len(reach)):
        reach |= np.outer(reach[:, middle], reach[middle])
    return reach


def _several(groups: Groups) -> Groups | None:
    return groups if len(groups) > 1 else None
