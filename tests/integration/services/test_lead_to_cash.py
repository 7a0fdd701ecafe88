"""From quote to closed books: each step changes what it should and refuses what it must."""

from decimal import Decimal

import pytest

from mainspring.services.errors import (
    AlreadyExistsError,
    AmountDiffersError,
    RuleBrokenError,
    UnknownRecordError,
)
from mainspring.testing.trading import TradingDesk


def test_a_quote_becomes_an_order_a_delivery_an_invoice_and_a_settled_payment(desk: TradingDesk) -> None:
    quote = desk.quote(("A", "10", "1.00"), ("C", "100", "0.10"))
    assert (quote.net, quote.tax, quote.total) == (Decimal(20), Decimal(2), Decimal(22))
    desk.call("quotes.confirm", quote_no=quote.quote_no, customer_id="K1", currency="EUR", total="22.00")
    desk.call("quotes.send", quote_no=quote.quote_no)
    desk.call("quotes.accept", quote_no=quote.quote_no)
    order = desk.call("orders.create", quote_no=quote.quote_no, source_no="PO-1")
    assert desk.call("stock.reserve", order_no=order.order_no).complete
    delivery = desk.call("deliveries.create", order_no=order.order_no)
    shipped = desk.call("deliveries.ship", delivery_no=delivery.delivery_no)
    assert (shipped.order_status, shipped.total) == ("delivered", Decimal(22))
    invoice = desk.call(
        "invoices.issue", delivery_no=shipped.delivery_no, customer_id="K1", currency="EUR", total=22
    )
    payment = desk.pay("22.00")
    used = desk.call(
        "payments.allocate",
        payment_no=payment.payment_no,
        allocations=[{"invoice_no": invoice.invoice_no, "amount": "22"}],
    )
    assert used.open == 0
    assert desk.call("invoices.open").invoices == ()
    assert desk.balances() == {"cash": Decimal(22), "revenue": Decimal(-20), "tax": Decimal(-2)}


def test_a_quote_is_confirmed_only_for_exactly_what_it_says(desk: TradingDesk) -> None:
    quote = desk.quote(("A", "10", "1.00"))
    right = {"quote_no": quote.quote_no, "customer_id": "K1", "currency": "EUR", "total": "10"}
    for wrong in ({"total": "9.99"}, {"customer_id": "K3"}, {"currency": "USD"}, {"revision": 2}):
        with pytest.raises(AmountDiffersError, match="not revision"):
            desk.call("quotes.confirm", **(right | wrong))
    desk.call("quotes.price", quote_no=quote.quote_no, lines=[{"line": 1, "unit_price": "1.00"}])
    with pytest.raises(AmountDiffersError, match="revision 2"):
        desk.call("quotes.confirm", **right)
    assert desk.call("quotes.confirm", **right, revision=2).status == "confirmed"


def test_a_confirmed_quote_is_not_priced_again(desk: TradingDesk) -> None:
    quote = desk.quote(("A", "10", "1.00"))
    desk.call("quotes.confirm", quote_no=quote.quote_no, customer_id="K1", currency="EUR", total=10)
    with pytest.raises(RuleBrokenError, match="confirmed"):
        desk.call("quotes.price", quote_no=quote.quote_no, lines=[{"line": 1, "unit_price": "0.50"}])


def test_an_expired_quote_cannot_be_accepted(desk: TradingDesk) -> None:
    quote = desk.quote(("A", "10", "1.00"))
    desk.call("quotes.confirm", quote_no=quote.quote_no, customer_id="K1", currency="EUR", total=10)
    desk.later(days=31)
    with pytest.raises(RuleBrokenError, match="valid until"):
        desk.call("quotes.accept", quote_no=quote.quote_no)
    assert desk.call("quotes.expire", quote_no=quote.quote_no).status == "expired"


def test_an_order_needs_an_accepted_quote(desk: TradingDesk) -> None:
    quote = desk.quote(("A", "10", "1.00"))
    with pytest.raises(RuleBrokenError, match="accepted"):
        desk.call("orders.create", quote_no=quote.quote_no, source_no="PO-1")


def test_a_blocked_customer_gets_neither_quote_nor_order(desk: TradingDesk) -> None:
    with pytest.raises(RuleBrokenError, match="blocked"):
        desk.quote(("A", "1", "1.00"), customer="K2")
    with pytest.raises(RuleBrokenError, match="blocked"):
        desk.order(("A", "1", "1.00"), customer="K2")


