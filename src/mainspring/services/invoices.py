"""Invoices: one for each shipped delivery; what is open of them is what customers owe."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from pydantic import Field
from sqlalchemy import func, select

from mainspring.services import books, customers, deliveries, ledger, orders
from mainspring.services.errors import AmountDiffersError, RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, When
from mainspring.services.ledger import Posting
from mainspring.services.lines import Line, line_of
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers as customer_table
from mainspring.services.tables.sales import deliveries as delivery_table
from mainspring.services.tables.sales import orders as order_table
from mainspring.services.tables.sales import sales_history

_NONE = Decimal(0)


class Issue(Data):
    """Invoice a shipped delivery; the amounts are those that `deliveries.ship` or `deliveries.get` named."""

    delivery_no: Code
    customer_id: Code
    currency: Currency
    total: Amount


class InvoiceKey(Data):
    """Which invoice."""

    invoice_no: Code


class OpenQuery(Data):
    """Open invoices, all or by customer, number, or what is open."""

    customer_ids: tuple[Code, ...] | None = Field(default=None, max_length=500)
    invoice_nos: tuple[Code, ...] | None = Field(default=None, max_length=500)
    currency: Currency | None = None
    open_from: Amount | None = None
    open_to: Amount | None = None
    limit: int = Field(default=5000, ge=1, le=50_000)


class InvoiceState(Data):
    """An invoice's head."""

    invoice_no: str
    customer_id: str
    order_no: str
    delivery_no: str
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    open: Amount
    issued_at: When
    due_at: When
    dunning_level: int
    already_known: bool = False


class Invoice(InvoiceState):
    """An invoice with its lines."""

    lines: tuple[Line, ...]


class OpenInvoice(Data):
    """An open invoice with what a payer may have written into a remittance."""

    invoice_no: str
    customer_id: str
    customer_name: str
    order_no: str
    source_no: str
    currency: str
    total: Amount
    open: Amount
    issued_at: When
    due_at: When


class OpenInvoices(Data):
    """Open invoices, the oldest first."""

    invoices: tuple[OpenInvoice, ...]


