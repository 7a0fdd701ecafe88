"""Scenarios on the real runtime: queues, what-if, digital employees, batches, warm-up, intervals."""

from dataclasses import replace

import numpy as np
import pytest

from mainspring import bpmn
from mainspring.insight.mine.drawn import as_bpmn
from mainspring.insight.mine.tree import activity, block
from mainspring.simulation.changes import (
    AddPeople,
    Automate,
    MoreCases,
    Quicker,
    ReplaceFiles,
    Unbatch,
    changed,
)
from mainspring.simulation.errors import ScenarioError
from mainspring.simulation.experiment import compare, estimate, run_once, simulate
from mainspring.simulation.scenario import Activity, Batch, Resource, Scenario, Template, Timing
from mainspring.simulation.trace import Run, warm_up_of
from mainspring.simulation.week import ALWAYS, office

MONDAY = 1_704_067_200.0


def exponential(mean: float, seed: int = 0) -> Timing:
    return Timing(np.random.default_rng(seed).exponential(mean, 20_000))


def queue(people: int = 1, between: float = 1_000.0, work: float = 700.0) -> Scenario:
    """One activity, so many people: the textbook's M/M/n."""
    model = bpmn.write(as_bpmn(block("sequence", activity("Serve")), "desk"))
    names = [f"clerk {number}" for number in range(people)]
    return Scenario(
        "desk",
        {"desk.bpmn": model},
        MONDAY,
        exponential(between),
        {"task_1": Activity("Serve", work=exponential(work, 1), people=dict.fromkeys(names, 1.0))},
        {name: Resource(name, "clerks", ALWAYS, 36.0) for name in names},
    )


def test_a_queue_waits_as_long_as_theory_says() -> None:
    outcome = simulate(queue(), cases=800, replications=3, warm_up=100)
    told = 700 * 0.7 / (1 - 0.7)  # Erlang: mean waiting of M/M/1
    assert outcome.measures["waiting_s"].mean == pytest.approx(told, rel=0.25)
    assert outcome.utilisation["clerk 0"].mean == pytest.approx(0.7, rel=0.1)
    assert outcome.measures["cost"].mean == pytest.approx(7.0, rel=0.1)


def test_one_more_person_shortens_the_waiting_on_the_same_cases() -> None:
    before = queue()
    found = compare(before, changed(before, [AddPeople("clerks", 1)]), cases=150, replications=3)
    assert found.gain["waiting_s"].low > 0
    assert found.gain["touch_s"].mean == pytest.approx(0, abs=1e-6)


def test_fewer_people_are_taken_away_but_never_the_last() -> None:
    assert set(changed(queue(2), [AddPeople("clerks", -1)]).resources) == {"clerk 0"}
    with pytest.raises(ScenarioError, match="nobody would be left"):
        changed(queue(1), [AddPeople("clerks", -1)])


def test_a_digital_employee_takes_its_share_and_its_errors_come_back() -> None:
    alone = simulate(changed(queue(), [Automate("Serve", 1.0)]), cases=80, replications=2, warm_up=0)
    assert alone.measures["straight_through"].mean == 1
    wrong = simulate(
        changed(queue(), [Automate("Serve", 1.0, error=1.0)]), cases=80, replications=2, warm_up=0
    )
    assert wrong.measures["straight_through"].mean == 0
    half = simulate(changed(queue(), [Automate("Serve", 0.5)]), cases=200, replications=2, warm_up=0)
    assert half.measures["straight_through"].mean == pytest.approx(0.5, abs=0.12)


def test_gathered_work_waits_for_its_batch() -> None:
    one = queue(work=1.0)
    gathered = one.with_activity("task_1", replace(one.activities["task_1"], batch=Batch(5, 1e9)))
    found = compare(gathered, changed(gathered, [Unbatch("Serve")]), cases=100, replications=2)
    assert found.gain["waiting_s"].mean == pytest.approx(2_000, rel=0.35)  # two gaps of 1,000 s on average


def test_what_nobody_can_do_before_office_hours_waits_for_them() -> None:
    scenario = queue()
    resources = {"clerk 0": replace(scenario.resources["clerk 0"], week=office())}
    run = run_once(replace(scenario, resources=resources, arrivals=Timing(np.array([60.0]))), 1, 2)
    assert run.done[0].began == MONDAY + 9 * 3_600


def test_the_same_seed_gives_the_same_run() -> None:
    assert run_once(queue(), 7, 30).done == run_once(queue(), 7, 30).done


def test_more_cases_and_slower_work_lengthen_the_queue() -> None:
    before = queue()
    for change in (MoreCases(1.3), Quicker("Serve", 1.3)):
        found = compare(before, changed(before, [change]), cases=120, replications=3)
        assert found.gain["waiting_s"].mean < 0


def test_an_unknown_activity_is_named_with_those_there_are() -> None:
    with pytest.raises(ScenarioError, match="Sing") as caught:
        changed(queue(), [Automate("Sing", 0.5)])
    assert "Serve" in caught.value.mend


RULED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<process id="p" isExecutable="true"><startEvent id="s"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="rule"/>
<businessRuleTask id="rule"><extensionElements>
<zeebe:calledDecision decisionId="look" resultVariable="look"/></extensionElements></businessRuleTask>
<sequenceFlow id="f2" sourceRef="rule" targetRef="way"/>
<exclusiveGateway id="way" default="f4"/>
<sequenceFlow id="f3" sourceRef="way" targetRef="check">
<conditionExpression>=look</conditionExpression></sequenceFlow>
<sequenceFlow id="f4" sourceRef="way" targetRef="e"/>
<userTask id="check" name="Check"><extensionElements><zeebe:userTask/></extensionElements></userTask>
<sequenceFlow id="f5" sourceRef="check" targetRef="e"/><endEvent id="e"/></process></definitions>"""
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="r" name="r" namespace="t">
<inputData id="in" name="amount"><variable id="a" name="amount"/></inputData>
<decision id="look" name="look"><variable id="v" name="look"/>
<informationRequirement id="i"><requiredInput href="#in"/></informationRequirement>
<literalExpression id="l"><text>amount &gt; {limit}</text></literalExpression></decision></definitions>"""


def test_a_changed_rule_changes_the_way_that_real_data_take() -> None:
    scenario = Scenario(
        "p",
        {"p.bpmn": RULED.encode(), "look.dmn": TABLE.format(limit=100).encode()},
        MONDAY,
        exponential(1_000.0),
        {"check": Activity("Check", delay=exponential(600.0))},
        templates=tuple(Template({"amount": amount}) for amount in (50, 150, 250, 350)),
    )
    after = changed(scenario, [ReplaceFiles({"look.dmn": TABLE.format(limit=300).encode()})])
    found = compare(scenario, after, cases=120, replications=2)
    assert found.before.measures["touches"].mean == pytest.approx(0.75, abs=0.1)
    assert found.after.measures["touches"].mean == pytest.approx(0.25, abs=0.1)


def test_the_interval_holds_the_mean_and_grows_with_the_spread() -> None:
    near, far = estimate([9.0, 10.0, 11.0]), estimate([0.0, 10.0, 20.0])
    assert near.low < near.mean == far.mean < near.high < far.high


def test_the_warm_up_leaves_out_a_slow_beginning() -> None:
    run = Run()
    for case in range(400):
        run.began[case] = float(case)
        run.ended[case] = case + (50.0 * (100 - case) if case < 100 else 1.0 + case % 3)
    assert 80 <= warm_up_of([run]) <= 130
