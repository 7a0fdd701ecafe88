"""Standing in for another: it never widens, ends in time, and never reaches what the other prepared."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from mainspring.engine import commands
from mainspring.engine.events import Actor
from mainspring.govern import identity, proxies
from mainspring.govern.approval import Subject
from mainspring.govern.approvals import Approvals
from mainspring.govern.errors import ApprovalError, ProxyError, UnknownPersonError
from mainspring.govern.guard import RuntimeGuard
from mainspring.govern.identity import Person
from mainspring.govern.policies import default_policies
from mainspring.govern.principal import Principal
from mainspring.govern.requirement import Requirement
from mainspring.govern.tables import acts, approval_answers
from mainspring.runtime.errors import Denied
from mainspring.runtime.guard import Facts, TaskFacts
from mainspring.store import Store, Tx

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
KEYS = count(1).__next__
ANNA = Principal("person", "anna")
ONE = Requirement("confirm", 1, "approver", "one", "money")
TWO = ONE._replace(confirmations=2)


@pytest.fixture
def staffed(store: Store) -> Store:
    with store.write() as tx:
        for name, roles in (("anna", {"approver"}), ("bo", {"worker"}), ("cai", {"approver", "worker"})):
            identity.add_person(tx, Person(name, name.title(), roles=frozenset(roles)), now=NOW)
    return store


def lend(tx: Tx, person: str = "anna", stand_in: str = "bo", **changes: object) -> proxies.Proxy:
    by = Principal("person", person)
    given = {"until": NOW + WEEK, "by": by, "now": NOW, "keys": KEYS, **changes}
    return proxies.grant(tx, person, stand_in, **given)  # type: ignore[arg-type]  # as the tests change them


def asked(tx: Tx, approvals: Approvals, preparer: str, needed: Requirement = ONE) -> tuple[int, str]:
    subject = Subject(
        "pay.refund", {"total": 9}, None, None, Principal("person", preparer), frozenset({preparer})
    )
    return approvals.request(tx, subject, needed, now=NOW).key, subject.digest


def test_a_stand_in_has_the_other_s_rights_and_not_their_own_beside(staffed: Store) -> None:
    with staffed.write() as tx:
        lend(tx)
        found = proxies.acting(tx, "bo", "anna", now=NOW)
    assert (found.id, found.on_behalf_of, found.roles) == ("bo", "anna", frozenset({"approver"}))


def test_it_begins_and_ends_in_time_and_only_in_the_processes_named(staffed: Store) -> None:
    with staffed.write() as tx:
        lend(tx, since=NOW + timedelta(days=1), processes=["refunds"])
        later = NOW + timedelta(days=2)
        assert proxies.acting(tx, "bo", "anna", now=later, process_id="refunds").id == "bo"
        for at, process in ((NOW, "refunds"), (later, "orders"), (later, None), (NOW + WEEK, "refunds")):
            with pytest.raises(ProxyError):
                proxies.acting(tx, "bo", "anna", now=at, process_id=process)


def test_ending_it_early_ends_it_at_once_and_both_are_on_record(staffed: Store) -> None:
    with staffed.write() as tx:
        made = lend(tx)
        proxies.end(tx, made.key, by=ANNA, now=NOW + timedelta(hours=1))
        with pytest.raises(ProxyError):
            proxies.acting(tx, "bo", "anna", now=NOW + timedelta(hours=2))
        with pytest.raises(ProxyError, match="any more"):
            proxies.end(tx, made.key, by=ANNA, now=NOW + timedelta(hours=2))
        tx.flush()
        said = [row.act for row in tx.all(select(acts).order_by(acts.c.position)) if row.subject == "anna"]
    assert said[-2:] == ["proxy_granted", "proxy_ended"]


def test_what_is_lent_is_not_passed_on(staffed: Store) -> None:
    with staffed.write() as tx:
        lend(tx, "anna", "bo")
        lend(tx, "bo", "cai")
        with pytest.raises(ProxyError):
            proxies.acting(tx, "cai", "anna", now=NOW)
        lent = proxies.acting(tx, "bo", "anna", now=NOW)
        with pytest.raises(ProxyError, match="in their own name"):
            lend(tx, "anna", "cai", by=lent)


def test_a_role_that_the_other_lost_is_lost_for_the_stand_in_at_once(staffed: Store) -> None:
    with staffed.write() as tx:
        lend(tx)
        identity.add_person(tx, Person("anna", "Anna"), now=NOW)
        assert proxies.acting(tx, "bo", "anna", now=NOW).roles == frozenset()
        identity.add_person(tx, Person("anna", "Anna", active=False), now=NOW)
        with pytest.raises(UnknownPersonError):
            proxies.acting(tx, "bo", "anna", now=NOW)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"stand_in": "anna"}, "themselves"),
        ({"until": NOW}, "before it begins"),
        ({"until": NOW + timedelta(days=400)}, "longer"),
        ({"by": Principal("agent", "clerk")}, "only a person"),
    ],
)
def test_a_stand_in_that_makes_no_sense_is_refused(
    staffed: Store, changes: dict[str, object], match: str
) -> None:
    with staffed.write() as tx, pytest.raises(ProxyError, match=match):
        lend(tx, **changes)  # type: ignore[arg-type]  # as the table says


def test_an_agent_never_stands_in(staffed: Store) -> None:
    with staffed.write() as tx, pytest.raises(UnknownPersonError):
        lend(tx, "anna", "order_clerk")


def test_a_stand_in_confirms_with_the_other_s_role(staffed: Store) -> None:
    approvals = Approvals(keys=KEYS)
    with staffed.write() as tx:
        lend(tx)
        key, digest = asked(tx, approvals, "wei")
        with pytest.raises(ApprovalError, match="does not hold"):
            approvals.approve(tx, key, identity.principal(tx, "bo"), digest=digest, now=NOW)
        lent = proxies.acting(tx, "bo", "anna", now=NOW)
        assert approvals.approve(tx, key, lent, digest=digest, now=NOW).state == "approved"
        row = tx.one(select(approval_answers))
    assert row is not None
    assert (row.person, row.on_behalf_of) == ("bo", "anna")


def test_a_stand_in_for_some_processes_confirms_nothing_of_others(staffed: Store) -> None:
    approvals = Approvals(keys=KEYS)
    with staffed.write() as tx:
        lend(tx, processes=["refunds"])
        key, digest = asked(tx, approvals, "wei")
        lent = proxies.acting(tx, "bo", "anna", now=NOW, process_id="refunds")
        with pytest.raises(ApprovalError, match="here and now"):
            approvals.approve(tx, key, lent, digest=digest, now=NOW)


def test_nobody_confirms_in_the_place_of_who_prepared_it(staffed: Store) -> None:
    approvals = Approvals(keys=KEYS)
    with staffed.write() as tx:
        lend(tx)
        key, digest = asked(tx, approvals, "anna")
        lent = proxies.acting(tx, "bo", "anna", now=NOW)
        with pytest.raises(ApprovalError, match="in their place"):
            approvals.approve(tx, key, lent, digest=digest, now=NOW)


def test_the_preparer_s_stand_in_does_not_confirm_with_a_role_of_their_own_either(staffed: Store) -> None:
    approvals = Approvals(keys=KEYS)
    with staffed.write() as tx:
        made = lend(tx, "anna", "cai")
        key, digest = asked(tx, approvals, "anna")
        proxies.end(tx, made.key, by=ANNA, now=NOW + timedelta(hours=1))
        with pytest.raises(ApprovalError, match="stands in for anna"):
            approvals.approve(
                tx, key, identity.principal(tx, "cai"), digest=digest, now=NOW + timedelta(hours=2)
            )


def test_the_preparer_does_not_confirm_in_another_s_place(staffed: Store) -> None:
    approvals = Approvals(keys=KEYS)
    with staffed.write() as tx:
        lend(tx, "anna", "bo")
        key, digest = asked(tx, approvals, "bo")
        lent = proxies.acting(tx, "bo", "anna", now=NOW)
        with pytest.raises(ApprovalError, match="prepared it"):
            approvals.approve(tx, key, lent, digest=digest, now=NOW)


def test_one_authority_counts_once_whoever_uses_it(staffed: Store) -> None:
    approvals = Approvals(keys=KEYS)
    with staffed.write() as tx:
        lend(tx)
        key, digest = asked(tx, approvals, "wei", TWO)
        approvals.approve(tx, key, identity.principal(tx, "anna"), digest=digest, now=NOW)
        lent = proxies.acting(tx, "bo", "anna", now=NOW)
        with pytest.raises(ApprovalError, match="counts already"):
            approvals.approve(tx, key, lent, digest=digest, now=NOW)
        after = approvals.approve(tx, key, identity.principal(tx, "cai"), digest=digest, now=NOW)
    assert (after.state, after.confirmed_by) == ("approved", ("anna", "cai"))


def check(store: Store, actor: Actor, command: object, facts: Facts) -> None:
    guard = RuntimeGuard(default_policies(), clock=lambda: NOW)
    with store.read() as tx:
        guard.check(tx, actor, command, facts)


def test_a_stand_in_does_the_tasks_that_ask_for_the_other_and_nothing_else(staffed: Store) -> None:
    with staffed.write() as tx:
        lend(tx, processes=["refunds"])
    lent = Actor("person", "bo", "anna")
    task = TaskFacts(5, "task", "Check", "anna", (), (), {})
    facts = Facts(instance=1, process_id="refunds", element="check", task=task)
    check(staffed, lent, commands.CompleteTask(5, {}), facts)
    with pytest.raises(Denied, match="here and now"):
        check(staffed, lent, commands.CompleteTask(5, {}), facts._replace(process_id="orders"))
    with pytest.raises(Denied, match="in the place of another"):
        check(staffed, lent, commands.CancelInstance(1), facts)
    with pytest.raises(Denied):
        check(staffed, Actor("person", "bo"), commands.CompleteTask(5, {}), facts)


def test_a_denied_command_is_on_record_though_its_transaction_came_to_nothing(staffed: Store) -> None:
    guard = RuntimeGuard(default_policies(), store=staffed, clock=lambda: NOW)
    with pytest.raises(Denied), staffed.write() as tx:
        guard.check(tx, Actor("person", "bo"), commands.CancelInstance(1), Facts(7, "refunds", "check"))
    with staffed.read() as tx:
        found = [row for row in tx.all(select(acts)) if row.act == "denied"]
    assert [(row.actor_id, row.subject, row.instance) for row in found] == [("bo", "CancelInstance", 7)]
    assert "no policy permits it" in found[0].detail["because"]
