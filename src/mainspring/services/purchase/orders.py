"""Purchase orders, receipts and suppliers' invoices; an invoice is matched with order and receipt at once."""

from decimal import Decimal
from typing import Any

from mainspring.services import books, products, stock
from mainspring.services.errors import AlreadyExistsError, AmountDiffersError, RuleBrokenError
from mainspring.services.money import round_money
from mainspring.services.operation import Context, Operation
from mainspring.services.purchase import payables, suppliers
from mainspring.services.purchase.match import Line, Tolerance, match
from mainspring.services.purchase.shapes import (
    Acceptance,
    Dissent,
    GoodsReceipt,
    Matched,
    NewPurchase,
    Purchase,
    PurchaseKey,
    PurchaseLine,
    SupplierInvoice,
)
from mainspring.services.rows import Record, matching
from mainspring.services.stock import Move
from mainspring.services.tables.purchase import (
    purchase_lines,
    purchase_orders,
    purchase_receipts,
    supplier_invoice_lines,
    supplier_invoices,
)

_NONE = Decimal(0)


def _order(context: Context, new: NewPurchase) -> Purchase:
    tx = context.tx
    if suppliers.need(tx, new.supplier_id).blocked:
        raise RuleBrokenError(f"the supplier {new.supplier_id} is blocked", mend="Unblock them first.")
    products.need_all(tx, [line.sku for line in new.lines])
    nets = [round_money(line.quantity * line.unit_price, new.currency) for line in new.lines]
    if sum(nets, _NONE) != new.total:
        raise AmountDiffersError(
            f"the lines come to {sum(nets, _NONE)} {new.currency}, not {new.total}", mend="Name their total."
        )
    number = books.next_number(tx, "purchase")
    tx.insert(
        purchase_orders,
        {
            "purchase_no": number,
            "supplier_id": new.supplier_id,
            "inquiry_no": new.inquiry_no,
            "status": "open",
            "currency": new.currency,
            "net": new.total,
            "terms": new.terms,
            "due_at": new.due_at,
            "created_at": context.now,
            "changed_at": context.now,
        },
    )
    blank = {"purchase_no": number, "received": _NONE, "rejected": _NONE, "invoiced": _NONE}
    tx.insert(
        purchase_lines,
        [
            blank | {"line": place, "net": net} | line.model_dump()
            for place, (line, net) in enumerate(zip(new.lines, nets, strict=True), 1)
        ],
    )
    return _get(context, PurchaseKey(purchase_no=number))


def _lines(context: Context, purchase_no: str, *, lock: bool = True) -> dict[int, Record]:
    key = {"purchase_no": purchase_no}
    return {row.line: row for row in matching(context.tx, purchase_lines, key, order=("line",), lock=lock)}


def _need(context: Context, purchase_no: str, *, lock: bool = True) -> Record:
    key = {"purchase_no": purchase_no}
    return books.need(context.tx, purchase_orders, key, "purchase order", lock=lock)


def _line_of(lines: dict[int, Record], number: int, purchase_no: str) -> Record:
    if number not in lines:
        raise RuleBrokenError(f"{purchase_no} has no line {number}", mend="Name a line of that order.")
    return lines[number]


def _get(context: Context, key: PurchaseKey) -> Purchase:
    row = _need(context, key.purchase_no, lock=False)
    head = {name: getattr(row, name) for name in Purchase.model_fields if name != "lines"}
    lines = tuple(
        PurchaseLine.model_construct(**{name: getattr(line, name) for name in PurchaseLine.model_fields})
        for line in _lines(context, key.purchase_no, lock=False).values()
    )
    return Purchase.model_construct(**head, lines=lines)


def _receive(context: Context, given: GoodsReceipt) -> Purchase:
    tx = context.tx
    _need(context, given.purchase_no)
    lines = _lines(context, given.purchase_no)
    moves, changes = [], []
    for one in given.lines:
        line = _line_of(lines, one.line, given.purchase_no)
        if not _NONE <= one.rejected <= one.received:
            raise RuleBrokenError(
                f"line {one.line}: {one.rejected} of {one.received} cannot be rejected", mend="Count again."
            )
        if one.received > one.rejected:
            moves.append(Move(line.sku, one.received - one.rejected, one.line))
        sums = {"received": line.received + one.received, "rejected": line.rejected + one.rejected}
        changes.append(({"purchase_no": given.purchase_no, "line": one.line}, sums))
    if len({one.line for one in given.lines}) != len(given.lines):
        raise RuleBrokenError("a line stands twice on the receipt", mend="Add its counts together.")
    document = f"{given.purchase_no} {given.document}"
    if matching(tx, purchase_receipts, {"document": given.document, "purchase_no": given.purchase_no}):
        raise RuleBrokenError(f"the receipt {document} is booked already", mend="Nothing needs to be done.")
    if moves:
        stock.move(context, "receipt", document, moves)
    books.change_many(tx, purchase_lines, changes)
    kept = {"document": given.document, "purchase_no": given.purchase_no, "at": context.now}
    tx.insert(purchase_receipts, [kept | one.model_dump() for one in given.lines])
    whole = all(line.received >= line.quantity for line in _lines(context, given.purchase_no).values())
    state = {"status": "received" if whole else "open", "changed_at": context.now}
    books.change(tx, purchase_orders, {"purchase_no": given.purchase_no}, state)
    return _get(context, PurchaseKey(purchase_no=given.purchase_no))


