"""Customers: who they are, how they are recognised, and how much credit they have left."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import func, select, type_coerce

from mainspring.services import books, columns
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, Name, Text
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record, among
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customer_names, customers
from mainspring.services.tables.sales import orders
from mainspring.store import Tx


class Customer(Data):
    """A customer's record.

    Attributes:
        credit_limit: None: nobody has set one, so nothing is on credit.
        e_invoice: the electronic form in which this customer wants invoices; empty: none.
    """

    customer_id: Code
    name: Name
    tier: Text = ""
    contact: Text = ""
    phone: Text = ""
    email: Text = ""
    tax_id: Text = ""
    country: Text = ""
    city: Text = ""
    address: Text = ""
    language: Text = "en"
    currency: Currency = "EUR"
    payment_days: int = Field(default=30, ge=0, le=720)
    credit_limit: Amount | None = None
    blocked: bool = False
    blocked_reason: Text = ""
    e_invoice: Literal["", "ubl", "facturx"] = ""


class CustomerKey(Data):
    """Which customer."""

    customer_id: Code


class CustomerQuery(Data):
    """What is known of the one we look for; any of it."""

    name: Text = ""
    email: Text = ""
    tax_id: Text = ""
    payer: Text = ""


class Match(Data):
    """A customer that was recognised, and by what."""

    customer: Customer
    by: tuple[str, ...]


class Matches(Data):
    """Recognised customers, those with the most signs first."""

    matches: tuple[Match, ...]


class CreditPosition(Data):
    """What a customer may still buy on credit, in its own currency; `available` is None without a limit."""

    customer_id: Code
    tier: str
    currency: Currency
    blocked: bool
    blocked_reason: str
    credit_limit: Amount | None
    receivables: Amount
    overdue: Amount
    ordered: Amount
    available: Amount | None


class Alias(Data):
    """Another sign by which a customer is recognised, confirmed by a person or a document."""

    customer_id: Code
    kind: str = Field(pattern="^(name|email|tax_id|payer)$")
    value: Name


class Block(Data):
    """Block or unblock a customer."""

    customer_id: Code
    blocked: bool
    reason: Text = ""


class Page(Data):
    """A page of a list: what comes after this key."""

    after: Text = ""
    limit: int = Field(default=500, ge=1, le=5000)


class CustomerPage(Data):
    """Customers in the order of their ids."""

    customers: tuple[Customer, ...]


class Saved(Data):
    """What was written, and whether it was new."""

    key: str
    created: bool


def fold_name(text: str) -> str:
    """A name as it is compared: full-width and half-width alike, no case, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^\w]+", " ", plain).strip()


def fold(kind: str, value: str) -> str:
    """A sign as it is compared: tax ids without any separator, mail addresses without case, names folded."""
    if kind == "tax_id":
        return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", value)).upper()
    if kind == "email":
        return value.strip().casefold()
    return fold_name(value)


def record(row: Record) -> Customer:
    """The customer of a row."""
    return Customer.model_construct(**{name: getattr(row, name) for name in Customer.model_fields})


def save(context: Context, records: Iterable[Customer]) -> int:
    """Insert or overwrite customers with the signs that follow from them; gives the number of new ones."""
    tx, listed = context.tx, list(records)
    rows = [one.model_dump() | {"changed_at": context.now} for one in listed]
    created = books.save_many(tx, customers, "customer_id", rows)
    _save_signs(tx, set().union(*map(signs_of, listed)))
    return created


def need(tx: Tx, customer_id: str) -> Record:
    """The customer's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(tx, customers, {"customer_id": customer_id}, "customer")


def need_buyer(tx: Tx, customer_id: str) -> Record:
    """The row of a customer who may buy.

    Raises:
        RuleBrokenError: the customer is blocked.
    """
    row = need(tx, customer_id)
    if row.blocked:
        raise RuleBrokenError(
            f"the customer {customer_id} is blocked: {row.blocked_reason or 'no reason recorded'}",
            mend="Someone who may unblock the customer decides.",
        )
    return row


def signs_of(customer: Customer) -> set[tuple[str, str, str]]:
    """(kind, folded value, customer) by which a customer's own record tells who it is."""
    kinds = ("name", "email", "tax_id")
    found = {(kind, fold(kind, getattr(customer, kind)), customer.customer_id) for kind in kinds}
    return {sign for sign in found if sign[1]}


def _save_signs(tx: Tx, signs: set[tuple[str, str, str]]) -> None:
    known = {
        (row.kind, row.value, row.customer_id)
        for row in among(tx, customer_names, "customer_id", {sign[2] for sign in signs})
    }
    fresh = sorted(signs - known)
    tx.insert(
        customer_names, [dict(zip(("kind", "value", "customer_id"), sign, strict=True)) for sign in fresh]
    )


