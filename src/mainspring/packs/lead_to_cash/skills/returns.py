"""The returns desk: what comes back is found among what was sold, credited, and paid back if it was paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill
from mainspring.base.bilingual import both
from mainspring.packs.lead_to_cash.knowhow import Knowhow, account

CREDITED = ("document", "line", "sku", "quantity")
"""What of a sold line goes onto the credit note."""
_NO_PRODUCT = both("the product is not certain", "不能确定是哪种商品")
_NO_QUANTITY = both("the quantity is not said", "没有写明数量")


@dataclass(frozen=True, slots=True)
class Returned:
    """A line that comes back, with its product where that is certain."""

    line: int
    text: str
    sku: str | None
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The returns desk with what it knows."""

    knowhow: Knowhow

    def sold(self, work: Assignment) -> tuple[list[Returned], list[Any]]:
        """The returned lines, and what their sender bought of these products."""
        inquiry = work.call("inquiries.get", inquiry_no=work.variables["inquiry_no"])
        lines = [self._returned(line, account(inquiry.customer_id)) for line in inquiry.lines]
        skus = tuple(dict.fromkeys(line.sku for line in lines if line.sku))
        if not inquiry.customer_id or not skus:
            return lines, []
        found = work.call(
            "sales.find_sold", customer_id=inquiry.customer_id, skus=skus, before=inquiry.received_at
        )
        return lines, list(found.lines)

    def _returned(self, line: Any, customer: str | None) -> Returned:
        match = self.knowhow.catalogue.match(
            line.text, code=line.code or None, unit=line.unit or None, customer=customer
        )
        return Returned(line.line, line.text, match.sku, line.quantity)

    @staticmethod
    def find(_: Assignment, material: tuple[list[Returned], list[Any]]) -> Draft:
        """For each returned line the sold lines that it undoes: the same quantity first, then the latest."""
        lines, sold = material
        left = {(one.document, one.line): one.quantity - one.returned for one in sold}
        credited: list[dict[str, Any]] = []
        doubts: list[str] = []
        for line in lines:
            taken, missing = _take(line, sold, left)
            credited += taken
            if missing:
                doubts.append(_unexplained(line, missing))
        found = both("{count} sold lines found", "找到 {count} 个已售行", count=len(credited))
        return Draft({"lines": credited}, 1.0, (found,), tuple(doubts))


def _unexplained(line: Returned, missing: str) -> str:
    return both(
        "line {line}: {text!r}: {missing}",
        "第 {line} 行：“{text}”：{missing}",
        line=line.line,
        text=line.text[:80],
        missing=missing,
    )


def _take(line: Returned, sold: Iterable[Any], left: dict[Any, Decimal]) -> tuple[list[dict[str, Any]], str]:
    """Sold lines for one returned line, and what stays unexplained."""
    if line.sku is None:
        return [], _NO_PRODUCT
    if line.quantity is None:
        return [], _NO_QUANTITY
    fitting = [one for one in sold if one.sku == line.sku and left[one.document, one.line] > 0]
    fitting.sort(
        key=lambda one: left[one.document, one.line] != line.quantity
    )  # stable: else the latest first
    wanted, taken = line.quantity, []
    for one in fitting:
        part = min(wanted, left[one.document, one.line])
        left[one.document, one.line] -= part
        wanted -= part
        taken.append(
            {
                "document": one.document,
                "line": one.line,
                "order_no": one.order_no,
                "sku": one.sku,
                "quantity": part,
                "unit_price": one.unit_price,
            }
        )
        if wanted == 0:
            return taken, ""
    return taken, both("{wanted} more come back than were sold", "退回比售出多 {wanted}", wanted=wanted)


def _write_lines(_: Assignment, draft: Draft) -> dict[str, Any]:
    """What a person or the search found goes on to the credit note."""
    lines = draft.values["lines"]
    return {"credit": lines, "credit_lines": len(lines)}


def _issue(work: Assignment, _: Draft) -> dict[str, Any]:
    customer, currency = work.variables["customer_id"], work.variables.get("currency") or _currency(work)
    lines = [{name: line[name] for name in CREDITED} for line in work.variables["credit"]]
    total = work.call("credit_notes.preview", customer_id=customer, currency=currency, lines=lines).total
    note = work.call(
        "credit_notes.issue",
        customer_id=customer,
        currency=currency,
        lines=lines,
        source_no=work.variables["inquiry_no"],
        total=total,
        reason="returned goods",
    )
    left = _apply(work, note, currency)
    return {"credit_note_no": note.credit_note_no, "refund_amount": left, "currency": currency}


def _currency(work: Assignment) -> Any:
    return work.call("customers.get", customer_id=work.variables["customer_id"]).currency


def _apply(work: Assignment, note: Any, currency: str) -> Decimal:
    """Set the credit against what is still open of the same sales; what is left was paid and goes back."""
    left: Decimal = note.open
    documents = sorted({line.document for line in note.lines})
    for invoice in work.call("invoices.open", invoice_nos=documents, currency=currency).invoices:
        part = min(left, invoice.open)
        if part > 0:
            work.call(
                "credit_notes.apply",
                credit_note_no=note.credit_note_no,
                invoice_no=invoice.invoice_no,
                amount=part,
            )
            left -= part
    return left


def _refund(work: Assignment, _: Draft) -> dict[str, Any]:
    refund = work.call(
        "refunds.approve",
        source=work.variables["credit_note_no"],
        customer_id=work.variables["customer_id"],
        currency=work.variables["currency"],
        total=work.variables["refund_amount"],
        reason="returned goods",
    )
    return {"refund_no": refund.refund_no}


def skills(knowhow: Knowhow) -> dict[str, Skill]:
    """The skills of the returns desk."""
    desk = Desk(knowhow)
    return {
        "find_original": Skill(_write_lines, desk.sold, desk.find),
        "issue_credit_note": Skill(_issue),
        "refund": Skill(_refund),
    }
