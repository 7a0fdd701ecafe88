"""One month on one page: what AI did, what that was worth, and the three changes that would bring most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from mainspring.app import improving
from mainspring.app.house import House
from mainspring.app.insights import Seen, Shown, both, names_of, processes, seen
from mainspring.app.margins import Margin, margins
from mainspring.app.worth import worth
from mainspring.insight.costs import MINUTES_AN_HOUR, CostTable
from mainspring.insight.happened import Visit
from mainspring.insight.own.cuts import period

BEST = 3
MONTHS_A_YEAR = 12
_TELLING = 10
_CENT = Decimal("0.01")
_LONGEST_MONTH = timedelta(days=31)


def month(house: House, wanted: datetime | None = None) -> Shown:
    """The month of all processes; when none is named the newest with a tenth of the work of the busiest.

    An activity counts in the month in which it was completed, a case in that in which it ended. Time that
    people would have needed is that of the cost table; nobody was timed.
    """
    known = [seen(house, name) for name in processes(house)]
    done = [one for each in known for one in each.facts.visits if one.ended is not None]
    months = Counter(period(one.ended, "month") for one in done if one.ended is not None)
    chosen = wanted or _telling(months) or period(house.clock(), "month")
    own = [one for one in done if one.ended is not None and period(one.ended, "month") == chosen]
    ended = [
        case
        for each in known
        for case in each.facts.cases.values()
        if case.state == "completed" and case.ended_at and period(case.ended_at, "month") == chosen
    ]
    prices = house.pack.costs
    called = sum((_calls_cost(each, chosen) for each in known), Decimal(0)).quantize(_CENT)
    heads = _heads(known, chosen)
    return {
        "month": chosen,
        "months": sorted({chosen, *months}, reverse=True),
        "currency": prices.currency,
        "cases_ended": len(ended),
        "straight": len({case.key for case in ended} - {v.root for v in done if v.tasks}),
        "work": _work(own, prices) | {"calls_cost": called},
        "employees": _employees(house, own, prices),
        "heads": heads,
        "sold": _sold(house, chosen, heads),
        "ledger": _ledger(house),
        "best": best(house),
    }


def _telling(months: Counter[datetime]) -> datetime | None:
    """The newest month that says something: its first days, or the tail of a business that ended, do not."""
    busiest = max(months.values(), default=0)
    return max((month for month, number in months.items() if number * _TELLING >= busiest), default=None)


def best(house: House) -> list[Shown]:
    """The proposals that would bring most a month, after what they cost; only those that bring anything."""
    cases = _cases_a_month(house)
    found = []
    for one in improving.listed(house):
        if one["state"] not in {"proposed", "opened"}:
            continue
        many = cases.get(one["process"], 0.0)
        gain = {
            name: float(value) * many - float(one["monthly_cost"]) for name, value in one["worth"].items()
        }
        if gain["mean"] > 0:
            found.append(one | {"monthly_gain": gain})
    return sorted(found, key=lambda one: -one["monthly_gain"]["mean"])[:BEST]


def _cases_a_month(house: House) -> dict[str, float]:
    """Cases begun a month, from the first to the newest event of each process."""
    found = {}
    for name in processes(house):
        facts = seen(house, name).facts
        begun = [case.started_at for case in facts.cases.values()]
        days = (max(begun) - min(begun)).days + 1 if begun else 1
        found[name] = len(begun) / days * 365 / MONTHS_A_YEAR
    return found


def _calls_cost(known: Seen, month: datetime) -> Decimal:
    """What the calls of digital employees cost at activities that were last completed in a month."""
    last: dict[tuple[int, str], datetime] = {}
    for one in known.facts.visits:
        if one.ended is not None:
            place = one.root, one.element
            last[place] = max(last.get(place, one.ended), one.ended)
    return sum(
        (
            one.operations * known.prices.agent_call + one.cost
            for one in known.facts.called
            if one.actor_kind == "agent"
            and (one.root, one.element) in last
            and period(last[one.root, one.element], "month") == month
        ),
        Decimal(0),
    )


def _work(own: Iterable[Visit], prices: CostTable) -> Shown:
    alone = [one for one in own if not one.tasks]
    asked = [one for one in own if one.tasks]
    minutes = _minutes(alone, prices)
    return {
        "activities": len(alone) + len(asked),
        "alone": len(alone),
        "with_people": len(asked),
        "hours_spared": (minutes / MINUTES_AN_HOUR).quantize(_CENT),
        "value": sum((prices.task(one.element) for one in alone), Decimal(0)).quantize(_CENT),
        "hours_of_people": (_minutes(asked, prices) / MINUTES_AN_HOUR).quantize(_CENT),
    }


def _employees(house: House, own: Iterable[Visit], prices: CostTable) -> list[Shown]:
    names = names_of(house)
    by_agent: dict[str, list[Visit]] = defaultdict(list)
    for one in own:
        if one.agent is not None:
            by_agent[one.agent].append(one)
    rows = [
        {
            "id": agent,
            "title": names.get(agent) or both(agent),
            "done": len(visits),
            "alone": sum(not one.tasks for one in visits),
            "cases": len({one.root for one in visits}),
            "hours_spared": (
                _minutes([one for one in visits if not one.tasks], prices) / MINUTES_AN_HOUR
            ).quantize(_CENT),
        }
        for agent, visits in by_agent.items()
    ]
    return sorted(rows, key=lambda row: -row["done"])


def _heads(known: Iterable[Seen], month: datetime) -> int:
    """People who answered a task in a month."""
    return len(
        {
            one.person
            for each in known
            for one in each.facts.answers
            if period(one.answered_at, "month") == month
        }
    )


def _sold(house: House, month: datetime, heads: int) -> list[Shown]:
    """Orders made in a month by currency: net value and margin, in all and a head.

    The margin is that of orders whose costs are known; `unknown` counts the others.
    """
    with house.store.read() as tx:
        found = margins(tx, month, period(month + _LONGEST_MONTH, "month"))
    by_currency: dict[str, list[Margin]] = defaultdict(list)
    for one in found:
        by_currency[one.currency].append(one)
    return [_sold_in(currency, made, heads) for currency, made in sorted(by_currency.items())]


def _sold_in(currency: str, made: Sequence[Margin], heads: int) -> Shown:
    left = [one.margin for one in made if one.margin is not None]
    net = sum((one.net for one in made), Decimal(0))
    margin = sum(left, Decimal(0)) if left else None
    return {
        "currency": currency,
        "orders": len(made),
        "net": net,
        "margin": margin,
        "unknown": len(made) - len(left),
        "net_a_head": _a_head(net, heads),
        "margin_a_head": _a_head(margin, heads),
    }


def _a_head(amount: Decimal | None, heads: int) -> Decimal | None:
    return None if amount is None or not heads else (amount / heads).quantize(_CENT)


def _minutes(visits: Iterable[Visit], prices: CostTable) -> Decimal:
    return sum((prices.task_minutes(one.element) for one in visits), Decimal(0))


def _ledger(house: House) -> dict[str, Any]:
    """A twelfth of what the ledger comes to in a year, with the part of it that was measured."""
    found = worth(house)
    return {
        "output": (found["actual"]["output"] / MONTHS_A_YEAR).quantize(_CENT),
        "measured_output": (found["measured_output"] / MONTHS_A_YEAR).quantize(_CENT),
        "input": (found["actual"]["yearly_input"] / MONTHS_A_YEAR).quantize(_CENT),
        "roi": found["actual"]["roi"],
        "payback_years": found["actual"]["payback_years"],
        "years": found["years"],
        "currency": found["currency"],
    }
