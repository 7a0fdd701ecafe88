"""A firm's spreadsheets: whole or not at all, the same again changes nothing, undone as one."""

import base64
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from mainspring.services.errors import RuleBrokenError
from mainspring.services.imports.errors import ChangedSince, RowsHaveProblems, UnreadableSheet
from mainspring.services.imports.forget import forget
from mainspring.testing.trading import TradingDesk

PRODUCTS = [
    ("Item No.", "Item Name", "Sales Price", "Standard Cost"),
    ("A", "Hexagon bolt M8x30", "1.10", "0.60"),
    ("N1", "Nut M8", "0.05", "0.02"),
]
OPEN = [
    ("Customer No", "Invoice No", "Invoice Date", "Due", "Gross", "Outstanding"),
    ("K1", "R-1", "2026-01-05", "2026-02-04", "100.00", "60.00"),
    ("K3", "R-2", "2026-01-06", "2026-02-05", "20.00", "20.00"),
]
ORDERS = [
    ("Order No", "Order Date", "Customer", "Item", "Ordered", "Shipped", "Unit price"),
    ("PO-7", "2026-02-01", "Demo Trading Ltd", "A", "50", "20", "1.00"),
    ("", "", "", "B", "10", "0", "1.20"),
    ("PO-8", "2026-02-02", "Demo Yard GmbH", "C", "5", "5", "0.10"),
]


def opened(desk: TradingDesk, rows: Sequence[Sequence[str]], file: str = "list.csv", **more: Any) -> Any:
    given = {
        "file": file,
        "content": base64.b64encode(b"as it came").decode(),
        "rows": [{"line": line, "cells": list(row)} for line, row in enumerate(rows, 1)],
    }
    return desk.call("imports.open", **(given | more))


def run(desk: TradingDesk, rows: Sequence[Sequence[str]], file: str = "list.csv", **choices: Any) -> Any:
    made = opened(desk, rows, file)
    return desk.call("imports.run", import_no=made.import_no, **choices)


def name_of(desk: TradingDesk, sku: str) -> Any:
    found = desk.call("products.get", skus=[sku]).products
    return found[0] if found else None


def test_opening_a_file_writes_nothing_but_tells_what_it_would(desk: TradingDesk) -> None:
    made = opened(desk, PRODUCTS)
    assert (made.kind, made.status) == ("products", "draft")
    assert (made.counts.new, made.counts.changed) == (1, 1)
    assert [one.role for one in made.columns] == ["sku", "name", "list_price", "cost"]
    assert name_of(desk, "N1") is None


def test_an_import_adds_what_is_new_and_keeps_what_the_file_does_not_say(desk: TradingDesk) -> None:
    run(desk, PRODUCTS)
    bolt = name_of(desk, "A")
    assert (bolt.list_price, bolt.cost) == (Decimal("1.10"), Decimal("0.60"))
    assert bolt.name_zh == "六角螺栓 M8x30"


@pytest.mark.parametrize("rows", [PRODUCTS, OPEN, ORDERS], ids=["products", "receivables", "orders"])
def test_the_same_file_again_changes_nothing(desk: TradingDesk, rows: Any) -> None:
    assert run(desk, rows).counts.new
    again = run(desk, rows).counts
    assert (again.new, again.changed) == (0, 0)
    assert again.same


def test_one_bad_row_keeps_everything_out_unless_it_is_left_out(desk: TradingDesk) -> None:
    rows = [*PRODUCTS, ("N2", "Nut M10", "five cents", "0.02"), ("N1", "Nut again", "1", "1")]
    made = opened(desk, rows)
    assert [(one.line, one.column) for one in made.problems] == [(4, "Sales Price"), (5, "")]
    with pytest.raises(RowsHaveProblems, match="2 rows have problems, first line 4"):
        desk.call("imports.run", import_no=made.import_no)
    assert name_of(desk, "N1") is None
    done = desk.call("imports.run", import_no=made.import_no, leave_out=True)
    assert (done.status, done.counts.problem_rows) == ("done", 2)
    assert name_of(desk, "N1").name == "Nut M8"
    assert name_of(desk, "N2") is None


def test_undoing_puts_everything_back_as_it_was(desk: TradingDesk) -> None:
    before = name_of(desk, "A")
    made = run(desk, PRODUCTS)
    desk.call("imports.undo", import_no=made.import_no)
    assert name_of(desk, "A") == before
    assert name_of(desk, "N1") is None
    with pytest.raises(RuleBrokenError, match="is undone"):
        desk.call("imports.undo", import_no=made.import_no)


def test_nothing_is_undone_when_something_was_changed_or_used_since(desk: TradingDesk) -> None:
    made = run(desk, PRODUCTS)
    desk.order(("N1", "5", "0.05"))
    with pytest.raises(ChangedSince, match="N1"):
        desk.call("imports.undo", import_no=made.import_no)
    assert name_of(desk, "A").list_price == Decimal("1.10")


def test_a_correction_of_a_column_is_remembered_for_the_next_file(desk: TradingDesk) -> None:
    rows = [("Item No.", "Item Name", "Zodiac"), ("N1", "Nut M8", "0.05")]
    made = opened(desk, rows)
    assert made.columns[2].role == ""
    desk.call("imports.run", import_no=made.import_no, columns={"Zodiac": "list_price"})
    assert name_of(desk, "N1").list_price == Decimal("0.05")
    next_file = opened(desk, rows, "next.csv")
    assert (next_file.columns[2].role, next_file.columns[2].confidence) == ("list_price", 1.0)


