"""Behind the order: suppliers are compared, goods come short, invoices are matched before they are paid."""

from decimal import Decimal
from typing import Any

import pytest

from mainspring.services.errors import AlreadyExistsError, AmountDiffersError, RuleBrokenError
from mainspring.testing.trading import TradingDesk

LATER = "2026-06-01T00:00:00Z"


@pytest.fixture
def buyer(desk: TradingDesk) -> TradingDesk:
    for number, name in (("S1", "Demo Plastics"), ("S2", "Demo Metal")):
        desk.call("suppliers.save", supplier_id=number, name=name, currency="EUR")
    return desk


def ordered(desk: TradingDesk, quantity: str = "100") -> str:
    line = {"sku": "A", "quantity": quantity, "unit_price": "0.60"}
    total = Decimal(quantity) * Decimal("0.60")
    made = desk.call(
        "purchase.order", supplier_id="S1", currency="EUR", total=total, lines=[line], due_at=LATER
    )
    return str(made.purchase_no)


def received(desk: TradingDesk, purchase: str, came: str, rejected: str = "0", document: str = "DN-1") -> Any:
    line = {"line": 1, "received": came, "rejected": rejected, "reason": "damaged"}
    return desk.call("purchase.receive", document=document, purchase_no=purchase, lines=[line])


def invoice(purchase: str, quantity: str, price: str = "0.60", number: str = "R-1") -> dict[str, Any]:
    net = Decimal(quantity) * Decimal(price)
    line = {"purchase_line": 1, "quantity": quantity, "unit_price": price, "net": net}
    head = {"supplier_id": "S1", "invoice_no": number, "purchase_no": purchase, "currency": "EUR"}
    return head | {"lines": [line], "issued_at": LATER, "due_at": LATER}


def test_offers_are_compared_at_what_they_really_cost(buyer: TradingDesk) -> None:
    asked = buyer.call("purchase.ask", lines=[{"sku": "A", "quantity": "30"}], answer_by=LATER)
    offer = {"inquiry_no": asked.inquiry_no, "line": 1, "lead_days": 10, "valid_until": LATER}
    buyer.call("rates.keep", rates=[{"currency": "CNY", "base": "EUR", "day": "2026-01-01", "rate": "0.125"}])
    cheap = {"supplier_id": "S1", "unit_price": "4.00", "currency": "CNY", "carton": "24"}
    dear = {"supplier_id": "S2", "unit_price": "0.60", "currency": "EUR", "freight": "3.00"}
    for one in (cheap, dear):
        buyer.call("purchase.answer", **offer, **one)
    found = buyer.call("purchase.compare", inquiry_no=asked.inquiry_no, currency="EUR").answers
    assert [(one.supplier_id, one.quantity, one.cost) for one in found] == [
        ("S2", 30, Decimal("21.00")),
        ("S1", 48, Decimal("24.00")),
    ]
    hurried = buyer.call("purchase.compare", inquiry_no=asked.inquiry_no, currency="EUR", needed_in_days=5)
    assert {one.why for one in hurried.answers} == {"it takes 10 days"}


def test_only_what_was_kept_goes_into_stock(buyer: TradingDesk) -> None:
    made = received(buyer, ordered(buyer), "90", "10")
    assert (made.status, made.lines[0].received, made.lines[0].rejected) == ("open", 90, 10)
    assert buyer.call("stock.levels", skus=["A"]).levels[0].on_hand == 180
    with pytest.raises(RuleBrokenError, match="is booked already"):
        received(buyer, made.purchase_no, "90", "10")


def test_an_invoice_over_more_than_was_kept_is_disputed_and_says_why(buyer: TradingDesk) -> None:
    purchase = ordered(buyer)
    received(buyer, purchase, "90", "10")
    found = buyer.call("purchase.take_invoice", **invoice(purchase, "100"))
    assert (found.status, found.net, found.payable) == ("disputed", Decimal(60), Decimal(48))
    assert {one.kind for one in found.differences} == {"short", "rejected", "overcharged"}
    with pytest.raises(AlreadyExistsError, match="is in the books, disputed"):
        buyer.call("purchase.take_invoice", **invoice(purchase, "100"))


def test_an_invoice_that_agrees_is_matched_and_accepted_with_its_total(buyer: TradingDesk) -> None:
    purchase = ordered(buyer)
    assert received(buyer, purchase, "100").status == "received"
    assert buyer.call("purchase.take_invoice", **invoice(purchase, "100")).status == "matched"
    accepted = {"supplier_id": "S1", "invoice_no": "R-1", "currency": "EUR"}
    with pytest.raises(AmountDiffersError):
        buyer.call("purchase.accept", **accepted, total="61")
    assert buyer.call("purchase.accept", **accepted, total="60").status == "accepted"


def test_what_an_earlier_invoice_charged_is_not_charged_twice(buyer: TradingDesk) -> None:
    purchase = ordered(buyer)
    received(buyer, purchase, "100")
    assert buyer.call("purchase.take_invoice", **invoice(purchase, "60")).status == "matched"
    second = buyer.call("purchase.match", **invoice(purchase, "60", number="R-2"))
    assert (second.status, second.payable) == ("disputed", Decimal(24))


def test_an_order_whose_lines_come_to_another_total_is_refused(buyer: TradingDesk) -> None:
    line = {"sku": "A", "quantity": "10", "unit_price": "0.60"}
    with pytest.raises(AmountDiffersError, match=r"come to 6\.00 EUR, not 5"):
        buyer.call("purchase.order", supplier_id="S1", currency="EUR", total="5", lines=[line], due_at=LATER)


def test_what_was_accepted_is_owed_until_a_payment_settles_it(buyer: TradingDesk) -> None:
    purchase = ordered(buyer)
    received(buyer, purchase, "100")
    buyer.call("purchase.take_invoice", **invoice(purchase, "100"))
    assert buyer.call("payables.list").payables == ()
    buyer.call("purchase.accept", supplier_id="S1", invoice_no="R-1", currency="EUR", total="60")
    (owed,) = buyer.call("payables.list", supplier_id="S1").payables
    assert (owed.open, owed.overdue, owed.supplier_name) == (60, False, "Demo Plastics")
    assert buyer.balances() == {"purchases": 60, "payables": -60}
    out = buyer.pay("-50")
    key = {"supplier_id": "S1", "invoice_no": "R-1", "payment_no": out.payment_no}
    with pytest.raises(RuleBrokenError, match=r"-50\.00 EUR is open"):
        buyer.call("payables.settle", **key, amount="60")
    paid = buyer.call("payables.settle", **key, amount="50")
    assert (paid.open, paid.left_of_payment) == (10, 0)
    buyer.later(days=200)
    (rest,) = buyer.call("payables.list").payables
    assert (rest.open, rest.overdue) == (10, True)
    assert buyer.balances() == {"purchases": 60, "payables": -10, "cash": -50}
    with pytest.raises(RuleBrokenError, match=r"10\.00 EUR is to be paid"):
        buyer.call("payables.settle", **key, amount="11")
