"""Proof of the books: every figure that is kept is compared with the documents that it should follow from.

A rule has two sides, each a bag of (key, value) rows; per key both must add up to the same. So a rule is one
set-based query that gives the keys in which they differ; no rows means that the rule holds.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, Text, cast, func, literal_column, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from mainspring.services import columns
from mainspring.services.books import given_numbers
from mainspring.services.operation import Data
from mainspring.services.tables.goods import stock, stock_moves
from mainspring.services.tables.money import (
    allocations,
    credit_lines,
    credit_notes,
    exchanges,
    invoices,
    ledger_postings,
    payments,
    refunds,
    write_offs,
)
from mainspring.services.tables.purchase import supplier_invoices, supplier_payments
from mainspring.services.tables.sales import (
    deliveries,
    delivery_lines,
    order_lines,
    orders,
    quotes,
    sales_history,
)
from mainspring.store import Tx

_SHOWN = 20  # findings of one rule that are reported

_al, _cn, _inv, _led, _pay, _ref = (
    table.c for table in (allocations, credit_notes, invoices, ledger_postings, payments, refunds)
)
_ex, _bill, _out = (table.c for table in (exchanges, supplier_invoices, supplier_payments))
_sold, _line, _move, _wo = (table.c for table in (sales_history, order_lines, stock_moves, write_offs))


class Finding(Data):
    """One place in which the books contradict themselves: the two sides of the rule as they are."""

    rule: str
    where: str
    left: str
    right: str


class Side(NamedTuple):
    """Rows (key, value) of one table."""

    table: Table
    key: ColumnElement[Any]
    value: ColumnElement[Any]
    where: tuple[ColumnElement[bool], ...] = ()


class Rule(NamedTuple):
    """Per key, the left side must equal the right."""

    says: str
    left: tuple[Side, ...]
    right: tuple[Side, ...]


def findings(tx: Tx) -> list[Finding]:
    """All contradictions in the books, at most 20 of each rule."""
    found = []
    for rule in (*_ACCOUNTS, *_OPEN, *_GOODS):
        for row in tx.all(_differences(tx, rule)):
            key, left, right = tuple(row)
            found.append(Finding(rule=rule.says, where=str(key), left=str(left), right=str(right)))
    found.extend(_number_gaps(tx))
    return found


def _differences(tx: Tx, rule: Rule) -> Select[Any]:
    none = literal_column("0", type_=rule.left[0].value.type)
    rows = union_all(
        *(_side(tx, side, side.value, none) for side in rule.left),
        *(_side(tx, side, none, side.value) for side in rule.right),
    ).subquery()
    left, right = func.sum(rows.c.left_value), func.sum(rows.c.right_value)
    return select(rows.c.k, left, right).group_by(rows.c.k).having(left != right).limit(_SHOWN)


def _side(tx: Tx, side: Side, left: ColumnElement[Any], right: ColumnElement[Any]) -> Select[Any]:
    return select(side.key.label("k"), left.label("left_value"), right.label("right_value")).where(
        side.table.c.tenant_id == tx.tenant, *side.where
    )


def _posted(account: str) -> tuple[Side, ...]:
    return (Side(ledger_postings, _led.currency, _led.amount, (_led.account == account,)),)


def _account(account: str, *documents: Side) -> Rule:
    return Rule(f"the account {account} equals its documents", _posted(account), documents)


_CHARGE = _al.invoice_no == ""
_TAKEN_OVER = (
    _inv.delivery_no == _inv.invoice_no
)  # from the books before these: no order, no lines, no revenue

_ACCOUNTS = (
    Rule(
        "every entry balances",
        (Side(ledger_postings, _led.entry, _led.amount),),
        (Side(ledger_postings, _led.entry, literal_column("0", type_=columns.amount())),),
    ),
    _account("receivables", Side(invoices, _inv.currency, _inv.open)),
    _account("cash", Side(payments, _pay.currency, _pay.amount)),
    _account("receipts", Side(payments, _pay.currency, -_pay.open)),
    _account("credits", Side(credit_notes, _cn.currency, -_cn.open)),
    _account("refunds_payable", Side(refunds, _ref.currency, -_ref.amount, (_ref.paid_by.is_(None),))),
    _account("tax", Side(invoices, _inv.currency, -_inv.tax), Side(credit_notes, _cn.currency, _cn.tax)),
    _account("revenue", Side(invoices, _inv.currency, -_inv.net, (~_TAKEN_OVER,))),
    _account("opening", Side(invoices, _inv.currency, -_inv.net, (_TAKEN_OVER,))),
    _account("returns", Side(credit_notes, _cn.currency, _cn.net)),
    _account(
        "fees",
        Side(allocations, _al.currency, _al.fee),
        Side(allocations, _al.currency, -_al.amount, (_CHARGE,)),
    ),
    _account("write_offs", Side(write_offs, _wo.currency, _wo.amount)),
    _account("payables", Side(supplier_invoices, _bill.currency, _bill.paid - _bill.accepted)),
    _account("purchases", Side(supplier_invoices, _bill.currency, _bill.accepted)),
    _account(
        "exchange",
        Side(exchanges, _ex.paid_currency, -_ex.paid),
        Side(exchanges, _ex.settled_currency, _ex.settled),
        Side(exchanges, _ex.home, _ex.gain),
    ),
    _account("exchange_result", Side(exchanges, _ex.home, -_ex.gain)),
)

_OPEN = (
    Rule(
        "what is open of an invoice is its total less what settled it",
        (Side(invoices, _inv.invoice_no, _inv.open),),
        (
            Side(invoices, _inv.invoice_no, _inv.total),
            Side(allocations, _al.invoice_no, -(_al.amount + _al.fee), (~_CHARGE,)),
            Side(write_offs, _wo.invoice_no, -_wo.amount),
            Side(exchanges, _ex.invoice_no, -_ex.settled),
        ),
    ),
    Rule(
        "what is open of a payment or credit note is its amount less its use",
        (Side(payments, _pay.payment_no, _pay.open), Side(credit_notes, _cn.credit_note_no, _cn.open)),
        (
            Side(payments, _pay.payment_no, _pay.amount),
            Side(credit_notes, _cn.credit_note_no, _cn.total),
            Side(allocations, _al.source, -_al.amount),
            Side(refunds, _ref.source, -_ref.amount),
            Side(refunds, _ref.paid_by, _ref.amount, (_ref.paid_by.is_not(None),)),
            Side(exchanges, _ex.payment_no, -_ex.paid),
            Side(supplier_payments, _out.payment_no, _out.amount),
        ),
    ),
    Rule(
        "an invoice adds up to its lines",
        (Side(invoices, _inv.invoice_no, _inv.total, (~_TAKEN_OVER,)),),
        (
            Side(
                sales_history,
                _sold.document,
                _sold.net + _sold.tax,
                (_sold.tenant_id == _inv.tenant_id, _sold.document == _inv.invoice_no),
            ),
        ),
    ),
    Rule(
        "what an order was invoiced is the total of its invoices",
        (Side(orders, orders.c.order_no, orders.c.invoiced),),
        (Side(invoices, _inv.order_no, _inv.total, (~_TAKEN_OVER,)),),
    ),
)

_GOODS = (
    Rule(
        "stock on hand is receipts less deliveries plus returns",
        (Side(stock, stock.c.sku, stock.c.on_hand),),
        (Side(stock_moves, _move.sku, _move.quantity),),
    ),
    Rule(
        "reserved stock is what the orders reserve",
        (Side(stock, stock.c.sku, stock.c.reserved),),
        (Side(order_lines, _line.sku, _line.reserved),),
    ),
    Rule(
        "what was delivered left the stock",
        (Side(order_lines, _line.sku, _line.delivered),),
        (Side(stock_moves, _move.sku, -_move.quantity, (_move.kind == "delivery",)),),
    ),
    Rule(
        "what an order had delivered is its shipped deliveries",
        (Side(order_lines, _line.order_no, _line.delivered),),
        (
            Side(
                delivery_lines,
                deliveries.c.order_no,
                delivery_lines.c.quantity,
                (
                    delivery_lines.c.tenant_id == deliveries.c.tenant_id,
                    delivery_lines.c.delivery_no == deliveries.c.delivery_no,
                    deliveries.c.status == "shipped",
                ),
            ),
        ),
    ),
    Rule(
        "the returned quantity of a sold line is that of its credit notes",
        (
            Side(
                sales_history,
                _sold.document + "/" + cast(_sold.line, Text),
                _sold.returned,
                (_sold.returned != 0,),
            ),
        ),
        (
            Side(
                credit_lines,
                credit_lines.c.document + "/" + cast(credit_lines.c.document_line, Text),
                credit_lines.c.quantity,
            ),
        ),
    ),
)

_NUMBERED = (
    ("quote", quotes),
    ("order", orders),
    ("delivery", deliveries),
    ("invoice", invoices),
    ("credit note", credit_notes),
)


def _number_gaps(tx: Tx) -> Iterator[Finding]:
    for kind, table in _NUMBERED:
        numbered = select(func.count()).select_from(table).where(table.c.tenant_id == tx.tenant)
        if table is invoices:
            numbered = numbered.where(~_TAKEN_OVER)
        written = tx.scalar(numbered)
        given = given_numbers(tx, kind)
        if written != given:
            yield Finding(
                rule="document numbers have no gap",
                where=kind,
                left=f"{written} in the books",
                right=f"{given} numbers given",
            )
