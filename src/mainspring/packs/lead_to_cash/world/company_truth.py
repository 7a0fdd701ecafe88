"""What the people of the demo company would answer: from the labels of its mail and its statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mainspring.gateway import Caller, Gateway
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.packs.lead_to_cash.world.delays import Delays
from mainspring.packs.lead_to_cash.world.payments import Truth as PaymentTruth
from mainspring.packs.lead_to_cash.world.staff import Answer
from mainspring.packs.lead_to_cash.world.truth import NEVER_PAID, share_of
from mainspring.runtime import queries
from mainspring.runtime.queries import Task
from mainspring.store import Tx

TAKES = 0.7
"""The share of inquiries whose quote the customer accepts; an order is always accepted."""


@dataclass(slots=True)
class CompanyTruth:
    """The labels behind the demo company's mail.

    Attributes:
        mails: inquiry number to the label of the document.
        payments: payment number to what it really pays.
        quotes: quote number to the inquiry it answers.
    """

    gateway: Gateway
    delays: Delays
    payments: Mapping[str, PaymentTruth]
    mails: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def accepts(self, tx: Tx, quote_no: str) -> bool:
        """Orders are meant; of the others, most are."""
        quote = self.gateway.call(tx, Caller(SYSTEM), "quotes.get", {"quote_no": quote_no})
        label = self.mails.get(quote.inquiry_no or "")
        if label is None or label["kind"] == "order":
            return True
        return self.delays.draw(f"accepts {quote.inquiry_no}").random() < TAKES

    def answer(self, tx: Tx, task: Task, _: Principal) -> Answer:
        """What the person who knows the case says; a draft without a label is fine as it is."""
        if task.kind == "approval":
            return "approved", {}
        values: dict[str, Any] | None = None
        label = self._label(tx, task)
        match task.form:
            case "review_payment":
                values = self._payment(tx, task)
            case "review_understanding" if label:
                values = understanding_of(label)
            case "review_quote" if label:
                values = self._quote(tx, task, label)
            case "decide_customer":
                values = _customer(label, queries.variables(tx, task.process_instance))
            case "decide_overdue":
                values = {"write_off": True, "note": NEVER_PAID}
            case _:
                pass
        if task.kind == "task":
            return "completed", values or {}
        return ("accepted", {}) if values is None else ("edited", values)

    def _label(self, tx: Tx, task: Task) -> Mapping[str, Any] | None:
        inquiry_no = queries.variables(tx, task.process_instance).get("inquiry_no", "")
        return self.mails.get(inquiry_no)

    def _quote(self, tx: Tx, task: Task, label: Mapping[str, Any]) -> dict[str, Any]:
        """The lines as they were meant, each in the unit it is sold in, at the price the books give."""
        drafted = {line["sku"]: line for line in task.payload["values"]["lines"] if line["sku"]}
        wanted = [line for line in label["lines"] if line["sku"]]
        customer = task.payload["values"]["customer_id"]
        caller = Caller(SYSTEM)
        skus = list(dict.fromkeys(line["sku"] for line in wanted))
        known = self.gateway.call(tx, caller, "products.get", {"skus": skus}).products if skus else ()
        products = {one.sku: one for one in known}
        asked = [
            {"sku": line["sku"], "quantity": _sold_quantity(line, products[line["sku"]])} for line in wanted
        ]
        found = self.gateway.call(tx, caller, "prices.find", {"customer_id": customer, "lines": asked})
        lines = []
        for number, (line, sold, price) in enumerate(zip(wanted, asked, found.lines, strict=True), 1):
            draft = drafted.get(line["sku"], {})
            lines.append(
                {
                    "line": number,
                    "text": line["text"],
                    "sku": line["sku"],
                    "quantity": sold["quantity"],
                    "unit": products[line["sku"]].unit,
                    "unit_price": draft.get("unit_price") or price.unit_price,
                }
            )
        return {"lines": lines}

    def _payment(self, tx: Tx, task: Task) -> dict[str, Any]:
        truth = self.payments.get(task.payload["values"]["payment_no"])
        numbers = [part.invoice_no for part in truth.parts] if truth else []
        found = (
            self.gateway.call(tx, Caller(SYSTEM), "invoices.open", {"invoice_nos": numbers})
            if numbers
            else None
        )
        still_open = {one.invoice_no: one.open for one in found.invoices} if found else {}
        parts = truth.parts if truth else ()
        return {
            "allocations": [
                share_of(part, still_open[part.invoice_no]) for part in parts if part.invoice_no in still_open
            ]
        }


def understanding_of(label: Mapping[str, Any]) -> dict[str, Any]:
    """What a person writes down who has read the document."""
    lines = [
        {
            "line": number,
            "text": line["text"],
            "quantity": Decimal(line["quantity"]) if line["quantity"] else None,
            "unit": line["unit"] or "",
            "code": "",
            "place": "",
            "confidence": 1.0,
        }
        for number, line in enumerate(label["lines"], 1)
    ]
    same = ("kind", "customer_id", "order_no", "requested_date", "delivery_place", "language", "injection")
    return {**{name: label[name] for name in same}, "lines": lines, "problems": []}


def _sold_quantity(line: Mapping[str, Any], product: Any) -> Decimal:
    quantity = Decimal(line["quantity"] or 1)
    return quantity * product.pack_size if line["unit"] == "box" and product.unit != "box" else quantity


def _customer(label: Mapping[str, Any] | None, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Blocked customers and strangers are not delivered; for a known one the limit is overlooked once."""
    customer = label["customer_id"] if label else variables.get("customer_id")
    deliver = bool(customer) and not variables.get("blocked")
    return {"deliver": deliver, "customer_id": customer, "note": "" if deliver else "not on account"}
