"""Letters about confirmations: to everyone who may answer, once, with a link that does nothing by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mainspring.app import confirmation_mail, confirming
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.govern import identity
from mainspring.govern.approval import Subject
from mainspring.govern.principal import Principal
from mainspring.govern.requirement import Requirement
from mainspring.services.tables.contact import outbox

NEEDED = Requirement("confirm", 1, "approver", "one", "Money needs a second person")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


def asked(house: House, preparer: str) -> int:
    subject = Subject(
        "refunds.approve", {"total": 9}, None, None, Principal("person", preparer), frozenset({preparer})
    )
    with house.store.write() as tx:
        for number in (1, 2):
            name = f"finance-manager-{number}"
            person = identity.person(tx, name)._replace(email=f"{name}@example.org")
            identity.add_person(tx, person, now=house.clock())
        return house.approvals.request(tx, subject, NEEDED, now=house.clock()).key


def test_everyone_who_may_confirm_gets_one_letter_and_the_preparer_none(house: House) -> None:
    key = asked(house, "finance-manager-1")
    assert confirmation_mail.write(house, "https://work.example.com/") == 1
    assert confirmation_mail.write(house, "https://work.example.com/") == 0
    with house.store.read() as tx:
        (letter,) = tx.all(select(outbox))
    assert letter.recipient == "finance-manager-2@example.org"
    assert f"https://work.example.com/approvals/{key}\n" in letter.body
    assert "请登录后查看" in letter.body
    assert "?" not in letter.body.partition("https://")[2].partition("\n")[0], (
        "the link bears nothing but the key"
    )


def test_a_request_waits_for_those_of_its_role_who_did_not_prepare_it(house: House) -> None:
    key = asked(house, "finance-manager-1")
    with house.store.read() as tx:
        waits = {
            name: [one.key for one in confirming.waiting(house, tx, identity.principal(tx, name))]
            for name in ("finance-manager-1", "finance-manager-2", "sales-1")
        }
    assert waits == {"finance-manager-1": [], "finance-manager-2": [key], "sales-1": []}


def test_a_request_outside_any_process_is_answered_directly(house: House) -> None:
    key = asked(house, "finance-manager-1")
    with house.store.write() as tx:
        person = identity.principal(tx, "finance-manager-2")
        digest = house.approvals.get(tx, key).digest
        after = confirming.answer(house, tx, key, person, approved=True, digest=digest)
    assert (after.state, after.confirmed_by) == ("approved", ("finance-manager-2",))
