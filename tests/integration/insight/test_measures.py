"""The measures say what happened in runs small enough to be counted by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from mainspring.engine.commands import CompleteTask
from mainspring.engine.events import Actor
from mainspring.govern.tables import calls
from mainspring.insight import CostTable, Measures, costs, measure
from mainspring.insight.errors import CostTableError
from mainspring.insight.happened import Visit
from mainspring.insight.measures import repeated
from mainspring.insight.own import facts as own
from mainspring.insight.own.behind import Having, Wanted, behind
from mainspring.insight.own.cuts import overview
from mainspring.insight.own.facts import Facts
from mainspring.runtime import AllowAll, Runtime, queries
from mainspring.runtime.outcomes import Complete
from mainspring.runtime.worker import Worker
from mainspring.simulation import VirtualClock
from mainspring.store import Store, Tx
from mainspring.store.keys import KeyGenerator

PROCESS = b"""<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    targetNamespace="t" id="small_models">
  <process id="small" isExecutable="true">
    <startEvent id="start"><outgoing>a</outgoing></startEvent>
    <sequenceFlow id="a" sourceRef="start" targetRef="draft"/>
    <serviceTask id="draft"><extensionElements><zeebe:taskDefinition type="draft"/></extensionElements>
      <incoming>a</incoming><outgoing>b</outgoing></serviceTask>
    <sequenceFlow id="b" sourceRef="draft" targetRef="asked"/>
    <exclusiveGateway id="asked" default="d">
      <incoming>b</incoming><outgoing>c</outgoing><outgoing>d</outgoing></exclusiveGateway>
    <sequenceFlow id="c" sourceRef="asked" targetRef="look">
      <conditionExpression>=ask</conditionExpression></sequenceFlow>
    <userTask id="look"><extensionElements><zeebe:userTask/></extensionElements>
      <incoming>c</incoming><outgoing>e</outgoing></userTask>
    <sequenceFlow id="e" sourceRef="look" targetRef="end"/>
    <sequenceFlow id="d" sourceRef="asked" targetRef="end"/>
    <endEvent id="end"><incoming>d</incoming><incoming>e</incoming></endEvent>
  </process>
</definitions>"""
PERSON = Actor("person", "ann")
COSTS = CostTable(
    hourly_rates={"sales": Decimal(60)},
    activities={"look": ("sales", Decimal(10))},
    agent_call=Decimal("0.5"),
)


class Drafting:
    """A digital employee that has nothing to say."""

    actor = Actor("agent", "clerk")

    def __call__(self, *_: Any) -> Complete:
        return Complete({})


class Firm:
    """One process on a virtual clock, and calls as the gateway would record them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = VirtualClock(datetime(2026, 1, 5, tzinfo=UTC))
        self.keys = KeyGenerator(self.clock, store.node())
        self.runtime = Runtime(store, clock=self.clock, keys=self.keys, guard=AllowAll())
        self.runtime.deploy({"small.bpmn": PROCESS}, PERSON)
        self.worker = Worker(self.runtime, {"draft": Drafting()}, "worker")

    def case(self, *, ask: bool, after_s: float = 0) -> int:
        key = self.runtime.start("small", {"ask": ask}, actor=PERSON)
        self.clock.advance(after_s)
        self.worker.run_once()
        return key

    def answer_all(self, after_s: float) -> None:
        self.clock.advance(after_s)
        with self.store.read() as tx:
            waiting = queries.tasks(tx)
        for task in waiting:
            self.runtime.execute(CompleteTask(task.key, {}), actor=PERSON)

    def answer(self, case: int, person: str, **answer: Any) -> None:
        with self.store.read() as tx:
            (task,) = queries.tasks(tx, instance=case)
        self.runtime.execute(CompleteTask(task.key, answer), actor=Actor("person", person))

    def called(self, instance: int, actor_kind: str, digest: str = "1", **other: Any) -> None:
        with self.store.write() as tx:
            tx.insert(calls, _call(tx, instance, actor_kind, digest) | other)

    def measured(self) -> Measures:
        with self.store.read() as tx:
            return measure(tx, process_ids=("small",), costs=COSTS)


