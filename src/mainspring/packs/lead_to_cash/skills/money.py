"""The bookkeeper's desk: invoices, payments, reminders, write-offs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill
from mainspring.agents.skills.reconcile import Entry, Invoice, Part, reconcile
from mainspring.base.bilingual import both
from mainspring.packs.lead_to_cash.knowhow import Knowhow
from mainspring.services.customers import fold_name

REMIND_EVERY = timedelta(days=14)
REMINDERS = 3
LONG_OVERDUE = timedelta(days=60)
_NOT_CLEAR = both("not clear enough to book alone", "不够明确，不能自动入账")


def _issue(work: Assignment, _: Draft) -> dict[str, Any]:
    invoice = work.call(
        "invoices.issue",
        delivery_no=work.variables["delivery_no"],
        customer_id=work.variables["customer_id"],
        currency=work.variables["currency"],
        total=work.variables["delivered"],
    )
    return {"invoice_no": invoice.invoice_no, "open_amount": invoice.open, **_reminders(invoice.due_at)}


def _reminders(due: Any) -> dict[str, Any]:
    """When to remind, from the due date on; and when a person must decide."""
    first = (due + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "reminder_cycle": f"R{REMINDERS}/{first}/P{REMIND_EVERY.days}D",
        "long_overdue_on": (due + LONG_OVERDUE).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _remind(work: Assignment, _: Draft) -> dict[str, Any]:
    invoice = work.call("invoices.get", invoice_no=work.variables["invoice_no"])
    if invoice.open > 0:
        work.call("dunning.remind", invoice_no=invoice.invoice_no, level=invoice.dunning_level + 1)
    return {}


def _reconcile(work: Assignment, _: Draft) -> dict[str, Any]:
    invoice = work.call("invoices.get", invoice_no=work.variables["invoice_no"])
    still = {} if invoice.open == 0 else _reminders(max(invoice.due_at, work.now))
    return {"open_amount": invoice.open, **still}


def _close(work: Assignment, _: Draft) -> dict[str, Any]:
    work.call("inquiries.step", inquiry_no=work.variables["inquiry_no"], status="closed")
    return {}


def _still_open(work: Assignment) -> Any:
    return work.call("invoices.get", invoice_no=work.variables["invoice_no"])


def _as_it_stands(_: Assignment, invoice: Any) -> Draft:
    """What is open now, which may be less than when somebody decided: money may have come meanwhile."""
    return Draft({"total": invoice.open, "currency": invoice.currency, "customer_id": invoice.customer_id})


def _write_off(work: Assignment, draft: Draft) -> dict[str, Any]:
    if draft.values["total"] > 0:
        work.call(
            "write_offs.book",
            invoice_no=work.variables["invoice_no"],
            reason=work.variables.get("note") or "long overdue",
            **draft.values,
        )
    return {"open_amount": Decimal(0)}


# -- payments ---------------------------------------------------------------------------------------------


def _open_items(work: Assignment) -> Any:
    """What waits on the statement and what is open, in as few calls as possible."""
    waiting = work.call("payments.open").payments
    payments = [one for one in waiting if one.statement == work.variables["statement"]]
    return payments, work.call("invoices.open").invoices


def _entry(payment: Any, known: Mapping[str, str]) -> Entry:
    return Entry(
        payment.payment_no,
        payment.open,
        payment.booked_at.date(),
        known.get(fold_name(payment.payer), payment.payer),
        payment.account,
        payment.reference,
        payment.currency,
    )


def _receivable(invoice: Any, accounts: Mapping[str, str]) -> Invoice:
    return Invoice(
        invoice.invoice_no,
        invoice.open,
        invoice.customer_id,
        invoice.customer_name,
        accounts.get(invoice.customer_id, ""),
        invoice.order_no,
        invoice.issued_at.date(),
        invoice.currency,
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk that places payments; it remembers from whose account money came."""

    knowhow: Knowhow

    def _known(self, invoices: Any) -> dict[str, str]:
        """Payers who were confirmed once, by the name of the customer for whom they pay."""
        names = {invoice.customer_id: invoice.customer_name for invoice in invoices}
        own = {fold_name(name) for name in names.values()}
        known = self.knowhow.payers.items()
        return {payer: names[one] for payer, one in known if one in names and payer not in own}

    def match(self, _: Assignment, items: Any) -> Draft:
        """All payments of the statement against all open invoices, as one assignment problem."""
        payments, invoices = items
        known = self._known(invoices)
        entries = [_entry(payment, known) for payment in payments if payment.open > 0]
        found = reconcile(entries, [_receivable(invoice, self.knowhow.accounts) for invoice in invoices])
        still_open = {invoice.invoice_no: invoice.open for invoice in invoices}
        sure = [
            {
                "payment_no": one.entry,
                "shares": _shares(one.parts, still_open),
                "evidence": list(one.evidence),
            }
            for one in found
            if one.automatic
        ]
        return Draft({"sure": sure, "unclear": [one.entry for one in found if not one.automatic]})

    def allocate_sure(self, work: Assignment, draft: Draft) -> dict[str, Any]:
        """Book what is clear; the rest goes on, one by one."""
        told: list[dict[str, Any]] = []
        for one in draft.values["sure"]:
            told += self._allocate(work, one["payment_no"], one["shares"])
        return {"allocations": told, "unclear": draft.values["unclear"]}

    def propose(self, _: Assignment, items: Any) -> Draft:
        """The likeliest reading of a payment that was not clear; a person always decides."""
        payment, invoices = items
        (found,) = reconcile(
            [_entry(payment, self._known(invoices))],
            [_receivable(invoice, self.knowhow.accounts) for invoice in invoices],
        )
        still_open = {invoice.invoice_no: invoice.open for invoice in invoices}
        seen = {"remittance": payment.reference, "payer": payment.payer, "amount": payment.amount}
        values = {"allocations": _shares(found.parts, still_open), "payment_no": payment.payment_no}
        doubt = found.reason or _NOT_CLEAR
        return Draft(values, found.confidence, found.evidence, (doubt,), seen)

    def allocate_reviewed(self, work: Assignment, draft: Draft) -> dict[str, Any]:
        """Book what the person said; nothing, when it is nobody's."""
        shares = draft.values["allocations"]
        if not shares:
            return {"allocations": []}
        return {"allocations": self._allocate(work, draft.values["payment_no"], shares)}

    def _allocate(
        self, work: Assignment, payment_no: str, shares: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        paid = work.call("payments.allocate", payment_no=payment_no, allocations=shares)
        self.knowhow.learn_account(paid.customer_id, paid.account)
        self.knowhow.learn_payer(paid.customer_id, paid.payer)
        return [{"invoice_no": share["invoice_no"], "amount": share["amount"]} for share in shares]


def _shares(parts: Iterable[Part], still_open: Mapping[str, Decimal]) -> list[dict[str, Any]]:
    """The parts as the books take them: a bank fee settles what the payment itself leaves open."""
    shares = []
    for part in parts:
        share = {"invoice_no": part.invoice_no, "amount": part.amount, "kind": part.kind}
        if part.kind == "fee":
            share["fee"] = still_open[part.invoice_no] - part.amount
        shares.append(share)
    return shares


def _one_payment(work: Assignment) -> Any:
    payment = work.call("payments.get", payment_no=work.variables["payment_no"])
    return payment, work.call("invoices.open").invoices


def skills(knowhow: Knowhow) -> dict[str, Skill]:
    """The skills of the bookkeeper's desk."""
    desk = Desk(knowhow)
    return {
        "issue_invoice": Skill(_issue),
        "remind": Skill(_remind),
        "reconcile": Skill(_reconcile),
        "close_order": Skill(_close),
        "write_off": Skill(_write_off, _still_open, _as_it_stands),
        "match_payments": Skill(desk.allocate_sure, _open_items, desk.match),
        "clarify_payment": Skill(desk.allocate_reviewed, _one_payment, desk.propose),
    }
