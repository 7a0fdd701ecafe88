"""Money on its way: each stage holds what left the one before and has not reached the next."""

from datetime import timedelta
from decimal import Decimal

from mainspring.app.money_in_flight import Stage, money_in_flight
from mainspring.testing.trading import TradingDesk


def in_flight(desk: TradingDesk, days: int = 0) -> list[Stage]:
    """What is on its way so many days from now."""
    with desk.store.read() as tx:
        return money_in_flight(tx, desk.now + timedelta(days=days))


def test_money_goes_from_quoted_to_ordered_to_invoiced_and_is_gone_when_paid(desk: TradingDesk) -> None:
    quote = desk.quote(("A", "10", "1.00"), ("C", "100", "0.10"))
    assert in_flight(desk) == []
    desk.call("quotes.confirm", quote_no=quote.quote_no, customer_id="K1", currency="EUR", total="22.00")
    desk.call("quotes.send", quote_no=quote.quote_no)
    held = {"currency": "EUR", "count": 1, "amount": Decimal(22), "late": Decimal(0)}
    assert in_flight(desk) == [{"stage": "quoted", **held}]
    desk.call("quotes.accept", quote_no=quote.quote_no)
    order = desk.call("orders.create", quote_no=quote.quote_no, source_no="PO-1")
    assert in_flight(desk) == [{"stage": "ordered", **held}]
    desk.call("stock.reserve", order_no=order.order_no)
    delivery = desk.call("deliveries.create", order_no=order.order_no)
    shipped = desk.call("deliveries.ship", delivery_no=delivery.delivery_no)
    invoice = desk.call(
        "invoices.issue", delivery_no=shipped.delivery_no, customer_id="K1", currency="EUR", total=22
    )
    assert in_flight(desk) == [{"stage": "invoiced", **held}]
    payment = desk.pay("22.00")
    desk.call(
        "payments.allocate",
        payment_no=payment.payment_no,
        allocations=[{"invoice_no": invoice.invoice_no, "amount": "22"}],
    )
    assert in_flight(desk) == []


def test_a_quote_that_lapsed_is_counted_as_late(desk: TradingDesk) -> None:
    quote = desk.quote(("A", "10", "1.00"))
    desk.call("quotes.confirm", quote_no=quote.quote_no, customer_id="K1", currency="EUR", total=10)
    desk.call("quotes.send", quote_no=quote.quote_no)
    assert [one["late"] for one in in_flight(desk)] == [Decimal(0)]
    assert [one["late"] for one in in_flight(desk, days=400)] == [Decimal(10)]
