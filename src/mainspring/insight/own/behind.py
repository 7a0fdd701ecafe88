"""The cases behind a figure: those that meet every condition that its link names."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Literal, NamedTuple

from mainspring.insight.happened import Answer, Visit
from mainspring.insight.measures import repeated
from mainspring.insight.own.cuts import Step, period, step_of
from mainspring.insight.own.facts import Case, Facts

Having = Literal[
    "ended", "running", "untouched", "touched", "late", "quick", "repeated", "right", "changed", "overdue"
]
_MARKED = frozenset({"repeated", "changed", "right", "overdue"})
LATE = 0.25
"""The slowest share of ended cases counts as late, the quickest as quick."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions; empty ones ask for all.

    Attributes:
        began: the week or month in which they began.
        closed: the month in which they ended.
        month: the month in which `node` (or any activity) was completed in them.
        node: an activity that happened in them; `touched` and `untouched` then speak of it alone.
        person, team, agent: in whose hands they were; `changed` and `overdue` then speak of their answers.
        before, after: a step from one activity directly to another.
        variant: the digest of the sequence of their activities.
        numbers: only cases of these numbers.
        again: the activity happened more than once.
    """

    began: datetime | None = None
    closed: datetime | None = None
    month: datetime | None = None
    customer: str = ""
    node: str = ""
    person: str = ""
    team: str = ""
    agent: str = ""
    before: str = ""
    after: str = ""
    variant: str = ""
    having: Having | None = None
    numbers: Collection[str] = ()
    again: bool = False


class Behind(NamedTuple):
    """A case with how often people had a hand in it."""

    case: Case
    touches: int


def behind(facts: Facts, wanted: Wanted) -> list[Behind]:
    """The cases that meet every condition, the newest first."""
    by_case = visits_by_case(facts)
    bounds = _Bounds(step_of(facts), *limits(facts), _marked(facts, wanted))
    left = [
        case for case in facts.cases.values() if all(_conditions(case, by_case[case.key], wanted, bounds))
    ]
    if wanted.person or wanted.team:
        theirs = {one.root for one in _answers(facts, wanted)}
        left = [case for case in left if case.key in theirs]
    return [Behind(case, sum(one.tasks for one in by_case[case.key])) for case in reversed(left)]


def visits_by_case(facts: Facts) -> Mapping[int, Sequence[Visit]]:
    """What was done in each case, in the order in which it ended; what has no end is at the end."""
    found: dict[int, list[Visit]] = defaultdict(list)
    for one in facts.visits:
        found[one.root].append(one)
    for own in found.values():
        own.sort(key=lambda one: (one.ended is None, one.ended or one.began))
    return found


def sequence(visits: Sequence[Visit]) -> tuple[str, ...]:
    """The activities of a case in the order in which they were completed."""
    return tuple(one.element for one in visits if one.ended is not None)


def digest(activities: Sequence[str]) -> str:
    """A short name of a variant."""
    return sha256("\n".join(activities).encode()).hexdigest()[:12]


def limits(facts: Facts) -> tuple[float, float]:
    """Seconds up to which an ended case is quick, and beyond which it is late."""
    spans = sorted(case.seconds for case in facts.cases.values() if case.seconds is not None)
    if not spans:
        return 0.0, 0.0
    return spans[int(LATE * (len(spans) - 1))], spans[int((1 - LATE) * (len(spans) - 1))]


class _Bounds(NamedTuple):
    """What holds for all cases together."""

    step: Step
    quick: float
    late: float
    marked: Collection[int]


def _marked(facts: Facts, wanted: Wanted) -> Collection[int]:
    """The cases in which something was done again, a draft changed, neither of them, or a task late."""
    again = {one.root for one in repeated(facts.visits) if wanted.node in {"", one.element}}
    here = _answers(facts, wanted)
    changed = {one.root for one in here if one.changed}
    match wanted.having:
        case "repeated":
            return again
        case "changed":
            return changed
        case "right":
            ended = {case.key for case in facts.cases.values() if case.state == "completed"}
            return ended - again - changed
        case "overdue":
            return {one.root for one in here if one.in_time is False}
    return ()


def _answers(facts: Facts, wanted: Wanted) -> Sequence[Answer]:
    """What was answered at the activity, by the person and for the team that are asked for."""
    return [
        one
        for one in facts.answers
        if wanted.node in {"", one.element}
        and wanted.person in {"", one.person}
        and wanted.team in {"", one.team}
    ]


def _conditions(case: Case, visits: Sequence[Visit], wanted: Wanted, bounds: _Bounds) -> Iterator[bool]:
    """Of the case itself, of its way, and of what was done in it at the place that is asked for."""
    if wanted.numbers:
        yield case.number in wanted.numbers
    if wanted.began is not None:
        yield period(case.started_at, bounds.step) == wanted.began
    if wanted.closed is not None:
        ended = case.ended_at if case.state == "completed" else None
        yield ended is not None and period(ended, "month") == wanted.closed
    if wanted.customer:
        yield case.customer == wanted.customer
    if wanted.before:
        yield (wanted.before, wanted.after) in set(pairwise(sequence(visits)))
    if wanted.variant:
        yield digest(sequence(visits)) == wanted.variant
    here = [one for one in visits if _asked_for(one, wanted)]
    if wanted.node or wanted.agent or wanted.month is not None:
        yield len(here) > wanted.again
    if wanted.having in _MARKED:
        yield case.key in bounds.marked
    elif wanted.having is not None:
        yield _has(case, here, wanted, bounds)


def _asked_for(one: Visit, wanted: Wanted) -> bool:
    if wanted.month is not None and (one.ended is None or period(one.ended, "month") != wanted.month):
        return False
    return wanted.node in {"", one.element} and wanted.agent in {"", one.agent}


def _has(case: Case, here: Sequence[Visit], wanted: Wanted, bounds: _Bounds) -> bool:
    """Whether a case, or what was done in it where that was narrowed down, is so."""
    part = bool(wanted.node or wanted.agent or wanted.month)
    touched = any(one.tasks for one in here)
    match wanted.having:
        case "running":
            return case.state == "active"
        case "ended":
            return any(one.ended for one in here) if part else case.state == "completed"
        case "touched":
            return touched
        case "untouched":
            alone = any(one.ended and not one.tasks for one in here)
            return alone if part else case.state == "completed" and not touched
        case "late":
            return case.seconds is not None and case.seconds > bounds.late
    return case.seconds is not None and case.seconds <= bounds.quick
