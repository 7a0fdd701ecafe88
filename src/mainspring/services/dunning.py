"""Dunning: who is late, and reminders in levels: friendly, firm, last."""

from datetime import timedelta

from pydantic import Field
from sqlalchemy import select

from mainspring.services import books, customers, invoices, outbox
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, When
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.money import invoices as invoice_table


class DueQuery(Data):
    """Days after the due date at which level 1, 2, 3, ... is due."""

    days: tuple[int, ...] = Field(default=(7, 21, 35), min_length=1, max_length=9)
    limit: int = Field(default=1000, ge=1, le=50_000)


class Late(Data):
    """An invoice that is late, with the level of the reminder that is due for it."""

    invoice_no: str
    customer_id: str
    currency: str
    open: Amount
    due_at: When
    days_late: int
    level: int


class LateInvoices(Data):
    """Late invoices, the latest due first."""

    invoices: tuple[Late, ...]


class Reminder(Data):
    """Remind a customer of an invoice; levels follow each other one by one."""

    invoice_no: Code
    level: int = Field(ge=1, le=9)
    letter: outbox.Letter = outbox.Letter()


class Reminded(Data):
    """The level that the invoice has now, and what is open of it."""

    invoice_no: str
    level: int
    open: Amount


def _due(context: Context, query: DueQuery) -> LateInvoices:
    i = invoice_table.c
    rows = context.tx.all(
        select(invoice_table)
        .where(
            i.tenant_id == context.tx.tenant,
            i.settled_at.is_(None),
            i.due_at <= context.now - timedelta(days=min(query.days)),
            i.dunning_level < len(query.days),
        )
        .order_by(i.due_at, i.invoice_no)
        .limit(query.limit)
    )
    late = []
    for row in rows:
        days = (context.now - row.due_at).days
        if days >= sorted(query.days)[row.dunning_level]:
            late.append(
                Late(
                    invoice_no=row.invoice_no,
                    customer_id=row.customer_id,
                    currency=row.currency,
                    open=row.open,
                    due_at=row.due_at,
                    days_late=days,
                    level=row.dunning_level + 1,
                )
            )
    return LateInvoices(invoices=tuple(late))


def _remind(context: Context, given: Reminder) -> Reminded:
    invoice = invoices.need(context, given.invoice_no, lock=True)
    if given.level == invoice.dunning_level:
        return Reminded(invoice_no=given.invoice_no, level=given.level, open=invoice.open)
    if invoice.settled_at is not None or invoice.due_at > context.now:
        raise RuleBrokenError(f"the invoice {given.invoice_no} is not late", mend="No reminder is needed.")
    if given.level != invoice.dunning_level + 1:
        raise RuleBrokenError(
            f"the invoice {given.invoice_no} is at level {invoice.dunning_level}, not at {given.level - 1}",
            mend="Send the levels one after the other.",
        )
    letter = given.letter
    if not letter.recipient:
        letter = letter.model_copy(
            update={"recipient": customers.need(context.tx, invoice.customer_id).email}
        )
    outbox.put(context, "reminder", f"{given.invoice_no}/{given.level}", letter)
    books.change(context.tx, invoice_table, {"invoice_no": given.invoice_no}, {"dunning_level": given.level})
    return Reminded(invoice_no=given.invoice_no, level=given.level, open=invoice.open)


OPERATIONS = (
    Operation(
        name="dunning.due",
        title={"en": "Who is late", "zh": "查看逾期"},
        effect="read",
        input=DueQuery,
        output=LateInvoices,
        handler=_due,
        idempotent=True,
    ),
    Operation(
        name="dunning.remind",
        title={"en": "Remind a customer", "zh": "催款"},
        effect="external",
        input=Reminder,
        output=Reminded,
        handler=_remind,
        idempotent=True,
        reversible=False,
        steering={"letter.recipient": "known"},
    ),
)
