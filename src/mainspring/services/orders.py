"""Orders: from an accepted quote or directly; one a source document; cancelled as far as not delivered."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import Field, model_validator

from mainspring.base.canonical import digest
from mainspring.services import books, customers, quotes, stock
from mainspring.services.errors import AlreadyExistsError, RuleBrokenError
from mainspring.services.fields import Amount, Code, Count, Currency, Text, When
from mainspring.services.lines import Line, LineInput, line_of, totals, work_out
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.sales import deliveries, order_lines, orders

_NONE = Decimal(0)


class NewOrder(Data):
    """An order from an accepted quote (`quote_no`), or with customer, currency and lines of its own.

    `source_no` is the customer's own number or the source document's; the same again is the same order.
    """

    source_no: Code
    quote_no: Code | None = None
    customer_id: Code | None = None
    currency: Currency | None = None
    lines: tuple[LineInput, ...] = Field(default=(), max_length=2000)
    ordered_at: When | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> "NewOrder":
        own = bool(self.lines) and self.customer_id is not None and self.currency is not None
        if (self.quote_no is None) != own or (self.quote_no is not None and self.lines):
            raise ValueError("an order comes from a quote_no, or has customer_id, currency and lines")
        return self


class OrderKey(Data):
    """Which order."""

    order_no: Code


class Cancellation(Data):
    """Cancel what is not delivered yet: the whole order, or some lines."""

    order_no: Code
    lines: tuple[int, ...] | None = None
    reason: Text = ""


class OrderState(Data):
    """An order's head; status is open, delivered or cancelled."""

    order_no: str
    customer_id: str
    status: str
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    invoiced: Amount
    already_known: bool = False


class OrderLine(Line):
    """A line with what became of it."""

    reserved: Count
    delivered: Count
    cancelled: Count


class Order(Data):
    """An order with its lines."""

    order_no: str
    customer_id: str
    quote_no: str | None
    source_no: str
    status: str
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    invoiced: Amount
    ordered_at: When
    lines: tuple[OrderLine, ...]


def need(context: Context, order_no: str, *, lock: bool = False) -> Record:
    """The order's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(context.tx, orders, {"order_no": order_no}, "order", lock=lock)


def settle(context: Context, order: Record, lines: Sequence[Record]) -> str:
    """Set and return the status that follows from the lines: delivered when nothing is left to deliver."""
    if any(line.quantity > line.delivered + line.cancelled for line in lines):
        status = "open"
    else:
        status = "delivered" if any(line.delivered for line in lines) else "cancelled"
    if status != order.status:
        values = {"status": status, "changed_at": context.now}
        books.change(context.tx, orders, {"order_no": order.order_no}, values)
    return status


def create(context: Context, new: NewOrder) -> OrderState:
    """Record an order; the same again is the same order.

    Raises:
        AlreadyExistsError: the customer's order of that number says something else.
        RuleBrokenError: the customer is blocked, or the quote was not accepted.
    """
    tx = context.tx
    quote = quotes.need(context, new.quote_no) if new.quote_no is not None else None
    customer_id = str(quote.customer_id if quote is not None else new.customer_id)
    content = digest(new.model_dump(mode="json"))
    known = books.find(tx, orders, {"source": customer_id, "source_no": new.source_no})
    if known is not None:
        if known.source_digest != content:
            raise AlreadyExistsError(
                f"{customer_id}'s order {new.source_no} is {known.order_no}, with other contents",
                where=known.order_no,
                mend="Cancel or change that order; a new order needs a new number.",
            )
        return _state(known, already_known=True)
    customers.need_buyer(tx, customer_id)
    if quote is not None:
        if quote.status != "accepted":
            raise RuleBrokenError(
                f"the quote {quote.quote_no} is {quote.status}", mend="An order needs an accepted quote."
            )
        currency = quote.currency
        rows = [line_of(line).model_dump() for line in quotes.lines_of(context, quote.quote_no)]
        sums = totals(rows)
    else:
        currency = new.currency or ""
        rows, sums = work_out(tx, new.lines, currency)
    number = books.next_number(tx, "order")
    head = {
        "order_no": number,
        "customer_id": customer_id,
        "status": "open",
        "currency": currency,
        "invoiced": _NONE,
    } | sums.columns()
    tx.insert(
        orders,
        head
        | {
            "quote_no": new.quote_no,
            "source": customer_id,
            "source_no": new.source_no,
            "source_digest": content,
            "ordered_at": new.ordered_at or context.now,
            "created_at": context.now,
            "changed_at": context.now,
            "reason": "",
        },
    )
    blank = {"order_no": number, "reserved": _NONE, "delivered": _NONE, "cancelled": _NONE}
    tx.insert(order_lines, [blank | row for row in rows])
    return OrderState.model_construct(**head, already_known=False)


def _state(row: Record, *, already_known: bool = False, **changed: Any) -> OrderState:
    fields = {name: getattr(row, name) for name in OrderState.model_fields if name != "already_known"}
    return OrderState.model_construct(**(fields | changed), already_known=already_known)


def cancel(context: Context, given: Cancellation) -> OrderState:
    """Cancel what is not delivered yet; what was reserved is released.

    Raises:
        RuleBrokenError: a delivery is being packed, or a line is not there.
    """
    order = need(context, given.order_no, lock=True)
    if order.status == "cancelled":
        return _state(order)
    if books.find(context.tx, deliveries, {"order_no": given.order_no, "status": "created"}) is not None:
        raise RuleBrokenError(
            f"a delivery of the order {given.order_no} is being packed",
            mend="Cancel or ship that delivery first.",
        )
    lines = stock.lines_of(context, given.order_no)
    chosen = [line for line in lines if given.lines is None or line.line in given.lines]
    if given.lines is not None and len(chosen) != len(set(given.lines)):
        raise RuleBrokenError(f"the order {given.order_no} does not have all of the lines {given.lines}")
    stock.release_all(context, given.order_no, chosen)
    books.change_many(
        context.tx,
        order_lines,
        [
            ({"order_no": given.order_no, "line": line.line}, {"cancelled": line.quantity - line.delivered})
            for line in chosen
        ],
    )
    status = settle(context, order, stock.lines_of(context, given.order_no))
    books.change(context.tx, orders, {"order_no": given.order_no}, {"reason": given.reason})
    return _state(order, status=status)


def _get(context: Context, key: OrderKey) -> Order:
    row = need(context, key.order_no)
    head = {name: getattr(row, name) for name in Order.model_fields if name != "lines"}
    lines = tuple(
        OrderLine.model_construct(**{name: getattr(line, name) for name in OrderLine.model_fields})
        for line in stock.lines_of(context, key.order_no)
    )
    return Order.model_construct(**head, lines=lines)


OPERATIONS = (
    Operation(
        name="orders.create",
        title={"en": "Record an order", "zh": "登记订单"},
        effect="write",
        input=NewOrder,
        output=OrderState,
        handler=create,
        idempotent=True,
    ),
    Operation(
        name="orders.cancel",
        title={"en": "Cancel an order", "zh": "取消订单"},
        effect="write",
        input=Cancellation,
        output=OrderState,
        handler=cancel,
        idempotent=True,
        reversible=False,
    ),
    Operation(
        name="orders.get",
        title={"en": "Look at an order", "zh": "查看订单"},
        effect="read",
        input=OrderKey,
        output=Order,
        handler=_get,
        idempotent=True,
    ),
)
