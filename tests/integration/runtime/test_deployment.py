"""Deploying packages: all or nothing, versions, bindings."""

from decimal import Decimal
from typing import Any

import pytest

from mainspring.engine.events import Actor
from mainspring.runtime import DeploymentRefused, NotFound, queries
from mainspring.testing import drawing as d

ANN = Actor("person", "ann")
ONE = d.sequence("p", d.service("work", "work"))
NOWHERE = '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="nowhere"/>'
BROKEN = d.process("q", NOWHERE)
FORM = b'{"id": "order", "components": []}'
DECISION = b"""<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
    id="rules" name="rules" namespace="urn:rules">
  <inputData id="tier_in" name="tier"><variable name="tier"/></inputData>
  <decision id="rate" name="rate"><variable name="rate"/>
    <informationRequirement><requiredInput href="#tier_in"/></informationRequirement>
    <literalExpression><text>if tier = "A" then 0.9 else 1</text></literalExpression></decision>
</definitions>"""
DECIDES = d.sequence(
    "p",
    '<businessRuleTask id="rule"><extensionElements>'
    '<zeebe:calledDecision decisionId="rate" resultVariable="factor"/>'
    "</extensionElements></businessRuleTask>",
)


def called(binding: str) -> bytes:
    return d.sequence(
        "outer",
        '<callActivity id="call"><extensionElements>'
        f'<zeebe:calledElement processId="p" bindingType="{binding}"/></extensionElements></callActivity>',
    )


def test_the_same_bytes_are_the_same_version(bench: Any) -> None:
    first, again = bench.deploy(ONE), bench.deploy(ONE)
    assert (first.processes[0].version, first.processes[0].new) == (1, True)
    assert (again.processes[0].key, again.processes[0].new) == (first.processes[0].key, False)


def test_other_bytes_are_the_next_version(bench: Any) -> None:
    bench.deploy(ONE)
    assert bench.deploy(ONE + b"\n").processes[0].version == 2
    with bench.store.read() as tx:
        assert [one.version for one in queries.deployed(tx, kind="process")] == [2]
        assert [one.version for one in queries.deployed(tx, kind="process", latest_only=False)] == [1, 2]


def test_a_package_is_deployed_as_a_whole_or_not_at_all(bench: Any) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        bench.runtime.deploy({"good.bpmn": ONE, "bad.bpmn": BROKEN, "notes.txt": b"x"}, ANN)
    sources = {finding.source for finding in refused.value.findings}
    assert {"bad.bpmn", "notes.txt"} <= sources
    with bench.store.read() as tx:
        assert queries.deployed(tx) == []


def test_a_package_of_all_kinds_is_there_with_its_bytes(bench: Any) -> None:
    made = bench.runtime.deploy({"p.bpmn": ONE, "rate.dmn": DECISION, "order.form": FORM}, ANN)
    assert [one.id for one in (*made.processes, *made.decisions, *made.forms)] == ["p", "rate", "order"]
    with bench.store.read() as tx:
        assert queries.source(tx, made.decisions[0].key) == DECISION


def test_a_decision_of_the_package_is_taken(bench: Any) -> None:
    bench.runtime.deploy({"p.bpmn": DECIDES, "rate.dmn": DECISION}, ANN)
    root = bench.start("p", tier="A")
    with bench.store.read() as tx:
        assert queries.variables(tx, root)["factor"] == Decimal("0.9")
        assert "DecisionEvaluated" in {entry.type for entry in queries.history(tx, root)}


@pytest.mark.parametrize(("binding", "version"), [("latest", 2), ("deployment", 1)])
def test_a_call_activity_follows_its_binding(bench: Any, binding: str, version: int) -> None:
    bench.runtime.deploy({"p.bpmn": ONE, "outer.bpmn": called(binding)}, ANN)
    bench.deploy(ONE + b"\n", "p.bpmn")
    root = bench.start("outer")
    with bench.store.read() as tx:
        (inner,) = [one for one in queries.instances(tx) if one.key != root]
    assert (inner.root, inner.version) == (root, version)
    (job,) = bench.take("work")
    assert (job.instance, job.process_instance) == (root, inner.key)
    bench.complete(job)
    with bench.store.read() as tx:
        assert queries.instance(tx, root).state == "completed"


def test_an_older_version_can_be_started_by_its_number(bench: Any) -> None:
    bench.deploy(ONE)
    bench.deploy(ONE + b"\n")
    root = bench.runtime.start("p", {}, actor=ANN, version=1)
    with bench.store.read() as tx:
        assert queries.instance(tx, root).version == 1
    with pytest.raises(NotFound):
        bench.runtime.start("p", {}, actor=ANN, version=3)


def test_a_process_that_is_not_there_cannot_start(bench: Any) -> None:
    with pytest.raises(NotFound, match="nothing"):
        bench.start("nothing")
