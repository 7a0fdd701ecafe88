"""Multi-instance activities and loops."""

import pytest

from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, extend


def repeated(attributes: str = "", inner: str = "", **flags: str) -> Drawing:
    """A job for each item of `items`, then a look."""
    given = "".join(f' {name}="{value}"' for name, value in flags.items())
    loop = extend(f'<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" {attributes}/>')
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.job(
        "work",
        f"<multiInstanceLoopCharacteristics{given}>{loop}{inner}</multiInstanceLoopCharacteristics>",
    )
    drawing.job("look")
    drawing.path("start", "work", "look", "end")
    return drawing


COLLECT = 'outputCollection="results" outputElement="=result"'


def test_parallel_instances_run_at_once_and_collect_in_order(desk: Desk) -> None:
    desk.begin(repeated(COLLECT), items=["a", "b", "c"])
    jobs = list(desk.jobs.values())
    assert [desk.state.variables(job.created.key)["item"] for job in jobs] == ["a", "b", "c"]
    for job in reversed(jobs):
        item = desk.state.variables(job.created.key)["item"]
        desk.send(c.CompleteJob(job.key, {"result": f"did {item}"}))
    assert desk.open == ["look"]
    assert desk.variables["results"] == ["did a", "did b", "did c"]
    assert "result" not in desk.variables


def test_sequential_instances_run_one_after_the_other(desk: Desk) -> None:
    desk.begin(repeated(COLLECT, isSequential="true"), items=["a", "b"])
    assert desk.open == ["work"]
    desk.do("work", result=1)
    assert desk.state.variables(next(iter(desk.jobs.values())).created.key)["loopCounter"] == 2
    desk.do("work", result=2)
    assert desk.variables["results"] == [1, 2]


def test_nothing_to_repeat_goes_straight_on(desk: Desk) -> None:
    desk.begin(repeated(COLLECT), items=[])
    assert desk.open == ["look"]
    assert desk.variables["results"] == []


def test_a_completion_condition_ends_the_rest(desk: Desk) -> None:
    condition = "<completionCondition>=numberOfCompletedInstances &gt;= 2</completionCondition>"
    desk.begin(repeated(inner=condition), items=[1, 2, 3])
    desk.do("work").do("work")
    assert desk.open == ["look"]
    assert len(desk.of(e.JobCanceled)) == 1


def test_a_collection_that_is_no_list_is_an_incident(desk: Desk) -> None:
    desk.begin(repeated(), items="abc")
    assert desk.incident.kind == "expression"
    desk.send(c.SetVariables(desk.root, {"items": [1]}))
    desk.resolve()
    assert desk.open == ["work"]


def test_a_boundary_event_belongs_to_the_whole_repetition(desk: Desk) -> None:
    drawing = repeated()
    drawing.node("boundaryEvent", "edge", "<errorEventDefinition/>", attachedToRef="work")
    drawing.job("caught")
    drawing.path("edge", "caught", "end")
    desk.begin(drawing, items=[1, 2, 3])
    first = next(iter(desk.jobs))
    desk.send(c.ThrowJobError(first, "E"))
    assert desk.open == ["caught"]


def test_a_repeated_subprocess_gives_each_instance_its_own_variables(desk: Desk) -> None:
    loop = extend('<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>')
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    repetition = f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>"
    with drawing.inside("subProcess", "each", repetition):
        drawing.node("startEvent", "s")
        drawing.job("work")
        drawing.node("endEvent", "e")
        drawing.path("s", "work", "e")
    drawing.path("start", "each", "end")
    desk.begin(drawing, items=["a", "b"])
    seen = sorted(desk.state.variables(job.created.key)["item"] for job in desk.jobs.values())
    assert seen == ["a", "b"]
    assert desk.do("work").do("work").ended


@pytest.mark.parametrize(("attributes", "turns"), [('loopMaximum="2"', 2), ("", 4), ('testBefore="true"', 4)])
def test_a_loop_repeats_while_its_condition_holds(desk: Desk, attributes: str, turns: int) -> None:
    condition = "<loopCondition>=n &lt; 4</loopCondition>"
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.job(
        "work",
        f"<standardLoopCharacteristics {attributes}>{condition}</standardLoopCharacteristics>",
    )
    drawing.path("start", "work", "end")
    desk.begin(drawing, n=0)
    done = 0
    while desk.open:
        done += 1
        desk.do("work", n=done)
    assert done == turns
    assert desk.ended
