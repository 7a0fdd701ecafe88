"""Tables over REST: made of a file, looked at through views, written, filled; the firm's books among them."""

import time
from collections.abc import Callable

from mainspring.app.house import House
from mainspring.app.tables.background import Filler
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
PATH = "/api/v1/tables"
FILE = b"""Asked in March,,,
Question,Pieces,Day,Kind
what does it cost,5,2026-03-01,price
the price please,7,2026-03-02,price
when will it arrive,1,2026-03-03,delivery
is it on its way,2,2026-03-04,delivery
price of ten,10,2026-03-05,price
arrival date,3,2026-03-06,delivery
Total,28,,
"""


def made(browser: Browser) -> None:
    files = {"document": ("asked.csv", FILE)}
    answer = browser.post(f"{PATH}/asked/file", files=files, data={"title": "Asked"})
    assert answer.status_code == 201, answer.text


def test_a_file_becomes_a_table_with_types_and_without_titles_and_totals(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    made(owner)
    head = owner.get(f"{PATH}/asked").json()
    assert (head["rows"], head["title"]) == (6, "Asked")
    sorts = {one["name"]: one["sort"] for one in head["fields"]}
    assert sorts == {"Question": "text", "Pieces": "number", "Day": "day", "Kind": "choice"}
    again = owner.post(
        f"{PATH}/asked/import", files={"document": ("more.csv", b"pieces,question,other\n4,a,b\n")}
    )
    assert again.json() == {
        "rows": 1,
        "columns": {"pieces": "Pieces", "question": "Question"},
        "left_out": ["other"],
    }


def test_a_window_shows_what_meets_all_conditions_in_order(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    made(owner)
    where = [
        {"field": "Pieces", "like": "more", "value": "2"},
        {"field": "Kind", "like": "is", "value": "price"},
    ]
    asked = {"where": where, "order": {"field": "Pieces", "down": True}, "first": 1, "count": 1}
    found = owner.post(f"{PATH}/asked/window", json=asked).json()
    assert (found["total"], [one["cells"]["Pieces"] for one in found["items"]]) == (3, [7])
    late = {"where": [{"field": "Day", "like": "more", "value": "2026-03-04"}]}
    assert owner.post(f"{PATH}/asked/window", json=late).json()["total"] == 2
    wrong = {"where": [{"field": "Colour", "like": "filled"}]}
    assert owner.post(f"{PATH}/asked/window", json=wrong).status_code == 400


def test_views_and_forms_are_kept_under_their_names(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    made(owner)
    view = {
        "name": "Prices",
        "fields": ["Question"],
        "where": [{"field": "Kind", "like": "is", "value": "price"}],
    }
    owner.post(f"{PATH}/asked/views", json=view)
    form = {"name": "Ask us", "form": True, "fields": ["Question"], "note": "What do you want to know?"}
    kept = owner.post(f"{PATH}/asked/views", json=form).json()["views"]
    assert [(one["name"], one["form"]) for one in kept] == [("Prices", False), ("Ask us", True)]
    left = owner.post(f"{PATH}/asked/views/drop", json={"name": "Prices"}).json()["views"]
    assert [one["name"] for one in left] == ["Ask us"]


def test_rows_are_added_changed_and_removed(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    made(owner)
    (key,) = owner.post(f"{PATH}/asked/rows", json={"rows": [{"Question": "new"}]}).json()["keys"]
    owner.post(f"{PATH}/asked/rows", json={"rows": [{"Pieces": "12", "Question": None}], "keys": [key]})
    last = owner.post(f"{PATH}/asked/window", json={"first": 6}).json()["items"]
    assert last == [{"key": key, "cells": {"Pieces": 12}}]
    assert owner.post(f"{PATH}/asked/remove", json={"numbers": [int(key)]}).json() == {"rows": 1}
    bad = owner.post(f"{PATH}/asked/rows", json={"rows": [{"Pieces": "many"}]})
    assert (bad.status_code, "is not a number" in bad.json()["message"]) == (400, True)


def test_a_field_is_filled_by_the_server_and_unsure_rows_reviewed(signed_in: SignedIn, house: House) -> None:
    owner = signed_in("owner")
    made(owner)
    head = owner.get(f"{PATH}/asked").json()
    names = ("name", "sort", "options", "fill_from", "alone_from")
    fields = [{name: one[name] for name in names} for one in head["fields"]]
    fields[3] |= {"fill_from": ["Question"], "alone_from": 1}
    assert owner.request("PUT", f"{PATH}/asked", json={"title": "Asked", "fields": fields}).status_code == 200
    owner.post(f"{PATH}/asked/rows", json={"rows": [{"Question": "what is the price"}]})
    field = f"{PATH}/asked/fields/Kind"
    assert owner.get(f"{field}/cost").json()["rows"] == 1
    assert owner.post(f"{field}/fill").json()["status"] == "asked"
    Filler(house).once()
    until = time.monotonic() + 60
    while owner.get(f"{field}/state").json()["status"] != "done" and time.monotonic() < until:
        pass
    (waits,) = owner.get(f"{field}/unsure").json()["items"]
    assert (waits["key"], waits["cells"]["Question"]) == ("7", "what is the price")
    told = owner.post(f"{field}/review", json={"row": 7, "value": "price"}).json()
    assert (told["unsure"], told["reviewed"]) == (0, 1)


def test_the_firms_books_are_tables_written_through_their_own_operations(
    signed_in: SignedIn,
) -> None:
    owner = signed_in("owner")
    new = {"rows": [{"sku": "D-1", "name": "Demo hinge", "list_price": "2.5"}]}
    assert owner.post(f"{PATH}/products/rows", json=new).json() == {"keys": ["D-1"]}
    owner.post(f"{PATH}/products/rows", json={"rows": [{"name": "Demo hinge, brass"}], "keys": ["D-1"]})
    (row,) = owner.post(f"{PATH}/products/window", json={}).json()["items"]
    assert (row["cells"]["name"], row["cells"]["list_price"]) == ("Demo hinge, brass", 2.5)
    owner.post(f"{PATH}/stock/rows", json={"rows": [{"on_hand": "12"}], "keys": ["D-1"]})
    (level,) = owner.post(f"{PATH}/stock/window", json={}).json()["items"]
    assert (level["cells"]["on_hand"], level["cells"]["available"]) == (12, 12)
    refused = owner.post(f"{PATH}/stock/rows", json={"rows": [{"reserved": "1"}], "keys": ["D-1"]})
    assert "cannot be written in a table" in refused.json()["message"]
    heads = owner.get(PATH).json()["items"]
    assert [(one["sheet"], one["book"], one["rows"]) for one in heads] == [
        ("customers", True, 0),
        ("products", True, 1),
        ("stock", True, 1),
    ]


def test_who_may_not_write_the_books_may_not_write_them_here(signed_in: SignedIn) -> None:
    rows = {"rows": [{"sku": "D-1", "name": "Demo hinge"}]}
    assert signed_in("governance").post(f"{PATH}/products/rows", json=rows).status_code == 403
