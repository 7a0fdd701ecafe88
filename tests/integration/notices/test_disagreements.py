"""People who correct a digital employee differently: whoever may settle it hears of it, once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.agents.tables import corrections
from mainspring.app import employee_learning
from mainspring.app.house import House
from mainspring.app.notices import by_mail, subjects
from mainspring.app.opening import open_or_create
from mainspring.govern import identity
from mainspring.services.tables.contact import outbox


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    with opened.store.write() as tx:
        owner = identity.person(tx, "owner")._replace(email="owner@firm.example", language="en")
        identity.add_person(tx, owner, now=opened.clock())
    yield opened
    opened.close()


def correct(house: House, person: str, sku: str) -> int:
    quoted = [{"lines": [{"line": 1, "text": "blue knob", "sku": each}]} for each in (None, sku)]
    key = house.keys()
    row = {"correction": key, "at": house.clock(), "job": house.keys(), "instance": 1, "person": person}
    said = {"agent": "order_clerk", "skill": "write_quote", "draft": quoted[0], "answer": quoted[1]}
    with house.store.write() as tx:
        tx.insert(corrections, {**row, **said, "withdrawn_at": None, "withdrawn_by": None})
    return key


def told(house: House) -> list[subjects.Subject]:
    with house.store.read() as tx:
        return [one for one in subjects.fresh(house, tx, {}) if one.kind == "disagreement"]


def letters(house: House) -> list[Any]:
    with house.store.read() as tx:
        return list(tx.all(select(outbox).where(outbox.c.kind == "notice")))


def test_two_people_who_disagree_are_news_for_those_who_settle_it(house: House) -> None:
    correct(house, "sales-1", "KN-BLUE")
    assert told(house) == []
    correct(house, "sales-2", "KN-AZURE")
    (one,) = told(house)
    assert one.words["en"] == 'Order clerk: sales-1, sales-2 corrected the sku of "blue knob" differently'
    assert "改法不一" in one.words["zh"]
    assert one.path == "/team/order_clerk/learned"
    with house.store.read() as tx:
        meant = {
            who.id for who in identity.everybody(tx) if subjects.meant(one, identity.principal(tx, who.id))
        }
    assert "owner" in meant
    assert not meant & {"sales-1", "sales-2"}


def test_the_owner_gets_one_letter_about_it_unasked(house: House) -> None:
    correct(house, "sales-1", "KN-BLUE")
    correct(house, "sales-2", "KN-AZURE")
    assert (by_mail.write(house), by_mail.write(house)) == (1, 0)
    (letter,) = letters(house)
    assert letter.recipient == "owner@firm.example"
    assert "blue knob" in letter.body


def test_it_is_news_again_only_when_somebody_else_joins_in(house: House) -> None:
    correct(house, "sales-1", "KN-BLUE")
    correct(house, "sales-2", "KN-AZURE")
    (first,) = told(house)
    correct(house, "sales-1", "KN-BLUE")
    assert [one.id for one in told(house)] == [first.id]
    correct(house, "sales-3", "KN-AZURE")
    assert [one.id for one in told(house)] != [first.id]


def test_a_disagreement_that_was_settled_or_is_old_is_no_news(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = correct(house, "sales-1", "KN-BLUE")
    correct(house, "sales-2", "KN-AZURE")
    later = house.clock() + timedelta(days=2)
    with monkeypatch.context() as patch:
        patch.setattr(house, "clock", lambda: later)
        assert told(house) == []
    with house.store.read() as tx:
        owner = identity.principal(tx, "owner")
    employee_learning.withdraw(house, "order_clerk", wrong, by=owner)
    assert told(house) == []
