"""Fields that skills and models fill: extract, match, score, write; what waits, what stops, who goes on."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mainspring.agents.models import ModelUnavailable, Profile
from mainspring.app.errors import NotReadyError
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.app.tables import calls, filling
from mainspring.app.tables.background import Filler
from mainspring.app.tables.calls import call
from mainspring.govern import identity
from mainspring.govern.principal import Principal
from mainspring.services.errors import RuleBrokenError
from mainspring.services.sheets.shapes import WindowQuery
from mainspring.testing.model_endpoint import ModelEndpoint, Says, Status

GOODS: list[dict[str, Any]] = [
    {"sku": "B-30", "name": "Hexagon bolt M8x30"},
    {"sku": "B-40", "name": "Hexagon bolt M8x40"},
    {"sku": "W-8", "name": "Washer 8 mm"},
]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


@pytest.fixture
def owner(house: House) -> Principal:
    with house.store.read() as tx:
        return identity.principal(tx, "owner")


def made(
    house: House, owner: Principal, fields: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> None:
    call(house, owner, "define", sheet="asked", title="Asked", fields=fields)
    call(house, owner, "put", sheet="asked", rows=rows)


def cell(house: House, owner: Principal, row: int, field: str) -> Any:
    rows = calls.window(house, owner, WindowQuery(sheet="asked", first=row - 1, count=1)).rows
    return rows[0].cells.get(field)


def test_a_number_is_extracted_as_the_filled_rows_show(house: House, owner: Principal) -> None:
    fields: list[dict[str, Any]] = [
        {"name": "text"},
        {"name": "pieces", "sort": "number", "fill": "extract", "fill_from": ["text"]},
    ]
    shown = [{"text": f"order {n}, {n * 3} pieces please", "pieces": n * 3} for n in range(5, 12)]
    made(house, owner, fields, [*shown, {"text": "order 99, 1,250 pieces please"}, {"text": "hello"}])
    *_, last = filling.fill(house, owner, "asked", "pieces")
    assert (last.taken, last.unsure) == (1, 1)
    assert cell(house, owner, 8, "pieces") == Decimal(1250)


def test_a_wording_is_matched_with_a_product_of_the_firm(house: House, owner: Principal) -> None:
    calls.put(house, owner, "products", GOODS)
    link = {"name": "product", "sort": "link", "table": "products", "fill": "match", "fill_from": ["text"]}
    made(house, owner, [{"name": "text"}, link], [{"text": "washer 8 mm"}, {"text": "something else"}])
    *_, last = filling.fill(house, owner, "asked", "product")
    assert (cell(house, owner, 1, "product"), last.unsure) == ("W-8", 1)
    with pytest.raises(RuleBrokenError, match="X-9 is in no row of products"):
        call(house, owner, "put", sheet="asked", rows=[{"text": "x", "product": "X-9"}])


def test_the_chance_of_a_yes_is_a_score(house: House, owner: Principal) -> None:
    fields: list[dict[str, Any]] = [
        {"name": "source"},
        {"name": "won", "sort": "flag"},
        {
            "name": "chance",
            "sort": "number",
            "fill": "score",
            "fill_from": ["source"],
            "outcome": "won",
            "alone_from": 0,
        },
    ]
    known = [{"source": "fair", "won": "yes"}] * 20 + [{"source": "advertisement", "won": "no"}] * 20
    made(house, owner, fields, [*known, {"source": "fair"}, {"source": "advertisement"}])
    *_, last = filling.fill(house, owner, "asked", "chance")
    assert last.unsure == 0
    assert cell(house, owner, 41, "chance") > 60
    assert cell(house, owner, 42, "chance") < 40


def by_model(house: House, endpoint: ModelEndpoint) -> House:
    profile = Profile(
        base_url=endpoint.base_url,
        model="scripted",
        networks=("127.0.0.0/8",),
        seconds=5.0,
        price_in=Decimal(10),
    )
    return replace(house, models={"main": profile})


WRITTEN: list[dict[str, Any]] = [
    {"name": "name"},
    {"name": "copy", "fill": "write", "fill_from": ["name"], "wish": "one sentence"},
]


def test_a_model_writes_a_draft_for_each_row_that_a_person_accepts(house: House, owner: Principal) -> None:
    made(house, owner, WRITTEN, [{"name": "Washer"}, {"name": "Bolt"}])
    with pytest.raises(NotReadyError, match="no model is set"):
        filling.cost(house, owner, "asked", "copy")
    with ModelEndpoint([Says('{"text": "A fine thing."}')] * 2) as endpoint:
        asking = by_model(house, endpoint)
        told = filling.cost(asking, owner, "asked", "copy")
        assert (told.rows, told.money > 0, endpoint.heard) == (2, True, "[]")
        *_, last = filling.fill(asking, owner, "asked", "copy")
        assert (last.unsure, last.taken) == (2, 0)
        assert "one sentence" in endpoint.heard
    first = filling.unsure(house, owner, "asked", "copy")[0]
    assert (first["value"], first["cells"]["name"]) == ("A fine thing.", "Washer")
    state = call(house, owner, "review", sheet="asked", field="copy", row=1, value="Better words.")
    assert (cell(house, owner, 1, "copy"), state.unsure) == ("Better words.", 1)


def test_a_model_that_is_down_stops_the_filling_and_nothing_is_lost(house: House, owner: Principal) -> None:
    made(house, owner, WRITTEN, [{"name": "Washer"}, {"name": "Bolt"}])
    with ModelEndpoint([Says('{"text": "A."}'), Status(503)]) as endpoint, pytest.raises(ModelUnavailable):
        list(filling.fill(by_model(house, endpoint), owner, "asked", "copy"))
    state = call(house, owner, "state", sheet="asked", field="copy")
    assert (state.status, state.unsure, state.waiting) == ("stopped", 1, 1)


TOPICS: list[dict[str, Any]] = [
    {"name": "text"},
    {"name": "topic", "sort": "choice", "options": ["price", "delivery"], "fill_from": ["text"]},
]
KNOWN: list[dict[str, Any]] = [{"text": f"what does it cost {n}", "topic": "price"} for n in range(6)] + [
    {"text": f"when will it arrive {n}", "topic": "delivery"} for n in range(6)
]


def test_a_running_server_takes_up_what_was_asked_for(house: House, owner: Principal) -> None:
    made(house, owner, TOPICS, [*KNOWN, {"text": "what does it cost now"}])
    call(house, owner, "steer", sheet="asked", field="topic", status="asked")
    Filler(house).work()
    state = call(house, owner, "state", sheet="asked", field="topic")
    assert (state.status, state.waiting) == ("done", 0)


def test_a_server_that_cannot_fill_says_so_and_does_not_try_for_ever(house: House, owner: Principal) -> None:
    made(house, owner, TOPICS, [{"text": "nothing to learn from"}])
    call(house, owner, "steer", sheet="asked", field="topic", status="asked")
    Filler(house).work()
    assert call(house, owner, "state", sheet="asked", field="topic").status == "stopped"


def test_two_never_fill_a_field_at_once(house: House, owner: Principal) -> None:
    made(house, owner, TOPICS, [*KNOWN, {"text": "what does it cost now"}])
    with closing(filling.fill(house, owner, "asked", "topic")) as first:
        next(first)
        with pytest.raises(RuleBrokenError, match="is being filled just now"):
            next(filling.fill(house, owner, "asked", "topic"))
    assert call(house, owner, "state", sheet="asked", field="topic").status == "stopped"


def test_a_cell_that_a_person_overwrote_is_an_example_from_then_on(house: House, owner: Principal) -> None:
    made(house, owner, TOPICS, [*KNOWN, {"text": "what does it cost now"}])
    list(filling.fill(house, owner, "asked", "topic"))
    call(house, owner, "put", sheet="asked", rows=[{"topic": "delivery"}], numbers=[13])
    assert filling.cost(house, owner, "asked", "topic").examples == 13