def _call(tx: Tx, instance: int, actor_kind: str, digest: str) -> dict[str, Any]:
    place = 1 + int(tx.scalar(select(func.coalesce(func.max(calls.c.position), 10_000))) or 0)
    return {
        "position": place,
        "key": place,
        "at": datetime(2026, 1, 5, tzinfo=UTC),
        "operation": "notes.write",
        "effect": "write",
        "actor_kind": actor_kind,
        "actor_id": "x",
        "instance": instance,
        "process_instance": instance,
        "element": "draft",
        "element_key": 1,
        "outcome": "ok",
        "cached": False,
        "retry": False,
        "latency_us": 1,
        "cost": Decimal(0),
        "arguments_digest": digest,
    }


@pytest.fixture
def firm(store: Store) -> Firm:
    return Firm(store)


def test_coverage_and_straight_through_count_what_no_person_touched(firm: Firm) -> None:
    firm.case(ask=False)
    firm.case(ask=False)
    firm.case(ask=True)
    firm.answer_all(after_s=60)
    found = firm.measured()
    assert found.aar == 0.75  # three drafts without a touch, one look with
    assert found.straight_through == pytest.approx(2 / 3, abs=1e-6)
    assert found.nodes["look"].aar == 0
    assert "asked" not in found.nodes


def test_a_case_still_going_on_counts_as_a_case_but_not_as_ended(firm: Firm) -> None:
    firm.case(ask=False)
    firm.case(ask=True)
    found = firm.measured()
    assert (found.cases, found.completed, found.straight_through) == (2, 1, 1.0)


def test_penetration_counts_an_operation_once_and_leaves_out_what_nobody_did(
    firm: Firm,
) -> None:
    case = firm.case(ask=False)
    firm.called(case, "agent", "a")
    firm.called(case, "agent", "a")  # the same operation again
    firm.called(case, "agent", "b")
    firm.called(case, "agent", "c")
    firm.called(case, "person", "d")
    firm.called(case, "agent", "e", retry=True)
    firm.called(case, "agent", "f", cached=True)
    firm.called(case, "agent", "g", outcome="denied")
    firm.called(case, "system", "h")
    assert firm.measured().penetration == 0.75


def test_cost_to_serve_is_peoples_time_and_calls_by_case(firm: Firm) -> None:
    case = firm.case(ask=True)
    firm.case(ask=False)
    firm.called(case, "agent", "a", cost=Decimal("0.3"))
    firm.answer_all(after_s=60)
    # ten minutes at 60 an hour, one call at 0.5 and its price of 0.3, over two cases
    assert firm.measured().cost_to_serve == Decimal("5.4")


def test_cycle_time_is_the_median_of_ended_cases(firm: Firm) -> None:
    for seconds in (10, 20, 90):
        firm.case(ask=False, after_s=seconds)
    assert firm.measured().cycle_time_median_s == 20


def test_nothing_happened_is_said_as_nothing_and_not_as_zero(firm: Firm) -> None:
    found = firm.measured()
    assert (found.cases, found.penetration, found.aar, found.cost_to_serve) == (0, None, None, None)


def test_a_broken_cost_table_is_refused_with_its_name() -> None:
    with pytest.raises(CostTableError, match=r"prices\.yaml"):
        costs.read("currency: EUR\nhourly_rate: plenty", "prices.yaml")


