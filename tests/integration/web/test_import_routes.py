"""Importing over HTTP: open, correct, import, write back, undo; only who keeps the records may."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mainspring.testing.browser import Browser

FOLDER = Path(__file__).resolve().parents[2] / "data" / "imports"
SignIn = Callable[[str], Browser]


def sent(browser: Browser, name: str) -> dict[str, object]:
    content = (FOLDER / name).read_bytes()
    answer = browser.post("/api/v1/imports", files={"document": (name, content)})
    assert answer.status_code == 201, answer.text
    made: dict[str, object] = answer.json()
    return made


def test_a_file_is_opened_imported_written_back_and_undone(signed_in: SignIn) -> None:
    owner = signed_in("owner")
    made = sent(owner, "01_客户档案.xlsx")
    assert (made["kind"], made["status"]) == ("customers", "draft")
    address = f"/api/v1/imports/{made['import_no']}"
    done = owner.post(f"{address}/run", json={"columns": {"备注": "language"}}).json()
    assert (done["status"], done["counts"]["new"]) == ("done", 15)
    sheet = load_workbook(io.BytesIO(owner.get(f"{address}/back").content)).worksheets[0]
    assert [cell.value for cell in sheet[3]][:2] == ["客户编码", "客户名称"]
    assert owner.post(f"{address}/undo").json()["status"] == "undone"
    assert [one["status"] for one in owner.get("/api/v1/imports").json()["items"]] == ["undone"]


def test_what_came_as_csv_goes_back_as_excel_with_the_books_of_now(signed_in: SignIn) -> None:
    owner = signed_in("owner")
    for name in ("03_商品信息.csv", "07_stock_on_hand.csv"):
        made = sent(owner, name)
        assert owner.post(f"/api/v1/imports/{made['import_no']}/run", json={}).status_code == 200
    second = sent(owner, "06_收发存汇总表.xlsx")
    assert owner.post(f"/api/v1/imports/{second['import_no']}/run", json={}).status_code == 200
    sheet = load_workbook(
        io.BytesIO(owner.get(f"/api/v1/imports/{made['import_no']}/back").content)
    ).worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    assert headings[:4] == ["Article", "Article text", "Bin", "Physical stock"]
    assert str(sheet.cell(3, 4).value).isdigit()


def test_a_file_that_is_no_table_is_refused_in_words(signed_in: SignIn) -> None:
    answer = signed_in("owner").post("/api/v1/imports", files={"document": ("note.txt", b"hello there")})
    assert answer.status_code in {409, 422}
    assert answer.json()["mend"]


@pytest.mark.parametrize("person", ["governance"])
def test_who_does_not_keep_the_records_may_not_import(signed_in: SignIn, person: str) -> None:
    browser = signed_in(person)
    assert browser.get("/api/v1/imports").status_code == 403
    answer = browser.post("/api/v1/imports", files={"document": ("a.csv", b"a,b")})
    assert answer.status_code == 403