def _check(context: Context, given: SupplierInvoice) -> Matched:
    order = _need(context, given.purchase_no)
    if (order.supplier_id, order.currency) != (given.supplier_id, given.currency):
        raise RuleBrokenError(
            f"{given.purchase_no} is an order to {order.supplier_id} in {order.currency}",
            mend="Name the order that the invoice is for.",
        )
    lines = _lines(context, given.purchase_no)
    payable, told = _NONE, []
    for one in given.lines:
        line = _line_of(lines, one.purchase_line, given.purchase_no)
        before = line.invoiced  # what earlier invoices charged is no longer to be charged
        verdict = match(
            Line(
                str(line.line),
                ordered=line.quantity - before,
                price=line.unit_price,
                received=line.received - before,
                rejected=line.rejected,
                charged=one.quantity,
                charged_price=one.unit_price,
                charged_sum=one.net,
            ),
            Tolerance(price=given.price_tolerance),
        )
        payable += round_money(verdict.payable, given.currency)
        for each in verdict.differences:
            amount = round_money(each.amount, given.currency)
            told.append(Dissent(line=line.line, kind=each.sort, quantity=each.quantity, amount=amount,
                                en=each.en, zh=each.zh))  # fmt: skip
    disputed = any(one.kind in {"overcharged", "price", "sum"} for one in told)
    return Matched(
        supplier_id=given.supplier_id,
        invoice_no=given.invoice_no,
        purchase_no=given.purchase_no,
        status="disputed" if disputed else "matched",
        net=sum((one.net for one in given.lines), _NONE),
        payable=payable,
        differences=tuple(told),
    )


def _take_invoice(context: Context, given: SupplierInvoice) -> Matched:
    tx, key = context.tx, {"supplier_id": given.supplier_id, "invoice_no": given.invoice_no}
    known = books.find(tx, supplier_invoices, key)
    if known is not None:
        raise AlreadyExistsError(
            f"the invoice {given.invoice_no} of {given.supplier_id} is in the books, {known.status}",
            mend="Nothing needs to be done; a corrected invoice needs a number of its own.",
        )
    found = _check(context, given)
    head = given.model_dump(
        include={"supplier_id", "invoice_no", "purchase_no", "currency", "issued_at", "due_at"}
    )
    reason = "; ".join(one.en for one in found.differences)
    rest = {"status": found.status, "net": found.net, "accepted": _NONE, "paid": _NONE, "reason": reason}
    tx.insert(supplier_invoices, head | rest | {"created_at": context.now})
    tx.insert(
        supplier_invoice_lines,
        [key | {"line": place} | one.model_dump() for place, one in enumerate(given.lines, 1)],
    )
    lines = _lines(context, given.purchase_no)
    charged: dict[int, Decimal] = {}
    for one in given.lines:
        charged[one.purchase_line] = charged.get(one.purchase_line, _NONE) + one.quantity
    changes = [
        ({"purchase_no": given.purchase_no, "line": number}, {"invoiced": lines[number].invoiced + quantity})
        for number, quantity in charged.items()
    ]
    books.change_many(tx, purchase_lines, changes)
    return found


def _accept(context: Context, given: Acceptance) -> Matched:
    key = {"supplier_id": given.supplier_id, "invoice_no": given.invoice_no}
    row = books.need(context.tx, supplier_invoices, key, "supplier's invoice", lock=True)
    if row.currency != given.currency or not _NONE < given.total <= row.net:
        raise AmountDiffersError(
            f"{given.invoice_no} charges {row.net} {row.currency}", mend="Accept that much at most."
        )
    if row.status == "accepted":
        raise RuleBrokenError(f"{given.invoice_no} is accepted with {row.accepted}", mend="Nothing to do.")
    values: dict[str, Any] = {"status": "accepted", "accepted": given.total}
    books.change(context.tx, supplier_invoices, key, values | {"reason": given.reason or row.reason})
    payables.owe(context, row.supplier_id, row.invoice_no, row.currency, given.total)
    return Matched(
        supplier_id=row.supplier_id,
        invoice_no=row.invoice_no,
        purchase_no=row.purchase_no,
        status="accepted",
        net=row.net,
        payable=given.total,
        differences=(),
    )


def _total(given: NewPurchase | Acceptance) -> Decimal:
    return given.total


def _supplier(given: NewPurchase | Acceptance) -> str:
    return given.supplier_id


OPERATIONS = (
    Operation(
        name="purchase.order",
        title={"en": "Order from a supplier", "zh": "向供应商下单"},
        effect="money",
        input=NewPurchase,
        output=Purchase,
        handler=_order,
        amount=_total,
        counterparty=_supplier,
        reversible=False,
    ),
    Operation(
        name="purchase.get",
        title={"en": "Look at a purchase order", "zh": "查看采购订单"},
        effect="read",
        input=PurchaseKey,
        output=Purchase,
        handler=_get,
        idempotent=True,
    ),
    Operation(
        name="purchase.receive",
        title={"en": "Take in goods of a purchase order", "zh": "采购收货"},
        effect="write",
        input=GoodsReceipt,
        output=Purchase,
        handler=_receive,
    ),
    Operation(
        name="purchase.match",
        title={"en": "Match an invoice with order and receipt", "zh": "三单匹配"},
        effect="read",
        input=SupplierInvoice,
        output=Matched,
        handler=_check,
        idempotent=True,
    ),
    Operation(
        name="purchase.take_invoice",
        title={"en": "Take in a supplier's invoice", "zh": "登记供应商发票"},
        effect="write",
        input=SupplierInvoice,
        output=Matched,
        handler=_take_invoice,
    ),
    Operation(
        name="purchase.accept",
        title={"en": "Accept a supplier's invoice for payment", "zh": "确认供应商发票应付"},
        effect="money",
        input=Acceptance,
        output=Matched,
        handler=_accept,
        amount=_total,
        counterparty=_supplier,
    ),
)
