"""How each automatic decision of the house came out for groups of customers, from the records that it left.

What counts as a decision, and when it was favourable:

* what a digital employee did: it was settled at once, and not put off to a person;
* a call that leaves the house or moves money: the ladder let it pass without confirmation (a price, an
  invoice, a refund, a reminder);
* a decision table in a case: its outcome was this one; each outcome (a word, or yes) is compared by itself,
  so that whatever is favourable is seen, and what is not;
* the score of a lead: it is not below the median of all leads.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Any, Literal, NamedTuple

from sqlalchemy import select

from mainspring.agents.tables import runs
from mainspring.app.decisions import ALONE
from mainspring.app.errors import QuestionUnfit
from mainspring.base import jsonio
from mainspring.engine import codec, events
from mainspring.govern import fairness
from mainspring.govern.tables import calls
from mainspring.services.tables.parties import customers, leads
from mainspring.store import Tx
from mainspring.store import process_tables as t
from mainspring.store.log import events as log

Shown = dict[str, Any]
Kind = Literal["employee", "ladder", "table", "lead"]
ATTRIBUTES = ("tier", "country", "language", "source")
"""What customers and leads are grouped by; leads alone have a source."""
_MOST_OUTCOMES = 12
"""Different outcomes of a table; one with more gives no outcomes but values."""


class _Decision(NamedTuple):
    """What was decided by whom, and what of it is counted."""

    kind: Kind
    name: str
    outcome: str


_Taken = Iterator[tuple[_Decision, str, bool]]
"""Decisions with the group of their customer, and whether they came out that way."""


def compared(tx: Tx, attribute: str) -> list[Shown]:
    """The outcome rates of every automatic decision across the groups of customers, with warnings.

    Raises:
        QuestionUnfit: customers have no such attribute.
    """
    if attribute not in ATTRIBUTES:
        raise QuestionUnfit(
            f"customers have no {attribute}", where="by", mend=f"Ask for one of {', '.join(ATTRIBUTES)}."
        )
    counted: dict[_Decision, dict[str, tuple[int, int]]] = {}
    for decision, group, favourable in _taken(tx, attribute):
        by_group = counted.setdefault(decision, {})
        total, good = by_group.get(group, (0, 0))
        by_group[group] = total + 1, good + favourable
    return [_shown(decision, attribute, outcomes) for decision, outcomes in sorted(counted.items())]


def _shown(decision: _Decision, attribute: str, outcomes: Mapping[str, tuple[int, int]]) -> Shown:
    groups = fairness.compare(outcomes)
    return {
        "decision": decision.name,
        "kind": decision.kind,
        "outcome": decision.outcome,
        "attribute": attribute,
        "groups": [group._asdict() for group in groups],
        "warning": any(group.warning for group in groups),
    }


def _taken(tx: Tx, attribute: str) -> _Taken:
    if attribute in customers.c:
        named = select(customers.c.customer_id, customers.c[attribute].label("group"))
        found = tx.all(named.where(customers.c.tenant_id == tx.tenant))
        by_customer = {row.customer_id: str(row.group) for row in found}
        by_case = _cases(tx, by_customer)
        yield from _by_employees(tx, by_case)
        yield from _by_ladder(tx, by_case)
        yield from _by_tables(tx, by_case)
        yield from _by_score([(by_customer.get(row.customer_id), row.score) for row in _leads(tx)])
    else:
        yield from _by_score([(row.source, row.score) for row in _leads(tx)])


def _cases(tx: Tx, by_customer: Mapping[str, str]) -> dict[int, str]:
    """The group of the customer of each case, where the case says whose it is."""
    v, i = t.variables.c, t.instances.c
    query = (
        select(i.root, v.value)
        .join(t.instances, (i.tenant_id == v.tenant_id) & (i.key == v.scope))
        .where(v.tenant_id == tx.tenant, v.name == "customer_id")
    )
    return {row.root: by_customer[row.value] for row in tx.all(query) if row.value in by_customer}


def _by_employees(tx: Tx, by_case: Mapping[int, str]) -> _Taken:
    query = select(runs.c.instance, runs.c.agent, runs.c.skill, runs.c.outcome).where(
        runs.c.tenant_id == tx.tenant, runs.c.outcome.in_((ALONE, "review"))
    )
    for row in tx.all(query):
        if row.instance in by_case:
            decision = _Decision("employee", f"{row.agent}/{row.skill}", "settled at once")
            yield decision, by_case[row.instance], row.outcome == ALONE


def _by_ladder(tx: Tx, by_case: Mapping[int, str]) -> _Taken:
    """One decision a step and operation: asked first and let pass after a yes, it was not automatic."""
    query = select(
        calls.c.instance, calls.c.element_key, calls.c.operation, calls.c.outcome, calls.c.approval
    ).where(
        calls.c.tenant_id == tx.tenant,
        calls.c.effect.in_(("external", "money")),
        calls.c.actor_kind != "person",
        calls.c.outcome.in_(("ok", "confirmation")),
        calls.c.retry.is_(False),
    )
    alone: dict[tuple[int, int | None, str], bool] = {}
    for row in tx.all(query):
        if row.instance in by_case:
            step = row.instance, row.element_key, row.operation
            passed = row.outcome == "ok" and row.approval is None
            alone[step] = alone.get(step, True) and passed
    for (instance, _, operation), passed in alone.items():
        yield _Decision("ladder", operation, "without confirmation"), by_case[instance], passed


def _by_tables(tx: Tx, by_case: Mapping[int, str]) -> _Taken:
    query = select(log.c.instance, log.c.body).where(
        log.c.tenant_id == tx.tenant, log.c.type == events.DecisionEvaluated.__name__
    )
    results: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in tx.all(query):
        if row.instance in by_case:
            event = codec.decode(events.DecisionEvaluated.__name__, jsonio.loads(row.body))
            for part, outcome in _outcomes(event.result):
                results.setdefault((event.decision, part), []).append((by_case[row.instance], outcome))
    for (name, part), found in results.items():
        outcomes = {outcome for _, outcome in found}
        if len(outcomes) > _MOST_OUTCOMES:
            continue
        for outcome in outcomes:
            decision = _Decision("table", name, f"{part} = {outcome}" if part else outcome)
            for group, given in found:
                yield decision, group, given == outcome


def _outcomes(result: Any) -> Iterator[tuple[str, str]]:
    """The words and yes or no of a result, by the part that holds them; sentences are reasons."""
    parts = result.items() if isinstance(result, Mapping) else [("", result)]
    for part, value in parts:
        if isinstance(value, bool):
            yield part, "yes" if value else "no"
        elif isinstance(value, str) and value and not any(each.isspace() for each in value):
            yield part, value


def _leads(tx: Tx) -> Sequence[Any]:
    query = select(leads.c.customer_id, leads.c.source, leads.c.score)
    return tx.all(query.where(leads.c.tenant_id == tx.tenant, leads.c.score.is_not(None)))


def _by_score(scored: Sequence[tuple[str | None, Decimal]]) -> _Taken:
    """From the group and score of each lead; a lead of nobody counts for the median alone."""
    middle = median(score for _, score in scored) if scored else Decimal(0)
    for group, score in scored:
        if group is not None:
            yield _Decision("lead", "leads.score", "not below the median"), group, score >= middle
