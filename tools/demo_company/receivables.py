"""Open invoices of the demo company and the bank statement that pays them, awkward cases included."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tools.demo_company.catalogue import Customer
from tools.demo_company.past import Line
from tools.demo_company.payers import TREASURY, payer
from tools.demo_company.statement import Entry, mt940

TAX = Decimal("1.19")
SHIPPED_AFTER = 3
LATEST = 61
STILL_OPEN = 4
PAIRS = ("JN-Nov", "JN-Dec", "S20-1117", "CL-1118")
NEAR_LIMIT = ("G-1203", "W-1222")


class Invoice(NamedTuple):
    """One row of open_invoices.csv; the amount is in EUR with tax."""

    invoice_no: str
    customer_id: str
    order_no: str
    issued: str
    due: str
    amount: Decimal
    currency: str


def open_invoices(customers: Iterable[Customer], lines: Iterable[Line]) -> list[Invoice]:
    """The receivables at the end of the year: the last orders and those that inquiries speak of."""
    by_id = {customer.customer_id: customer for customer in customers}
    orders: dict[str, list[Line]] = {}
    for line in lines:
        orders.setdefault(line.order_no, []).append(line)
    named = [*PAIRS, *NEAR_LIMIT, "25-1187", "25-9031", "PO-25-0988"]
    latest = [key for key in orders if key.startswith("H25-")][-LATEST:]
    chosen = sorted([*latest, *named], key=lambda key: (orders[key][0].date, key))
    rows = []
    for number, key in enumerate(chosen, start=1):
        first = orders[key][0]
        issued = date.fromisoformat(first.date) + timedelta(days=SHIPPED_AFTER)
        due = issued + timedelta(days=by_id[first.customer_id].payment_terms_days)
        net = sum((line.quantity * line.unit_price for line in orders[key]), Decimal(0))
        amount = (net * TAX).quantize(Decimal("0.01"))
        invoice_no = f"RE25-{4100 + number * 3}"
        rows.append(
            Invoice(invoice_no, first.customer_id, key, issued.isoformat(), due.isoformat(), amount, "EUR")
        )
    return rows


class Paid(NamedTuple):
    """A payment before it becomes an entry: who pays what, how, and with which words."""

    case: str
    invoices: list[Invoice]
    amount: Decimal
    words: str
    fee: Decimal = Decimal(0)


def _damaged(invoice_no: str, way: int) -> str:
    digits = invoice_no.removeprefix("RE25-")
    swapped = digits[0] + digits[2] + digits[1] + digits[3]
    return [f"RE25 {digits[:2]} {digits[2:]}", f"INV {digits}", f"RE25-{swapped}", f"RG.{digits[1:]}"][
        way % 4
    ]


WORDS = (
    "INVOICE {no}",
    "RE {no} VOM {day}",
    "PAYMENT FOR {no} / ORDER {order}",
    "{no}",
    "FAKTURA {no} THANK YOU",
)


def _exact(invoice: Invoice, index: int) -> Paid:
    words = WORDS[index % len(WORDS)].format(
        no=invoice.invoice_no, day=invoice.issued, order=invoice.order_no
    )
    return Paid("exact", [invoice], invoice.amount, words)


def _merged(invoices: list[Invoice]) -> list[Paid]:
    """Two or three invoices of one customer in one payment; the second such payment names only one."""
    by_customer: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        by_customer.setdefault(invoice.customer_id, []).append(invoice)
    several = sorted((group for group in by_customer.values() if len(group) > 1), key=len, reverse=True)[:5]
    paid = []
    for index, group in enumerate(several):
        together = group[:3]
        total = sum((invoice.amount for invoice in together), Decimal(0))
        names = " ".join(invoice.invoice_no for invoice in together)
        words = f"INVOICES {names}" if index != 1 else f"{together[0].invoice_no} AND FOLLOWING"
        paid.append(Paid("merged", together, total, words))
    return paid


def payments(invoices: list[Invoice]) -> list[Paid]:
    """All customer payments of the month."""
    equal = [invoice for name in PAIRS for invoice in invoices if invoice.order_no == name]
    kept = {"25-9031", *NEAR_LIMIT, *PAIRS}  # disputed, unpaid, and the pairs, which have their own cases
    rest = [invoice for invoice in invoices if invoice.order_no not in kept]
    paid = _merged(rest)
    used = {invoice.invoice_no for one in paid for invoice in one.invoices}
    rest = [invoice for invoice in rest if invoice.invoice_no not in used]
    rest = rest[:-STILL_OPEN]
    paid += [Paid("equal", [equal[0]], equal[0].amount, "SCREWS")]
    paid += [Paid("equal", [one], one.amount, "PAPER") for one in equal[2:]]
    for index, invoice in enumerate(rest[:5]):
        part = Decimal(f"{invoice.amount * 2 // 5 + index}.00")
        paid.append(Paid("partial", [invoice], part, f"PART PAYMENT {invoice.invoice_no}"))
        if index in {1, 3}:
            paid.append(Paid("partial", [invoice], invoice.amount - part, f"REST OF {invoice.invoice_no}"))
    for index, invoice in enumerate(rest[5:10]):
        fee = (Decimal("7.50"), Decimal("12.00"), Decimal("15.00"), Decimal("9.90"), Decimal("25.00"))[index]
        words = f"{invoice.invoice_no} CHARGES SHARED"
        paid.append(Paid("fee", [invoice], invoice.amount - fee, words, fee))
    paid += [
        Paid("missing_reference", [one], one.amount, ("", "GOODS", "THANK YOU", "DECEMBER")[index])
        for index, one in enumerate(rest[10:14])
    ]
    paid += [
        Paid("damaged_reference", [one], one.amount, _damaged(one.invoice_no, index))
        for index, one in enumerate(rest[14:18])
    ]
    paid += [_exact(invoice, index) for index, invoice in enumerate(rest[18:])]
    return paid


# Entries that pay no invoice: sign, amount, name, words, case
OTHERS = (
    ("C", "417.30", "DEMO STRANGER LTD", "ORDER 88123", "nobody"),
    ("C", "1250.00", "SAMPLE PERSON", "PRIVATE LOAN BACK", "nobody"),
    ("C", "88.06", "DEMO TAX OFFICE", "REFUND VAT 2024", "nobody"),
    ("C", "263.11", "EXAMPLE BV", "RE24-1007 SECOND PAYMENT", "nobody"),
    ("D", "39.90", "DEMO BANK", "ACCOUNT FEE JANUARY", "own"),
    ("D", "4.25", "DEMO BANK", "FOREIGN PAYMENT CHARGES", "own"),
    ("D", "8640.00", "DEMO STEEL SUPPLIER", "INVOICE 771 FASTENERS", "own"),
    ("D", "2975.00", "DEMO LANDLORD", "RENT WAREHOUSE 01/26", "own"),
)


def write_statement(target: Path, customers: Iterable[Customer], invoices: list[Invoice]) -> int:
    """Write the statement and its truth below `target`; returns how many entries there are."""
    by_id = {customer.customer_id: customer for customer in customers}
    found: list[tuple[Entry, dict[str, Any]]] = []
    for index, paid in enumerate(payments(invoices)):
        customer = by_id[paid.invoices[0].customer_id]
        # A second part arrives after the first one, the others in no order that helps.
        day = date(2026, 1, 5 + (index * 7) % 20) if not paid.words.startswith("REST") else date(2026, 1, 29)
        account = "" if customer.customer_id in TREASURY else customer.iban
        entry = Entry(day, "C", paid.amount, payer(customer, index), account, paid.words)
        shares = [paid.amount] if len(paid.invoices) == 1 else [one.amount for one in paid.invoices]
        parts = [
            {"invoice_no": one.invoice_no, "amount": str(share), "kind": paid.case}
            for one, share in zip(paid.invoices, shares, strict=True)
        ]
        found.append((entry, {"case": paid.case, "parts": parts, "fee": str(paid.fee)}))
    for index, (sign, amount, name, words, case) in enumerate(OTHERS):
        entry = Entry(date(2026, 1, 7 + index * 3), sign, Decimal(amount), name, "", words)
        found.append((entry, {"case": case, "parts": [], "fee": "0"}))
    found.sort(key=lambda pair: pair[0].day)
    target.mkdir(parents=True, exist_ok=True)
    text = mt940([entry for entry, _ in found])
    (target / "statement-2026-01.sta").write_bytes(text.encode("ascii"))
    truth = [
        {"index": index, "amount": str(entry.amount if entry.sign == "C" else -entry.amount), **case}
        for index, (entry, case) in enumerate(found)
    ]
    body = ",\n".join(json.dumps(row) for row in truth)
    (target / "truth.json").write_text(f"[\n{body}\n]\n", encoding="utf-8")
    return len(found)