def test_the_same_source_document_is_one_order(desk: TradingDesk) -> None:
    first = desk.order(("A", "1", "1.00"), source_no="PO-7")
    again = desk.order(("A", "1", "1.00"), source_no="PO-7")
    assert (again.order_no, first.already_known, again.already_known) == (first.order_no, False, True)
    with pytest.raises(AlreadyExistsError, match="other contents"):
        desk.order(("A", "2", "1.00"), source_no="PO-7")


def test_an_unknown_article_is_named(desk: TradingDesk) -> None:
    with pytest.raises(UnknownRecordError, match="X, Y"):
        desk.order(("Y", "1", "1"), ("A", "1", "1"), ("X", "1", "1"))


def test_a_short_line_waits_and_is_delivered_later(desk: TradingDesk) -> None:
    order = desk.order(("A", "130", "1.00"), ("B", "5", "1.20"))
    reserved = desk.call("stock.reserve", order_no=order.order_no)
    assert [line.short for line in reserved.lines] == [30, 0]
    assert desk.deliver(order.order_no).order_status == "open"
    (waiting,) = desk.call("stock.backorders").lines
    assert (waiting.order_no, waiting.line, waiting.short) == (order.order_no, 1, 30)
    desk.call("stock.receive", document="GR-1", lines=[{"sku": "A", "quantity": "50"}])
    assert desk.deliver(order.order_no).order_status == "delivered"
    (level,) = desk.call("stock.levels", skus=["A"]).levels
    assert (level.on_hand, level.reserved, level.available) == (20, 0, 20)


def test_two_orders_cannot_reserve_the_same_goods(desk: TradingDesk) -> None:
    first, second = desk.order(("A", "70", "1")), desk.order(("A", "70", "1"))
    assert desk.call("stock.reserve", order_no=first.order_no).complete
    assert desk.call("stock.reserve", order_no=second.order_no).lines[0].short == 40
    desk.call("orders.cancel", order_no=first.order_no)
    assert desk.call("stock.reserve", order_no=second.order_no).complete


def test_a_receipt_is_taken_in_once(desk: TradingDesk) -> None:
    desk.call("stock.receive", document="GR-1", lines=[{"sku": "A", "quantity": 5}])
    with pytest.raises(RuleBrokenError, match="booked already"):
        desk.call("stock.receive", document="GR-1", lines=[{"sku": "A", "quantity": 5}])


def test_a_delivery_is_invoiced_once_and_only_for_its_total(desk: TradingDesk) -> None:
    delivery = desk.deliver(desk.order(("A", "3", "1.00")).order_no)
    right = {"delivery_no": delivery.delivery_no, "customer_id": "K1", "currency": "EUR", "total": 3}
    with pytest.raises(AmountDiffersError):
        desk.call("invoices.issue", **(right | {"total": "3.01"}))
    first, again = desk.call("invoices.issue", **right), desk.call("invoices.issue", **right)
    assert (again.invoice_no, again.already_known) == (first.invoice_no, True)
    assert desk.balances()["receivables"] == 3


def order_and_refuse(desk: TradingDesk) -> None:
    with desk.transaction():
        desk.order(("A", "1", "1"))
        raise RuleBrokenError("somebody changed his mind")


def test_document_numbers_have_no_gap_after_a_refusal(desk: TradingDesk) -> None:
    first = desk.order(("A", "1", "1"))
    with desk.transaction(), pytest.raises(RuleBrokenError):
        order_and_refuse(desk)
    assert (first.order_no, desk.order(("A", "1", "1")).order_no) == ("O-000001", "O-000002")


def test_cancelling_part_of_an_order_leaves_the_rest(desk: TradingDesk) -> None:
    order = desk.order(("A", "5", "1"), ("B", "5", "1"))
    desk.call("stock.reserve", order_no=order.order_no)
    desk.call("orders.cancel", order_no=order.order_no, lines=[2], reason="not needed")
    assert desk.deliver(order.order_no).order_status == "delivered"
    lines = desk.call("orders.get", order_no=order.order_no).lines
    assert [(line.delivered, line.cancelled) for line in lines] == [(5, 0), (0, 5)]


def test_credit_is_the_limit_less_what_is_owed_and_ordered(desk: TradingDesk) -> None:
    desk.invoice(("A", "40", "10"))
    desk.order(("B", "10", "10"))
    desk.later(days=31)
    credit = desk.call("customers.credit", customer_id="K1")
    assert (credit.receivables, credit.overdue, credit.ordered, credit.available) == (400, 400, 100, 500)
    assert desk.call("customers.credit", customer_id="K3").available is None
