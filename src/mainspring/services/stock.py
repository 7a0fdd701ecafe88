"""Stock: on hand and reserved, moves with their reason, short quantities and back-orders."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from pydantic import Field
from sqlalchemy import select, type_coerce

from mainspring.services import books, columns, products
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Code, Count, Quantity, When
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record, matching
from mainspring.services.sales import LineQuantity
from mainspring.services.tables.goods import stock, stock_moves
from mainspring.services.tables.sales import order_lines, orders

_NONE = Decimal(0)


class Move(NamedTuple):
    """A change of the quantity on hand, with the document line that caused it."""

    sku: str
    quantity: Decimal
    line: int


class StockQuery(Data):
    """Which products."""

    skus: tuple[Code, ...] = Field(max_length=5000)


class Level(Data):
    """What is there of a product; available is what nobody has reserved."""

    sku: str
    on_hand: Count
    reserved: Count
    available: Count


class Levels(Data):
    """One level for each asked product, in the same order."""

    levels: tuple[Level, ...]


class OrderKey(Data):
    """Which order."""

    order_no: Code


class LineStock(Data):
    """An order line after reserving: `short` is what is still missing."""

    line: int
    sku: str
    quantity: Count
    reserved: Count
    delivered: Count
    short: Count


class Reservation(Data):
    """An order's lines after reserving; `complete` when nothing is short."""

    order_no: str
    complete: bool
    lines: tuple[LineStock, ...]


class Receipt(Data):
    """Goods that came in. The document (a delivery note's number) is taken in once."""

    document: Code
    lines: tuple[LineQuantity, ...] = Field(min_length=1)


class CountLine(Data):
    """What was counted of a product."""

    sku: Code
    counted: Quantity | Literal[0]


class StockCount(Data):
    """A stock-taking."""

    document: Code
    lines: tuple[CountLine, ...] = Field(min_length=1)


class BackOrder(Data):
    """A line of an open order that waits for goods."""

    order_no: str
    line: int
    sku: str
    short: Count
    ordered_at: When


class BackOrders(Data):
    """Lines that wait, the oldest order first."""

    lines: tuple[BackOrder, ...]


class Everything(Data):
    """No restriction."""


def levels(context: Context, skus: Iterable[str], *, lock: bool = False) -> dict[str, Record]:
    """The stock rows by article number; a product that never had stock has none."""
    return books.by_key(context.tx, stock, "sku", skus, lock=lock)


def move(
    context: Context, kind: str, document: str, moves: Sequence[Move], *, unreserve: bool = False
) -> None:
    """Change quantities on hand (and, on delivery, the reservations that they fulfil) and write down why.

    Raises:
        RuleBrokenError: the document was booked before, or less is there than should leave.
    """
    done = select(stock_moves.c.move).where(
        stock_moves.c.tenant_id == context.tx.tenant,
        stock_moves.c.kind == kind,
        stock_moves.c.document == document,
    )
    if context.tx.scalar(done.limit(1)) is not None:
        raise RuleBrokenError(f"the {kind} {document} is booked already", mend="Nothing needs to be done.")
    sums: dict[str, Decimal] = {}
    for each in moves:
        sums[each.sku] = sums.get(each.sku, _NONE) + each.quantity
    known = levels(context, sums, lock=True)
    rows = {
        sku: (
            (known[sku].on_hand if sku in known else _NONE) + change,
            (known[sku].reserved if sku in known else _NONE) + (change if unreserve else _NONE),
        )
        for sku, change in sums.items()
    }
    write_levels(context, rows, known)
    context.tx.insert(
        stock_moves,
        [
            {"move": context.keys(), "at": context.now, "kind": kind, "document": document} | each._asdict()
            for each in moves
        ],
    )


def write_levels(
    context: Context, rows: Mapping[str, tuple[Decimal, Decimal]], known: Mapping[str, Record]
) -> None:
    """Store (on hand, reserved) by article number.

    Raises:
        RuleBrokenError: less would be on hand than is reserved.
    """
    for sku, (on_hand, reserved) in rows.items():
        if not _NONE <= reserved <= on_hand:
            raise RuleBrokenError(
                f"the stock of {sku} would be {on_hand} with {reserved} reserved",
                mend="Release reservations or receive goods first.",
            )
    books.change_many(
        context.tx,
        stock,
        [
            ({"sku": sku}, {"on_hand": row[0], "reserved": row[1]})
            for sku, row in rows.items()
            if sku in known
        ],
    )
    context.tx.insert(
        stock,
        [
            {"sku": sku, "on_hand": row[0], "reserved": row[1]}
            for sku, row in rows.items()
            if sku not in known
        ],
    )


def lines_of(context: Context, order_no: str) -> list[Record]:
    """The order's lines in their order."""
    return matching(context.tx, order_lines, {"order_no": order_no}, order=("line",))


def release_all(context: Context, order_no: str, lines: Sequence[Record]) -> None:
    """Give back everything that an order has reserved."""
    held: dict[str, Decimal] = {}
    for line in lines:
        if line.reserved:
            held[line.sku] = held.get(line.sku, _NONE) + line.reserved
    if not held:
        return
    known = levels(context, held, lock=True)
    write_levels(
        context,
        {sku: (known[sku].on_hand, known[sku].reserved - count) for sku, count in held.items()},
        known,
    )
    books.change_many(
        context.tx,
        order_lines,
        [({"order_no": order_no, "line": line.line}, {"reserved": _NONE}) for line in lines if line.reserved],
    )


