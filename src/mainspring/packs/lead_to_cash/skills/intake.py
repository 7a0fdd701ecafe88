"""The intake desk: what arrives is read, understood and written down; leads are scored."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill
from mainspring.agents.skills import extract
from mainspring.base.bilingual import Bilingual, both, joined, shortened
from mainspring.knowledge import documents
from mainspring.packs.lead_to_cash.intake import ORDER_TYPE, understand_order
from mainspring.packs.lead_to_cash.knowhow import Knowhow

NEEDS_LINES = frozenset({"inquiry", "order", "cancellation", "return"})
_LONGEST_REASON = 1000
_NO_OUTCOME = both("no lead's outcome is known yet", "尚无线索有结果")
_AS_DATA = both("the order came as data", "订单以数据形式到达")
_NO_KIND = both("it is not clear what the sender wants", "不清楚对方想要什么")
_NO_LINE = both("no line with a product was found", "没有找到写明商品的行")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document with the facts of its arrival."""

    content: bytes
    media_type: str
    file_name: str
    received_at: datetime


def _arrival(work: Assignment) -> Arrival:
    inquiry_no = work.variables["inquiry_no"]
    inquiry = work.call("inquiries.get", inquiry_no=inquiry_no)
    document = work.call("inquiries.document", inquiry_no=inquiry_no)
    return Arrival(
        base64.b64decode(document.content), document.media_type, document.file_name, inquiry.received_at
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """The intake desk with what it knows."""

    knowhow: Knowhow

    def understand(self, _: Assignment, arrival: Arrival) -> Draft:
        """What the document asks for; a document that cannot be read becomes a doubt, never an error."""
        if arrival.media_type == ORDER_TYPE:
            return _from_data(arrival.content)
        try:
            document = documents.read(arrival.content, arrival.file_name)
        except documents.DocumentError as error:
            values = {"kind": None, "customer_id": None, "lines": [], "problems": [_problem(_unread(error))]}
            return Draft(values, 0.0, (), (_unread(error),))
        found = extract.understand(document, received=arrival.received_at, customers=self.knowhow.customers)
        return _from_document(found)

    def score(self, work: Assignment, _: Any) -> Draft:
        """How likely the lead is to buy, with what speaks for and against."""
        if self.knowhow.leads is None:
            return Draft({"score": 0.5}, 0.5, (_NO_OUTCOME,))
        scored = self.knowhow.leads.score(work.variables["lead"])
        return Draft({"score": scored.value}, scored.confidence, tuple(scored.evidence))

    def record_score(self, work: Assignment, draft: Draft) -> dict[str, Any]:
        """Write the score beside the lead and grade it by the table."""
        score = float(draft.values["score"])
        lead_no = work.variables["lead_no"]
        work.call("leads.score", lead_no=lead_no, score=score, reason=_reason(draft))
        return self.knowhow.decide("lead_grade", score=score)


def _unread(error: Exception) -> str:
    return both("the document could not be read: {error}", "文件无法读取：{error}", error=error)


def _reason(draft: Draft) -> str:
    """Why a lead has its score, as it is kept beside the lead."""
    return shortened(joined(map(Bilingual, draft.evidence)), _LONGEST_REASON)


def _problem(message: str) -> dict[str, str]:
    return {"where": "", "field": "", "message": shortened(message, _LONGEST_REASON)}


def _from_data(content: bytes) -> Draft:
    order = understand_order(content)
    values = {
        "kind": order["kind"],
        "customer_id": order["customer_id"],
        "order_no": order["order_no"],
        "requested_date": None,
        "delivery_place": None,
        "language": "en",
        "injection": False,
        "lines": order["lines"],
        "problems": [],
    }
    return Draft(values, 1.0, (_AS_DATA,))


def _from_document(found: extract.Understanding) -> Draft:
    lines = [
        {
            "line": number,
            "text": line.text,
            "quantity": line.quantity,
            "unit": line.unit or "",
            "code": line.code or "",
            "place": str(line.place),
            "asked_price": line.price,
            "confidence": line.confidence,
        }
        for number, line in enumerate(found.lines, 1)
    ]
    requested = found.requested_date.value
    values = {
        "kind": found.kind.value,
        "customer_id": found.customer.value,
        "order_no": found.order_no.value,
        "requested_date": requested.isoformat() if requested else None,
        "delivery_place": found.delivery_place.value,
        "language": found.language.value or "en",
        "injection": found.injection,
        "lines": lines,
        "problems": [_problem(note) for note in found.notes],
    }
    evidence = tuple(
        both("{why}: {text!r}", "{why}：“{text}”", why=each.why, text=each.text[:120])
        for each in (*found.kind.evidence, *found.customer.evidence)
    )
    seen = {"injection": [each.text[:200] for each in found.injection_evidence]}
    doubts = tuple(note for note in found.notes if note == extract.FOREIGN)
    return Draft(values, found.kind.confidence, evidence, doubts, seen)


def _doubts(_: Assignment, __: Arrival, draft: Draft) -> tuple[str, ...]:
    """What must not pass without a person: no kind, or something to sell without a line."""
    if draft.doubts:
        return ()
    if draft.values["kind"] is None:
        return (_NO_KIND,)
    if draft.values["kind"] in NEEDS_LINES and not draft.values["lines"]:
        return (_NO_LINE,)
    return ()


def _record(work: Assignment, draft: Draft) -> dict[str, Any]:
    found = draft.values
    work.call(
        "inquiries.record",
        inquiry_no=work.variables["inquiry_no"],
        kind=found["kind"],
        customer_id=found["customer_id"],
        customer_order_no=found.get("order_no") or "",
        requested_on=found.get("requested_date") or "",
        delivery_place=found.get("delivery_place") or "",
        language=found.get("language") or "",
        injection=bool(found.get("injection")),
        confidence=draft.confidence,
        problems=found.get("problems", []),
        lines=found["lines"],
    )
    return {
        "kind": found["kind"],
        "customer_id": found["customer_id"],
        "language": found.get("language") or "en",
    }


def _open_opportunity(work: Assignment, _: Draft) -> dict[str, Any]:
    work.call("leads.move", lead_no=work.variables["lead_no"], status="opportunity")
    return {}


def skills(knowhow: Knowhow) -> dict[str, Skill]:
    """The skills of the intake desk."""
    desk = Desk(knowhow)
    return {
        "understand": Skill(_record, _arrival, desk.understand, _doubts),
        "score_lead": Skill(desk.record_score, generate=desk.score),
        "open_opportunity": Skill(_open_opportunity),
    }
