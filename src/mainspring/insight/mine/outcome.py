"""How likely a running case ends in a certain way, as a probability that can be taken at its word.

The share, the last activities (with back-off) and gradient-boosted trees are fitted; each is calibrated on
held-back, more recent cases by isotonic regression (Zadrozny and Elkan, 2002), and the one with the least
Brier score on still more recent ones answers.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import MiningError
from mainspring.insight.mine.predict import Prefixes, parts, prefixes

if TYPE_CHECKING:
    from mainspring.insight.log import Log

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Way = Callable[[Floats], Floats]

_LAST = 3
_FEWEST_SEEN = 10
_MOST_ROWS = 60_000


class Reliability(NamedTuple):
    """How probabilities came true: Brier score, and the mean gap between said and seen (ECE, ten groups)."""

    brier: float
    gap: float


class Outcome:
    """Predicts whether running cases will be of a kind.

    Args:
        log: what is known.
        kind: which cases (by number) turned out so; of unfinished ones it is not looked at.
        until: microseconds; nothing after that is used.

    Raises:
        MiningError: too few cases have ended, or all of them in the same way.
    """

    def __init__(self, log: "Log", kind: Mask, until: int | None = None) -> None:
        fit, check, tune = parts(log, until)
        if not kind[fit].any() or kind[fit].all():
            raise MiningError(
                f"of {int(fit.sum())} ended cases all or none are of the kind; prediction needs both"
            )
        train, held, last = (prefixes(log, part) for part in (fit, check, tune))
        truth = [kind[each.case].astype(float) for each in (train, held, last)]
        raw = {
            "share": _share(truth[0]),
            "last activities": _last_activities(train, truth[0]),
            "trees": _trees(train, truth[0]),
        }
        self.ways: dict[str, Way] = {}
        scores = {}
        for name, way in raw.items():
            self.ways[name] = way if name == "share" else _calibrated(way, held, truth[1])
            scores[name] = reliability(self.ways[name](last.known), truth[2]).brier
        self.chosen = min(scores, key=scores.__getitem__)

    def predict(self, known: Floats) -> Floats:
        """The probability for each running case, from what is known of it (`predict.prefixes`)."""
        return self.ways[self.chosen](known)


def reliability(said: Floats, truth: Floats) -> Reliability:
    """Judge probabilities by what came true."""
    groups = np.minimum((said * 10).astype(int), 9)
    gaps = [
        abs(said[groups == group].mean() - truth[groups == group].mean()) * (groups == group).mean()
        for group in np.unique(groups).tolist()
    ]
    return Reliability(float(((said - truth) ** 2).mean()), float(sum(gaps)))


def with_activity(log: "Log", activity: str) -> Mask:
    """Which cases have an activity.

    Raises:
        MiningError: the log has no such activity.
    """
    if activity not in log.activities:
        raise MiningError(
            f"the log has no activity {activity!r}", mend=f"It has: {', '.join(log.activities)}."
        )
    found = np.zeros(len(log.offsets) - 1, bool)
    found[log.case_of[log.activity == log.activities.index(activity)]] = True
    return found


def _share(truth: Floats) -> Way:
    share = float(truth.mean())
    return lambda known: np.full(len(known), share)


def _last_activities(train: Prefixes, truth: Floats) -> Way:
    """The share after the same last three activities; after fewer where those are rare."""
    tables = []
    for back in range(_LAST, 0, -1):
        groups: dict[tuple[float, ...], list[float]] = {}
        for key, value in zip(map(tuple, train.known[:, :back].tolist()), truth.tolist(), strict=True):
            groups.setdefault(key, []).append(value)
        tables.append(
            {key: float(np.mean(seen)) for key, seen in groups.items() if len(seen) >= _FEWEST_SEEN}
        )
    whole = float(truth.mean())

    def guess(known: Floats) -> Floats:
        rows = known[:, :_LAST].tolist()
        return np.array(
            [
                next(
                    (
                        t[k]
                        for t, b in zip(tables, range(_LAST, 0, -1), strict=True)
                        if (k := tuple(row[:b])) in t
                    ),
                    whole,
                )
                for row in rows
            ]
        )

    return guess


def _trees(train: Prefixes, truth: Floats) -> Way:
    from sklearn.ensemble import HistGradientBoostingClassifier  # heavy, and only prediction needs it
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # it ships no types

    model: Any = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.05, random_state=0)
    step = len(train.known) // _MOST_ROWS + 1
    with threadpool_limits(1):
        model.fit(train.known[::step], truth[::step])

    def guess(known: Floats) -> Floats:
        with threadpool_limits(1):
            return np.asarray(model.predict_proba(known)[:, 1])

    return guess


def _calibrated(way: Way, held: Prefixes, truth: Floats) -> Way:
    from sklearn.isotonic import IsotonicRegression

    said = way(held.known)
    model: Any = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(said, truth)
    return lambda known: np.asarray(model.predict(way(known)))
