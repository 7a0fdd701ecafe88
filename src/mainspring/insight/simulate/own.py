"""A scenario learned from our own log: the deployed models and tables, and what real cases said in them.

Each case carries its real data, so the real decisions decide. Waiting is as it was measured; how long a
person's work takes is stated in the cost table, since nobody measures people by the minute.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import select

from mainspring.base import jsonio
from mainspring.engine import decode
from mainspring.insight.costs import MINUTES_AN_HOUR, CostTable
from mainspring.insight.errors import MiningError
from mainspring.runtime import queries
from mainspring.simulation.scenario import Activity, Automation, Resource, Scenario, Template, Timing
from mainspring.simulation.week import ALWAYS, Week, rhythm
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.process_tables import instances

MOST_CASES = 1_000
_FEWEST_CASES = 10
_TOGETHER = 200
_TYPES = (
    "InstanceStarted", "ElementActivated", "ElementCompleted", "VariableSet", "JobCreated", "JobCompleted",
    "TaskCreated", "TaskCompleted", "SubscriptionOpened", "SubscriptionClosed", "MessageCorrelated",
)  # fmt: skip
_FEWEST_ANSWERS = 300
_WAIT_S = 1.0


@dataclass(slots=True)
class _Visits:
    """What happened at one element over all cases."""

    kind: str = ""
    begun: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    alone: list[bool] = field(default_factory=list)
    opened: int = 0
    groups: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Open:
    """A visit that goes on: an element instance with what is known of it."""

    element: str
    kind: str
    begun: float
    asked: bool = False
    answer: dict[str, Any] | None = None
    local: dict[str, Any] = field(default_factory=dict)
    outer: dict[str, Any] = field(default_factory=dict)
    answering: bool = False


def learn_own(
    tx: Tx,
    process_id: str,
    *,
    costs: CostTable | None = None,
    names: Mapping[str, str] | None = None,
    week: Week | None = None,
) -> Scenario:
    """Learn from the newest cases of a deployed process.

    Args:
        tx: a reading transaction.
        process_id: of the root process.
        costs: minutes and hourly rates of people's tasks, and the price of a call.
        names: of elements, for people.
        week: hours in which people work; None: those in which they were seen to work.

    Raises:
        MiningError: too few cases have ended.
    """
    i = instances.c
    query = (
        select(i.key, i.started_at)
        .where(
            i.tenant_id == tx.tenant, i.parent.is_(None), i.process_id == process_id, i.state == "completed"
        )
        .order_by(i.started_at.desc(), i.key.desc())
        .limit(MOST_CASES)
    )
    roots = sorted(tx.all(query), key=lambda row: (row.started_at, row.key))
    if len(roots) < _FEWEST_CASES:
        raise MiningError(
            f"{len(roots)} cases of {process_id} have ended; {_FEWEST_CASES} are needed to learn from",
            mend="Let some more cases come to their end first.",
        )
    visits: dict[str, _Visits] = defaultdict(_Visits)
    workers: dict[str, set[str]] = defaultdict(set)
    templates = []
    keys = [int(row.key) for row in roots]
    for place in range(0, len(keys), _TOGETHER):
        for rows in _streams(tx, keys[place : place + _TOGETHER]):
            case = _Case(rows[0].at.timestamp(), rows[0].instance, visits, workers)
            for row in rows:
                case.read(row)
            templates.append(case.template())
    prices = costs or CostTable()
    begun = np.array([row.started_at.timestamp() for row in roots])
    coming = rhythm(begun)
    hours = week or _hours(visits.values())
    titles = names or {}
    activities = {
        element: _activity(element, one, titles, prices, workers, hours) for element, one in visits.items()
    }
    return Scenario(
        process=process_id,
        files=_files(tx),
        begin=float(begun[-1]),
        arrivals=Timing(np.diff(coming.readings(begun)), coming),
        activities=activities,
        resources=_resources(activities, prices, hours),
        templates=tuple(templates),
        source=f"{process_id}: {len(roots)} cases",
    )


def _files(tx: Tx) -> dict[str, bytes]:
    """The newest deployed version of every file."""
    found: dict[str, bytes] = {}
    for one in queries.deployed(tx):
        if one.file not in found:
            found[one.file] = queries.source(tx, one.key)
    return found


def _streams(tx: Tx, keys: Sequence[int]) -> Iterable[list[Any]]:
    """The events of each case, in order."""
    e = events.c
    query = (
        select(e.instance, e.seq, e.at, e.actor_kind, e.actor_id, e.type, e.element, e.key, e.body)
        .where(e.tenant_id == tx.tenant, e.instance.in_(keys), e.type.in_(_TYPES))
        .order_by(e.instance, e.seq)
    )
    by_case: dict[int, list[Any]] = defaultdict(list)
    for row in tx.all(query):
        by_case[row.instance].append(row)
    return [by_case[key] for key in keys if key in by_case]


class _Case:
    """Reads the events of one case; what happened is added to the visits.

    Args:
        begin: when the case began.
        root: key of its instance.
        visits: by element.
        workers: who answered tasks, by group.
    """

    def __init__(
        self, begin: float, root: int, visits: dict[str, _Visits], workers: dict[str, set[str]]
    ) -> None:
        self._begin, self._root = begin, root
        self._visits, self._workers = visits, workers
        self._variables: dict[str, Any] = {}
        self._answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._going: dict[int, _Open] = {}
        self._started = False

    def template(self) -> Template:
        """What the case said."""
        answers = {name: tuple(each) for name, each in self._answers.items()}
        return Template(self._variables, answers, self._begin)

    def read(self, row: Any) -> None:
        """Take one event in."""
        at, event = row.at.timestamp(), decode(row.type, jsonio.loads(row.body))
        if row.type == "VariableSet":
            self._set(event)
        elif row.type in {"JobCreated", "TaskCreated", "SubscriptionOpened"}:
            self._opened(row.type, event, at)
        else:
            self._started = self._started or row.type == "ElementActivated"
            visit = self._going.get(getattr(event, "key", 0))
            if visit is not None:
                self._goes_on(visit, row, event, at)

    def _set(self, event: Any) -> None:
        if not self._started and event.scope == self._root:
            self._variables[event.name] = event.value
        for key, visit in self._going.items():
            if visit.answering:
                (visit.local if key == event.scope else visit.outer)[event.name] = event.value

    def _opened(self, kind: str, event: Any, at: float) -> None:
        if kind == "SubscriptionOpened":
            if event.kind == "message":
                self._begins(event, "message", at)
                self._visits[event.element].opened += 1
        elif kind == "TaskCreated":
            self._visits[event.element].groups.update(event.candidate_groups)
            if event.key not in self._going:
                self._begins(event, "task", at)
        elif event.kind in {"task", "send"}:
            self._begins(event, "job", at)

    def _begins(self, event: Any, kind: str, at: float) -> None:
        self._going[event.key] = _Open(event.element, kind, at)
        self._visits[event.element].kind = kind

    def _goes_on(self, visit: _Open, row: Any, event: Any, at: float) -> None:
        if row.type == "TaskCompleted":
            self._answered(visit, event, row.actor_id)
        elif row.type in {"JobCompleted", "MessageCorrelated"}:
            visit.answering = True
        elif row.type == "ElementCompleted" and (visit.kind != "message" or visit.answering):
            self._ends(visit, event.key, at)
        elif row.type == "SubscriptionClosed" and not visit.answering:
            del self._going[event.key]

    def _answered(self, visit: _Open, event: Any, who: str) -> None:
        visit.asked = True
        self._visits[visit.element].outcomes[event.outcome] += 1
        if visit.kind == "task":
            visit.answer = dict(event.answer)
        for group in self._visits[visit.element].groups:
            self._workers[group].add(who)

    def _ends(self, visit: _Open, key: int, at: float) -> None:
        del self._going[key]
        seen = self._visits[visit.element]
        seen.begun.append(visit.begun)
        seen.ended.append(at)
        seen.alone.append(not visit.asked)
        self._answers[visit.element].append(visit.answer or visit.local or visit.outer)


def _activity(
    element: str,
    seen: _Visits,
    names: Mapping[str, str],
    prices: CostTable,
    workers: Mapping[str, set[str]],
    hours: Week,
) -> Activity:
    name = names.get(element, element)
    took = np.array(seen.ended) - np.array(seen.begun)
    if seen.kind == "message":
        came = len(took) / seen.opened if seen.opened else 0.0
        return Activity(
            name, delay=Timing(took if len(took) else np.zeros(1)), taken=came, message=True, human=False
        )
    if not len(took):
        return Activity(name, human=seen.kind == "task")
    alone = np.array(seen.alone)
    automation = None
    if seen.kind == "job":
        automation = Automation(float(alone.mean()), cost=float(prices.agent_call))
    at_work = hours.readings(np.array(seen.ended)) - hours.readings(np.array(seen.begun))
    by_person = at_work[~alone] if (~alone).any() else np.zeros(1)
    minutes = float(prices.activities.get(element, ("", prices.minutes))[1])
    work = np.array([minutes * MINUTES_AN_HOUR])
    people = {name: 1.0 for group in sorted(seen.groups) for name in _posts(group, workers)}
    return Activity(
        name,
        delay=Timing(np.maximum(by_person - work[0], 0), hours) if by_person.max() > _WAIT_S else None,
        work=Timing(work) if people else None,
        people=people,
        automation=automation,
        reviews=(seen.outcomes["accepted"], seen.outcomes["edited"] + seen.outcomes["rejected"]),
    )


def _hours(visits: Iterable[_Visits]) -> Week:
    """The hours in which people answered tasks; all hours where too few were seen to tell."""
    times = [at for one in visits for at, alone in zip(one.ended, one.alone, strict=True) if not alone]
    if len(times) < _FEWEST_ANSWERS:
        return ALWAYS
    return Week((rhythm(np.array(times)).rates > 0).astype(float))


def _posts(group: str, workers: Mapping[str, set[str]]) -> list[str]:
    """The people of a group, as posts without names: nobody's own work is looked at."""
    return [f"{group} {number + 1}" for number in range(max(1, len(workers.get(group, ()))))]


def _resources(activities: Mapping[str, Activity], prices: CostTable, week: Week) -> dict[str, Resource]:
    found = {}
    for activity in activities.values():
        for name in activity.people:
            group = name.rpartition(" ")[0]
            hourly = float(prices.hourly_rates.get(group, prices.hourly_rate))
            found[name] = Resource(name, group, week, hourly)
    return found
