"""How long a running case will still take, with an interval that holds as often as it says.

Three ways are fitted and the one that is best on held-back, more recent cases answers: a constant, the last
activities (with back-off to shorter ones), and gradient-boosted trees. The interval is that of conformalised
quantile regression (Romano et al., 2019): trees for its ends, moved by what they missed on held-back cases.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import MiningError

if TYPE_CHECKING:
    from mainspring.insight.log import Log

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

DAY_S = 86_400
_FEWEST = 40
_HELD_BACK = 0.25
_LAST = 3
_MOST_ROWS = 60_000
_SETTLED = 0.95


class Prefixes(NamedTuple):
    """Running cases: what is known at an event, and (for those that ended) the seconds still to come.

    `known` has a row an event: last activities (newest first), events so far, seconds since the beginning and
    since the last event, hour and weekday, and how often each activity happened so far.
    """

    known: Floats
    remaining: Floats
    case: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prediction:
    """Seconds still to come: the best guess of each prefix, and the interval's ends."""

    seconds: Floats
    low: Floats
    high: Floats


def prefixes(log: "Log", chosen: NDArray[np.bool_], until: int | None = None) -> Prefixes:
    """Every event of the chosen cases but the last; none after `until` (microseconds)."""
    last = log.offsets[1:][log.case_of] - 1
    kept = chosen[log.case_of] & (np.arange(len(log)) < last)
    if until is not None:
        kept &= log.time <= until
    return Prefixes(
        _known(log)[kept].astype(float), (log.time[last] - log.time)[kept] / 1e6, log.case_of[kept]
    )


def known_at(log: "Log", places: NDArray[np.int64]) -> Floats:
    """What is known at some events, as `Prefixes.known` has it."""
    return np.asarray(_known(log)[places].astype(float))


def _known(log: "Log") -> Floats:
    """A row for every event; see `Prefixes`."""
    lengths = np.diff(log.offsets)
    first, place = log.offsets[:-1][log.case_of], np.arange(len(log))
    begin = log.time[first]
    before = np.where(place > first, log.time[np.maximum(place - 1, 0)], log.time)
    grams = [
        np.where(place - back >= first, log.activity[np.maximum(place - back, 0)], -1)
        for back in range(_LAST)
    ]
    hour = log.time // 3_600_000_000
    kinds = len(log.activities)
    happened = np.zeros((len(log), min(kinds, 60)), np.float32)
    inside = log.activity < happened.shape[1]
    happened[place[inside], log.activity[inside]] = 1
    run = np.cumsum(happened, axis=0)
    base = np.repeat(run[log.offsets[:-1]] - happened[log.offsets[:-1]], lengths, axis=0)
    columns = [
        *grams,
        place - first,
        (log.time - begin) / 1e6,
        (log.time - before) / 1e6,
        hour % 24,
        hour // 24 % 7,
    ]
    return np.column_stack([*columns, run - base])


class Remaining:
    """Predicts the remaining time of cases.

    Args:
        log: what is known.
        until: microseconds; nothing after that is used. Cases begun so shortly before it that the long ones
            among them could not have ended are left out, since the short ones alone would mislead.
        coverage: how often the interval is to hold.

    Raises:
        MiningError: too few cases have ended.
    """

    def __init__(self, log: "Log", until: int | None = None, coverage: float = 0.9) -> None:
        fit, check, tune = parts(log, until)
        train, held, scale = prefixes(log, fit), prefixes(log, check), prefixes(log, tune)
        self.ways: dict[str, Callable[[Floats], Floats]] = {
            "constant": _constant(train),
            "last activities": _last_activities(train),
            "trees": _trees(train),
        }
        errors = {
            name: float(np.abs(way(held.known) - held.remaining).mean()) for name, way in self.ways.items()
        }
        self.chosen = min(errors, key=errors.__getitem__)
        self._way = self.ways[self.chosen]
        beyond = (1 - coverage) / 2
        self._low, self._high = (_trees(train, quantile) for quantile in (beyond, 1 - beyond))
        missed = np.maximum(
            self._low(scale.known) - scale.remaining, scale.remaining - self._high(scale.known)
        )
        rank = min(1.0, coverage * (1 + 1 / len(missed)))
        self._wider = float(np.quantile(missed, rank, method="higher"))

    def predict(self, known: Floats) -> Prediction:
        """Predict from what is known of running cases."""
        seconds = self._way(known)
        low, high = self._low(known) - self._wider, self._high(known) + self._wider
        return Prediction(seconds, np.clip(low, 0, seconds), np.maximum(high, seconds))


def parts(log: "Log", until: int | None = None) -> tuple[Mask, Mask, Mask]:
    """Cases to fit on, and two more recent parts held back: to choose by, and to scale by.

    Raises:
        MiningError: too few cases have ended.
    """
    begin, end = log.time[log.offsets[:-1]], log.time[log.offsets[1:] - 1]
    limit = int(end.max()) if until is None else until
    ended = end <= limit
    if int(ended.sum()) < _FEWEST:
        raise MiningError(f"only {int(ended.sum())} cases have ended; prediction needs {_FEWEST}")
    settled = begin <= limit - np.quantile((end - begin)[ended], _SETTLED)
    usable = ended & settled if int((ended & settled).sum()) >= _FEWEST else ended
    order = np.argsort(np.where(usable, begin, np.iinfo(np.int64).max), kind="stable")[: int(usable.sum())]
    cut = int(len(order) * (1 - _HELD_BACK))
    middle = cut + (len(order) - cut) // 2
    first, second, third = order[:cut], order[cut:middle], order[middle:]
    return _mask(first, len(begin)), _mask(second, len(begin)), _mask(third, len(begin))


def _mask(numbers: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    found = np.zeros(size, bool)
    found[numbers] = True
    return found


def _constant(train: Prefixes) -> Callable[[Floats], Floats]:
    value = float(np.median(train.remaining))
    return lambda known: np.full(len(known), value)


def _last_activities(train: Prefixes, fewest: int = 10) -> Callable[[Floats], Floats]:
    """The median after the same last three activities; after fewer where those are rare."""
    tables = [_medians(train.known[:, :back], train.remaining, fewest) for back in range(_LAST, 0, -1)]
    whole = float(np.median(train.remaining))

    def guess(known: Floats) -> Floats:
        keys = [list(map(tuple, known[:, :back].tolist())) for back in range(_LAST, 0, -1)]
        rows = zip(*keys, strict=True)
        return np.array(
            [next((t[k] for t, k in zip(tables, row, strict=True) if k in t), whole) for row in rows]
        )

    return guess


def _medians(keys: Floats, values: Floats, fewest: int) -> dict[tuple[float, ...], float]:
    groups: dict[tuple[float, ...], list[float]] = {}
    for key, value in zip(map(tuple, keys.tolist()), values.tolist(), strict=True):
        groups.setdefault(key, []).append(value)
    return {key: float(np.median(found)) for key, found in groups.items() if len(found) >= fewest}


def _trees(train: Prefixes, quantile: float = 0.5) -> Callable[[Floats], Floats]:
    from sklearn.ensemble import HistGradientBoostingRegressor  # heavy, and only prediction needs it
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # it ships no types

    model: Any = HistGradientBoostingRegressor(
        loss="quantile", quantile=quantile, max_iter=150, random_state=0
    )
    step = len(train.known) // _MOST_ROWS + 1
    with threadpool_limits(1):  # where other work shares the cores, its threads would wait for each other
        model.fit(train.known[::step], train.remaining[::step])

    def guess(known: Floats) -> Floats:
        with threadpool_limits(1):
            return np.asarray(np.maximum(model.predict(known), 0))

    return guess
