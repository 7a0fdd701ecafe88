"""Deliveries: what was reserved for an order is packed, shipped, and then stands to be invoiced."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import Field

from mainspring.services import books, orders, stock
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Count, Quantity, When
from mainspring.services.lines import Totals, totals
from mainspring.services.money import round_money, split_tax
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record, matching
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


def need(context: Context, delivery_no: str, *, lock: bool = False) -> Record:
    """The delivery's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(context.tx, deliveries, {"delivery_no": delivery_no}, "delivery", lock=lock)


def priced_lines(context: Context, delivery: Record, currency: str) -> tuple[list[dict[str, Any]], Totals]:
    """What the delivery's invoice says: lines with net and tax of the delivered quantity, and totals."""
    going = _lines(context, delivery.delivery_no)
    return _priced(going, stock.lines_of(context, delivery.order_no), currency)


def _priced(
    going: Sequence[Record], ordered: Sequence[Record], currency: str
) -> tuple[list[dict[str, Any]], Totals]:
    of_order = {line.line: line for line in ordered}
    pairs = [(part.quantity, of_order[part.line]) for part in going]
    nets = [round_money(quantity * line.unit_price, currency) for quantity, line in pairs]
    taxes = split_tax(nets, [line.tax_rate for _, line in pairs], currency)
    lines = [
        {
            "line": line.line,
            "sku": line.sku,
            "description": line.description,
            "quantity": quantity,
            "unit": line.unit,
            "unit_price": line.unit_price,
            "tax_rate": line.tax_rate,
            "net": net,
            "tax": tax,
        }
        for (quantity, line), net, tax in zip(pairs, nets, taxes, strict=True)
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
    delivery = {
        "delivery_no": number,
        "order_no": new.order_no,
        "status": "created",
        "invoice_no": None,
        "shipped_at": None,
    }
    context.tx.insert(deliveries, delivery | {"created_at": context.now})
    going = [_Going(number, line, lines[line].sku, quantity) for line, quantity in sorted(wanted.items())]
    context.tx.insert(delivery_lines, [part._asdict() for part in going])
    return _view(delivery, order, going, list(lines.values()))


def _ship(context: Context, key: DeliveryKey) -> Delivery:
    delivery = need(context, key.delivery_no, lock=True)
    order = orders.need(context, delivery.order_no, lock=True)
    ordered, going = stock.lines_of(context, delivery.order_no), _lines(context, key.delivery_no)
    if delivery.status == "shipped":
        return _view(delivery._asdict(), order, going, ordered)
    if delivery.status != "created":
        raise RuleBrokenError(
            f"the delivery {key.delivery_no} is {delivery.status}", mend="Create a new one."
        )
    moves = [stock.Move(part.sku, -part.quantity, part.line) for part in going]
    stock.move(context, "delivery", key.delivery_no, moves, unreserve=True)
    after = {line.line: line for line in ordered}
    for part in going:
        line = after[part.line]
        after[part.line] = line._replace(
            reserved=line.reserved - part.quantity, delivered=line.delivered + part.quantity
        )
    books.change_many(
        context.tx,
        order_lines,
        [
            (
                {"order_no": delivery.order_no, "line": part.line},
                {"reserved": after[part.line].reserved, "delivered": after[part.line].delivered},
            )
            for part in going
        ],
    )
    values = {"status": "shipped", "shipped_at": context.now}
    books.change(context.tx, deliveries, {"delivery_no": key.delivery_no}, values)
    status = orders.settle(context, order, list(after.values()))
    return _view(delivery._asdict() | values, order._replace(status=status), going, ordered)


def _cancel(context: Context, key: DeliveryKey) -> Delivery:
    delivery = need(context, key.delivery_no, lock=True)
    if delivery.status == "shipped":
        raise RuleBrokenError(
            f"the delivery {key.delivery_no} has left", mend="Take the goods back with a credit note."
        )
    books.change(context.tx, deliveries, {"delivery_no": key.delivery_no}, {"status": "cancelled"})
    return _get(context, key)


def _get(context: Context, key: DeliveryKey) -> Delivery:
    delivery = need(context, key.delivery_no)
    order = orders.need(context, delivery.order_no)
    going = _lines(context, key.delivery_no)
    return _view(delivery._asdict(), order, going, stock.lines_of(context, delivery.order_no))


class _Going(NamedTuple):
    """A line of a delivery, as its table holds it."""

    delivery_no: str
    line: int
    sku: str
    quantity: Decimal


def _lines(context: Context, delivery_no: str) -> list[Record]:
    return matching(context.tx, delivery_lines, {"delivery_no": delivery_no}, order=("line",))


def _view(
    delivery: Mapping[str, Any], order: Record, going: Sequence[Record], ordered: Sequence[Record]
) -> Delivery:
    _, sums = _priced(going, ordered, order.currency)
    fields = {
        name: delivery[name] for name in ("delivery_no", "order_no", "status", "invoice_no", "shipped_at")
    }
    return Delivery.model_construct(
        customer_id=order.customer_id,
        order_status=order.status,
        currency=order.currency,
        lines=tuple(
            DeliveryLine.model_construct(line=part.line, sku=part.sku, quantity=part.quantity)
            for part in going
        ),
        **fields,
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
