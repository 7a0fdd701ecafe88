"""Customers, products, prices, inquiries, leads and tickets: found, kept, never doubled."""

import base64
from decimal import Decimal
from typing import Any

import pytest

from mainspring.services.errors import RuleBrokenError, UnknownRecordError
from mainspring.services.sales import SoldLine, history, load_history
from mainspring.testing.trading import START, TradingDesk


def test_a_customer_is_recognised_by_mail_name_and_tax_id_the_most_signs_first(desk: TradingDesk) -> None:
    found = desk.call(
        "customers.find", email="Buyer@demo.example", tax_id="de123", name="demo works, gmbh"
    ).matches
    assert [(one.customer.customer_id, one.by) for one in found] == [
        ("K1", ("email", "tax_id")),
        ("K2", ("name",)),
    ]
    assert desk.call("customers.find", name="Somebody Else").matches == ()
    assert desk.call("customers.find").matches == ()


def test_a_payer_whose_name_was_confirmed_once_is_recognised(desk: TradingDesk) -> None:
    desk.call("customers.add_alias", customer_id="K1", kind="payer", value="Demo Holding AG")
    (match,) = desk.call("customers.find", payer="DEMO HOLDING AG").matches
    assert (match.customer.customer_id, match.by) == ("K1", ("payer",))


def test_a_customer_is_unblocked_with_effect(desk: TradingDesk) -> None:
    desk.call("customers.block", customer_id="K2", blocked=False)
    assert desk.order(("A", "1", "1"), customer="K2").status == "open"


def test_products_are_searched_by_all_words_in_either_language(desk: TradingDesk) -> None:
    assert [one.sku for one in desk.call("products.search", words="bolt m8x40").products] == ["B"]
    assert [one.sku for one in desk.call("products.search", words="六角 m8x30").products] == ["A"]
    assert desk.call("products.search", words="100% cotton").products == ()


def test_products_are_given_in_the_asked_order_and_unknown_ones_named(desk: TradingDesk) -> None:
    found = desk.call("products.get", skus=["C", "X", "A"])
    assert ([one.sku for one in found.products], found.unknown) == (["C", "A"], ("X",))


def rule(**more: Any) -> dict[str, Any]:
    return {"sku": "A", "unit_price": "0.80", "currency": "EUR", "valid_from": "2026-01-01T00:00:00Z"} | more


def test_an_agreement_beats_a_tier_a_tier_beats_a_break_and_a_break_the_list(desk: TradingDesk) -> None:
    result = desk.load(
        prices=[
            rule(min_quantity="50", unit_price="0.90"),
            rule(tier="GOLD", unit_price="0.85"),
            rule(customer_id="K1", unit_price="0.80"),
            rule(customer_id="K1", unit_price="0.70", min_quantity="10", valid_until="2026-02-01T00:00:00Z"),
        ]
    )
    assert (result.loaded, result.problems) == ({"prices": 4}, ())

    def price(customer: str | None, quantity: str, sku: str = "A") -> tuple[Any, str]:
        lines = [{"sku": sku, "quantity": quantity}]
        (line,) = desk.call("prices.find", customer_id=customer, lines=lines).lines
        return line.unit_price, line.basis

    assert price("K1", "100") == (Decimal("0.80"), "agreement")
    assert price("K3", "100") == (Decimal("0.85"), "tier")
    assert price(None, "100") == (Decimal("0.90"), "break")
    assert price(None, "49") == (Decimal("1.00"), "list")


def test_what_was_paid_last_is_known_by_quantity_customer_and_anyone(desk: TradingDesk) -> None:
    sold = [("2", "K1", 10, "0.9"), ("3", "K1", 20, "0.8"), ("4", "K3", 10, "0.7")]
    lines = [
        SoldLine(f"H{day}", 1, f"H{day}", customer, "A", "bolt", Decimal(count), Decimal(price), desk.now)
        for day, customer, count, price in sold
    ]
    with desk.transaction() as tx:
        load_history(tx, [line._replace(sold_at=START.replace(day=int(line.order_no[1:]))) for line in lines])
    (line,) = desk.call("prices.last", customer_id="K1", lines=[{"sku": "A", "quantity": "10"}]).lines
    assert (line.same_quantity, line.same_customer, line.anyone) == (
        Decimal("0.9"),
        Decimal("0.8"),
        Decimal("0.7"),
    )
    (line,) = desk.call("prices.last", customer_id=None, lines=[{"sku": "B", "quantity": "10"}]).lines
    assert (line.same_quantity, line.same_customer, line.anyone) == (None, None, None)


def test_history_is_read_in_pages_oldest_first(desk: TradingDesk) -> None:
    lines = [
        SoldLine(f"H{n % 7}", n, "H", "K1", "A", "bolt", Decimal(1), Decimal(1), START.replace(minute=n % 3))
        for n in range(11_000)
    ]
    with desk.transaction() as tx:
        load_history(tx, lines)
    with desk.store.read() as tx:
        read = list(history(tx))
        early = list(history(tx, until=START.replace(minute=1)))
    assert read == sorted(lines, key=lambda line: (line.sold_at, line.document, line.line))
    assert early == [line for line in read if line.sold_at == START]


