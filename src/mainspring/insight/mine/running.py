"""Which cases of a log are still running, and what is known of each now."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.mine.predict import known_at

if TYPE_CHECKING:
    from mainspring.insight.log import Log

_USUAL = 0.05


class Running(NamedTuple):
    """Cases that go on: a mask over all cases, their numbers, and a row of `predict.Prefixes` each."""

    cases: NDArray[np.bool_]
    numbers: NDArray[np.int64]
    known: NDArray[np.float64]


def running(log: "Log") -> Running:
    """Cases whose last activity is not one with which at least one case in twenty ends.

    A log does not say which cases have ended; with a usual end they are taken as ended.
    """
    last = log.offsets[1:] - 1
    ends = np.bincount(log.activity[last], minlength=len(log.activities)) / len(last)
    recent = log.time[last] > np.quantile(log.time, 0.5)
    going = (ends[log.activity[last]] < _USUAL) & recent
    return Running(going, np.flatnonzero(going), known_at(log, last[going]))
