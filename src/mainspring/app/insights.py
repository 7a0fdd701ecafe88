"""Our own cases for the place of insight: figures cut every way, the cases behind each, and who is meant."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.measures import element_names
from mainspring.govern import identity
from mainspring.insight.costs import CostTable
from mainspring.insight.log import Log
from mainspring.insight.measures import Measures
from mainspring.insight.own import facts as own
from mainspring.insight.own.behind import Wanted, behind
from mainspring.insight.own.cuts import Hands, Overview, overview
from mainspring.insight.own.facts import Facts
from mainspring.insight.own.mined import log_of
from mainspring.insight.words import in_language
from mainspring.store import log
from mainspring.store.process_tables import instances

Shown = dict[str, Any]
MOST_CUSTOMERS = 100


class Seen:
    """What was read of a process, and what is reckoned from it when it is asked for.

    Args:
        facts: what happened.
        prices: the cost table.
        position: of the log up to which it was read.
    """

    def __init__(self, facts: Facts, prices: CostTable, position: int) -> None:
        self.facts = facts
        self.prices = prices
        self.position = position

    @cached_property
    def overview(self) -> Overview:
        """All figures."""
        return overview(self.facts, self.prices)

    @cached_property
    def log(self) -> Log:
        """All cases as a log to mine; raises LogError where nothing was completed yet."""
        return log_of(self.facts, self.prices)

    @cached_property
    def ended(self) -> Log:
        """Ended cases likewise."""
        return log_of(self.facts, self.prices, ended=True)


def seen(house: House, process_id: str) -> Seen:
    """What happened in a process; see `Figures` for how fresh that is."""
    with house.store.read() as tx:
        position = log.last_position(tx)

    def read() -> Seen:
        with house.store.read() as tx:
            return Seen(own.read(tx, process_id), house.pack.costs, log.last_position(tx))

    return house.figures.get(("own", process_id), position, read)


def processes(house: House) -> Mapping[str, int]:
    """How many cases each process has that has any; the most first."""
    i = instances.c
    counted = func.count().label("cases")
    query = (
        select(i.process_id, counted)
        .where(i.parent.is_(None))
        .group_by(i.process_id)
        .order_by(counted.desc(), i.process_id)
    )
    with house.store.read() as tx:
        rows = tx.all(query.where(i.tenant_id == tx.tenant))
    return {row.process_id: int(row.cases) for row in rows}


def demand_process(house: House, process_id: str) -> Seen:
    """What happened in a process that has cases.

    Raises:
        QuestionUnfit: it has none.
    """
    found = seen(house, process_id)
    if not found.facts.cases:
        raise QuestionUnfit(
            f"there is no case of the process {process_id} yet", mend="Choose one that has been worked with."
        )
    return found


def overviewed(house: House, process_id: str) -> Shown:
    """The figures of a process in all, over time, and by activity, customer, person and team."""
    found = seen(house, process_id)
    view = found.overview
    names = element_names(house)
    order = {element: place for place, element in enumerate(names)}
    nodes = sorted(view.by_node.items(), key=lambda one: order.get(one[0], len(order)))
    people = names_of(house)
    return {
        "process": process_id,
        "processes": [{"id": name, "cases": cases} for name, cases in processes(house).items()],
        "looked_at": len(found.facts.cases),
        "position": str(found.position),
        "step": view.step,
        "currency": found.prices.currency,
        "whole": _figures(view.whole),
        "over_time": [{"began": began, **_figures(one)} for began, one in view.over_time.items()],
        "by_node": [
            {"id": element, "name": names.get(element, element)} | asdict(node) for element, node in nodes
        ],
        "by_customer": [
            {"name": name, **_figures(one)} for name, one in list(view.by_customer.items())[:MOST_CUSTOMERS]
        ],
        "by_person": [_hands(one, people) for one in view.by_person],
        "by_team": [_hands(one, people) for one in view.by_team],
    }


def names_of(house: House) -> Mapping[str, dict[str, str]]:
    """The names of people and the titles of digital employees, by their id."""
    with house.store.read() as tx:
        found = {one.id: both(one.name) for one in identity.everybody(tx)}
    return found | {agent.id: dict(agent.title) for agent in house.pack.agents}


def both(text: str) -> dict[str, str]:
    """A text that may hold both languages, in each of them."""
    return {"en": in_language(text, "en"), "zh": in_language(text, "zh")}


def cases_behind(house: House, process_ids: Iterable[str], wanted: Wanted, first: int, count: int) -> Shown:
    """A window of the cases behind a figure, the newest of each process first, and how many there are."""
    found = [one for name in process_ids for one in behind(seen(house, name).facts, wanted)]
    return {
        "items": [
            {
                "key": str(case.key),
                "number": case.number,
                "process": case.process,
                "state": case.state,
                "customer": case.customer,
                "started_at": case.started_at,
                "ended_at": case.ended_at,
                "seconds": case.seconds,
                "touches": touches,
            }
            for case, touches in found[first : first + count]
        ],
        "total": len(found),
    }


def day_of(text: str) -> datetime:
    """The beginning of a day in UTC.

    Raises:
        QuestionUnfit: it is no date.
    """
    try:
        return datetime.fromisoformat(f"{text}T00:00:00+00:00")
    except ValueError:
        raise QuestionUnfit(f"{text!r} is no day", mend="Write it as 2026-01-31.") from None


def _figures(one: Measures) -> Shown:
    figures = asdict(one)
    del figures["nodes"], figures["currency"]
    return figures


def _hands(one: Hands, names: Mapping[str, dict[str, str]]) -> Shown:
    return one._asdict() | {"name": names.get(one.id) or both(one.id)}
