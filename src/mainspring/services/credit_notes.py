"""Credit notes: goods come back or an invoice was wrong; every line names the sold line that it undoes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from mainspring.base.canonical import digest
from mainspring.services import books, customers, invoices, ledger, stock
from mainspring.services.credit_lines import CreditedLine, Draft, Part, Preview, figures_of, find_originals
from mainspring.services.errors import AlreadyExistsError, AmountDiffersError, RuleBrokenError
from mainspring.services.fields import Amount, Code, Positive, Text, When
from mainspring.services.ledger import Posting
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.money import allocations, credit_lines, credit_notes
from mainspring.services.tables.money import invoices as invoice_table
from mainspring.services.tables.sales import sales_history

_NONE = Decimal(0)


class Issue(Draft):
    """A credit note; `total` is what `credit_notes.preview` named. `restock` puts the goods back into stock.

    `source_no` is the number of the customer's cancellation; the same one again is the same credit note.
    """

    source_no: Code
    total: Amount
    reason: Text = ""
    restock: bool = True


class CreditKey(Data):
    """Which credit note."""

    credit_note_no: Code


class Application(Data):
    """Use what is open of a credit note for an invoice of the same customer."""

    credit_note_no: Code
    invoice_no: Code
    amount: Positive


class CreditNote(Data):
    """A credit note; `open` is what has settled no invoice and was not refunded."""

    credit_note_no: str
    customer_id: str
    source_no: str
    reason: str
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    open: Amount
    issued_at: When
    lines: tuple[CreditedLine, ...]


def need(context: Context, number: str, *, lock: bool = False) -> Record:
    """The credit note's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(context.tx, credit_notes, {"credit_note_no": number}, "credit note", lock=lock)


def _preview(context: Context, draft: Draft) -> Preview:
    return figures_of(find_originals(context, draft))


def _issue(context: Context, given: Issue) -> CreditNote:
    content = digest(given.model_dump(mode="json", exclude={"reason"}))
    key = {"customer_id": given.customer_id, "source_no": given.source_no}
    known = books.find(context.tx, credit_notes, key)
    if known is not None:
        if known.source_digest != content:
            raise AlreadyExistsError(
                f"{given.source_no} is credited already with other contents", where=known.credit_note_no
            )
        return _get(context, CreditKey(credit_note_no=known.credit_note_no))
    customers.need(context.tx, given.customer_id)
    parts = find_originals(context, given)
    figures = figures_of(parts)
    if given.total != figures.total:
        raise AmountDiffersError(
            f"these lines come to {figures.total} {given.currency}, not {given.total}",
            mend="Look at the preview again and name its total.",
        )
    number = books.next_number(context.tx, "credit note")
    applied = _apply_to_originals(context, number, given.currency, parts)
    head: dict[str, Any] = key | {
        "credit_note_no": number,
        "source_digest": content,
        "reason": given.reason,
        "currency": given.currency,
        "net": figures.net,
        "tax": figures.tax,
        "total": figures.total,
        "open": figures.total - applied,
        "issued_at": context.now,
    }
    context.tx.insert(credit_notes, head)
    _write_lines(context, number, figures, parts)
    if given.restock:
        moves = [
            stock.Move(line.sku, line.quantity, place) for place, line in enumerate(figures.lines, start=1)
        ]
        stock.move(context, "return", number, moves)
    ledger.post(
        context,
        "credit note",
        number,
        given.currency,
        [
            Posting("returns", figures.net),
            Posting("tax", figures.tax),
            Posting("receivables", -applied, given.customer_id),
            Posting("credits", applied - figures.total, given.customer_id),
        ],
    )
    head.pop("source_digest")
    return CreditNote.model_construct(**head, lines=figures.lines)


def _apply_to_originals(context: Context, number: str, currency: str, parts: Sequence[Part]) -> Decimal:
    """Settle the invoices that the credited lines stand in, as far as they are open; gives the amount."""
    credited: dict[str, Decimal] = {}
    for part in parts:
        credited[part.sold.document] = credited.get(part.sold.document, _NONE) + part.net + part.tax
    owed = books.by_key(context.tx, invoice_table, "invoice_no", credited, lock=True)
    if any(row.currency != currency for row in owed.values()):
        raise RuleBrokenError(
            f"not all of these invoices are in {currency}", mend="Credit each currency by itself."
        )
    amounts = {key: min(owed[key].open, amount) for key, amount in credited.items() if key in owed}
    amounts = {key: amount for key, amount in amounts.items() if amount}
    if amounts:
        invoices.settle(context, amounts)
    context.tx.insert(
        allocations, [allocation(context, number, key, currency, amount) for key, amount in amounts.items()]
    )
    return sum(amounts.values(), _NONE)


