"""Figures of the cases of a process: in all, over time, and by activity, person, team and customer.

A case counts in the week or month in which it began. Persons and teams have figures of the work in their
hands, since a case seldom is one person's alone.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar

from mainspring.insight.costs import CostTable
from mainspring.insight.happened import Answer, Called, Visit
from mainspring.insight.measures import CENT, Measures, NodeMeasures, in_time, measured, middle, share
from mainspring.insight.own.facts import Case, Facts, Ticket

Step = Literal["week", "month"]
_MOST_WEEKS = 26
_WEEK = timedelta(days=7)
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Hands(NamedTuple):
    """The work in somebody's hands.

    Attributes:
        id: of a person, a digital employee, or a team; `kind` is person, agent or team.
        done: tasks answered, or activities completed by a digital employee.
        alone: of a digital employee, the share done without people; None for people.
        cases: how many cases that was in.
        median_s: seconds from being asked (or the beginning of the activity) to the answer (or its end).
        cost: of people's time by the cost table, or of calls.
    """

    id: str
    kind: str
    done: int
    alone: float | None
    cases: int
    median_s: float | None
    sla: float | None
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """All figures of a process; cuts are in the order of time or of how many cases stand behind them."""

    whole: Measures
    step: Step
    over_time: Mapping[datetime, Measures]
    by_customer: Mapping[str, Measures]
    by_person: tuple[Hands, ...]
    by_team: tuple[Hands, ...]

    @property
    def by_node(self) -> Mapping[str, NodeMeasures]:
        """The activities."""
        return self.whole.nodes


def overview(facts: Facts, prices: CostTable) -> Overview:
    """Cut the facts every way."""
    step = step_of(facts)
    customers = _cut(facts, prices, lambda one: one.customer, lambda one: one.customer)
    by_size = sorted(customers.items(), key=lambda one: (-one[1].cases, one[0]))
    times = _cut(
        facts, prices, lambda one: period(one.started_at, step), lambda one: period(one.opened_at, step)
    )
    return Overview(
        _figures(facts.cases.values(), facts.visits, facts.called, facts.answers, facts.tickets, prices),
        step,
        dict(sorted(times.items())),
        {name: one for name, one in by_size if name},
        (*_people(facts.answers, lambda one: one.person, "person", prices), *_agents(facts, prices)),
        tuple(_people(facts.answers, lambda one: one.team, "team", prices)),
    )


def step_of(facts: Facts) -> Step:
    """Weeks as long as that gives few enough points, months beyond."""
    begun = [case.started_at for case in facts.cases.values()]
    return "week" if not begun or max(begun) - min(begun) <= _MOST_WEEKS * _WEEK else "month"


def period(at: datetime, step: Step) -> datetime:
    """The beginning of the week (Monday) or month that a moment is in, in UTC."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day.replace(day=1) if step == "month" else day - timedelta(days=day.weekday())


def _cut(
    facts: Facts, prices: CostTable, key: Callable[[Case], K], ticket_key: Callable[[Ticket], K]
) -> dict[K, Measures]:
    """The figures of the cases that have the same key, for each key."""
    of_case = {case.key: key(case) for case in facts.cases.values()}
    cases = _grouped(facts.cases.values(), key)
    visits = _grouped(facts.visits, lambda one: of_case[one.root])
    called = _grouped((one for one in facts.called if one.root in of_case), lambda one: of_case[one.root])
    answers = _grouped(facts.answers, lambda one: of_case[one.root])
    tickets = _grouped(facts.tickets, ticket_key)
    return {
        one: _figures(
            own, visits.get(one, ()), called.get(one, ()), answers.get(one, ()), tickets.get(one, ()), prices
        )
        for one, own in cases.items()
    }


def _figures(
    cases: Collection[Case],
    visits: Collection[Visit],
    called: Iterable[Called],
    answers: Collection[Answer],
    tickets: Collection[Ticket],
    prices: CostTable,
) -> Measures:
    first_contact = share(sum(one.once for one in tickets), len(tickets))
    return measured(cases, visits, called, answers, prices, first_contact)


def _people(
    answers: Iterable[Answer], key: Callable[[Answer], str], kind: str, prices: CostTable
) -> list[Hands]:
    found = [
        Hands(
            name,
            kind,
            len(own),
            None,
            len({one.root for one in own}),
            middle((one.answered_at - one.asked_at).total_seconds() for one in own),
            in_time(own),
            sum((prices.task(one.element) for one in own), Decimal(0)).quantize(CENT),
        )
        for name, own in _grouped(answers, key).items()
        if name
    ]
    return sorted(found, key=lambda one: (-one.done, one.id))


def _agents(facts: Facts, prices: CostTable) -> list[Hands]:
    ended = [one for one in facts.visits if one.agent is not None and one.ended is not None]
    operations: dict[tuple[int, str], int] = defaultdict(int)
    for one in facts.called:
        if one.actor_kind == "agent":
            operations[one.root, one.element] += one.operations
    found = []
    for name, own in _grouped(ended, lambda one: one.agent or "").items():
        places = {(one.root, one.element) for one in own}
        calls = sum(operations[place] for place in places)
        found.append(
            Hands(
                name,
                "agent",
                len(own),
                share(sum(not one.tasks for one in own), len(own)),
                len({one.root for one in own}),
                middle(one.seconds for one in own if one.seconds is not None),
                None,
                (calls * prices.agent_call).quantize(CENT),
            )
        )
    return sorted(found, key=lambda one: (-one.done, one.id))


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return dict(found)