def _find(context: Context, query: CustomerQuery) -> Matches:
    tx, n = context.tx, customer_names.c
    asked = {(kind, fold(kind, value)) for kind, value in query.model_dump().items() if fold(kind, value)}
    if not asked:
        return Matches(matches=())
    signs: dict[str, list[str]] = {}
    rows = tx.all(
        select(n.kind, n.value, n.customer_id).where(
            n.tenant_id == tx.tenant, n.value.in_([value for _, value in asked])
        )
    )
    for row in rows:
        kind, value, customer_id = tuple(row)
        wanted = ("name", "payer") if kind in {"name", "payer"} else (kind,)
        if any((other, value) in asked for other in wanted):
            signs.setdefault(customer_id, []).append(kind)
    found = books.by_key(tx, customers, "customer_id", signs)
    ranked = sorted(signs.items(), key=lambda item: (-len(item[1]), item[0]))
    return Matches(
        matches=tuple(Match(customer=record(found[key]), by=tuple(sorted(by))) for key, by in ranked)
    )


def _get(context: Context, key: CustomerKey) -> Customer:
    return record(need(context.tx, key.customer_id))


def _list(context: Context, page: Page) -> CustomerPage:
    c = customers.c
    rows = context.tx.all(
        select(customers)
        .where(c.tenant_id == context.tx.tenant, c.customer_id > page.after)
        .order_by(c.customer_id)
        .limit(page.limit)
    )
    return CustomerPage(customers=tuple(record(row) for row in rows))


def _credit(context: Context, key: CustomerKey) -> CreditPosition:
    tx, i, o = context.tx, invoices.c, orders.c
    row = need(tx, key.customer_id)
    mine = (i.tenant_id == tx.tenant, i.customer_id == row.customer_id, i.currency == row.currency)
    owed = select(func.sum(i.open)).where(*mine, i.settled_at.is_(None))
    receivables = tx.scalar(owed) or Decimal(0)
    overdue = (tx.scalar(owed.where(i.due_at < context.now)) if receivables else None) or Decimal(0)
    waiting = select(func.sum(type_coerce(o.total - o.invoiced, columns.amount()))).where(
        o.tenant_id == tx.tenant,
        o.customer_id == row.customer_id,
        o.currency == row.currency,
        o.status == "open",
    )
    ordered = tx.scalar(waiting) or Decimal(0)
    limit = row.credit_limit
    return CreditPosition(
        customer_id=row.customer_id,
        tier=row.tier,
        currency=row.currency,
        blocked=row.blocked,
        blocked_reason=row.blocked_reason,
        credit_limit=limit,
        receivables=receivables,
        overdue=overdue,
        ordered=ordered,
        available=None if limit is None else limit - receivables - ordered,
    )


def _save(context: Context, customer: Customer) -> Saved:
    return Saved(key=customer.customer_id, created=bool(save(context, [customer])))


def add_alias(context: Context, alias: Alias) -> Saved:
    """Remember another sign of a customer.

    Raises:
        UnknownRecordError: there is no such customer.
    """
    need(context.tx, alias.customer_id)
    sign = (alias.kind, fold(alias.kind, alias.value), alias.customer_id)
    known = books.find(
        context.tx, customer_names, dict(zip(("kind", "value", "customer_id"), sign, strict=True))
    )
    _save_signs(context.tx, {sign})
    return Saved(key=alias.customer_id, created=known is None)


def _block(context: Context, block: Block) -> Customer:
    need(context.tx, block.customer_id)
    values: Mapping[str, Any] = {
        "blocked": block.blocked,
        "blocked_reason": block.reason if block.blocked else "",
        "changed_at": context.now,
    }
    books.change(context.tx, customers, {"customer_id": block.customer_id}, values)
    return record(need(context.tx, block.customer_id))


OPERATIONS = (
    Operation(
        name="customers.find",
        title={"en": "Find a customer", "zh": "查找客户"},
        effect="read",
        input=CustomerQuery,
        output=Matches,
        handler=_find,
        idempotent=True,
        cacheable=True,
    ),
    Operation(
        name="customers.get",
        title={"en": "Look at a customer", "zh": "查看客户"},
        effect="read",
        input=CustomerKey,
        output=Customer,
        handler=_get,
        idempotent=True,
        cacheable=True,
        private=frozenset({"tax_id"}),
    ),
    Operation(
        name="customers.list",
        title={"en": "Go through the customers", "zh": "浏览客户"},
        effect="read",
        input=Page,
        output=CustomerPage,
        handler=_list,
        idempotent=True,
    ),
    Operation(
        name="customers.credit",
        title={"en": "Check a customer's credit", "zh": "查询客户信用"},
        effect="read",
        input=CustomerKey,
        output=CreditPosition,
        handler=_credit,
        idempotent=True,
    ),
    Operation(
        name="customers.save",
        title={"en": "Record a customer", "zh": "登记客户"},
        effect="write",
        input=Customer,
        output=Saved,
        handler=_save,
        idempotent=True,
        steering={"email": "known", "address": "known", "tax_id": "known"},
    ),
    Operation(
        name="customers.add_alias",
        title={"en": "Remember another name of a customer", "zh": "记住客户的其他名称"},
        effect="write",
        input=Alias,
        output=Saved,
        handler=add_alias,
        idempotent=True,
        steering={"value": "known"},
    ),
    Operation(
        name="customers.block",
        title={"en": "Block or unblock a customer", "zh": "冻结或解冻客户"},
        effect="write",
        input=Block,
        output=Customer,
        handler=_block,
        idempotent=True,
        steering={"customer_id": "known"},
    ),
)
