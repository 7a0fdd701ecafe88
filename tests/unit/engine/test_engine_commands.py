"""Commands of workers, people and operators, and their refusal."""

from datetime import timedelta
from typing import Any

import pytest

from mainspring.engine import CommandRejected
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, timer
from mainspring.testing.memory import EPOCH, Stream


def one_job(name: str = "work") -> Drawing:
    """Start, one job, end."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.job(name)
    drawing.node("endEvent", "end")
    drawing.path("start", name, "end")
    return drawing


def test_a_failed_job_may_be_tried_again_until_no_retries_are_left(desk: Desk) -> None:
    desk.begin(one_job())
    [job] = desk.state.jobs
    later = EPOCH + timedelta(minutes=5)
    desk.send(c.FailJob(job, 1, "first", later))
    assert desk.of(e.JobFailed)[0].retry_at == later
    assert not desk.state.incidents
    desk.send(c.FailJob(job, 0, "second"))
    assert (desk.incident.kind, desk.incident.message, desk.incident.job) == ("job", "second", job)
    desk.resolve()
    assert desk.state.jobs[job].retries == 1
    desk.send(c.CompleteJob(job, {}))
    assert desk.ended


def test_a_job_is_completed_once(desk: Desk) -> None:
    desk.begin(one_job())
    [job] = desk.state.jobs
    desk.send(c.CompleteJob(job, {}))
    with pytest.raises(CommandRejected, match="no open job"):
        desk.send(c.CompleteJob(job, {}))


def ask(desk: Desk, kind: str, *names: str) -> tuple[int, list[int]]:
    """Park the one job for these tasks; its key and theirs."""
    [job] = desk.state.jobs
    desk.send(c.AskPeople(job, kind, tuple(c.TaskSpec(name, payload={"of": name}) for name in names)))
    return job, list(desk.state.tasks)


def test_a_job_that_asks_people_waits_for_all_answers_and_resumes_with_them(desk: Desk) -> None:
    desk.begin(one_job())
    job, (first, second) = ask(desk, "approval", "a", "b")
    with pytest.raises(CommandRejected, match="waits for people"):
        desk.send(c.CompleteJob(job, {}))
    ann = {"kind": "person", "id": "ann"}
    desk.send(c.CompleteTask(first, {}, "approved", ann))
    assert not desk.of(e.JobResumed)
    desk.send(c.CompleteTask(second, {"why": "fine"}, "approved", ann))
    [resumed] = desk.of(e.JobResumed)
    assert resumed.answers[1] == {
        "task": "b",
        "kind": "approval",
        "outcome": "approved",
        "answer": {"why": "fine"},
        "actor": ann,
        "payload": {"of": "b"},
    }
    desk.send(c.CompleteJob(job, {}))
    assert desk.ended


def test_one_refusal_resumes_the_job_at_once(desk: Desk) -> None:
    desk.begin(one_job())
    _, (first, second) = ask(desk, "approval", "a", "b")
    desk.send(c.CompleteTask(first, {}, "refused"))
    assert [event.task for event in desk.of(e.TaskCanceled)] == [second]
    assert len(desk.of(e.JobResumed)) == 1


def test_the_answers_of_every_round_are_kept(desk: Desk) -> None:
    desk.begin(one_job())
    _, (review,) = ask(desk, "review", "look at it")
    desk.send(c.CompleteTask(review, {"text": "edited"}, "edited"))
    _, (approval,) = ask(desk, "approval", "agree")
    desk.send(c.CompleteTask(approval, {}, "approved"))
    assert [a["outcome"] for a in desk.of(e.JobResumed)[-1].answers] == ["edited", "approved"]


def test_a_task_of_somebody_else_cannot_be_claimed(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("userTask", "check")
    drawing.node("endEvent", "end")
    drawing.path("start", "check", "end")
    desk.begin(drawing)
    [task] = desk.state.tasks
    desk.send(c.ClaimTask(task, "ann"))
    with pytest.raises(CommandRejected, match="ann's already"):
        desk.send(c.ClaimTask(task, "bob"))
    desk.send(c.UpdateTask(task, {"priority": 90}))
    with pytest.raises(CommandRejected, match="colour"):
        desk.send(c.UpdateTask(task, {"colour": "red"}))


def test_cancelling_an_instance_ends_all_it_holds(desk: Desk) -> None:
    drawing = one_job()
    drawing.node("boundaryEvent", "edge", timer("timeDuration", "PT1H"), attachedToRef="work")
    drawing.path("edge", "end")
    desk.begin(drawing)
    desk.send(c.CancelInstance(desk.root))
    assert desk.state.outcome == "terminated"
    assert [desk.state.jobs, desk.state.timers, desk.state.elements] == [{}, {}, {}]


def test_a_suspended_instance_refuses_work_until_it_is_resumed(desk: Desk) -> None:
    desk.begin(one_job())
    [job] = desk.state.jobs
    desk.send(c.SuspendInstance(desk.root))
    with pytest.raises(CommandRejected, match="suspended"):
        desk.send(c.CompleteJob(job, {}))
    desk.send(c.ResumeInstance(desk.root))
    desk.send(c.CompleteJob(job, {}))
    assert desk.ended


def test_variables_may_be_set_locally_or_where_they_are(desk: Desk) -> None:
    desk.begin(one_job(), a=1)
    key = desk.record("work").key
    desk.send(c.SetVariables(key, {"a": 2, "b": 3}))
    desk.send(c.SetVariables(key, {"a": 9}, local=True))
    assert desk.variables == {"a": 2, "b": 3}
    assert desk.state.variables(key)["a"] == 9


def nested() -> Drawing:
    """A job before and one inside a sub-process."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.job("work")
    with drawing.inside("subProcess", "sub"):
        drawing.node("startEvent", "s")
        drawing.job("inner")
        drawing.node("endEvent", "e")
        drawing.path("s", "inner", "e")
    drawing.node("endEvent", "end")
    drawing.path("start", "work", "sub", "end")
    return drawing


