"""Findings, moved limits, and sets of changes beside a random search."""

import numpy as np

from mainspring import bpmn
from mainspring.insight.improve.proposals import combine, proposals
from mainspring.insight.improve.thresholds import thresholds
from mainspring.insight.mine.drawn import as_bpmn
from mainspring.insight.mine.tree import activity, block
from mainspring.simulation.scenario import Activity, Automation, Resource, Scenario, Template, Timing

MONDAY = 1_704_067_200.0
TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="r" name="r" namespace="t">
<decision id="look" name="Look"><decisionTable id="t"><input id="i">
<inputExpression id="e"><text>amount</text>
</inputExpression></input><output id="o" name="look"/><rule id="a">
<inputEntry id="x"><text>&gt; 500</text></inputEntry>
<outputEntry id="y"><text>true</text></outputEntry></rule></decisionTable></decision></definitions>"""


def desk(people: int = 1) -> Scenario:
    """Two activities; the first has too few people, the drafts of the second are never changed."""
    tree = block("sequence", activity("Check"), activity("Write"))
    rng = np.random.default_rng(3)

    def times(mean: float) -> Timing:
        return Timing(rng.exponential(mean, 5_000))

    names = [f"clerk {number}" for number in range(people)]
    checked = Activity("Check", work=times(800.0), people=dict.fromkeys(names, 1.0))
    written = Activity(
        "Write",
        delay=times(600.0),
        work=times(100.0),
        people={"writer 0": 1.0},
        automation=Automation(0.3),
        reviews=(120, 0),
    )
    resources = {name: Resource(name, name.split()[0], hourly=36.0) for name in [*names, "writer 0"]}
    files = {"desk.bpmn": bpmn.write(as_bpmn(tree, "desk"))}
    return Scenario("desk", files, MONDAY, times(1_000.0), {"task_1": checked, "task_2": written}, resources)


def test_the_bottleneck_and_the_needless_review_are_found_with_their_gain() -> None:
    found = proposals(desk(), cases=50, replications=2)
    made = {(one.finding.kind, one.finding.element): one for one in found}
    short = made["bottleneck", "task_1"]
    assert short.outcome.gain["waiting_s"].mean > 0
    assert short.finding.monthly_cost > 0
    review = made["review", "task_2"]
    assert 0 < review.finding.evidence["error_at_most"] < 0.03
    assert review.outcome.gain["touches"].mean > 0.3


def test_a_greedy_choice_of_changes_is_told_beside_a_random_one() -> None:
    scenario = desk()
    made = proposals(scenario, cases=25, replications=2)
    greedy, drawn = combine(scenario, made, cases=25, replications=2, tries=3)
    assert greedy.tried == drawn.tried
    assert greedy.worth >= made[0].worth.mean / 2 > 0


def test_a_limit_is_moved_to_where_real_values_lie_and_nothing_else_changes() -> None:
    templates = [Template({"amount": amount}) for amount in (100, 200, 300, 400, 1_000)]
    moved = list(thresholds({"look.dmn": TABLE}, templates))
    assert [one.new for one in moved] == ["200", "300", "400"]
    assert b"&gt; 200" in moved[0].data
    assert moved[0].data.count(b"<text>true</text>") == 1


def test_a_column_that_no_case_knows_is_left_alone() -> None:
    assert not list(thresholds({"look.dmn": TABLE}, [Template({"other": 5})]))