AGAIN = b"""<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    targetNamespace="t" id="again_models">
  <process id="again" isExecutable="true">
    <startEvent id="start"><outgoing>a</outgoing></startEvent>
    <sequenceFlow id="a" sourceRef="start" targetRef="join"/>
    <exclusiveGateway id="join">
      <incoming>a</incoming><incoming>d</incoming><outgoing>b</outgoing></exclusiveGateway>
    <sequenceFlow id="b" sourceRef="join" targetRef="look"/>
    <userTask id="look"><extensionElements><zeebe:userTask/>
      <zeebe:taskSchedule dueDate="2026-01-05T00:01:00Z"/></extensionElements>
      <incoming>b</incoming><outgoing>c</outgoing></userTask>
    <sequenceFlow id="c" sourceRef="look" targetRef="good"/>
    <exclusiveGateway id="good" default="e">
      <incoming>c</incoming><outgoing>d</outgoing><outgoing>e</outgoing></exclusiveGateway>
    <sequenceFlow id="d" sourceRef="good" targetRef="join">
      <conditionExpression>=again</conditionExpression></sequenceFlow>
    <sequenceFlow id="e" sourceRef="good" targetRef="end"/>
    <endEvent id="end"><incoming>e</incoming></endEvent>
  </process>
</definitions>"""


@pytest.fixture
def looked(firm: Firm) -> Facts:
    """Two cases, looked at after half a minute: ann passes hers, ben does his again and is late."""
    firm.runtime.deploy({"again.bpmn": AGAIN}, PERSON)
    one, other = (firm.runtime.start("again", {"again": False}, actor=PERSON) for _ in range(2))
    firm.clock.advance(30)
    firm.answer(one, "ann", again=False)
    firm.answer(other, "ben", again=True)
    firm.clock.advance(600)
    firm.answer(other, "ben", again=False)
    with firm.store.read() as tx:
        return own.read(tx, "again")


def test_work_done_again_or_late_is_counted_with_the_cases_it_was_in(looked: Facts) -> None:
    found = overview(looked, CostTable(minutes=Decimal(1))).whole
    first, second = looked.cases
    assert found.rework == pytest.approx(1 / 3, abs=1e-6)
    assert found.nodes["look"].rework == found.rework
    assert found.first_time_right == 0.5
    assert found.sla == pytest.approx(2 / 3, abs=1e-6)
    assert found.per_head == 1.0
    shown: dict[Having, int] = {"repeated": second, "overdue": second, "right": first}
    for having, key in shown.items():
        assert [one.case.key for one in behind(looked, Wanted(having=having))] == [key], having


def test_what_was_late_in_somebodys_hands_leads_to_their_cases_alone(firm: Firm) -> None:
    firm.runtime.deploy({"again.bpmn": AGAIN}, PERSON)
    case = firm.runtime.start("again", {"again": False}, actor=PERSON)
    firm.clock.advance(30)
    firm.answer(case, "ann", again=True)
    firm.clock.advance(600)
    firm.answer(case, "ben", again=False)
    with firm.store.read() as tx:
        facts = own.read(tx, "again")
    late = {one.id: one.sla for one in overview(facts, CostTable()).by_person}
    assert late == {"ann": 1, "ben": 0}
    for person, keys in {"ann": [], "ben": [case]}.items():
        wanted = Wanted(person=person, having="overdue")
        assert [one.case.key for one in behind(facts, wanted)] == keys, person


def test_waiting_is_what_is_left_of_the_cycle_when_peoples_work_is_taken_out(looked: Facts) -> None:
    found = overview(looked, CostTable(minutes=Decimal("0.2"))).whole
    assert found.touch_time_s == pytest.approx((12 + 24) / 2)
    assert found.cycle_time_median_s == pytest.approx((30 + 630) / 2)
    assert found.waiting_time_median_s == pytest.approx(((30 - 12) + (630 - 24)) / 2)


def test_what_ran_side_by_side_is_no_repetition() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)

    def visit(begun: int, ended: int) -> Visit:
        times = at + timedelta(seconds=begun), at + timedelta(seconds=ended)
        return Visit("pack", "p", 1, *times, 0, None, None)

    assert repeated([visit(0, 10), visit(5, 20)]) == []
    assert repeated([visit(0, 10), visit(10, 20)]) == [visit(10, 20)]
