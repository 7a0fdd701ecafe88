"""Statements as operations: take one in so that every line counts once, and customers' money that waits."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from pydantic import Field
from sqlalchemy import func, select

from mainspring.services import books, customers, payments
from mainspring.services.bank import statement
from mainspring.services.bank.errors import DoesNotAddUp
from mainspring.services.bank.statement import Entry, Statement
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, Name, Text
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.payments import StatementEntry
from mainspring.services.rows import among
from mainspring.services.tables.bank import bank_lines, bank_statements
from mainspring.services.tables.money import payments as payment_table
from mainspring.services.tables.parties import customers as customer_table

_NOON = time(12, tzinfo=UTC)


class GivenEntry(Data):
    """A booking; below zero it left the account. `fee` was kept on the way and is not in the amount."""

    day: date
    amount: Amount
    currency: Currency
    payer: Text = ""
    account: Text = ""
    reference: Text = ""
    text: Text = ""
    bank_reference: Text = ""
    fee: Amount = Decimal(0)


class GivenStatement(Data):
    """A statement as it was read. One that does not add up is taken in only when a person says so."""

    account: Text = ""
    number: Text = ""
    currency: Text = ""
    opening: Amount | None = None
    closing: Amount | None = None
    entries: tuple[GivenEntry, ...] = Field(max_length=100_000)
    file: Name
    although: bool = Field(default=False, description="take it in although it does not add up")


class TakenIn(Data):
    """What a statement brought.

    Attributes:
        statement: by which its payments are known; empty when all of its lines were known.
        payment_nos: of the new lines.
        known: lines that another file had brought.
        gap: what lies between the account's last closing balance and this opening one; None where not told.
    """

    statement: str
    payment_nos: tuple[str, ...]
    known: int
    gap: Amount | None


class StatementHead(Data):
    """A statement that was taken in."""

    statement: str
    account: str
    currency: str
    opening: Amount | None
    closing: Amount | None
    first_day: date | None
    last_day: date | None
    file: str
    entries: int


class Statements(Data):
    """Statements, the latest first."""

    statements: tuple[StatementHead, ...]


class StatementQuery(Data):
    """The latest statements."""

    limit: int = Field(default=50, ge=1, le=500)


class Assignment(Data):
    """A payment that belongs to a customer though it settles no invoice yet; its payer is remembered."""

    payment_no: Code
    customer_id: Code


class Deposit(Data):
    """What a customer has paid that settles nothing yet."""

    customer_id: str
    name: str
    currency: str
    amount: Amount
    payments: int


class Deposits(Data):
    """By customer and currency."""

    deposits: tuple[Deposit, ...]


class Everyone(Data):
    """No restriction."""


def _take_in(context: Context, given: GivenStatement) -> TakenIn:
    tx = context.tx
    entries = [Entry(**one.model_dump()) for one in given.entries]
    read = Statement(
        given.account, given.number, given.currency, given.opening, given.closing, tuple(entries)
    )
    if read.balanced is False and not given.although:
        raise DoesNotAddUp(
            read.all_faults()[-1], where=given.file, mend="Export it again, or say that it is to be taken in."
        )
    marks = statement.marks(given.account, entries)
    known = {row.mark for row in among(tx, bank_lines, "mark", marks)}
    fresh = [(mark, one) for mark, one in zip(marks, entries, strict=True) if mark not in known]
    gap = _gap(context, given)
    if not fresh:
        return TakenIn(statement="", payment_nos=(), known=len(entries), gap=gap)
    name = _free(context, "/".join(filter(None, (given.account, given.number))) or given.file)
    numbers = [
        payments.register(context, _as_payment(name, place, one)).payment_no
        for place, (_, one) in enumerate(fresh, 1)
    ]
    pairs = zip(fresh, numbers, strict=True)
    tx.insert(
        bank_lines, [{"mark": mark, "payment_no": number, "statement": name} for (mark, _), number in pairs]
    )
    days = [one.day for one in entries]
    tx.insert(
        bank_statements,
        {
            "statement": name,
            "account": given.account,
            "currency": given.currency or entries[0].currency,
            "opening": given.opening,
            "closing": given.closing,
            "first_day": min(days),
            "last_day": max(days),
            "file": given.file,
            "entries": len(entries),
            "by": context.principal.id,
            "taken_in_at": context.now,
        },
    )
    return TakenIn(statement=name, payment_nos=tuple(numbers), known=len(entries) - len(fresh), gap=gap)


def _as_payment(name: str, place: int, one: Entry) -> StatementEntry:
    words = " ".join(filter(None, (one.reference, one.text)))
    return StatementEntry(
        statement=name,
        entry=place,
        booked_at=datetime.combine(one.day, _NOON),
        currency=one.currency,
        amount=one.amount,
        payer=one.payer,
        account=one.account,
        reference=f"{words} (fee {one.fee})" if one.fee else words,
    )


def _free(context: Context, name: str) -> str:
    """The name, or the next one like it: a later file may bring new lines of the same statement."""
    found, number = name[:90], 1
    while books.find(context.tx, bank_statements, {"statement": found}) is not None:
        number += 1
        found = f"{name[:90]} ({number})"
    return found


def _gap(context: Context, given: GivenStatement) -> Decimal | None:
    """How far this opening balance is from the last closing one of the account before it."""
    if given.opening is None or not given.account or not given.entries:
        return None
    first, c = min(one.day for one in given.entries), bank_statements.c
    last = context.tx.scalar(
        select(c.closing)
        .where(
            c.tenant_id == context.tx.tenant,
            c.account == given.account,
            c.last_day <= first,
            c.closing.is_not(None),
        )
        .order_by(c.last_day.desc(), c.taken_in_at.desc())
        .limit(1)
    )
    return None if last is None else given.opening - last


def _list(context: Context, query: StatementQuery) -> Statements:
    c = bank_statements.c
    rows = context.tx.all(
        select(bank_statements)
        .where(c.tenant_id == context.tx.tenant)
        .order_by(c.taken_in_at.desc(), c.statement)
        .limit(query.limit)
    )
    names = StatementHead.model_fields
    heads = (StatementHead.model_construct(**{name: getattr(row, name) for name in names}) for row in rows)
    return Statements(statements=tuple(heads))


def _assign(context: Context, given: Assignment) -> payments.Payment:
    payment = payments.need(context, given.payment_no, lock=True)
    customers.need(context.tx, given.customer_id)
    if payment.customer_id not in {None, given.customer_id} and payment.open != payment.amount:
        raise RuleBrokenError(
            f"part of {given.payment_no} has settled invoices of {payment.customer_id}",
            mend="Take that settlement back first.",
        )
    said_of = {"customer_id": given.customer_id}
    books.change(context.tx, payment_table, {"payment_no": given.payment_no}, said_of)
    for said in filter(None, (payment.payer, payment.account)):
        customers.add_alias(
            context, customers.Alias(customer_id=given.customer_id, kind="payer", value=said[:300])
        )
    return payments.record(payment, customer_id=given.customer_id)


def _deposits(context: Context, _: Everyone) -> Deposits:
    tx, p, c = context.tx, payment_table.c, customer_table.c
    rows = tx.all(
        select(p.customer_id, c.name, p.currency, func.sum(p.open).label("amount"), func.count().label("n"))
        .join_from(
            payment_table,
            customer_table,
            (c.tenant_id == p.tenant_id) & (c.customer_id == p.customer_id),
        )
        .where(p.tenant_id == tx.tenant, p.open > 0)
        .group_by(p.customer_id, c.name, p.currency)
        .order_by(p.customer_id, p.currency)
    )
    return Deposits(
        deposits=tuple(
            Deposit(
                customer_id=row.customer_id,
                name=row.name,
                currency=row.currency,
                amount=row.amount,
                payments=row.n,
            )
            for row in rows
        )
    )


OPERATIONS = (
    Operation(
        name="statements.take_in",
        title={"en": "Take in a bank statement", "zh": "登记银行对账单"},
        effect="write",
        input=GivenStatement,
        output=TakenIn,
        handler=_take_in,
    ),
    Operation(
        name="statements.list",
        title={"en": "Go through the statements", "zh": "浏览对账单"},
        effect="read",
        input=StatementQuery,
        output=Statements,
        handler=_list,
        idempotent=True,
    ),
    Operation(
        name="payments.assign",
        title={"en": "Say whose payment it is", "zh": "确认回款客户"},
        effect="write",
        input=Assignment,
        output=payments.Payment,
        handler=_assign,
        idempotent=True,
        steering={"customer_id": "known"},
    ),
    Operation(
        name="payments.deposits",
        title={"en": "Customers' money that settles nothing yet", "zh": "查看客户预收款"},
        effect="read",
        input=Everyone,
        output=Deposits,
        handler=_deposits,
        idempotent=True,
    ),
)
