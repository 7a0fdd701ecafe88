"""What the data of an order run says really happened: the answers of people who know the cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mainspring.gateway import Caller, Gateway
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.packs.lead_to_cash.orders import SourceLine, SourceOrder
from mainspring.packs.lead_to_cash.world.payments import Truth as PaymentTruth
from mainspring.packs.lead_to_cash.world.staff import Answer
from mainspring.runtime import queries
from mainspring.runtime.queries import Task
from mainspring.store import Tx

NEVER_PAID = "the rest of the money will not come"


@dataclass(slots=True)
class OrderTruth:
    """The recorded orders behind the inquiries of a run.

    Args:
        gateway: through which people prepare what an answer needs.
        currency: of products that people open on the way.
        payments: payment number to what it really pays.
    """

    gateway: Gateway
    currency: str
    payments: Mapping[str, PaymentTruth]
    orders: dict[str, SourceOrder] = field(default_factory=dict)
    """Inquiry number to the recorded order."""

    def accepts(self, _: Tx, __: str) -> bool:
        """Every order of the file was really placed."""
        return True

    def answer(self, tx: Tx, task: Task, person: Principal) -> Answer:
        """What the person who knows the case says."""
        if task.kind == "approval":
            return "approved", {}
        answers: dict[str, Callable[[Tx, Task, Principal], Answer]] = {
            "review_quote": self._quote,
            "review_payment": self._payment,
            "decide_customer": _deliver,
            "decide_overdue": _write_off,
        }
        outcome = "accepted" if task.kind == "review" else "completed"
        answer = answers.get(task.form or "")
        return answer(tx, task, person) if answer else (outcome, {})

    def _quote(self, tx: Tx, task: Task, person: Principal) -> Answer:
        order = self.orders[queries.variables(tx, task.process_instance)["inquiry_no"]]
        lines = [dict(line) for line in task.payload["values"]["lines"]]
        for line in lines:
            source = order.lines[int(line["line"]) - 1]
            line |= {"sku": source.sku, "quantity": source.quantity, "unit_price": source.unit_price}
        self._open_products(tx, person, {source.sku: source for source in order.lines})
        return "edited", {"lines": lines}

    def _open_products(self, tx: Tx, person: Principal, sold: Mapping[str, SourceLine]) -> None:
        """Products that the books do not know yet are opened by the person who answers."""
        caller = Caller(person)
        known = self.gateway.call(tx, caller, "products.get", {"skus": list(sold)})
        for sku in known.unknown:
            product = {"sku": sku, "name": sold[sku].text, "currency": self.currency}
            product["list_price"] = sold[sku].unit_price
            self.gateway.call(tx, caller, "products.save", product)

    def _payment(self, tx: Tx, task: Task, _: Principal) -> Answer:
        truth = self.payments[task.payload["values"]["payment_no"]]
        numbers = [part.invoice_no for part in truth.parts]
        found = (
            self.gateway.call(tx, Caller(SYSTEM), "invoices.open", {"invoice_nos": numbers})
            if numbers
            else None
        )
        still_open = {one.invoice_no: one.open for one in found.invoices} if found else {}
        shares = [
            share_of(part, still_open[part.invoice_no])
            for part in truth.parts
            if part.invoice_no in still_open
        ]
        return "edited", {"allocations": shares}


def share_of(part: Any, still_open: Decimal) -> dict[str, Any]:
    """A part of a payment as the books take it, of what is still open."""
    amount = min(part.amount, still_open)
    share = {"invoice_no": part.invoice_no, "amount": amount, "kind": part.kind}
    if part.kind == "fee":
        share["fee"] = still_open - amount
    return share


def _deliver(*_: object) -> Answer:
    return "completed", {"deliver": True}


def _write_off(*_: object) -> Answer:
    return "completed", {"write_off": True, "note": NEVER_PAID}
