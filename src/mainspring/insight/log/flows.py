"""Counts and times of an integer-coded log: one shifted pass each, on flat arrays.

A log is given as `activity` (one code an event, in the order of case, time, sequence), `time` (microseconds)
and `offsets` (where each case begins, and the end of the last). Every case has at least one event.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.integer]

DENSE_PAIRS = 1 << 22
"""Up to so many possible pairs they are counted in one array, beyond that by sorting."""

_KEY_BITS = 63
_LOW = 20


class Pairs(NamedTuple):
    """Pairs of activities that follow each other: code of each (`first * n + second`), and its count."""

    codes: Ints
    counts: Ints


class PairTimes(NamedTuple):
    """For each pair: its code, how often, and seconds from the first to the second event."""

    codes: Ints
    counts: Ints
    mean: NDArray[np.float64]
    median: NDArray[np.float64]
    p95: NDArray[np.float64]


def follow_codes(activity: Codes, kinds: int) -> Ints:
    """The pair code at each event but the last, also where the next event belongs to another case."""
    codes = activity[:-1].astype(np.int64)
    codes *= kinds
    codes += activity[1:]
    return codes


def pairs(activity: Codes, offsets: Ints, kinds: int) -> Pairs:
    """How often each activity directly follows each other one."""
    codes = follow_codes(activity, kinds)
    seams = codes[offsets[1:-1] - 1]
    if kinds * kinds <= DENSE_PAIRS:
        counts = np.bincount(codes, minlength=kinds * kinds)
        counts -= np.bincount(seams, minlength=kinds * kinds)
        found = np.flatnonzero(counts)
        return Pairs(found, counts[found])
    return Pairs(*np.unique(np.delete(codes, offsets[1:-1] - 1), return_counts=True))


def pair_times(activity: Codes, time: Ints, offsets: Ints, kinds: int) -> PairTimes:
    """Mean, median and 95th percentile (linear between neighbours) of the time within each pair."""
    codes = follow_codes(activity, kinds)
    spans = np.diff(time)
    bits = int(spans.max(initial=0)).bit_length()
    if bits + (kinds * kinds).bit_length() <= _KEY_BITS:
        codes <<= bits
        spans[offsets[1:-1] - 1] = 0
        codes |= spans
        codes[offsets[1:-1] - 1] = -1
        codes.sort()
        codes = codes[len(offsets) - 2 :]
        spans = codes & ((1 << bits) - 1)
        codes >>= bits
    else:
        inside = np.ones(len(codes), bool)
        inside[offsets[1:-1] - 1] = False
        codes, spans = codes[inside], spans[inside]
        order = np.lexsort((spans, codes))
        codes, spans = codes[order], spans[order]
    return _summaries(codes, spans)


def _summaries(codes: Ints, spans: Ints) -> PairTimes:
    """Of pair codes and their times in microseconds, ordered by both."""
    if not len(codes):
        none = np.empty(0)
        return PairTimes(codes, codes, none, none, none)
    begins = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    counts = np.diff(np.append(begins, len(codes)))
    high = np.add.reduceat(spans >> _LOW, begins)
    low = np.add.reduceat(spans & ((1 << _LOW) - 1), begins)
    mean = (high * float(1 << _LOW) + low) / counts
    median = (spans[begins + (counts - 1) // 2] + spans[begins + counts // 2]) / 2
    place = (counts - 1) * 0.95
    below = place.astype(np.int64)
    above = np.minimum(below + 1, counts - 1)
    p95 = spans[begins + below] + (spans[begins + above] - spans[begins + below]) * (place - below)
    return PairTimes(codes[begins], counts, mean / 1e6, median / 1e6, p95 / 1e6)


class Variants(NamedTuple):
    """The distinct sequences: `case_of` the first case of each, `counts`, and the variant of every case."""

    case_of: Ints
    counts: Ints
    of_case: Ints


def variants(activity: Codes, offsets: Ints) -> Variants:
    """Group the cases by their sequence of activities; the most frequent first, then the earliest."""
    width, data = activity.itemsize, activity.tobytes()
    edges = (offsets * width).tolist()
    keys = [data[begin:end] for begin, end in pairwise(edges)]
    number = dict.fromkeys(keys, 0)
    for place, key in enumerate(number):
        number[key] = place
    of_case = np.fromiter(map(number.__getitem__, keys), np.int64, len(keys))
    first = np.empty(len(number), np.int64)
    first[of_case[::-1]] = np.arange(len(keys))[::-1]
    counts = np.bincount(of_case)
    rank = np.argsort(-counts, kind="stable")
    place_of = np.empty_like(rank)
    place_of[rank] = np.arange(len(rank))
    return Variants(first[rank], counts[rank], place_of[of_case])