def register(desk: TradingDesk, **more: Any) -> Any:
    given = {
        "channel": "mail",
        "received_at": desk.now,
        "sender": "a@demo.example",
        "text": "10 bolts please",
    }
    return desk.call("inquiries.register", **(given | more))


def test_the_same_document_is_one_inquiry_and_is_kept_as_it_came(desk: TradingDesk) -> None:
    first, again = register(desk, file_name="a.eml"), register(desk, file_name="copy of a.eml")
    assert (first.already_known, again) == (False, again.model_copy(update={"inquiry_no": first.inquiry_no}))
    assert again.already_known
    assert register(desk, sender="b@demo.example").inquiry_no != first.inquiry_no
    kept = desk.call("inquiries.document", inquiry_no=first.inquiry_no)
    assert base64.b64decode(kept.content) == b"10 bolts please"


def test_bytes_are_kept_byte_by_byte(desk: TradingDesk) -> None:
    content = base64.b64encode(bytes(range(256))).decode()
    inquiry = register(desk, text=None, content=content, media_type="application/pdf")
    assert desk.call("inquiries.document", inquiry_no=inquiry.inquiry_no).content == content
    with pytest.raises(RuleBrokenError, match="not base64"):
        register(desk, text=None, content="not base64!")
    with pytest.raises(RuleBrokenError, match="either text or content"):
        register(desk, content=content)


def test_lines_products_and_prices_of_an_inquiry_are_recorded_together(desk: TradingDesk) -> None:
    number = register(desk).inquiry_no
    lines = [{"line": 1, "text": "10 bolts", "quantity": "10"}, {"line": 2, "text": "a wooden spoon"}]
    desk.call(
        "inquiries.record", inquiry_no=number, kind="order", customer_id="K1", confidence=0.9, lines=lines
    )
    matches = [{"line": 1, "sku": "A", "confidence": 0.97, "evidence": "same size"}, {"line": 2, "sku": None}]
    desk.call("inquiries.record_matches", inquiry_no=number, lines=matches)
    desk.call(
        "inquiries.record_prices",
        inquiry_no=number,
        lines=[{"line": 1, "unit_price": "1.00", "basis": "list"}],
    )
    inquiry = desk.call("inquiries.get", inquiry_no=number)
    assert (inquiry.status, inquiry.customer_id, inquiry.confidence) == ("priced", "K1", 0.9)
    assert [(line.sku, line.match_confidence, line.unit_price) for line in inquiry.lines] == [
        ("A", 0.97, Decimal("1.00")),
        (None, None, None),
    ]
    with pytest.raises(RuleBrokenError, match="1 of the lines"):
        desk.call("inquiries.record_matches", inquiry_no=number, lines=[{"line": 3, "sku": "A"}])
    with pytest.raises(UnknownRecordError):
        desk.call("inquiries.get", inquiry_no="E-999999")


def test_leads_are_listed_the_most_promising_first(desk: TradingDesk) -> None:
    numbers = [desk.call("leads.register", name=f"Demo lead {n}").lead_no for n in range(3)]
    for number, score in zip(numbers, (0.2, 0.9, 0.5), strict=True):
        desk.call("leads.score", lead_no=number, score=score, reason="test")
    assert [one.lead_no for one in desk.call("leads.list", status="scored").leads] == [
        numbers[1],
        numbers[2],
        numbers[0],
    ]
    won = desk.call("leads.move", lead_no=numbers[1], status="won", customer_id="K1")
    assert (won.status, won.customer_id, won.score) == ("won", "K1", 0.9)


def complain(desk: TradingDesk, text: str = "broken", **more: Any) -> Any:
    given = {"customer": "K1", "matter": "damaged goods", "subject": "Complaint", "text": text}
    return desk.call("tickets.open", **(given | more))


def test_a_further_message_within_seven_days_is_a_second_interaction(desk: TradingDesk) -> None:
    first = complain(desk)
    desk.call("tickets.answer", ticket_no=first.ticket_no, letter={"body": "We replace it."})
    desk.call("tickets.resolve", ticket_no=first.ticket_no)
    desk.later(days=6, hours=23)
    again = complain(desk, "still broken")
    assert (again.ticket_no, again.interactions, again.again, again.status) == (
        first.ticket_no,
        2,
        True,
        "open",
    )
    ticket = desk.call("tickets.get", ticket_no=first.ticket_no)
    assert [(one.direction, one.text) for one in ticket.messages] == [
        ("in", "broken"),
        ("out", "We replace it."),
        ("in", "still broken"),
    ]


def test_after_seven_days_or_on_another_matter_it_is_a_new_ticket(desk: TradingDesk) -> None:
    first = complain(desk)
    assert complain(desk, matter="late delivery").ticket_no != first.ticket_no
    assert complain(desk, customer="K3").ticket_no != first.ticket_no
    desk.later(days=7)
    assert complain(desk).ticket_no != first.ticket_no


def test_the_same_message_read_twice_is_no_second_interaction(desk: TradingDesk) -> None:
    first, again = complain(desk, source="E-000001"), complain(desk, source="E-000001")
    assert (again.ticket_no, again.interactions) == (first.ticket_no, 1)