def test_modification_moves_the_token_and_makes_the_scope_it_needs(desk: Desk) -> None:
    desk.begin(nested())
    key = desk.record("work").key
    desk.send(c.ModifyInstance(desk.root, (key,), (("inner", None),), {"moved": True}))
    assert desk.open == ["inner"]
    assert desk.variables["moved"] is True
    assert desk.do("inner").ended


def test_modification_is_refused_whole(desk: Desk) -> None:
    desk.begin(nested())
    before = len(desk.log)
    with pytest.raises(CommandRejected, match="no element 'nowhere'"):
        desk.send(c.ModifyInstance(desk.root, (), (("inner", None), ("nowhere", None))))
    assert len(desk.log) == before


def test_an_instance_may_start_at_chosen_elements(desk: Desk) -> None:
    [process] = desk.deploy(nested().xml())
    stream = Stream()
    desk._execute(stream, c.StartInstance(desk.latest[process], {}, activate=("inner",)))
    desk.root = stream.state.root or 0
    assert desk.open == ["inner"]


def test_migration_follows_another_version_with_mapped_elements(desk: Desk) -> None:
    desk.begin(one_job())
    other = one_job("task")
    desk.deploy(other.xml())
    new = desk.latest["p"]
    with pytest.raises(CommandRejected, match="no counterpart"):
        desk.send(c.MigrateInstance(desk.root, new, {}))
    desk.send(c.MigrateInstance(desk.root, new, {"work": "task"}, 2))
    assert desk.record("task").element == "task"
    [job] = desk.state.jobs
    desk.send(c.CompleteJob(job, {}))
    assert desk.ended


@pytest.mark.parametrize(
    "command",
    [
        c.FireTimer(99),
        c.Correlate(99, None, "m", {}),
        c.ReceiveSignal(99, "s", {}),
        c.CompleteTask(99, {}),
        c.ResolveIncident(99),
        c.CancelInstance(99),
        c.SetVariables(99, {}),
        c.ActivateAdHoc(99, ()),
        c.ModifyInstance(99),
        c.MigrateInstance(99, 1, {}),
        c.ResumeInstance(99),
        c.SuspendInstance(99),
        c.SetJobRetries(99, 1),
    ],
)
def test_a_command_about_something_that_is_not_there_is_rejected(desk: Desk, command: Any) -> None:
    desk.begin(one_job())
    before = len(desk.log)
    with pytest.raises(CommandRejected):
        desk.send(command)
    assert len(desk.log) == before


def test_migration_opens_the_boundary_events_of_the_new_version_and_closes_those_it_lacks(desk: Desk) -> None:
    old = one_job()
    old.node("boundaryEvent", "slow", timer("timeDuration", "PT1H"), attachedToRef="work")
    old.path("slow", "end")
    desk.begin(old)
    new = one_job()
    new.node("boundaryEvent", "late", timer("timeDuration", "PT2H"), attachedToRef="work")
    new.path("late", "end")
    desk.deploy(new.xml())
    desk.send(c.MigrateInstance(desk.root, desk.latest["p"], {}))
    assert [timer.element for timer in desk.state.timers.values()] == ["late"]


def test_the_message_of_an_incident_says_what_was_missing(desk: Desk) -> None:
    desk.begin(with_condition())
    assert "amount" in desk.incident.message


def with_condition() -> Drawing:
    """A choice that looks at a variable nobody set."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("exclusiveGateway", "split", default="other")
    drawing.node("endEvent", "end")
    drawing.node("endEvent", "stop")
    drawing.path("start", "split")
    drawing.flow("split", "end", "=amount > 5")
    drawing.flow("split", "stop", identifier="other")
    return drawing


def test_a_value_that_json_cannot_carry_is_refused(desk: Desk) -> None:
    desk.begin(one_job())
    with pytest.raises(CommandRejected, match="cannot be stored"):
        desk.send(c.SetVariables(desk.root, {"x": object()}))


def test_deeply_nested_subprocesses_run(desk: Desk) -> None:
    drawing = Drawing()
    text = (
        '<startEvent id="s{0}"/><endEvent id="e{0}"/>'
        '<sequenceFlow id="f{0}" sourceRef="s{0}" targetRef="x{0}"/>'
        '<sequenceFlow id="g{0}" sourceRef="x{0}" targetRef="e{0}"/>'
    )
    inner = '<task id="x149"/>'
    for level in range(149, 0, -1):
        inner = f'<subProcess id="x{level - 1}">{text.format(level)}{inner}</subProcess>'
    drawing._parts.append(text.format(0) + inner)
    desk.reload = False
    assert desk.begin(drawing).ended
