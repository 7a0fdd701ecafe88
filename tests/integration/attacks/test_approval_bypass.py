"""Attack: a confirmation of one thing is used for another that is merely written alike."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.gateway import Caller
from mainspring.gateway.errors import ArgumentsInvalid, ReplayConflict, Waiting
from mainspring.govern import identity
from mainspring.govern.approval import Approval
from mainspring.govern.errors import ApprovalError
from mainspring.govern.principal import Principal

GIVEN = {"quote_no": "Q-1", "customer_id": "C-1", "currency": "EUR", "total": "9000.10", "revision": 1}
ELEMENTS = count(100)
PRICER = Caller(Principal("agent", "pricing_clerk"), confidence=Decimal("0.99"), instance=1, element_key=2)


def _attempt(house: House, caller: Caller, arguments: dict[str, Any]) -> BaseException:
    """What a call ends in; none of these can succeed, as there is no such quote."""
    with pytest.raises(MainspringError) as ended:
        house.gateway.perform(house.store, caller, "quotes.confirm", arguments)
    return ended.value


@pytest.fixture
def caller() -> Caller:
    """An employee at an element of its own, so that no other test has asked there."""
    return replace(PRICER, element_key=next(ELEMENTS))


@pytest.fixture
def approved(house: House, caller: Caller) -> Iterator[Approval]:
    """A confirmation that was asked for and given by whom the ladder names."""
    waiting = _attempt(house, caller, GIVEN)
    assert isinstance(waiting, Waiting), waiting
    request = waiting.request
    with house.store.write() as tx:
        holders = sorted(identity.holders(tx, [request.requirement.role]))
        for name in holders[: request.missing]:
            house.gateway.answer(
                tx, request.key, identity.principal(tx, name), approved=True, digest=request.digest
            )
    yield request
    with house.store.write() as tx:
        left = house.approvals.get(tx, request.key)
        assert left.state in {"approved", "consumed", "expired"}


@pytest.mark.parametrize(
    "changed",
    [
        {"total": "9000.11"},
        {"total": "90001.0"},
        {"customer_id": "C-1 "[:3] + "1"},
        {"customer_id": "Ｃ-1"},
        {"customer_id": "c-1"},
        {"customer_id": "C\u20111"},
        {"customer_id": "C-1\u200b"},
        {"quote_no": "Q-2"},
        {"currency": "USD"},
        {"revision": 2},
    ],
)
def test_another_value_is_asked_for_anew_however_alike_it_looks(
    house: House, caller: Caller, approved: Approval, changed: dict[str, Any]
) -> None:
    ended = _attempt(house, caller, GIVEN | changed)
    assert isinstance(ended, Waiting | ArgumentsInvalid), ended
    if isinstance(ended, Waiting):
        assert ended.request.key != approved.key
        assert ended.request.digest != approved.digest


@pytest.mark.parametrize(
    "same",
    [
        dict(reversed(GIVEN.items())),
        GIVEN | {"total": "9000.1"},
        GIVEN | {"total": Decimal("9000.100")},
        GIVEN | {"total": "9.0001e3"},
        {name: value for name, value in GIVEN.items() if name != "revision"},
    ],
)
def test_the_same_values_written_otherwise_are_the_same_call(
    house: House, caller: Caller, approved: Approval, same: dict[str, Any]
) -> None:
    assert approved
    ended = _attempt(house, caller, same)
    assert not isinstance(ended, Waiting), ended  # it got as far as the books, which know no such quote


@pytest.mark.parametrize(
    "more", [{"approval": 1}, {"digest": "0" * 64}, {"approved": True}, {"confirmed_by": ["owner"]}]
)
def test_a_call_cannot_bring_its_own_confirmation(house: House, more: dict[str, Any]) -> None:
    assert isinstance(_attempt(house, PRICER, GIVEN | more), ArgumentsInvalid)


def test_a_confirmation_is_not_another_agents_nor_another_places(house: House, approved: Approval) -> None:
    elsewhere = _attempt(house, replace(PRICER, element_key=next(ELEMENTS)), GIVEN)
    assert isinstance(elsewhere, Waiting)
    assert elsewhere.request.key != approved.key


def test_a_digest_of_something_else_confirms_nothing(house: House) -> None:
    waiting = _attempt(house, PRICER, GIVEN | {"quote_no": "Q-9"})
    assert isinstance(waiting, Waiting)
    with house.store.write() as tx:
        someone = min(identity.holders(tx, [waiting.request.requirement.role]))
        person = identity.principal(tx, someone)
        for digest in ("", "0" * 64, waiting.request.digest.upper(), waiting.request.digest[:-1]):
            with pytest.raises(ApprovalError):
                house.gateway.answer(tx, waiting.request.key, person, approved=True, digest=digest)


def test_an_idempotency_key_does_not_carry_an_answer_to_other_arguments(house: House) -> None:
    caller = replace(PRICER, element_key=next(ELEMENTS), idempotency_key="k-1")
    first = _attempt(house, caller, GIVEN)
    second = _attempt(house, caller, GIVEN | {"total": "9999.99"})
    assert isinstance(first, Waiting)
    assert isinstance(second, Waiting | ReplayConflict)
    if isinstance(second, Waiting):
        assert first.request.digest != second.request.digest