def allocation(
    context: Context, source: str, invoice_no: str, currency: str, amount: Decimal, fee: Decimal = _NONE
) -> dict[str, Any]:
    """A row that says what settled an invoice."""
    return {
        "allocation": context.keys(),
        "source": source,
        "invoice_no": invoice_no,
        "currency": currency,
        "amount": amount,
        "fee": fee,
        "at": context.now,
        "actor_kind": context.principal.kind,
        "actor_id": context.principal.id,
    }


def _write_lines(context: Context, number: str, figures: Preview, parts: Sequence[Part]) -> None:
    context.tx.insert(
        credit_lines,
        [
            {"credit_note_no": number, "line": place} | dict(line)
            for place, line in enumerate(figures.lines, start=1)
        ],
    )
    books.change_many(
        context.tx,
        sales_history,
        [
            (
                {"document": part.sold.document, "line": part.sold.line},
                {
                    "returned": part.returned,
                    "credited_net": part.sold.credited_net + part.net,
                    "credited_tax": part.sold.credited_tax + part.tax,
                },
            )
            for part in parts
        ],
    )


def _apply(context: Context, given: Application) -> CreditNote:
    note = need(context, given.credit_note_no, lock=True)
    invoice = invoices.need(context, given.invoice_no, lock=True)
    if (invoice.customer_id, invoice.currency) != (note.customer_id, note.currency):
        raise RuleBrokenError("the credit note and the invoice are not of one customer and currency")
    if given.amount > note.open:
        raise RuleBrokenError(
            f"{note.open} {note.currency} is open of the credit note {given.credit_note_no}"
        )
    invoices.settle(context, {given.invoice_no: given.amount})
    row = allocation(context, given.credit_note_no, given.invoice_no, note.currency, given.amount)
    context.tx.insert(allocations, row)
    books.change(
        context.tx,
        credit_notes,
        {"credit_note_no": given.credit_note_no},
        {"open": note.open - given.amount},
    )
    ledger.post(
        context,
        "allocation",
        str(row["allocation"]),
        note.currency,
        [
            Posting("credits", given.amount, note.customer_id),
            Posting("receivables", -given.amount, note.customer_id),
        ],
    )
    return _get(context, CreditKey(credit_note_no=given.credit_note_no))


def _get(context: Context, key: CreditKey) -> CreditNote:
    row, c = need(context, key.credit_note_no), credit_lines.c
    lines = context.tx.all(
        select(*(c[name] for name in CreditedLine.model_fields))
        .where(c.tenant_id == context.tx.tenant, c.credit_note_no == key.credit_note_no)
        .order_by(c.line)
    )
    head = {name: getattr(row, name) for name in CreditNote.model_fields if name != "lines"}
    names = tuple(CreditedLine.model_fields)
    return CreditNote.model_construct(
        **head,
        lines=tuple(CreditedLine.model_construct(**dict(zip(names, line, strict=True))) for line in lines),
    )


def _total(given: Issue) -> Decimal:
    return given.total


def _customer(given: Issue) -> str:
    return given.customer_id


OPERATIONS = (
    Operation(
        name="credit_notes.preview",
        title={"en": "Work out a credit note", "zh": "试算红字发票"},
        effect="read",
        input=Draft,
        output=Preview,
        handler=_preview,
        idempotent=True,
    ),
    Operation(
        name="credit_notes.issue",
        title={"en": "Issue a credit note", "zh": "开具红字发票"},
        effect="money",
        input=Issue,
        output=CreditNote,
        handler=_issue,
        idempotent=True,
        reversible=False,
        amount=_total,
        counterparty=_customer,
    ),
    Operation(
        name="credit_notes.apply",
        title={"en": "Use a credit for an invoice", "zh": "用贷项冲抵发票"},
        effect="write",
        input=Application,
        output=CreditNote,
        handler=_apply,
    ),
    Operation(
        name="credit_notes.get",
        title={"en": "Look at a credit note", "zh": "查看红字发票"},
        effect="read",
        input=CreditKey,
        output=CreditNote,
        handler=_get,
        idempotent=True,
    ),
)
