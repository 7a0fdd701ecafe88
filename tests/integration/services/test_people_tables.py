"""Tables that people make: typed rows, filters, fields that a skill fills in batches and people review."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from mainspring.app.errors import NotReadyError
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.app.tables import files, filling
from mainspring.app.tables.calls import call
from mainspring.govern import identity
from mainspring.govern.principal import Principal
from mainspring.services.errors import RuleBrokenError
from mainspring.testing.trading import TradingDesk

FIELDS = [
    {"name": "text"},
    {"name": "count", "sort": "number"},
    {
        "name": "topic",
        "sort": "choice",
        "options": ["price", "delivery"],
        "fill_from": ["text"],
        "alone_from": 0.6,
    },
]
KNOWN = [
    {"text": f"{words} {n}", "topic": topic}
    for n in range(12)
    for words, topic in (
        ("what does it cost, the price please", "price"),
        ("when will it arrive", "delivery"),
    )
]


def defined(desk: TradingDesk) -> None:
    desk.call("tables.define", sheet="asked", title="Questions", fields=FIELDS)


def test_cells_are_kept_by_their_type_and_wrong_ones_refused(desk: TradingDesk) -> None:
    defined(desk)
    desk.call("tables.put", sheet="asked", rows=[{"text": "a", "count": "1,200.50"}])
    (row,) = desk.call("tables.rows", sheet="asked").rows
    assert row.cells == {"text": "a", "count": Decimal("1200.50")}
    for cells, said in (
        ({"count": "many"}, "is not a number"),
        ({"topic": "taste"}, "is not one of price, delivery"),
        ({"colour": "red"}, "no field colour"),
    ):
        with pytest.raises(RuleBrokenError, match=said):
            desk.call("tables.put", sheet="asked", rows=[cells])


def test_rows_are_changed_by_number_and_read_by_conditions_in_pages(desk: TradingDesk) -> None:
    defined(desk)
    desk.call("tables.put", sheet="asked", rows=[{"text": f"Bolt {n}", "count": n} for n in range(5)])
    desk.call("tables.put", sheet="asked", rows=[{"topic": "price"}], numbers=[3])
    where = [{"field": "topic", "like": "filled"}, {"field": "text", "like": "has", "value": "bolt"}]
    assert [one.row for one in desk.call("tables.rows", sheet="asked", where=where).rows] == [3]
    first = desk.call("tables.rows", sheet="asked", limit=3)
    assert first.last == 3
    rest = desk.call("tables.rows", sheet="asked", limit=3, after=first.last)
    assert ([one.row for one in rest.rows], rest.last) == ([4, 5], None)


def test_no_field_is_lost_when_a_table_changes(desk: TradingDesk) -> None:
    defined(desk)
    with pytest.raises(RuleBrokenError, match="the fields count, topic would be lost"):
        desk.call("tables.define", sheet="asked", title="Questions", fields=FIELDS[:1])


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


@pytest.fixture
def owner(house: House) -> Principal:
    with house.store.read() as tx:
        return identity.principal(tx, "owner")


def test_a_field_is_filled_stopped_gone_on_with_and_reviewed(
    house: House, owner: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "BATCH", 10)
    call(house, owner, "define", sheet="asked", title="Questions", fields=FIELDS)
    with pytest.raises(NotReadyError, match="too few to learn from"):
        filling.cost(house, owner, "asked", "topic")
    asked = [{"text": f"the price of bolt {n}"} for n in range(25)] + [{"text": "zzz"}]
    call(house, owner, "put", sheet="asked", rows=[*KNOWN, *asked])
    assert (
        filling.cost(house, owner, "asked", "topic").rows,
        filling.cost(house, owner, "asked", "topic").examples,
    ) == (
        26,
        24,
    )
    batches = filling.fill(house, owner, "asked", "topic")
    assert next(batches).waiting == 26
    assert next(batches).waiting == 16
    call(house, owner, "steer", sheet="asked", field="topic", status="stopped")
    assert list(batches) == []
    *_, last = filling.fill(house, owner, "asked", "topic")
    assert (last.status, last.waiting, last.taken + last.unsure) == ("done", 0, 26)
    (unsure, *_) = call(house, owner, "unsure", sheet="asked", field="topic").guesses
    left = last.unsure
    reviewed = call(house, owner, "review", sheet="asked", field="topic", row=unsure.row, value="delivery")
    assert (reviewed.unsure, reviewed.reviewed) == (left - 1, 1)
    assert filling.cost(house, owner, "asked", "topic").examples == 25


def test_rows_come_in_from_a_spreadsheet_all_or_none(house: House, owner: Principal) -> None:
    call(house, owner, "define", sheet="asked", title="Questions", fields=FIELDS)
    assert files.bring_in(house, owner, "asked", b"text,count\na,1\nb,2\n", "a.csv").rows == 2
    with pytest.raises(RuleBrokenError, match="is not a number"):
        files.bring_in(house, owner, "asked", b"text,count\nc,3\nd,x\n", "b.csv")
    assert call(house, owner, "get", sheet="asked").rows == 2
