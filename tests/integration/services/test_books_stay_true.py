"""Whatever people do in whatever order: the books balance, and each figure follows from its documents."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from mainspring.services.errors import ServiceError
from mainspring.store import Store, open_store
from mainspring.testing.trading import TradingDesk

SKUS = st.sampled_from("ABC")
QUANTITIES = st.integers(1, 60)
PRICES = st.sampled_from(["0.07", "1.00", "3.333", "19.99"])
LINES = st.lists(st.tuples(SKUS, QUANTITIES.map(str), PRICES), min_size=1, max_size=4)
CUSTOMERS = st.sampled_from(["K1", "K3"])
WHICH = st.integers(0, 50)
CENTS = st.integers(1, 20_000).map(lambda cents: Decimal(cents) / 100)


class Trading(RuleBasedStateMachine):
    """Random business; a refusal is fine as long as it leaves nothing behind."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.desk = TradingDesk(store)
        self.desk.supply(on_hand=80)
        self.documents: dict[str, list[Any]] = {}
        self.entry = 0

    def done(self, kind: str, name: str, **arguments: Any) -> Any:
        """Call and remember the document; None when the books refuse."""
        try:
            document = self.desk.call(name, **arguments)
        except ServiceError:
            return None
        self.documents.setdefault(kind, []).append(document)
        return document

    def some(self, kind: str, which: int) -> Any:
        """A document of this kind from before, or None."""
        known = self.documents.get(kind, [])
        return known[which % len(known)] if known else None

    @rule(lines=LINES, customer=CUSTOMERS, number=st.integers(1, 5))
    def order(self, lines: list[tuple[str, str, str]], customer: str, number: int) -> None:
        inputs = [
            {"line": place, "sku": sku, "quantity": quantity, "unit_price": price}
            for place, (sku, quantity, price) in enumerate(lines, 1)
        ]
        self.done(
            "order",
            "orders.create",
            source_no=f"PO-{number}-{len(lines)}",
            customer_id=customer,
            currency="EUR",
            lines=inputs,
        )

    @rule(which=WHICH)
    def reserve(self, which: int) -> None:
        if order := self.some("order", which):
            self.done("reservation", "stock.reserve", order_no=order.order_no)

    @rule(which=WHICH)
    def release(self, which: int) -> None:
        if order := self.some("order", which):
            self.done("release", "stock.release", order_no=order.order_no)

    @rule(which=WHICH, line=st.none() | st.integers(1, 3))
    def cancel(self, which: int, line: int | None) -> None:
        if order := self.some("order", which):
            self.done("cancelled", "orders.cancel", order_no=order.order_no, lines=line and [line])

    @rule(which=WHICH, part=st.none() | st.integers(1, 10))
    def pack(self, which: int, part: int | None) -> None:
        if order := self.some("order", which):
            lines = part and [{"line": 1, "quantity": part}]
            self.done("delivery", "deliveries.create", order_no=order.order_no, lines=lines)

    @rule(which=WHICH)
    def ship(self, which: int) -> None:
        if delivery := self.some("delivery", which):
            self.done("shipped", "deliveries.ship", delivery_no=delivery.delivery_no)

    @rule(which=WHICH)
    def unpack(self, which: int) -> None:
        if delivery := self.some("delivery", which):
            self.done("unpacked", "deliveries.cancel", delivery_no=delivery.delivery_no)

    @rule(lines=LINES, customer=CUSTOMERS)
    def sell(self, lines: list[tuple[str, str, str]], customer: str) -> None:
        """Order, reserve, ship and invoice what is there at once, so that money often has something to do."""
        order = self.desk.order(*lines, customer=customer)
        self.documents.setdefault("order", []).append(order)
        self.done("reservation", "stock.reserve", order_no=order.order_no)
        delivery = self.done("delivery", "deliveries.create", order_no=order.order_no)
        if delivery is not None:
            self.done("shipped", "deliveries.ship", delivery_no=delivery.delivery_no)
            self.invoice(-1)

    @rule(which=WHICH)
    def invoice(self, which: int) -> None:
        if delivery := self.some("shipped", which):
            self.done(
                "invoice",
                "invoices.issue",
                delivery_no=delivery.delivery_no,
                customer_id=delivery.customer_id,
                currency="EUR",
                total=delivery.total,
            )

    @rule(amount=CENTS, sign=st.sampled_from([1, 1, 1, -1]))
    def money_moves(self, amount: Decimal, sign: int) -> None:
        self.entry += 1
        self.documents.setdefault("payment", []).append(self.desk.pay(sign * amount, entry=self.entry))

    @rule(
        payment=WHICH,
        invoice=WHICH,
        amount=CENTS,
        fee=st.sampled_from(["0", "0.5", "40"]),
        all_=st.booleans(),
    )
    def allocate(self, payment: int, invoice: int, amount: Decimal, fee: str, *, all_: bool) -> None:
        paid, owed = self.some("payment", payment), self.some("invoice", invoice)
        if paid and owed:
            if all_ and owed.open:
                amount = min(abs(paid.open) or amount, owed.open)
            share = {"invoice_no": owed.invoice_no, "amount": amount, "fee": fee}
            self.done("used", "payments.allocate", payment_no=paid.payment_no, allocations=[share])

    @rule(which=WHICH, over=st.sampled_from(["0", "0", "5"]))
    def settle(self, which: int, over: str) -> None:
        """Pay an invoice that is open, as nearly all customers do."""
        owed = self.desk.call("invoices.open").invoices
        if owed:
            invoice = owed[which % len(owed)]
            self.money_moves(invoice.open + Decimal(over), 1)
            shares = [{"invoice_no": invoice.invoice_no, "amount": invoice.open}]
            number = self.documents["payment"][-1].payment_no
            self.done("used", "payments.allocate", payment_no=number, allocations=shares)
            self.documents.setdefault("paid", []).append(invoice)

    @rule(which=WHICH)
    def return_what_was_paid(self, which: int) -> None:
        """All goods of a paid invoice come back and half of the money is refunded."""
        if paid := self.some("paid", which):
            invoice = self.desk.call("invoices.get", invoice_no=paid.invoice_no)
            self.credit_lines(invoice, [(line.sku, line.quantity) for line in invoice.lines], restock=True)
            note = self.some("credit", -1)
            if note and note.open >= 1:  # half of less may round to nothing
                self.refund(-1, note.open / 2, of_payment=False)

    @rule(payment=WHICH, invoice=WHICH)
    def revoke(self, payment: int, invoice: int) -> None:
        paid, owed = self.some("used", payment), self.some("invoice", invoice)
        if paid and owed:
            self.done("revoked", "payments.revoke", payment_no=paid.payment_no, invoice_no=owed.invoice_no)

    @rule(which=WHICH)
    def charge(self, which: int) -> None:
        if payment := self.some("payment", which):
            self.done("charge", "payments.book_charge", payment_no=payment.payment_no)

    @rule(which=WHICH, sku=SKUS, quantity=QUANTITIES, restock=st.booleans())
    def credit(self, which: int, sku: str, quantity: int, *, restock: bool) -> None:
        if invoice := self.some("invoice", which):
            self.credit_lines(invoice, [(sku, quantity)], restock=restock)

    def credit_lines(self, invoice: Any, goods: list[tuple[str, Any]], *, restock: bool) -> None:
        lines = [{"document": invoice.invoice_no, "sku": sku, "quantity": count} for sku, count in goods]
        draft = {"customer_id": invoice.customer_id, "currency": "EUR", "lines": lines}
        if preview := self.done("preview", "credit_notes.preview", **draft):
            self.done(
                "credit",
                "credit_notes.issue",
                **draft,
                source_no=f"C{len(self.documents['preview'])}",
                total=preview.total,
                restock=restock,
            )

    @rule(note=WHICH, invoice=WHICH, amount=CENTS)
    def apply(self, note: int, invoice: int, amount: Decimal) -> None:
        credited, owed = self.some("credit", note), self.some("invoice", invoice)
        if credited and owed:
            self.done(
                "applied",
                "credit_notes.apply",
                credit_note_no=credited.credit_note_no,
                invoice_no=owed.invoice_no,
                amount=amount,
            )

    @rule(which=WHICH, amount=CENTS, of_payment=st.booleans())
    def refund(self, which: int, amount: Decimal, *, of_payment: bool) -> None:
        if source := self.some("payment" if of_payment else "credit", which):
            self.done(
                "refund",
                "refunds.approve",
                source=source.payment_no if of_payment else source.credit_note_no,
                customer_id=source.customer_id or "K1",
                currency="EUR",
                total=round(min(amount, source.open) if source.open > 0 else amount, 2),
                reason="test",
            )

    @rule(refund=WHICH, payment=WHICH)
    def payout(self, refund: int, payment: int) -> None:
        owed, left = self.some("refund", refund), self.some("payment", payment)
        if owed and left:
            numbers = {"refund_no": owed.refund_no, "payment_no": left.payment_no}
            self.done("payout", "refunds.record_payout", **numbers)

    @rule(which=WHICH, amount=CENTS)
    def write_off(self, which: int, amount: Decimal) -> None:
        if invoice := self.some("invoice", which):
            self.done(
                "write-off",
                "write_offs.book",
                invoice_no=invoice.invoice_no,
                customer_id=invoice.customer_id,
                currency="EUR",
                total=amount,
                reason="test",
            )

    @rule(sku=SKUS, quantity=QUANTITIES, number=st.integers(1, 4))
    def receive(self, sku: str, quantity: int, number: int) -> None:
        self.done(
            "receipt", "stock.receive", document=f"GR-{number}", lines=[{"sku": sku, "quantity": quantity}]
        )

    @invariant()
    def the_books_are_true(self) -> None:
        assert self.desk.check() == []
        assert sum(self.desk.balances().values()) == 0

    def teardown(self) -> None:
        self.desk.store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Makes an empty database, or an unused tenant of one."""
    url = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    return lambda: open_store(url, f"t{uuid4().hex[:16]}")


def test_the_books_stay_true_whatever_is_done(
    new_store: Callable[[], Store], request: pytest.FixtureRequest
) -> None:
    examples = 8 if "postgresql" in request.node.name else 25
    run_state_machine_as_test(
        lambda: Trading(new_store()),  # type: ignore[arg-type] # a factory does, as its name there says
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
