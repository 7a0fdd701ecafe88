"""Columns are guessed right on layouts fixed before the guess was written; cells are read exactly."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.knowledge import documents
from mainspring.services.imports import cells, guess
from mainspring.services.imports.fields import KINDS
from mainspring.services.imports.sheet import Row, Sheet, read

FOLDER = Path(__file__).resolve().parents[2] / "data" / "imports"
LAYOUTS = json.loads((FOLDER / "columns.json").read_text("utf-8"))
ENOUGH = 0.95


def sheet_of(layout: dict[str, Any]) -> Sheet:
    document = documents.read((FOLDER / layout["file"]).read_bytes(), layout["file"])
    rows = [Row(place, row) for place, row in enumerate(document.blocks[0].rows, 1) if any(row)]
    sheet = read(rows, guess.known)
    assert sheet is not None
    return sheet


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one["file"])
def test_headings_rows_and_kind_of_a_layout_are_found(layout: dict[str, Any]) -> None:
    sheet = sheet_of(layout)
    assert list(sheet.headings) == [heading for heading, _ in layout["columns"]]
    assert len(sheet.rows) == layout["rows"]
    assert guess.kind_of(sheet, layout["file"])[0][0].name == layout["kind"]


def test_at_least_95_of_100_columns_are_guessed_right() -> None:
    right = total = 0
    for layout in LAYOUTS:
        found = guess.columns(sheet_of(layout), KINDS[layout["kind"]])
        wanted = [role for _, role in layout["columns"]]
        right += sum(one.role == role for one, role in zip(found, wanted, strict=True))
        total += len(wanted)
    assert total >= 150
    assert right >= ENOUGH * total


def test_what_a_person_said_of_a_heading_beats_the_guess() -> None:
    sheet = Sheet(1, ("Item No.", "Item Name", "Price"), (Row(2, ("A", "Bolt", "1.00")),), ())
    guessed = [one.role for one in guess.columns(sheet, KINDS["products"])]
    assert guessed == ["sku", "name", "list_price"]
    said = guess.columns(sheet, KINDS["products"], {guess.fold("price"): "cost"})
    assert [(one.role, one.confidence) for one in said][2] == ("cost", 1.0)


def test_a_heading_that_nothing_is_like_stays_without_a_role() -> None:
    sheet = Sheet(1, ("Item No.", "Item Name", "Zodiac"), (Row(2, ("A", "Bolt", "lion")),), ())
    assert guess.columns(sheet, KINDS["products"])[2].role == ""


def test_values_that_contradict_a_heading_cost_it_its_role() -> None:
    rows = tuple(Row(line, (f"A{line}", "Bolt", "see sheet 2")) for line in range(2, 9))
    sheet = Sheet(1, ("Item No.", "Item Name", "Price"), rows, ())
    assert guess.columns(sheet, KINDS["products"])[2].role == ""


def test_a_row_of_totals_is_left_out_and_a_customer_whose_name_begins_so_is_not() -> None:
    rows = [
        Row(1, ("Customer No", "Name", "City")),
        Row(2, ("K1", "Total Demo Ltd", "Leeds")),
        Row(3, ("K2", "Demo Ltd", "Porto")),
        Row(4, ("Total", "", "")),
    ]
    sheet = read(rows, guess.known)
    assert sheet is not None
    assert [row.line for row in sheet.rows] == [2, 3]
    assert sheet.left_out == ((4, "total"),)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", "¥", "€", "USD "]))
def test_an_amount_reads_the_same_in_english_and_german_writing(amount: Decimal, sign: str) -> None:
    english = f"{sign}{amount:,.2f}"
    german = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert cells.number(english, cells.point_of([english, "0.50"])) == amount
    assert cells.number(german, cells.point_of([german, "0,50"])) == amount


@given(
    st.dates(
        min_value=datetime(1990, 1, 1, tzinfo=UTC).date(), max_value=datetime(2090, 1, 1, tzinfo=UTC).date()
    )
)
def test_a_day_reads_the_same_in_every_writing(day: Any) -> None:
    wanted = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%Y年%m月%d日}", f"{day:%Y-%m-%d} 00:00:00"):
        assert cells.day(text) == wanted
    assert cells.day(f"{day:%d.%m.%Y}", "dmy") == wanted
    assert cells.day(f"{day:%m/%d/%Y}", "mdy") == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [("13%", "0.13"), ("13", "0.13"), ("0.13", "0.13"), ("0", "0"), ("9 %", "0.09")],
)
def test_a_rate_is_a_share_however_it_is_written(text: str, value: str) -> None:
    assert cells.share(text) == Decimal(value)


@pytest.mark.parametrize("text", ["保温杯 1号", "A-12", "12 pieces of 3", "2025-01-01", ""])
def test_what_is_no_number_is_none(text: str) -> None:
    assert cells.number(text) is None


def test_days_written_either_way_are_called_unsure() -> None:
    assert cells.order_of(["01/02/2026", "03/04/2026"]) == ("dmy", False)
    assert cells.order_of(["01/02/2026", "13/04/2026"]) == ("dmy", True)
    assert cells.order_of(["01/02/2026", "03/14/2026"]) == ("mdy", True)
