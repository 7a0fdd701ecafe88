"""A log whose parameters are known, made by a small simulation of its own, to be found again.

Cases come at random within office hours; a claim is registered by clerks, lies for a while, is checked by
analysts, gathered in batches for the manager, and then paid or refused.
"""

import csv
import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

HOUR_S, DAY_S = 3_600.0, 86_400.0
MONDAY = 1_704_067_200.0  # Monday, the first of January 2024, UTC
FIRST_HOUR, LAST_HOUR, DAYS = 9, 17, 5
_LONG_S = (LAST_HOUR - FIRST_HOUR) * HOUR_S


@dataclass(frozen=True, slots=True)
class Known:
    """The parameters; seconds of working time, shares and numbers.

    Attributes:
        between: mean time between two cases (exponential).
        work: mean working time of each activity (exponential).
        people: how many do each.
        lies: mean time for which a case lies before the check, with nobody to blame.
        batch: cases that are decided together.
        paid: share of cases that are paid, the others are refused.
    """

    between: float = 1_500.0
    register: float = 900.0
    check: float = 2_700.0
    decide: float = 600.0
    pay: float = 500.0
    refuse: float = 1_100.0
    clerks: int = 2
    analysts: int = 4
    lies: float = 5_400.0
    batch: int = 4
    paid: float = 0.7


class Event(NamedTuple):
    """One piece of work; times in seconds since 1970 UTC."""

    case: int
    activity: str
    who: str
    begun: float
    ended: float


def office_time(amount: float) -> float:
    """The time at which so many office seconds have passed since the first Monday."""
    days, rest = divmod(amount, _LONG_S)
    weeks, day = divmod(days, DAYS)
    return MONDAY + weeks * 7 * DAY_S + day * DAY_S + FIRST_HOUR * HOUR_S + rest


def made(known: Known, cases: int, seed: int = 1) -> list[Event]:
    """The events of so many cases, all counted on the clock of the office and then put into its hours."""
    rng = np.random.default_rng(seed)
    heap: list[tuple[float, int, str, int]] = []
    at, found = 0.0, []
    for case in range(cases):
        at += rng.exponential(known.between)
        heapq.heappush(heap, (at, case, "Register", case))
    free = {
        **{f"clerk {number}": 0.0 for number in range(known.clerks)},
        **{f"analyst {number}": 0.0 for number in range(known.analysts)},
        "manager": 0.0,
        "cashier": 0.0,
    }
    groups = {
        "Register": "clerk",
        "Check": "analyst",
        "Decide": "manager",
        "Pay": "cashier",
        "Refuse": "cashier",
    }
    means = {
        "Register": known.register, "Check": known.check, "Decide": known.decide, "Pay": known.pay,
        "Refuse": known.refuse,
    }  # fmt: skip
    gathered: list[int] = []
    waiting: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    while heap:
        now, _, what, case = heapq.heappop(heap)
        if what == "Gather":
            gathered.append(case)
            if len(gathered) == known.batch:
                waiting["manager"] += [(now, one, "Decide") for one in gathered]
                gathered = []
        elif what != "free":
            waiting[groups[what]].append((now, case, what))
        for group, queue in waiting.items():
            people = [name for name, until in free.items() if name.startswith(group) and until <= now]
            while queue and people:
                _, one, activity = queue.pop(0)
                who = people.pop(int(rng.integers(len(people))))
                until = now + rng.exponential(means[activity])
                free[who] = until
                found.append(Event(one, activity, who, now, until))
                heapq.heappush(heap, (until, cases + one, "free", one))
                then = _next(activity, rng, known)
                if then is not None:
                    heapq.heappush(heap, (until + then[1], 2 * cases + one, then[0], one))
    return [event._replace(begun=office_time(event.begun), ended=office_time(event.ended)) for event in found]


def _next(activity: str, rng: np.random.Generator, known: Known) -> tuple[str, float] | None:
    if activity == "Register":
        return "Check", rng.exponential(known.lies)
    if activity == "Check":
        return "Gather", 0.0
    if activity == "Decide":
        return ("Pay" if rng.random() < known.paid else "Refuse"), 0.0
    return None


def write(events: list[Event], path: Path) -> None:
    """Write them as CSV, ordered by their ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("case", "activity", "timestamp", "start_time", "resource"))
        writer.writerows(_rows(events))


def _rows(events: list[Event]) -> Iterator[tuple[str, str, str, str, str]]:
    for one in sorted(events, key=lambda event: event.ended):
        yield f"claim {one.case}", one.activity, _text(one.ended), _text(one.begun), one.who


def _text(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")