def need(context: Context, invoice_no: str, *, lock: bool = False) -> Record:
    """The invoice's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(context.tx, invoices, {"invoice_no": invoice_no}, "invoice", lock=lock)


def settle(context: Context, amounts: Mapping[str, Decimal]) -> dict[str, Record]:
    """Lower what is open of some invoices (raise it by an amount below zero); gives the rows as they were.

    Raises:
        UnknownRecordError: an invoice is not in the books.
        RuleBrokenError: more would be settled than is open, or taken back than was settled.
    """
    known = books.by_key(context.tx, invoices, "invoice_no", amounts, lock=True)
    changes = []
    for number, amount in amounts.items():
        row = known.get(number) or need(context, number)
        left = row.open - amount
        if not _NONE <= left <= row.total:
            raise RuleBrokenError(
                f"{row.open} {row.currency} is open of the invoice {number}, not {amount}",
                mend="Settle at most what is open; the rest stays with the payment.",
            )
        values = {"open": left, "settled_at": None if left else context.now}
        changes.append(({"invoice_no": number}, values))
    books.change_many(context.tx, invoices, changes)
    return known


def _issue(context: Context, given: Issue) -> InvoiceState:
    tx = context.tx
    delivery = deliveries.need(context, given.delivery_no, lock=True)
    order = orders.need(context, delivery.order_no, lock=True)
    lines, sums = deliveries.priced_lines(context, delivery, order.currency)
    if (given.total, given.currency, given.customer_id) != (sums.total, order.currency, order.customer_id):
        raise AmountDiffersError(
            f"the delivery {given.delivery_no} comes to {sums.total} {order.currency} for "
            f"{order.customer_id}, not {given.total} {given.currency} for {given.customer_id}",
            mend="Look at the delivery again and name its total.",
        )
    if delivery.invoice_no is not None:
        return _state(need(context, delivery.invoice_no), already_known=True)
    if delivery.status != "shipped":
        raise RuleBrokenError(
            f"the delivery {given.delivery_no} is {delivery.status}", mend="Ship it before it is invoiced."
        )
    days = customers.need(tx, order.customer_id).payment_days
    number = books.next_number(tx, "invoice")
    head = {
        "invoice_no": number,
        "customer_id": order.customer_id,
        "order_no": order.order_no,
        "delivery_no": given.delivery_no,
        "currency": order.currency,
        "open": sums.total,
        "issued_at": context.now,
        "due_at": context.now + timedelta(days=days),
        "dunning_level": 0,
    } | sums.columns()
    tx.insert(invoices, head | {"settled_at": None if sums.total else context.now})
    sold = {
        "document": number,
        "order_no": order.order_no,
        "customer_id": order.customer_id,
        "sold_at": context.now,
        "returned": _NONE,
        "credited_net": _NONE,
        "credited_tax": _NONE,
    }
    tx.insert(sales_history, [sold | line for line in lines])
    books.change(tx, delivery_table, {"delivery_no": given.delivery_no}, {"invoice_no": number})
    books.change(tx, order_table, {"order_no": order.order_no}, {"invoiced": order.invoiced + sums.total})
    ledger.post(
        context,
        "invoice",
        number,
        order.currency,
        [
            Posting("receivables", sums.total, order.customer_id),
            Posting("revenue", -sums.net),
            Posting("tax", -sums.tax),
        ],
    )
    return InvoiceState.model_construct(**head, already_known=False)


def _state(row: Record, *, already_known: bool = False) -> InvoiceState:
    fields = {name: getattr(row, name) for name in InvoiceState.model_fields if name != "already_known"}
    return InvoiceState.model_construct(**fields, already_known=already_known)


def _get(context: Context, key: InvoiceKey) -> Invoice:
    state, s = _state(need(context, key.invoice_no)), sales_history.c
    rows = context.tx.all(
        select(sales_history)
        .where(s.tenant_id == context.tx.tenant, s.document == key.invoice_no)
        .order_by(s.line)
    )
    return Invoice.model_construct(**dict(state), lines=tuple(line_of(row) for row in rows))


def _open(context: Context, query: OpenQuery) -> OpenInvoices:
    i, c, o = invoices.c, customer_table.c, order_table.c
    statement = (
        select(i.invoice_no, i.customer_id, c.name.label("customer_name"), i.order_no, i.currency)
        .add_columns(
            func.coalesce(o.source_no, "").label("source_no"), i.total, i.open, i.issued_at, i.due_at
        )
        .join_from(invoices, customer_table, (c.tenant_id == i.tenant_id) & (c.customer_id == i.customer_id))
        .outerjoin(order_table, (o.tenant_id == i.tenant_id) & (o.order_no == i.order_no))
        .where(i.tenant_id == context.tx.tenant, i.settled_at.is_(None))
    )
    if query.customer_ids is not None:
        statement = statement.where(i.customer_id.in_(query.customer_ids))
    if query.invoice_nos is not None:
        statement = statement.where(i.invoice_no.in_(query.invoice_nos))
    if query.currency is not None:
        statement = statement.where(i.currency == query.currency)
    if query.open_from is not None:
        statement = statement.where(i.open >= query.open_from)
    if query.open_to is not None:
        statement = statement.where(i.open <= query.open_to)
    rows = context.tx.all(statement.order_by(i.issued_at, i.invoice_no).limit(query.limit))
    names = tuple(OpenInvoice.model_fields)
    found = (OpenInvoice.model_construct(**{name: getattr(row, name) for name in names}) for row in rows)
    return OpenInvoices.model_construct(invoices=tuple(found))


def _total(given: Issue) -> Decimal:
    return given.total


def _customer(given: Issue) -> str:
    return given.customer_id


OPERATIONS = (
    Operation(
        name="invoices.issue",
        title={"en": "Issue an invoice", "zh": "开具发票"},
        effect="money",
        input=Issue,
        output=InvoiceState,
        handler=_issue,
        idempotent=True,
        reversible=False,
        amount=_total,
        counterparty=_customer,
    ),
    Operation(
        name="invoices.get",
        title={"en": "Look at an invoice", "zh": "查看发票"},
        effect="read",
        input=InvoiceKey,
        output=Invoice,
        handler=_get,
        idempotent=True,
    ),
    Operation(
        name="invoices.open",
        title={"en": "Open invoices", "zh": "查看未收款发票"},
        effect="read",
        input=OpenQuery,
        output=OpenInvoices,
        handler=_open,
        idempotent=True,
    ),
)
