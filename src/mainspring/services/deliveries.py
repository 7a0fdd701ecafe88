"""Deliveries: what was reserved for an order is packed, shipped, and then stands to be invoiced."""

from decimal import Decimal
from typing import Any

from pydantic import Field
from sqlalchemy import Row, select

from mainspring.services import books, orders, stock
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Count, Quantity, When
from mainspring.services.lines import Totals, totals
from mainspring.services.money import round_money, split_tax
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.sales import deliveries, delivery_lines, order_lines


class Part(Data):
    """How much of an order line goes with this delivery."""

    line: int = Field(ge=1)
    quantity: Quantity


class NewDelivery(Data):
    """A delivery of everything that is reserved, or of some lines."""

    order_no: Code
    lines: tuple[Part, ...] | None = None


class DeliveryKey(Data):
    """Which delivery."""

    delivery_no: Code


class DeliveryLine(Data):
    """What goes out of an order line."""

    line: int
    sku: str
    quantity: Count


class Delivery(Data):
    """A delivery with the amounts that its invoice will have; status is created, shipped or cancelled."""

    delivery_no: str
    order_no: str
    customer_id: str
    status: str
    order_status: str
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    invoice_no: str | None
    shipped_at: When | None
    lines: tuple[DeliveryLine, ...]


def need(context: Context, delivery_no: str, *, lock: bool = False) -> Row[Any]:
    """The delivery's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(context.tx, deliveries, {"delivery_no": delivery_no}, "delivery", lock=lock)


def priced_lines(context: Context, delivery: Row[Any], currency: str) -> tuple[list[dict[str, Any]], Totals]:
    """What the delivery's invoice says: lines with net and tax of the delivered quantity, and totals."""
    d, o = delivery_lines.c, order_lines.c
    rows = context.tx.all(
        select(d.line, d.sku, d.quantity, o.description, o.unit, o.unit_price, o.tax_rate)
        .join_from(
            delivery_lines,
            order_lines,
            (o.tenant_id == d.tenant_id) & (o.order_no == delivery.order_no) & (o.line == d.line),
        )
        .where(d.tenant_id == context.tx.tenant, d.delivery_no == delivery.delivery_no)
        .order_by(d.line)
    )
    nets = [round_money(row.quantity * row.unit_price, currency) for row in rows]
    taxes = split_tax(nets, [row.tax_rate for row in rows], currency)
    lines = [
        {
            "line": row.line,
            "sku": row.sku,
            "description": row.description,
            "quantity": row.quantity,
            "unit": row.unit,
            "unit_price": row.unit_price,
            "tax_rate": row.tax_rate,
            "net": net,
            "tax": tax,
        }
        for row, net, tax in zip(rows, nets, taxes, strict=True)
    ]
    return lines, totals(lines)


def _create(context: Context, new: NewDelivery) -> Delivery:
    order = orders.need(context, new.order_no, lock=True)
    if books.find(context.tx, deliveries, {"order_no": new.order_no, "status": "created"}) is not None:
        raise RuleBrokenError(
            f"a delivery of the order {new.order_no} is being packed already", mend="Ship or cancel it first."
        )
    lines = {line.line: line for line in stock.lines_of(context, new.order_no)}
    wanted = (
        {number: line.reserved for number, line in lines.items() if line.reserved}
        if new.lines is None
        else {part.line: part.quantity for part in new.lines}
    )
    for number, quantity in wanted.items():
        if number not in lines or quantity > lines[number].reserved:
            raise RuleBrokenError(
                f"line {number} of the order {new.order_no} has not {quantity} reserved",
                mend="Reserve stock for the order first.",
            )
    if not wanted:
        raise RuleBrokenError(
            f"nothing is reserved for the order {new.order_no}", mend="Reserve stock for the order first."
        )
    number = books.next_number(context.tx, "delivery")
    context.tx.insert(
        deliveries,
        {
            "delivery_no": number,
            "order_no": new.order_no,
            "status": "created",
            "invoice_no": None,
            "created_at": context.now,
            "shipped_at": None,
        },
    )
    context.tx.insert(
        delivery_lines,
        [
            {"delivery_no": number, "line": line, "sku": lines[line].sku, "quantity": quantity}
            for line, quantity in sorted(wanted.items())
        ],
    )
    return _view(context, need(context, number), order)


