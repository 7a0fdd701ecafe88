"""What belongs to one case: the elements it went through, the calls it made, the documents it came with."""

import hashlib
from typing import Any

from sqlalchemy import and_, case, func, select

from mainspring.govern.tables import calls
from mainspring.knowledge.documents import read
from mainspring.knowledge.documents.document import Block, Document, Place
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.runtime import NotFound
from mainspring.services.tables.inquiries import documents, inquiries
from mainspring.store import Tx
from mainspring.store import process_tables as t
from mainspring.store.log import events

Shown = dict[str, Any]


def elements(tx: Tx, root: int) -> list[Shown]:
    """Every element that the case or a process that it called went through, with times and who worked there.

    Args:
        tx: a transaction.
        root: the key of the case.
    """
    e, i = events.c, t.instances.c

    def count(kind: str) -> Any:
        return func.sum(case((e.type == kind, 1), else_=0))

    query = (
        select(
            e.element,
            i.process_id,
            i.definition,
            count("ElementActivated").label("entered"),
            count("ElementCompleted").label("completed"),
            count("ElementTerminated").label("terminated"),
            func.sum(case((and_(e.type == "TaskCompleted", e.actor_kind == "person"), 1), else_=0)).label(
                "people"
            ),
            func.sum(case((and_(e.type == "JobCompleted", e.actor_kind == "agent"), 1), else_=0)).label(
                "agents"
            ),
            func.min(e.at).label("first"),
            func.max(e.at).label("last"),
        )
        .join(t.instances, and_(i.tenant_id == e.tenant_id, i.key == e.process_instance))
        .where(e.tenant_id == tx.tenant, e.instance == root, e.element.is_not(None))
        .group_by(e.element, i.process_id, i.definition)
    )
    troubled = {row.element for row in tx.all(_incidents(tx, root))}
    return [
        {
            "element": row.element,
            "process_id": row.process_id,
            "definition": str(row.definition),
            "state": _state(row, troubled=row.element in troubled),
            "times": int(row.entered),
            "people": int(row.people),
            "agents": int(row.agents),
            "first": row.first,
            "last": row.last,
        }
        for row in tx.all(query)
        if row.entered
    ]


def _incidents(tx: Tx, root: int) -> Any:
    i = t.incidents.c
    return select(i.element).where(i.tenant_id == tx.tenant, i.root == root)


def _state(row: Any, *, troubled: bool) -> str:
    if troubled:
        return "incident"
    if row.entered > row.completed + row.terminated:
        return "active"
    return "completed" if row.completed else "terminated"


def called(tx: Tx, root: int, *, after: int = 0, limit: int = 100) -> list[Shown]:
    """The calls of a case through the gateway, in the order of the log."""
    c = calls.c
    query = (
        select(calls)
        .where(c.tenant_id == tx.tenant, c.instance == root, c.position > after)
        .order_by(c.position)
        .limit(limit)
    )
    return [
        {
            "position": str(row.position),
            "at": row.at,
            "operation": row.operation,
            "effect": row.effect,
            "actor": {"kind": row.actor_kind, "id": row.actor_id, "on_behalf_of": row.on_behalf_of},
            "element": row.element,
            "outcome": row.outcome,
            "cached": row.cached,
            "latency_us": row.latency_us,
            "cost": row.cost,
            "amount": row.amount,
            "rule": row.rule,
        }
        for row in tx.all(query)
    ]


def papers(tx: Tx, business_key: str | None) -> list[Shown]:
    """The documents that a case came with."""
    if business_key is None:
        return []
    i, d = inquiries.c, documents.c
    query = (
        select(i.inquiry_no, i.document, i.file_name, i.sender, i.subject, i.received_at, d.media_type)
        .join(documents, and_(d.tenant_id == i.tenant_id, d.digest == i.document))
        .where(i.tenant_id == tx.tenant, i.inquiry_no == business_key)
    )
    return [
        {
            "digest": row.document,
            "name": row.file_name,
            "media_type": row.media_type,
            "sender": row.sender,
            "subject": row.subject,
            "received_at": row.received_at,
        }
        for row in tx.all(query)
    ]


def paper(tx: Tx, business_key: str | None, digest: str) -> tuple[str, str, bytes]:
    """Name, media type and bytes of a document of this case.

    Raises:
        NotFound: the case came with no such document.
    """
    found = next((one for one in papers(tx, business_key) if one["digest"] == digest), None)
    if found is None:
        raise NotFound("the case has no such document", mend="Its documents are listed with the case.")
    d = documents.c
    content = tx.scalar(select(d.content).where(d.tenant_id == tx.tenant, d.digest == digest))
    if hashlib.sha256(content).hexdigest() != digest:
        raise NotFound("the document is not the one that came: its digest differs", mend="Restore a backup.")
    return found["name"], found["media_type"], bytes(content)


def as_read(name: str, content: bytes) -> Shown:
    """A document as the digital employees read it: blocks of text and tables with their places."""
    try:
        return _document(read(content, name))
    except DocumentError as error:
        return {
            "kind": "unreadable",
            "headers": {},
            "blocks": [],
            "problems": [error.message],
            "attachments": [],
        }


def _document(one: Document) -> Shown:
    return {
        "kind": one.kind,
        "headers": dict(one.headers),
        "blocks": [_block(block) for block in one.blocks],
        "problems": [problem.message for problem in one.problems],
        "attachments": [{"name": inner.name, **_document(inner)} for inner in one.attachments],
    }


def _block(one: Block) -> Shown:
    return {
        "text": one.text,
        "role": one.role,
        "rows": [list(row) for row in one.rows],
        "place": _place(one.place),
        "boxes": _boxes(one),
    }


def _boxes(one: Block) -> list[list[list[float] | None]]:
    """Where each cell (of a paragraph: each line) stands on its page; empty where none has a place."""
    found = [[list(place.box) if place.box else None for place in row] for row in one.cells]
    return found if any(box for row in found for box in row) else []


def _place(one: Place) -> Shown:
    return {
        "part": one.part,
        "line": one.line,
        "page": one.page,
        "box": list(one.box) if one.box else None,
        "sheet": one.sheet,
        "cell": one.cell,
    }
