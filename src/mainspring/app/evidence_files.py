"""What belongs to a case besides its sealed records: documents, photographs, drafts, corrections, answers."""

import re
from typing import Any

from sqlalchemy import Table, select

from mainspring.agents import tables as agent_tables
from mainspring.base import jsonio
from mainspring.govern.tables import approval_answers, approvals
from mainspring.runtime import queries
from mainspring.services.tables.inquiries import documents, inquiries
from mainspring.store import Tx

_DIGEST = re.compile("[0-9a-f]{64}")
ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


def files_of(tx: Tx, instance: int) -> dict[str, bytes]:
    """The files of a case by their names in the bundle.

    Args:
        tx: a transaction.
        instance: the root instance.
    """
    found = _documents(tx, instance)
    for name, rows in (
        ("records/runs.jsonl", _rows(tx, agent_tables.runs, instance)),
        ("records/corrections.jsonl", _rows(tx, agent_tables.corrections, instance)),
        ("records/approvals.jsonl", _rows(tx, approvals, instance)),
        ("records/approval_answers.jsonl", _answers(tx, instance)),
    ):
        if rows:
            found[name] = b"".join(jsonio.dumps(row) + b"\n" for row in rows)
    return found


def digests_of(tx: Tx, instance: int) -> list[str]:
    """SHA-256 of the documents that came with a case, or were attached to it in a variable."""
    named = set(_strings(dict(queries.variables(tx, instance))))
    came = select(inquiries.c.document).where(
        inquiries.c.tenant_id == tx.tenant, inquiries.c.inquiry_no.in_(sorted(named))
    )
    attached = {one for one in named if _DIGEST.fullmatch(one)}
    wanted = sorted(attached | {row.document for row in tx.all(came)})
    query = select(documents.c.digest).where(
        documents.c.tenant_id == tx.tenant, documents.c.digest.in_(wanted)
    )
    return sorted(row.digest for row in tx.all(query))


def _documents(tx: Tx, instance: int) -> dict[str, bytes]:
    digests = digests_of(tx, instance)
    query = select(documents).where(documents.c.tenant_id == tx.tenant, documents.c.digest.in_(digests))
    return {f"documents/{row.digest}{_ending(row.media_type)}": bytes(row.content) for row in tx.all(query)}


def _ending(media_type: str) -> str:
    return ENDINGS.get(media_type.partition(";")[0].strip().lower(), "")


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return []


def _rows(tx: Tx, table: Table, instance: int) -> list[dict[str, Any]]:
    keys = [column.name for column in table.primary_key if column.name != "tenant_id"]
    query = (
        select(table)
        .where(table.c.tenant_id == tx.tenant, table.c.instance == instance)
        .order_by(*(table.c[name] for name in keys))
    )
    return [_shown(row) for row in tx.all(query)]


def _answers(tx: Tx, instance: int) -> list[dict[str, Any]]:
    asked = select(approvals.c.key).where(
        approvals.c.tenant_id == tx.tenant, approvals.c.instance == instance
    )
    query = (
        select(approval_answers)
        .where(approval_answers.c.tenant_id == tx.tenant, approval_answers.c.approval.in_(asked))
        .order_by(approval_answers.c.approval, approval_answers.c.at, approval_answers.c.person)
    )
    return [_shown(row) for row in tx.all(query)]


def _shown(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name != "tenant_id"}
