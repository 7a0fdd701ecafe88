"""Inquiries: what a customer sent, kept as it came, and what was understood of it, line by line."""

import base64
import binascii
import hashlib
from typing import Any

from sqlalchemy import select

from mainspring.services import books
from mainspring.services.errors import RuleBrokenError
from mainspring.services.inquiry_data import (
    WORDS,
    Document,
    Inquiry,
    InquiryKey,
    InquiryLine,
    Matched,
    NewInquiry,
    Priced,
    Problem,
    Recorded,
    Registered,
    Step,
    Understanding,
)
from mainspring.services.operation import Context, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.inquiries import documents, inquiries, inquiry_lines


def _bytes(new: NewInquiry) -> bytes:
    if (new.text is None) == (new.content is None):
        raise RuleBrokenError("a document has either text or content", mend="Give exactly one of the two.")
    if new.text is not None:
        return new.text.encode()
    try:
        return base64.b64decode(new.content or "", validate=True)
    except binascii.Error as error:
        raise RuleBrokenError(f"the content is not base64: {error}", where=new.file_name) from error


def _register(context: Context, new: NewInquiry) -> Registered:
    tx, content = context.tx, _bytes(new)
    document = hashlib.sha256(content).hexdigest()
    identity = hashlib.sha256(
        f"{document}\n{new.sender.strip().casefold()}\n{new.reference}".encode()
    ).hexdigest()
    known = books.find(tx, inquiries, {"digest": identity})
    if known is not None:
        return Registered(inquiry_no=known.inquiry_no, already_known=True)
    if books.find(tx, documents, {"digest": document}) is None:
        tx.insert(documents, {"digest": document, "media_type": new.media_type, "content": content})
    number = books.next_number(tx, "inquiry")
    tx.insert(
        inquiries,
        {
            "inquiry_no": number,
            "digest": identity,
            "document": document,
            "channel": new.channel,
            "sender": new.sender,
            "subject": new.subject,
            "file_name": new.file_name,
            "received_at": new.received_at,
            "registered_at": context.now,
            "status": "received",
            "kind": "",
            "customer_id": None,
            "customer_order_no": "",
            "requested_on": "",
            "delivery_place": "",
            "language": "",
            "injection": False,
            "confidence": None,
            "problems": [problem.model_dump() for problem in new.problems],
        },
    )
    return Registered(inquiry_no=number, already_known=False)


def _record(context: Context, given: Understanding) -> Recorded:
    tx, key = context.tx, {"inquiry_no": given.inquiry_no}
    _need(context, given.inquiry_no)
    values = given.model_dump(exclude={"inquiry_no", "lines", "problems"})
    values["confidence"] = books.exact(given.confidence)
    values["status"] = "understood"
    values["problems"] = [problem.model_dump() for problem in given.problems]
    books.change(tx, inquiries, key, values)
    tx.execute(
        inquiry_lines.delete().where(
            inquiry_lines.c.tenant_id == tx.tenant, inquiry_lines.c.inquiry_no == given.inquiry_no
        )
    )
    blank = {
        "sku": None,
        "match_confidence": None,
        "match_evidence": "",
        "matched_by": "",
        "unit_price": None,
        "price_basis": "",
        "price_confidence": None,
        "price_evidence": "",
    }
    rows = [
        key | line.model_dump() | {"confidence": books.exact(line.confidence)} | blank for line in given.lines
    ]
    tx.insert(inquiry_lines, rows)
    return Recorded(inquiry_no=given.inquiry_no, lines=len(rows))


def _record_matches(context: Context, given: Matched) -> Recorded:
    changes = [
        (
            {"inquiry_no": given.inquiry_no, "line": line.line},
            {
                "sku": line.sku,
                "match_confidence": books.exact(line.confidence),
                "match_evidence": line.evidence,
                "matched_by": line.by,
            },
        )
        for line in given.lines
    ]
    return _change_lines(context, given.inquiry_no, "matched", changes)


def _record_prices(context: Context, given: Priced) -> Recorded:
    changes = [
        (
            {"inquiry_no": given.inquiry_no, "line": line.line},
            {
                "unit_price": line.unit_price,
                "price_basis": line.basis,
                "price_confidence": books.exact(line.confidence),
                "price_evidence": line.evidence,
            },
        )
        for line in given.lines
    ]
    return _change_lines(context, given.inquiry_no, "priced", changes)


