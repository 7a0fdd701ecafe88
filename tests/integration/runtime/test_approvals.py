"""People's operations through the whole runtime, on both stores: log, projections, reload, rebuild."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.engine import CommandRejected
from mainspring.engine import approval_commands as ac
from mainspring.engine.events import Actor
from mainspring.runtime import NotFound, approvals, queries
from mainspring.store import Store, Tx
from mainspring.store.rebuild import PROJECTIONS, rebuild
from mainspring.testing import Simulation
from mainspring.testing.drawings import Drawing


@pytest.fixture(params=[False, True], ids=["straight", "reloaded"])
def sim(store: Store, request: pytest.FixtureRequest) -> Iterator[Simulation]:
    with Simulation(store, reload_every_command=request.param) as simulation:
        yield simulation


def request() -> bytes:
    """The requester asks, three people sign, a manager approves, and it is filed."""
    drawing = Drawing("request")
    drawing.user("ask", "ann")
    drawing.user("sign", sign__mode="all", sign__approvers='=["bob", "cid"]')
    drawing.user("approve", "dan")
    drawing.job("file")
    return drawing.line("ask", "sign", "approve", "file").xml()


def begin(sim: Simulation) -> int:
    sim.deploy(request())
    return sim.runtime.start("request", {}, actor=Actor("person", "ann"))


def task(sim: Simulation, person: str) -> queries.Task:
    return next(task for task in sim.tasks() if task.assignee == person)


def waiting(sim: Simulation) -> list[str]:
    return sorted(f"{task.element}:{task.assignee}" for task in sim.tasks())


def rows(tx: Tx) -> dict[str, list[str]]:
    found = {}
    for table in PROJECTIONS:
        query = select(*(c for c in table.c if c.name not in {"tenant_id", "fence", "worker"}))
        found[table.name] = sorted(
            str(tuple(row)) for row in tx.all(query.where(table.c.tenant_id == tx.tenant))
        )
    return found


def test_a_case_with_every_operation_ends_and_its_projections_are_those_of_its_log(sim: Simulation) -> None:
    key = begin(sim)
    sim.execute(ac.SaveDraft(task(sim, "ann").key, {"amount": 1}), actor="ann")
    sim.complete(task(sim, "ann"), {"amount": 2}, actor="ann")
    sim.withdraw(key, actor="ann")
    sim.complete(task(sim, "ann"), {"amount": 3}, actor="ann")
    sim.add_signers(task(sim, "bob"), "eve", place="after", actor="bob")
    sim.complete(task(sim, "bob"), actor="bob", outcome="approved")
    sim.remove_signers(task(sim, "eve"), "eve", actor="bob")
    sim.transfer(task(sim, "cid"), "fay", actor="cid")
    sim.delegate(task(sim, "fay"), "gus", actor="fay")
    sim.complete(task(sim, "gus"), {"note": "fine"}, actor="gus")
    assert task(sim, "fay").draft == {"note": "fine"}
    sim.complete(task(sim, "fay"), actor="fay", outcome="approved")
    sim.execute(ac.RemindTask(task(sim, "dan").key, "today, please"), actor="ann")
    sim.execute(ac.CopyCase(key, ("hal",), "for information"), actor="dan")
    sim.execute(ac.ReadCopy(key), actor="hal", instance=key)
    sim.return_task(task(sim, "dan"), mode=ac.BACK, reason="who is fay?", actor="dan")
    for person in ("bob", "cid"):
        sim.complete(task(sim, person), actor=person, outcome="approved")
    sim.jump(key, "approve", "ask", actor="boss")
    sim.complete(task(sim, "ann"), actor="ann")
    sim.return_task(task(sim, "bob"), actor="bob")
    sim.revoke(key, actor="ann")
    assert sim.instance(key).state == "terminated"
    sim.reopen(key, "approve", actor="boss")
    assert waiting(sim) == ["approve:dan"]
    sim.complete(task(sim, "dan"), actor="dan")
    sim.on("file", lambda _: {})
    sim.run()
    assert sim.instance(key).state == "completed"
    assert sim.instance(key).variables["amount"] == 3
    with sim.store.write() as tx:
        before = rows(tx)
        rebuild(tx)
        tx.flush()
        assert rows(tx) == before


def test_who_signs_and_has_signed_is_seen(sim: Simulation) -> None:
    key = begin(sim)
    sim.complete(task(sim, "ann"), actor="ann")
    sim.complete(task(sim, "bob"), actor="bob", outcome="approved")
    with sim.store.read() as tx:
        found = approvals.signers(tx, key)
    assert [(one.person, one.outcome, one.voter) for one in found] == [
        ("bob", "approved", "bob"),
        ("cid", None, None),
    ]
    assert [one.task for one in found] == [None, task(sim, "cid").key]


def test_a_copy_is_read_once_it_is_read(sim: Simulation) -> None:
    key = begin(sim)
    sim.execute(ac.CopyCase(key, ("hal",), "look"), actor="ann")
    with sim.store.read() as tx:
        [copy] = approvals.copies(tx, "hal", unread_only=True)
    assert (copy.instance, copy.note, copy.read_at) == (key, "look", None)
    sim.execute(ac.ReadCopy(key), actor="hal")
    with sim.store.read() as tx:
        assert approvals.copies(tx, "hal", unread_only=True) == []
    with pytest.raises(CommandRejected, match="ida was sent no copy"):
        sim.execute(ac.ReadCopy(key), actor="ida")


def test_what_may_be_done_with_a_task_is_told_with_the_reason_for_what_may_not(sim: Simulation) -> None:
    begin(sim)
    sim.complete(task(sim, "ann"), actor="ann")
    told = sim.options(task(sim, "bob"), actor="bob")
    by_name = {option.operation: option for option in told.operations}
    assert by_name["return"].possible
    assert by_name["delegate"].possible
    assert not by_name["revoke"].possible
    assert "only who began the case" in by_name["revoke"].reason
    assert not by_name["withdraw"].possible
    [step] = told.destinations
    assert (step.element, step.person, step.forward) == ("ask", "ann", None)
    assert waiting(sim) == ["sign:bob", "sign:cid"]
    with pytest.raises(NotFound, match="no open task"):
        sim.options(1)


def test_all_work_of_one_who_leaves_goes_to_another_case_by_case(sim: Simulation) -> None:
    first, second, third = (begin(sim) for _ in range(3))
    for person in ("ann", "ann"):
        sim.complete(task(sim, person), actor=person)
    other = Drawing("offer")
    users = '<zeebe:assignmentDefinition candidateUsers="bob, ida"/>'
    other.user("take", extensions=users)
    sim.deploy(other.line("take").xml())
    offered = sim.start("offer")
    done = sim.hand_over("bob", "cid", actor="boss")
    assert set(done.refused) == {first, second}
    assert done.done == (offered,)
    assert "both sign 'sign'" in done.refused[first]
    [open_] = sim.tasks(offered)
    assert open_.candidate_users == ("cid", "ida")
    done = sim.hand_over("bob", "eve", actor="boss")
    assert done.done == (first, second)
    assert waiting(sim) == ["ask:ann", "sign:cid", "sign:cid", "sign:eve", "sign:eve", "take:None"]
    assert third not in done.done


def test_a_refused_operation_writes_nothing(sim: Simulation) -> None:
    key = begin(sim)
    before = len(sim.instance(key).history)
    with pytest.raises(CommandRejected):
        sim.return_task(task(sim, "ann"), actor="ann")
    with pytest.raises(CommandRejected):
        sim.revoke(key, actor="eve")
    assert len(sim.instance(key).history) == before


def test_who_acts_is_stamped_by_the_runtime_whatever_the_command_says(sim: Simulation) -> None:
    key = begin(sim)
    with pytest.raises(CommandRejected, match="only who began"):
        sim.execute(ac.RevokeInstance(key, by="ann"), actor="eve")


class Nobody:
    """A directory in which nobody is known."""

    def check(self, tx: Tx, people: Any) -> None:
        del tx
        raise NotFound(f"nobody knows {', '.join(people)}")


def test_work_is_given_only_to_people_whom_the_directory_knows(sim: Simulation) -> None:
    begin(sim)
    sim.runtime.directory = Nobody()
    with pytest.raises(NotFound, match="nobody knows eve"):
        sim.transfer(task(sim, "ann"), "eve", actor="ann")
    assert waiting(sim) == ["ask:ann"]


def test_instances_are_listed_by_who_began_them(sim: Simulation) -> None:
    key = begin(sim)
    sim.start("request")
    with sim.store.read() as tx:
        assert [one.key for one in queries.instances(tx, initiator="ann")] == [key]
