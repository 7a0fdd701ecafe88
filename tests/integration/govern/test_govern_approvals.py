"""Approvals under any order of requests, answers, uses and time: a state machine, and a race."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from threading import Thread

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from mainspring.govern.approval import Subject
from mainspring.govern.approvals import Approvals
from mainspring.govern.errors import ApprovalError
from mainspring.govern.principal import Principal
from mainspring.govern.requirement import Requirement
from mainspring.govern.tables import approval_steps
from mainspring.store import Store, open_store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
AGENT = Principal("agent", "clerk")
TWO = Requirement("confirm", 2, "approver", "two", "much money")
PEOPLE = [
    Principal("person", "anna", frozenset({"approver"})),
    Principal("person", "bo", frozenset({"approver"})),
    Principal("person", "cai", frozenset(), frozenset({"approver"})),
    Principal("person", "preparer", frozenset({"approver"})),
    Principal("person", "wei", frozenset({"worker"})),
    Principal("agent", "clerk", frozenset({"approver"})),
]
MAY = {"anna", "bo", "cai"}


def subject(total: str = "900", element_key: int = 1) -> Subject:
    return Subject(
        "pay.refund",
        {"total": Decimal(total)},
        Decimal(total),
        None,
        AGENT,
        frozenset({"clerk", "preparer"}),
        instance=7,
        element_key=element_key,
    )


class ApprovalMachine(RuleBasedStateMachine):
    """Whatever happens, what is used was confirmed by two who may, within its time, and once."""

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store("sqlite://", "t1")
        numbers = count(1)
        self.approvals = Approvals(keys=lambda: next(numbers), lives=timedelta(hours=10))
        self.now = NOW

    def teardown(self) -> None:
        self.store.close()

    @initialize()
    def ask(self) -> None:
        with self.store.write() as tx:
            request = self.approvals.request(tx, subject(), TWO, now=self.now)
        self.key, self.expires = request.key, request.expires_at
        self.yes: set[str] = set()
        self.used = self.refused = False

    @rule(hours=st.integers(1, 6))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        with self.store.write() as tx:
            self.approvals.expire(tx, now=self.now)

    @rule(person=st.sampled_from(PEOPLE), right=st.booleans())
    def approve(self, person: Principal, right: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        digest = subject().digest if right else subject("901").digest
        allowed = (
            right
            and person.id in MAY
            and person.id not in self.yes
            and len(self.yes) < 2
            and not self.refused
            and self.now < self.expires
        )
        with self.store.write() as tx:
            if allowed:
                self.approvals.approve(tx, self.key, person, digest=digest, now=self.now)
                self.yes.add(person.id)
            else:
                with pytest.raises(ApprovalError):
                    self.approvals.approve(tx, self.key, person, digest=digest, now=self.now)

    @rule(person=st.sampled_from(PEOPLE[:1]))
    def refuse(self, person: Principal) -> None:
        open_now = (
            len(self.yes) < 2 and not self.refused and person.id not in self.yes and self.now < self.expires
        )
        with self.store.write() as tx:
            if open_now:
                self.approvals.refuse(tx, self.key, person, digest=subject().digest, now=self.now)
                self.refused = True
            else:
                with pytest.raises(ApprovalError):
                    self.approvals.refuse(tx, self.key, person, digest=subject().digest, now=self.now)

    @rule(fails=st.booleans())
    def use(self, fails: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        with self.store.write() as tx:
            approval = self.approvals.get(tx, self.key)
            usable = len(self.yes) == 2 and not self.used and not self.refused and self.now < self.expires
            if not usable:
                with pytest.raises(ApprovalError):
                    self.approvals.reserve(tx, approval, subject().digest, by=AGENT, now=self.now)
                return
            self.approvals.reserve(tx, approval, subject().digest, by=AGENT, now=self.now)
            if fails:
                self.approvals.release(tx, approval, by=AGENT, now=self.now)
            else:
                self.approvals.consume(tx, approval, by=AGENT, now=self.now)
                self.used = True

    @invariant()
    def the_steps_tell_the_same_story(self) -> None:
        with self.store.read() as tx:
            rows = tx.all(select(approval_steps).order_by(approval_steps.c.position))
        steps = [row.step for row in rows]
        assert steps[0] == "requested"
        assert {row.actor_id for row in rows if row.step == "approved"} == self.yes
        assert steps.count("consumed") == int(self.used)
        assert steps.count("reserved") == steps.count("released") + steps.count("consumed")


TestApprovalMachine = ApprovalMachine.TestCase
TestApprovalMachine.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


def test_of_two_who_reserve_the_same_approval_one_gets_it(store: Store) -> None:
    approvals = Approvals(keys=iter(range(1, 100)).__next__)
    with store.write() as tx:
        request = approvals.request(tx, subject(), TWO, now=NOW)
        for person in PEOPLE[:2]:
            approvals.approve(tx, request.key, person, digest=request.digest, now=NOW)
    with store.write() as tx:
        seen = approvals.get(tx, request.key)
        also_seen = approvals.get(tx, request.key)
        approvals.reserve(tx, seen, request.digest, by=AGENT, now=NOW)
        with pytest.raises(ApprovalError, match="no longer approved"):
            approvals.reserve(tx, also_seen, request.digest, by=AGENT, now=NOW)


def test_asking_the_same_again_gives_the_same_request(store: Store) -> None:
    approvals = Approvals(keys=iter(range(1, 100)).__next__)
    with store.write() as tx:
        first = approvals.request(tx, subject(), TWO, now=NOW)
        assert approvals.request(tx, subject(), TWO, now=NOW) == first
        assert approvals.request(tx, subject(element_key=2), TWO, now=NOW).key != first.key
        assert [each.key for each in approvals.waiting(tx)] == [1, 2]


def test_a_request_shows_people_what_they_answer(store: Store) -> None:
    approvals = Approvals(keys=iter(range(1, 100)).__next__)
    with store.write() as tx:
        payload = approvals.request(tx, subject(), TWO, now=NOW).payload()
    assert payload["digest"] == subject().digest
    assert (payload["operation"], payload["arguments"]) == ("pay.refund", {"total": Decimal(900)})
    assert (payload["confirmations"], payload["role"], payload["prepared_by"]) == (2, "approver", "clerk")


def test_an_unknown_approval_cannot_be_answered(store: Store) -> None:
    approvals = Approvals(keys=iter(range(1, 100)).__next__)
    with store.write() as tx, pytest.raises(ApprovalError, match="no approval"):
        approvals.approve(tx, 5, PEOPLE[0], digest="", now=NOW)


def test_of_two_who_confirm_at_the_same_time_both_count(store: Store) -> None:
    approvals = Approvals(keys=iter(range(1, 100)).__next__)
    with store.write() as tx:
        request = approvals.request(tx, subject(), TWO, now=NOW)

    def second() -> None:
        with store.write() as tx:
            approvals.approve(tx, request.key, PEOPLE[1], digest=request.digest, now=NOW)

    other = Thread(target=second)
    with store.write() as tx:
        approvals.approve(tx, request.key, PEOPLE[0], digest=request.digest, now=NOW)
        other.start()  # waits until this transaction ends
    other.join()
    with store.read() as tx:
        assert approvals.get(tx, request.key).state == "approved"
