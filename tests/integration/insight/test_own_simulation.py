"""Our own log as the seed of a simulation: deployed models and tables, data and times of real cases."""

from datetime import timedelta

import pytest

from mainspring.engine.commands import CompleteTask
from mainspring.engine.events import Actor
from mainspring.insight.errors import MiningError
from mainspring.insight.simulate.asked import Asked
from mainspring.insight.simulate.own import learn_own
from mainspring.runtime import AllowAll, Job, Runtime, queries
from mainspring.runtime.outcomes import Complete, Work
from mainspring.runtime.worker import Worker
from mainspring.simulation import VirtualClock, compare, simulate
from mainspring.simulation.changes import changed
from mainspring.store import Store
from mainspring.store.keys import KeyGenerator

PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<message id="m" name="paid">
<extensionElements><zeebe:subscription correlationKey="=number"/></extensionElements></message>
<process id="order" isExecutable="true"><startEvent id="s"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="price"/>
<serviceTask id="price">
<extensionElements><zeebe:taskDefinition type="price"/></extensionElements></serviceTask>
<sequenceFlow id="f2" sourceRef="price" targetRef="way"/><exclusiveGateway id="way" default="f4"/>
<sequenceFlow id="f3" sourceRef="way" targetRef="look">
<conditionExpression>=total &gt; {limit}</conditionExpression></sequenceFlow>
<sequenceFlow id="f4" sourceRef="way" targetRef="pays"/>
<userTask id="look">
<extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="sales"/>
</extensionElements></userTask><sequenceFlow id="f5" sourceRef="look" targetRef="pays"/>
<receiveTask id="pays" messageRef="m"/><sequenceFlow id="f6" sourceRef="pays" targetRef="e"/>
<endEvent id="e"/>
</process></definitions>"""
PERSON = Actor("person", "ann")
DAY = timedelta(days=1)


def _priced(job: Job, _: Work) -> Complete:
    return Complete({"total": job.variables["amount"]})


class Firm:
    """Orders that are priced, looked at above a limit (a day later), and paid after three days."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock = store, VirtualClock()
        self.runtime = Runtime(
            store, clock=self.clock, keys=KeyGenerator(self.clock, store.node()), guard=AllowAll()
        )
        self.runtime.deploy({"order.bpmn": PROCESS.format(limit=100).encode()}, PERSON)
        self.worker = Worker(self.runtime, {"price": _priced}, "w")

    def order(self, number: int) -> None:
        values = {"number": f"o{number}", "amount": 50 if number % 2 else 150}
        root = self.runtime.start("order", values, actor=PERSON)
        self.worker.run_once()
        with self.store.read() as tx:
            tasks = queries.tasks(tx, instance=root)
        for task in tasks:
            self.clock.advance(DAY)
            self.runtime.execute(CompleteTask(task.key, {}, "completed"), actor=PERSON)
        self.clock.advance(3 * DAY)
        self.runtime.publish("paid", f"o{number}", {}, actor=PERSON)


@pytest.fixture
def firm(store: Store) -> Firm:
    opened = Firm(store)
    for number in range(12):
        opened.order(number)
    return opened


def test_a_simulated_case_goes_as_the_real_ones_did(firm: Firm) -> None:
    with firm.store.read() as tx:
        scenario = learn_own(tx, "order")
    outcome = simulate(scenario, cases=60, replications=2, warm_up=0)
    assert outcome.stuck == 0
    assert outcome.measures["touches"].mean == pytest.approx(0.5, abs=0.15)
    assert outcome.measures["cycle_mean_s"].mean == pytest.approx(3.5 * 86_400, rel=0.1)
    assert outcome.measures["cost"].mean > 0


def test_another_limit_in_the_model_sends_real_data_another_way(firm: Firm) -> None:
    with firm.store.read() as tx:
        scenario = learn_own(tx, "order")
    asked = Asked({}, {}, {}, files={"order.bpmn": PROCESS.format(limit=1_000).encode()})
    found = compare(scenario, changed(scenario, asked.changes()), cases=40, replications=2)
    assert found.after.measures["straight_through"].mean == 1


def test_people_of_the_log_stay_without_names(firm: Firm) -> None:
    with firm.store.read() as tx:
        scenario = learn_own(tx, "order")
    assert list(scenario.resources) == ["sales 1"]


def test_too_few_cases_are_told(store: Store) -> None:
    Firm(store)
    with store.read() as tx, pytest.raises(MiningError, match="0 cases of order"):
        learn_own(tx, "order")