def _change_lines(
    context: Context, number: str, status: str, changes: list[tuple[dict[str, Any], dict[str, Any]]]
) -> Recorded:
    _need(context, number)
    touched = books.change_many(context.tx, inquiry_lines, changes)
    if touched != len(changes):
        raise RuleBrokenError(
            f"{len(changes) - touched} of the lines are not lines of inquiry {number}",
            mend="Record the inquiry's lines first.",
        )
    books.change(context.tx, inquiries, {"inquiry_no": number}, {"status": status})
    return Recorded(inquiry_no=number, lines=len(changes))


def _step(context: Context, step: Step) -> Recorded:
    row = _need(context, step.inquiry_no)
    problems = [*row.problems, *(problem.model_dump() for problem in step.problems)]
    books.change(
        context.tx, inquiries, {"inquiry_no": step.inquiry_no}, {"status": step.status, "problems": problems}
    )
    return Recorded(inquiry_no=step.inquiry_no, lines=0)


def _need(context: Context, number: str) -> Record:
    return books.need(context.tx, inquiries, {"inquiry_no": number}, "inquiry")


def _get(context: Context, key: InquiryKey) -> Inquiry:
    row, line = _need(context, key.inquiry_no), inquiry_lines.c
    lines = context.tx.all(
        select(inquiry_lines)
        .where(line.tenant_id == context.tx.tenant, line.inquiry_no == key.inquiry_no)
        .order_by(line.line)
    )
    head = {name: getattr(row, name) for name in Inquiry.model_fields if name not in {"lines", "problems"}}
    return Inquiry(
        **head,
        problems=tuple(Problem(**problem) for problem in row.problems),
        lines=tuple(
            InquiryLine(**{name: getattr(each, name) for name in InquiryLine.model_fields}) for each in lines
        ),
    )


def _document(context: Context, key: InquiryKey) -> Document:
    row = _need(context, key.inquiry_no)
    document = books.need(context.tx, documents, {"digest": row.document}, "document")
    return Document(
        inquiry_no=row.inquiry_no,
        media_type=document.media_type,
        file_name=row.file_name,
        content=base64.b64encode(document.content).decode(),
    )


OPERATIONS = (
    Operation(
        name="inquiries.register",
        title={"en": "Register an inquiry", "zh": "登记询价"},
        effect="write",
        input=NewInquiry,
        output=Registered,
        handler=_register,
        idempotent=True,
    ),
    Operation(
        name="inquiries.record",
        title={"en": "Record what an inquiry asks for", "zh": "记录询价内容"},
        effect="write",
        input=Understanding,
        output=Recorded,
        handler=_record,
        idempotent=True,
        quoted=frozenset(Understanding.model_fields) - {"inquiry_no", "customer_id"},
    ),
    Operation(
        name="inquiries.record_matches",
        title={"en": "Record the products of an inquiry", "zh": "记录匹配的产品"},
        effect="write",
        input=Matched,
        output=Recorded,
        handler=_record_matches,
        idempotent=True,
        quoted=frozenset({"lines"}),
    ),
    Operation(
        name="inquiries.record_prices",
        title={"en": "Record the prices of an inquiry", "zh": "记录询价价格"},
        effect="write",
        input=Priced,
        output=Recorded,
        handler=_record_prices,
        idempotent=True,
        quoted=frozenset({"lines"}),
    ),
    Operation(
        name="inquiries.step",
        title={"en": "Take an inquiry further", "zh": "推进询价"},
        effect="write",
        input=Step,
        output=Recorded,
        handler=_step,
        quoted=frozenset({"problems"}),
    ),
    Operation(
        name="inquiries.get",
        title={"en": "Look at an inquiry", "zh": "查看询价"},
        effect="read",
        input=InquiryKey,
        output=Inquiry,
        handler=_get,
        idempotent=True,
        outsiders=WORDS,
    ),
    Operation(
        name="inquiries.document",
        title={"en": "Open the original document", "zh": "打开原始文件"},
        effect="read",
        input=InquiryKey,
        output=Document,
        handler=_document,
        idempotent=True,
        outsiders=frozenset({"*"}),
    ),
)