def _levels(context: Context, query: StockQuery) -> Levels:
    products.need_all(context.tx, query.skus)
    known = levels(context, query.skus)
    rows = ((sku, known.get(sku)) for sku in query.skus)
    return Levels(
        levels=tuple(
            Level(sku=sku, on_hand=_NONE, reserved=_NONE, available=_NONE)
            if row is None
            else Level(
                sku=sku, on_hand=row.on_hand, reserved=row.reserved, available=row.on_hand - row.reserved
            )
            for sku, row in rows
        )
    )


def _reserve(context: Context, key: OrderKey) -> Reservation:
    order = books.need(context.tx, orders, {"order_no": key.order_no}, "order", lock=True)
    if order.status != "open":
        raise RuleBrokenError(
            f"the order {key.order_no} is {order.status}", mend="Only open orders reserve stock."
        )
    lines = lines_of(context, key.order_no)
    known = levels(context, {line.sku for line in lines}, lock=True)
    free = {sku: row.on_hand - row.reserved for sku, row in known.items()}
    taken: dict[str, Decimal] = {}
    changes, result = [], []
    for line in lines:
        missing = line.quantity - line.reserved - line.delivered - line.cancelled
        given = min(missing, free.get(line.sku, _NONE))
        if given:
            free[line.sku] -= given
            taken[line.sku] = taken.get(line.sku, _NONE) + given
            changes.append(
                ({"order_no": key.order_no, "line": line.line}, {"reserved": line.reserved + given})
            )
        result.append(_line_stock(line, line.reserved + given, missing - given))
    books.change_many(context.tx, order_lines, changes)
    write_levels(
        context,
        {sku: (known[sku].on_hand, known[sku].reserved + count) for sku, count in taken.items()},
        known,
    )
    complete = not any(line.short for line in result)
    return Reservation(order_no=key.order_no, complete=complete, lines=tuple(result))


def _line_stock(line: Record, reserved: Decimal, short: Decimal) -> LineStock:
    return LineStock.model_construct(
        line=line.line,
        sku=line.sku,
        quantity=line.quantity,
        reserved=reserved,
        delivered=line.delivered,
        short=short,
    )


def _release(context: Context, key: OrderKey) -> Reservation:
    books.need(context.tx, orders, {"order_no": key.order_no}, "order", lock=True)
    lines = lines_of(context, key.order_no)
    release_all(context, key.order_no, lines)
    result = tuple(
        _line_stock(line, _NONE, line.quantity - line.delivered - line.cancelled) for line in lines
    )
    return Reservation(order_no=key.order_no, complete=not any(line.short for line in result), lines=result)


def _receive(context: Context, receipt: Receipt) -> Levels:
    skus = [line.sku for line in receipt.lines]
    products.need_all(context.tx, skus)
    moves = [Move(line.sku, line.quantity, number) for number, line in enumerate(receipt.lines, start=1)]
    move(context, "receipt", receipt.document, moves)
    return _levels(context, StockQuery(skus=tuple(dict.fromkeys(skus))))


def _count(context: Context, count: StockCount) -> Levels:
    skus = [line.sku for line in count.lines]
    if len(set(skus)) != len(skus):
        raise RuleBrokenError("a product was counted twice", mend="Add the counts of a product together.")
    products.need_all(context.tx, skus)
    known = levels(context, skus, lock=True)
    moves = [
        Move(line.sku, line.counted - (known[line.sku].on_hand if line.sku in known else _NONE), number)
        for number, line in enumerate(count.lines, start=1)
    ]
    move(context, "count", count.document, moves)
    return _levels(context, StockQuery(skus=tuple(skus)))


def _backorders(context: Context, _: Everything) -> BackOrders:
    tx, c, o = context.tx, order_lines.c, orders.c
    missing = type_coerce(c.quantity - c.reserved - c.delivered - c.cancelled, columns.quantity())
    short = missing.label("short")
    rows = tx.all(
        select(c.order_no, c.line, c.sku, short, o.ordered_at)
        .join_from(order_lines, orders, (o.tenant_id == c.tenant_id) & (o.order_no == c.order_no))
        .where(c.tenant_id == tx.tenant, o.status == "open", short > 0)
        .order_by(o.ordered_at, c.order_no, c.line)
    )
    return BackOrders(
        lines=tuple(
            BackOrder(
                order_no=row.order_no, line=row.line, sku=row.sku, short=row.short, ordered_at=row.ordered_at
            )
            for row in rows
        )
    )


OPERATIONS = (
    Operation(
        name="stock.levels",
        title={"en": "Look at the stock", "zh": "查看库存"},
        effect="read",
        input=StockQuery,
        output=Levels,
        handler=_levels,
        idempotent=True,
    ),
    Operation(
        name="stock.reserve",
        title={"en": "Reserve stock for an order", "zh": "为订单预留库存"},
        effect="write",
        input=OrderKey,
        output=Reservation,
        handler=_reserve,
        idempotent=True,
    ),
    Operation(
        name="stock.release",
        title={"en": "Release an order's reservation", "zh": "释放订单预留"},
        effect="write",
        input=OrderKey,
        output=Reservation,
        handler=_release,
        idempotent=True,
    ),
    Operation(
        name="stock.receive",
        title={"en": "Take goods in", "zh": "收货入库"},
        effect="write",
        input=Receipt,
        output=Levels,
        handler=_receive,
    ),
    Operation(
        name="stock.count",
        title={"en": "Correct the stock after counting", "zh": "盘点调整"},
        effect="write",
        input=StockCount,
        output=Levels,
        handler=_count,
    ),
    Operation(
        name="stock.backorders",
        title={"en": "Lines that wait for goods", "zh": "查看缺货待补"},
        effect="read",
        input=Everything,
        output=BackOrders,
        handler=_backorders,
        idempotent=True,
    ),
)
