"""Distinct traces with their weights on flat arrays, and the ways to split them."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Traces(NamedTuple):
    """`activity` codes of all traces one after the other, where each begins (and the last ends), and weights.

    A trace may be empty. `weight` says how many cases took it.
    """

    activity: Ints
    offsets: Ints
    weight: Ints

    @property
    def lengths(self) -> Ints:
        """Events of each trace."""
        return np.diff(self.offsets)

    @property
    def trace_of(self) -> Ints:
        """The trace of each event."""
        return np.repeat(np.arange(len(self.weight)), self.lengths)

    def kept(self, mask: NDArray[np.bool_]) -> "Traces":
        """The traces without the events that the mask leaves out; equal ones are joined."""
        counts = np.bincount(self.trace_of[mask], minlength=len(self.weight))
        return joined(self.activity[mask], np.concatenate(([0], np.cumsum(counts))), self.weight)

    def chosen(self, traces: NDArray[np.bool_]) -> "Traces":
        """Some of the traces."""
        lengths = self.lengths
        kept = np.repeat(traces, lengths)
        offsets = np.concatenate(([0], np.cumsum(lengths[traces])))
        return Traces(self.activity[kept], offsets, self.weight[traces])


def joined(activity: Ints, offsets: Ints, weight: Ints) -> Traces:
    """Equal traces become one with the sum of their weights."""
    width, data = activity.itemsize, np.ascontiguousarray(activity).tobytes()
    number: dict[bytes, int] = {}
    keys = [data[begin:end] for begin, end in pairwise((offsets * width).tolist())]
    of_trace = [number.setdefault(key, len(number)) for key in keys]
    weights = np.bincount(of_trace, weights=weight, minlength=len(number)).astype(np.int64)
    lengths = np.fromiter((len(key) // width for key in number), np.int64, len(number))
    codes = np.frombuffer(b"".join(number), activity.dtype)
    return Traces(codes, np.concatenate(([0], np.cumsum(lengths))), weights)


def segments(traces: Traces, begins: NDArray[np.bool_]) -> Traces:
    """Cut each trace before the events marked; the pieces are traces of their own. Empty traces stay out."""
    first = begins.copy()
    filled = traces.offsets[:-1][traces.lengths > 0]
    first[filled] = True
    edges = np.flatnonzero(first)
    weight = traces.weight[traces.trace_of[edges]]
    return joined(traces.activity, np.append(edges, len(traces.activity)), weight)


def with_empty(traces: Traces, weight: int) -> Traces:
    """The traces and so many empty ones."""
    if not weight:
        return traces
    return joined(
        traces.activity,
        np.append(traces.offsets, traces.offsets[-1]),
        np.append(traces.weight, weight),
    )
