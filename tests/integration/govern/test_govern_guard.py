"""The runtime's guard: every command is known to it, and the policies decide with the roles held now."""

import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from mainspring.engine import approval_commands, commands
from mainspring.engine.events import SYSTEM, Actor
from mainspring.govern import identity
from mainspring.govern.guard import ACTIONS, RuntimeGuard
from mainspring.govern.identity import Person
from mainspring.govern.policies import default_policies
from mainspring.runtime.errors import Denied
from mainspring.runtime.guard import Deploy, Facts, Start, TaskFacts
from mainspring.store import Store, open_store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PARTS = {"TaskSpec"}  # a part of a command, not one
CLERK = Actor("agent", "clerk")
WEI = Actor("person", "wei")
OLGA = Actor("person", "olga")
FACTS = Facts(instance=1, process_id="l2c", element="check")


def staff(store: Store) -> None:
    with store.write() as tx:
        for person in (
            Person("wei", "Wei", roles=frozenset({"worker"}), groups=frozenset({"sales"})),
            Person("olga", "Olga", roles=frozenset({"process_owner"})),
            Person("gone", "Gone", roles=frozenset({"process_owner"}), active=False),
        ):
            identity.add_person(tx, person, now=NOW)


@pytest.fixture(scope="module")
def staffed() -> Iterator[Store]:
    store = open_store("sqlite://", "t1")
    staff(store)
    yield store
    store.close()


def allowed(store: Store, actor: Actor, command: Any, facts: Facts = FACTS) -> bool:
    guard = RuntimeGuard(default_policies())
    with store.read() as tx:
        try:
            guard.check(tx, actor, command, facts)
        except Denied:
            return False
    return True


def task(assignee: str | None = None, users: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> Facts:
    return FACTS._replace(task=TaskFacts(5, "task", "Check", assignee, users, groups, {}))


DONE = commands.CompleteTask(5, {})


def test_every_command_of_the_engine_has_an_action() -> None:
    found = {
        name
        for module in (commands, approval_commands)
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__ and name not in PARTS
    }
    assert found - {kind.__name__ for kind in ACTIONS} == set()


def test_a_command_that_nobody_knows_is_denied(staffed: Store) -> None:
    assert not allowed(staffed, SYSTEM, object())


@pytest.mark.parametrize(
    ("actor", "command", "answer"),
    [
        (SYSTEM, Deploy(("a.bpmn",)), True),
        (OLGA, Deploy(("a.bpmn",)), True),
        (WEI, Deploy(("a.bpmn",)), False),
        (CLERK, Deploy(("a.bpmn",)), False),
        (WEI, Start("l2c", {}), True),
        (CLERK, Start("l2c", {}), False),
        (CLERK, commands.CompleteJob(1, {}), True),
        (WEI, commands.CompleteJob(1, {}), False),
        (SYSTEM, commands.FireTimer(1), True),
        (CLERK, commands.FireTimer(1), False),
        (OLGA, commands.CancelInstance(1), True),
        (WEI, commands.CancelInstance(1), False),
        (OLGA, commands.ResolveIncident(1), True),
        (Actor("person", "nobody"), Start("l2c", {}), False),
        (Actor("person", "gone"), commands.CancelInstance(1), False),
        (Actor("robot", "r"), commands.CompleteJob(1, {}), False),
    ],
)
def test_the_default_policies_decide(staffed: Store, actor: Actor, command: Any, answer: bool) -> None:  # noqa: FBT001 - a column of the table
    assert allowed(staffed, actor, command) is answer


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        (task(), True),
        (task(assignee="wei"), True),
        (task(assignee="olga"), False),
        (task(users=("wei",)), True),
        (task(users=("olga",)), False),
        (task(groups=("sales",)), True),
        (task(groups=("worker",)), True),
        (task(groups=("finance",)), False),
        (task(assignee="olga", groups=("sales",)), False),
    ],
)
def test_a_task_is_done_by_those_it_asks(staffed: Store, facts: Facts, answer: bool) -> None:  # noqa: FBT001 - a column of the table
    assert allowed(staffed, WEI, DONE, facts) is answer


def test_an_agent_never_answers_a_task(staffed: Store) -> None:
    assert not allowed(staffed, CLERK, DONE, task())
    assert not allowed(staffed, SYSTEM, DONE, task())


@pytest.mark.parametrize(
    ("command", "facts", "answer"),
    [
        (commands.ClaimTask(5, "wei"), task(groups=("sales",)), True),
        (commands.ClaimTask(5, "olga"), task(groups=("sales",)), False),
        (commands.AssignTask(5, "olga"), task(assignee="wei"), True),
        (commands.AssignTask(5, "wei"), task(assignee="olga"), False),
        (commands.AssignTask(5, None), task(assignee="wei"), True),
    ],
)
def test_a_task_is_taken_for_oneself_or_handed_on_by_who_has_it(
    staffed: Store,
    command: Any,
    facts: Facts,
    answer: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert allowed(staffed, WEI, command, facts) is answer


def test_a_role_that_was_taken_away_counts_no_more(store: Store) -> None:
    staff(store)
    assert allowed(store, OLGA, commands.CancelInstance(1))
    with store.write() as tx:
        identity.add_person(tx, Person("olga", "Olga"), now=NOW)
    assert not allowed(store, OLGA, commands.CancelInstance(1))


def test_a_denial_names_the_rule(staffed: Store) -> None:
    with staffed.read() as tx, pytest.raises(Denied, match="owners-run"):
        RuntimeGuard(default_policies()).check(tx, WEI, commands.CancelInstance(1), FACTS)
