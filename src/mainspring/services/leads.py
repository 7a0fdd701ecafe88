"""Leads: someone who may become a customer; scored, followed, won or dropped."""

from typing import Literal

from sqlalchemy import select

from mainspring.services import books
from mainspring.services.fields import Code, Name, Share, Text
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.parties import leads

Status = Literal["new", "scored", "opportunity", "won", "lost"]


class NewLead(Data):
    """What is known at first contact."""

    name: Name
    email: Text = ""
    source: Text = ""
    interest: Text = ""


class LeadKey(Data):
    """Which lead."""

    lead_no: Code


class Score(Data):
    """How likely the lead is to buy, with the reason in words."""

    lead_no: Code
    score: Share
    reason: Text = ""


class Move(Data):
    """The lead's next state; a won lead names the customer it became."""

    lead_no: Code
    status: Status
    reason: Text = ""
    customer_id: Code | None = None


class LeadQuery(Data):
    """Leads in one state."""

    status: Status


class Lead(Data):
    """A lead's record."""

    lead_no: Code
    name: str
    email: str
    source: str
    interest: str
    status: Status
    score: float | None
    reason: str
    customer_id: str | None


class Leads(Data):
    """Leads, the most promising first."""

    leads: tuple[Lead, ...]


def _record(row: Record) -> Lead:
    fields = {name: getattr(row, name) for name in Lead.model_fields}
    fields["score"] = None if row.score is None else float(row.score)
    return Lead.model_construct(**fields)


def _register(context: Context, new: NewLead) -> Lead:
    number = books.next_number(context.tx, "lead")
    row = new.model_dump() | {
        "lead_no": number,
        "status": "new",
        "score": None,
        "reason": "",
        "customer_id": None,
        "created_at": context.now,
        "changed_at": context.now,
    }
    context.tx.insert(leads, row)
    return _get(context, LeadKey(lead_no=number))


def _get(context: Context, key: LeadKey) -> Lead:
    return _record(books.need(context.tx, leads, {"lead_no": key.lead_no}, "lead"))


def _score(context: Context, score: Score) -> Lead:
    lead = _get(context, LeadKey(lead_no=score.lead_no))
    values = {
        "score": books.exact(score.score),
        "reason": score.reason,
        "status": "scored" if lead.status == "new" else lead.status,
        "changed_at": context.now,
    }
    books.change(context.tx, leads, {"lead_no": score.lead_no}, values)
    return _get(context, LeadKey(lead_no=score.lead_no))


def _move(context: Context, move: Move) -> Lead:
    lead = _get(context, LeadKey(lead_no=move.lead_no))
    values = {
        "status": move.status,
        "reason": move.reason,
        "customer_id": move.customer_id or lead.customer_id,
        "changed_at": context.now,
    }
    books.change(context.tx, leads, {"lead_no": move.lead_no}, values)
    return _get(context, LeadKey(lead_no=move.lead_no))


def _list(context: Context, query: LeadQuery) -> Leads:
    c = leads.c
    rows = context.tx.all(
        select(leads)
        .where(c.tenant_id == context.tx.tenant, c.status == query.status)
        .order_by(c.score.is_(None), c.score.desc(), c.lead_no)
    )
    return Leads(leads=tuple(_record(row) for row in rows))


OPERATIONS = (
    Operation(
        name="leads.register",
        title={"en": "Record a lead", "zh": "登记线索"},
        effect="write",
        input=NewLead,
        output=Lead,
        handler=_register,
    ),
    Operation(
        name="leads.get",
        title={"en": "Look at a lead", "zh": "查看线索"},
        effect="read",
        input=LeadKey,
        output=Lead,
        handler=_get,
        idempotent=True,
        outsiders=frozenset({"name", "email", "source", "interest"}),
    ),
    Operation(
        name="leads.score",
        title={"en": "Score a lead", "zh": "线索评分"},
        effect="write",
        input=Score,
        output=Lead,
        handler=_score,
        idempotent=True,
        quoted=frozenset({"reason"}),
    ),
    Operation(
        name="leads.move",
        title={"en": "Take a lead further", "zh": "推进线索"},
        effect="write",
        input=Move,
        output=Lead,
        handler=_move,
        idempotent=True,
        quoted=frozenset({"reason"}),
    ),
    Operation(
        name="leads.list",
        title={"en": "Go through the leads", "zh": "浏览线索"},
        effect="read",
        input=LeadQuery,
        output=Leads,
        handler=_list,
        idempotent=True,
    ),
)
