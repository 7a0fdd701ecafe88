"""Jobs: leases, fences, retries, incidents."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mainspring.engine import CommandRejected
from mainspring.engine import commands as c
from mainspring.runtime import NotFound, StaleLease, queries
from mainspring.testing import drawing as d

ONE = d.sequence(
    "p",
    d.service(
        "work",
        "work",
        more='<zeebe:properties><zeebe:property name="gene.role" value="clerk"/></zeebe:properties>',
    ),
)


def test_a_job_tells_the_worker_what_it_needs(bench: Any) -> None:
    bench.deploy(ONE)
    root = bench.start("p", a=1)
    (job,) = bench.take("work")
    assert (job.instance, job.process_instance, job.process_id, job.element, job.type) == (
        root,
        root,
        "p",
        "work",
        "work",
    )
    assert (job.variables, job.retries, job.fence, job.properties) == ({"a": 1}, 3, 1, {"gene.role": "clerk"})


def test_a_completed_job_moves_the_instance_on(bench: Any) -> None:
    bench.deploy(ONE)
    root = bench.start("p")
    bench.complete(bench.take("work")[0], result="good")
    with bench.store.read() as tx:
        assert queries.instance(tx, root).state == "completed"
        assert queries.variables(tx, root) == {"result": "good"}
        assert queries.jobs(tx) == []


def test_a_leased_job_is_nobody_elses_until_the_lease_ends(bench: Any) -> None:
    bench.deploy(ONE)
    bench.start("p")
    assert len(bench.take("work")) == 1
    assert bench.take("work") == []
    bench.clock.advance(60)
    assert [job.fence for job in bench.take("work", worker="w2")] == [2]


def test_a_worker_whose_lease_has_passed_on_cannot_complete(bench: Any) -> None:
    bench.deploy(ONE)
    bench.start("p")
    (late,) = bench.take("work")
    bench.clock.advance(61)
    (job,) = bench.take("work", worker="w2")
    with pytest.raises(StaleLease):
        bench.complete(late)
    bench.complete(job)


def test_a_job_is_completed_once(bench: Any) -> None:
    bench.deploy(ONE)
    bench.start("p")
    (job,) = bench.take("work")
    bench.complete(job)
    with pytest.raises(NotFound):
        bench.complete(job)
    with pytest.raises(CommandRejected):
        bench.execute(c.CompleteJob(job.key, {}), instance=job.instance)


def test_a_failed_job_waits_for_its_retry(bench: Any) -> None:
    bench.deploy(ONE)
    bench.start("p")
    (job,) = bench.take("work")
    at = bench.clock() + timedelta(seconds=30)
    bench.execute(c.FailJob(job.key, 2, "busy", at))
    assert bench.take("work") == []
    assert bench.runtime.next_due() == at
    bench.clock.set(at)
    assert [one.retries for one in bench.take("work")] == [2]


def test_a_job_without_retries_is_an_incident_until_someone_mends_it(bench: Any) -> None:
    bench.deploy(ONE)
    bench.start("p")
    (job,) = bench.take("work")
    bench.execute(c.FailJob(job.key, 0, "broken"))
    with bench.store.read() as tx:
        (incident,) = queries.incidents(tx)
    assert (incident.message, incident.job) == ("broken", job.key)
    bench.execute(c.SetJobRetries(job.key, 1))
    bench.execute(c.ResolveIncident(incident.key))
    bench.complete(bench.take("work")[0])
    with bench.store.read() as tx:
        assert queries.incidents(tx) == []


def test_jobs_come_by_priority_then_age(bench: Any) -> None:
    priority = '<zeebe:priorityDefinition priority="=p"/>'
    bench.deploy(d.sequence("p", d.service("work", "work", more=priority)))
    keys = [bench.start("p", p=p) for p in (1, 7, 7, 3)]
    taken = [job.instance for job in bench.take("work")]
    assert taken == [keys[1], keys[2], keys[3], keys[0]]


def test_suspended_instances_give_no_jobs(bench: Any) -> None:
    bench.deploy(ONE)
    root = bench.start("p")
    bench.execute(c.SuspendInstance(root))
    assert bench.take("work") == []
    bench.execute(c.ResumeInstance(root))
    assert len(bench.take("work")) == 1


def test_two_processes_never_get_the_same_job(new_bench: Callable[..., Any]) -> None:
    one, two = new_bench(), new_bench()
    one.deploy(ONE)
    for _ in range(6):
        one.start("p")
    first, second = one.take("work", limit=3), two.take("work", limit=6)
    assert len(first) == len(second) == 3
    assert not {job.key for job in first} & {job.key for job in second}


def test_another_process_sees_what_the_first_has_done(new_bench: Callable[..., Any]) -> None:
    one, two = new_bench(), new_bench()
    one.deploy(d.sequence("p", d.service("a", "work"), d.service("b", "work"), d.service("c", "work")))
    one.start("p")
    for bench in (one, two, one):
        bench.complete(bench.take("work")[0])
    with one.store.read() as tx:
        assert [row.state for row in queries.instances(tx)] == ["completed"]


def test_people_are_asked_and_their_answers_come_with_the_job(bench: Any) -> None:
    bench.deploy(ONE)
    root = bench.start("p")
    (job,) = bench.take("work")
    ask = c.AskPeople(
        job.key, "review", (c.TaskSpec("Check", candidate_groups=("sales",), payload={"x": 1}),)
    )
    bench.execute(ask)
    assert bench.take("work") == []
    with bench.store.read() as tx:
        (task,) = queries.tasks(tx, groups=("sales", "other"))
        assert queries.tasks(tx, groups=("nobody",)) == []
    assert (task.kind, task.instance, task.job, task.payload) == ("review", root, job.key, {"x": 1})
    bench.execute(c.CompleteTask(task.key, {"y": 2}, "edited"))
    (again,) = bench.take("work")
    (answer,) = again.answers
    assert (answer["outcome"], answer["answer"], answer["actor"]) == (
        "edited",
        {"y": 2},
        {"kind": "person", "id": "ann"},
    )
