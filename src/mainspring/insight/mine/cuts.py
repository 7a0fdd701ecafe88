"""Cuts of a directly-follows graph, after Leemans, Fahland and van der Aalst (Petri Nets 2013).

A graph is a square boolean matrix `edges`, with the sets of activities that begin and that end traces. A cut
is a list of groups of activities; None where there is none.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Groups = list[NDArray[np.int64]]


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
    groups = [groups[place] for place in order.tolist()]
    return strict(groups, graph) or groups


def strict(groups: Groups, graph: Graph) -> Groups | None:
    """Join neighbours of a sequence that are only ever skipped together (Leemans, 2017, section 6.1.4).

    Between two groups that no trace may leave out, a run of groups stays apart only where a trace can go
    through some of them without the others.
    """
    count = len(groups)
    number = np.empty(len(graph.starts), np.int64)
    for place, group in enumerate(groups):
        number[group] = place
    skipped = np.zeros(count, bool)
    jumps = [(int(number[a]), int(number[b])) for a, b in zip(*np.nonzero(graph.edges), strict=True)]
    jumps += [(-1, int(number[a])) for a in np.flatnonzero(graph.starts)]
    jumps += [(int(number[a]), count) for a in np.flatnonzero(graph.ends)]
    for here, there in jumps:
        skipped[here + 1 : there] = True
    joined = list(range(count))
    for here, there in jumps:
        first, last = here + 1, there - 1
        if last <= first or not _a_unit(first, last, jumps):
            continue
        for place in range(first, last + 1):
            joined[place] = joined[first]
    found = [
        np.sort(np.concatenate([groups[place] for place in range(count) if joined[place] == kept]))
        for kept in dict.fromkeys(joined)
    ]
    return _several(found)


def _a_unit(first: int, last: int, jumps: list[tuple[int, int]]) -> bool:
    """Whether the groups from first to last are entered at the first and left at the last only."""
    return all(
        not (here < first < there <= last) and not (first <= here < last < there) for here, there in jumps
    )


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
