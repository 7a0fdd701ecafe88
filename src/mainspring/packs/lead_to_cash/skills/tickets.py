"""The service desk: complaints become tickets that are answered and closed."""

import re
import unicodedata
from typing import Any

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill
from mainspring.base.bilingual import both
from mainspring.packs.lead_to_cash.knowhow import Knowhow

_REPLY_MARKS = re.compile(r"^(?:\s*(?:re|fw|fwd|aw|wg|回复|答复|转发)\s*[:：])+", re.IGNORECASE)

_STANDING = both("standing first answer", "标准首次答复")
ANSWERS = {
    "en": (
        "Thank you for telling us. We are sorry about the trouble; we look into it today and come back to "
        "you with a solution. Your reference is {ticket_no}."
    ),
    "zh": "感谢您的反馈，很抱歉给您带来不便。我们今天就核实处理，并尽快给您答复。您的工单号是 {ticket_no}。",
}


def _open(work: Assignment, _: Draft) -> dict[str, Any]:
    inquiry = work.call("inquiries.get", inquiry_no=work.variables["inquiry_no"])
    ticket = work.call(
        "tickets.open",
        customer=inquiry.customer_id or inquiry.sender or inquiry.inquiry_no,
        matter=inquiry.customer_order_no or matter(inquiry.subject) or "complaint",
        subject=inquiry.subject or "complaint",
        text=inquiry.subject or inquiry.file_name,
        source=inquiry.inquiry_no,
    )
    language = "zh" if inquiry.language in {"zh", "mixed"} else "en"
    return {"ticket_no": ticket.ticket_no, "second_interaction": ticket.again, "language": language}


def matter(subject: str) -> str:
    """What a subject is about: without reply and forward marks, case and punctuation."""
    plain = _REPLY_MARKS.sub("", unicodedata.normalize("NFKC", subject)).casefold()
    return " ".join(re.findall(r"\w+", plain))[:100]


def _draft_answer(work: Assignment, _: Any) -> Draft:
    """An answer that promises nothing; whatever goes further is a person's to write."""
    text = ANSWERS.get(work.variables.get("language", "en"), ANSWERS["en"])
    return Draft({"answer": text.format(ticket_no=work.variables["ticket_no"])}, 1.0, (_STANDING,))


def _answer(work: Assignment, draft: Draft) -> dict[str, Any]:
    ticket_no = work.variables["ticket_no"]
    letter = {"subject": f"Your ticket {ticket_no}", "body": draft.values["answer"]}
    work.call("tickets.answer", ticket_no=ticket_no, letter=letter)
    return {}


def _close(work: Assignment, _: Draft) -> dict[str, Any]:
    work.call("tickets.resolve", ticket_no=work.variables["ticket_no"])
    return {}


def skills(_: Knowhow) -> dict[str, Skill]:
    """The skills of the service desk."""
    return {
        "open_ticket": Skill(_open),
        "answer_ticket": Skill(_answer, generate=_draft_answer),
        "close_ticket": Skill(_close),
    }