def test_open_orders_bring_what_is_left_to_deliver_and_can_be_taken_back(desk: TradingDesk) -> None:
    made = run(desk, ORDERS)
    assert (made.kind, made.counts.new, made.counts.same) == ("orders", 1, 1)
    order = desk.call("orders.get", order_no="O-000001")
    assert [(line.sku, line.quantity) for line in order.lines] == [("A", Decimal(30)), ("B", Decimal(10))]
    assert (order.customer_id, order.source_no) == ("K1", "PO-7")
    desk.call("imports.undo", import_no=made.import_no)
    assert desk.call("orders.get", order_no="O-000001").status == "cancelled"
    assert run(desk, ORDERS).counts.new == 1


def test_an_order_that_came_again_with_other_quantities_replaces_the_untouched_one(desk: TradingDesk) -> None:
    run(desk, ORDERS)
    more = [ORDERS[0], ("PO-7", "2026-02-01", "Demo Trading Ltd", "A", "80", "20", "1.00")]
    assert run(desk, more).counts.changed == 1
    assert desk.call("orders.get", order_no="O-000001").status == "cancelled"
    assert desk.call("orders.get", order_no="O-000002").lines[0].quantity == 60


def test_an_order_that_is_being_worked_on_is_not_replaced(desk: TradingDesk) -> None:
    run(desk, ORDERS)
    desk.call("stock.reserve", order_no="O-000001")
    made = opened(desk, [ORDERS[0], ("PO-7", "2026-02-01", "Demo Trading Ltd", "A", "80", "20", "1.00")])
    assert [one.message for one in made.problems] == [
        "the order O-000001 is being worked on and says something else"
    ]


def test_receivables_are_owed_from_then_on_and_no_longer_when_undone(desk: TradingDesk) -> None:
    made = run(desk, OPEN)
    assert desk.balances() == {"receivables": Decimal(80), "opening": Decimal(-80)}
    changed = [OPEN[0], ("K1", "R-1", "2026-01-05", "2026-02-04", "100.00", "50.00")]
    second = run(desk, changed)
    assert desk.balances()["receivables"] == Decimal(70)
    desk.call("imports.undo", import_no=second.import_no)
    assert desk.balances()["receivables"] == Decimal(80)
    with pytest.raises(RuleBrokenError, match="is undone"):
        desk.call("imports.undo", import_no=second.import_no)
    desk.call("imports.undo", import_no=made.import_no)
    assert desk.balances() == {}


def test_a_receivable_that_was_paid_in_part_since_is_not_overwritten(desk: TradingDesk) -> None:
    run(desk, OPEN)
    payment = desk.pay("10")
    share = {"invoice_no": "R-1", "amount": "10"}
    desk.call("payments.allocate", payment_no=payment.payment_no, allocations=[share])
    made = opened(desk, OPEN)
    assert [(one.line, one.value) for one in made.problems] == [(2, "R-1")]


def test_stock_of_several_warehouses_is_added_up(desk: TradingDesk) -> None:
    rows = [("Warehouse", "Item No.", "On hand"), ("North", "A", "70"), ("South", "A", "1,005")]
    made = run(desk, rows, "stock.csv")
    assert desk.call("stock.levels", skus=["A"]).levels[0].on_hand == 1075
    desk.call("imports.undo", import_no=made.import_no)
    assert desk.call("stock.levels", skus=["A"]).levels[0].on_hand == 100


def test_suppliers_without_numbers_are_found_by_name(desk: TradingDesk) -> None:
    rows = [("Vendor Name", "Lead Time (days)"), ("Demo Plastics", "14")]
    run(desk, rows, "vendors.csv")
    run(desk, [rows[0], ("DEMO PLASTICS.", "21")], "vendors.csv")
    (one,) = desk.call("suppliers.list").suppliers
    assert (one.supplier_id, one.lead_days) == ("Demo Plastics", 21)


def test_a_file_without_headings_or_without_what_is_needed_is_refused(desk: TradingDesk) -> None:
    with pytest.raises(UnreadableSheet, match="headings"):
        opened(desk, [("1", "2"), ("3", "4")])
    made = opened(desk, [("Item Name", "Sales Price"), ("Bolt", "1")], kind="products")
    assert made.missing == ("sku",)
    with pytest.raises(UnreadableSheet, match="no column says sku"):
        desk.call("imports.run", import_no=made.import_no)


def test_a_role_or_heading_that_there_is_not_is_refused(desk: TradingDesk) -> None:
    made = opened(desk, PRODUCTS)
    with pytest.raises(RuleBrokenError, match="no column Colour"):
        desk.call("imports.look", import_no=made.import_no, columns={"Colour": "name"})
    with pytest.raises(RuleBrokenError, match="credit_limit is nothing that products have"):
        desk.call("imports.look", import_no=made.import_no, columns={"Sales Price": "credit_limit"})


def test_an_import_that_names_an_erased_customer_is_dropped_and_stays_done(desk: TradingDesk) -> None:
    made = run(desk, OPEN)
    with desk.transaction() as tx:
        assert forget(tx, {"K1", "Demo Trading Ltd"}) == 1
    assert desk.call("imports.look", import_no=made.import_no).counts.rows == 0
    with pytest.raises(RuleBrokenError, match="is closed"):
        desk.call("imports.undo", import_no=made.import_no)
