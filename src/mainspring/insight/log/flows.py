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
_NARROW = 255
"""Kinds of activities whose pairs have codes below the largest of two bytes."""
_FEW = 4096
"""Pairs that are ordered one by one; more are ordered all at once."""
_P95 = 0.95
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
    found = pairs(activity, offsets, kinds)
    if not len(found.codes):
        none = np.empty(0)
        return PairTimes(*found, none, none, none)
    codes, spans = follow_codes(activity, kinds), np.diff(time)
    seams = offsets[1:-1] - 1
    ends = np.cumsum(found.counts)
    begins = ends - found.counts
    places = _places(begins, found.counts)
    if kinds <= _NARROW and len(ends) <= _FEW:
        spans = _grouped(codes, spans, seams)
        for begin, end, wanted in zip(
            begins.tolist(), ends.tolist(), (places - begins).T.tolist(), strict=True
        ):
            spans[begin:end].partition(wanted)
    else:
        spans = _ordered(codes, spans, seams, kinds)
    return _summaries(found, begins, places, spans)


def _places(begins: Ints, counts: Ints) -> NDArray[np.int64]:
    """Where each pair's two middle times, and those beside its percentile, stand among all times in order."""
    below = ((counts - 1) * _P95).astype(np.int64)
    middle = ((counts - 1) // 2, counts // 2)
    places: NDArray[np.int64] = begins + np.stack((*middle, below, np.minimum(below + 1, counts - 1)))
    return places


def _grouped(codes: Ints, spans: Ints, seams: Ints) -> Ints:
    """The times pair by pair, within a pair in no order: codes of two bytes are sorted by their digits."""
    narrow = codes.astype(np.uint16)
    narrow[seams] = np.iinfo(np.uint16).max
    order = np.argsort(narrow, kind="stable")
    return spans[order[: len(codes) - len(seams)]]


def _ordered(codes: Ints, spans: Ints, seams: Ints, kinds: int) -> Ints:
    """The times pair by pair, ordered within each; pair and time are sorted as one number where both fit."""
    bits = int(spans.max(initial=0)).bit_length()
    if bits + (kinds * kinds).bit_length() <= _KEY_BITS:
        codes <<= bits
        spans[seams] = 0
        codes |= spans
        codes[seams] = -1
        codes.sort()
        return codes[len(seams) :] & ((1 << bits) - 1)
    inside = np.ones(len(codes), bool)
    inside[seams] = False
    codes, spans = codes[inside], spans[inside]
    return spans[np.lexsort((spans, codes))]


def _summaries(found: Pairs, begins: Ints, places: NDArray[np.int64], spans: Ints) -> PairTimes:
    """From times in microseconds, pair by pair; those at `places` stand where their order puts them."""
    counts = found.counts
    high = np.add.reduceat(spans >> _LOW, begins)
    low = np.add.reduceat(spans & ((1 << _LOW) - 1), begins)
    mean = (high * float(1 << _LOW) + low) / counts
    lower, upper, below, above = spans[places]
    share = (counts - 1) * _P95
    p95 = below + (above - below) * (share - share.astype(np.int64))
    return PairTimes(*found, mean / 1e6, (lower + upper) / 2e6, p95 / 1e6)


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