def _ship(context: Context, key: DeliveryKey) -> Delivery:
    delivery = need(context, key.delivery_no, lock=True)
    order = orders.need(context, delivery.order_no, lock=True)
    if delivery.status == "shipped":
        return _view(context, delivery, order)
    if delivery.status != "created":
        raise RuleBrokenError(
            f"the delivery {key.delivery_no} is {delivery.status}", mend="Create a new one."
        )
    ordered = {line.line: line for line in stock.lines_of(context, delivery.order_no)}
    going = _lines(context, key.delivery_no)
    stock.move(
        context,
        "delivery",
        key.delivery_no,
        [stock.Move(line.sku, -line.quantity, line.line) for line in going],
        unreserve=True,
    )
    books.change_many(
        context.tx,
        order_lines,
        [
            (
                {"order_no": delivery.order_no, "line": line.line},
                {
                    "reserved": ordered[line.line].reserved - line.quantity,
                    "delivered": ordered[line.line].delivered + line.quantity,
                },
            )
            for line in going
        ],
    )
    values = {"status": "shipped", "shipped_at": context.now}
    books.change(context.tx, deliveries, {"delivery_no": key.delivery_no}, values)
    status = orders.settle(context, delivery.order_no)
    return _view(context, need(context, key.delivery_no), order, order_status=status)


def _cancel(context: Context, key: DeliveryKey) -> Delivery:
    delivery = need(context, key.delivery_no, lock=True)
    if delivery.status == "shipped":
        raise RuleBrokenError(
            f"the delivery {key.delivery_no} has left", mend="Take the goods back with a credit note."
        )
    books.change(context.tx, deliveries, {"delivery_no": key.delivery_no}, {"status": "cancelled"})
    return _view(context, need(context, key.delivery_no), orders.need(context, delivery.order_no))


def _get(context: Context, key: DeliveryKey) -> Delivery:
    delivery = need(context, key.delivery_no)
    return _view(context, delivery, orders.need(context, delivery.order_no))


def _lines(context: Context, delivery_no: str) -> list[Row[Any]]:
    d = delivery_lines.c
    return list(
        context.tx.all(
            select(delivery_lines)
            .where(d.tenant_id == context.tx.tenant, d.delivery_no == delivery_no)
            .order_by(d.line)
        )
    )


def _view(context: Context, delivery: Row[Any], order: Row[Any], *, order_status: str = "") -> Delivery:
    lines, sums = priced_lines(context, delivery, order.currency)
    return Delivery.model_construct(
        delivery_no=delivery.delivery_no,
        order_no=delivery.order_no,
        customer_id=order.customer_id,
        status=delivery.status,
        order_status=order_status or order.status,
        currency=order.currency,
        invoice_no=delivery.invoice_no,
        shipped_at=delivery.shipped_at,
        lines=tuple(
            DeliveryLine.model_construct(
                line=line["line"], sku=line["sku"], quantity=Decimal(line["quantity"])
            )
            for line in lines
        ),
        **sums.columns(),
    )


OPERATIONS = (
    Operation(
        name="deliveries.create",
        title={"en": "Pack a delivery", "zh": "备货"},
        effect="write",
        input=NewDelivery,
        output=Delivery,
        handler=_create,
    ),
    Operation(
        name="deliveries.ship",
        title={"en": "Ship a delivery", "zh": "发货"},
        effect="write",
        input=DeliveryKey,
        output=Delivery,
        handler=_ship,
        idempotent=True,
        reversible=False,
    ),
    Operation(
        name="deliveries.cancel",
        title={"en": "Cancel a delivery before it leaves", "zh": "取消发货"},
        effect="write",
        input=DeliveryKey,
        output=Delivery,
        handler=_cancel,
        idempotent=True,
    ),
    Operation(
        name="deliveries.get",
        title={"en": "Look at a delivery", "zh": "查看发货单"},
        effect="read",
        input=DeliveryKey,
        output=Delivery,
        handler=_get,
        idempotent=True,
    ),
)
