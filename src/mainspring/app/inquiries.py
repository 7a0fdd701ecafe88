"""Receiving an inquiry: the document is registered once, and lead to cash starts with it."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainspring.app.errors import DocumentRefused
from mainspring.app.house import House
from mainspring.engine.events import Actor
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.knowledge import documents
from mainspring.store import Tx

PROCESS = "lead_to_cash"
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Received:
    """The inquiry's number and its case; `already_known` when the same document had come before."""

    inquiry_no: str
    instance: int
    already_known: bool


def receive(
    house: House,
    tx: Tx,
    principal: Principal,
    content: bytes,
    *,
    file_name: str,
    media_type: str = "application/octet-stream",
    sender: str = "",
    channel: str = "upload",
    received_at: datetime | None = None,
) -> Received:
    """Register a document and start its case, both or neither; the same document again starts nothing.

    Sender and subject of a mail are read from it, where no sender is given.

    Raises:
        DocumentRefused: it is empty or too large.
        Denied: this principal may not.
    """
    if not content:
        raise DocumentRefused("the document is empty", where=file_name, mend="Send it again.")
    if len(content) > MOST_BYTES:
        raise DocumentRefused(
            f"the document has {len(content) / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f} MB",
            where=file_name,
            mend="Send a smaller file, or split it.",
        )
    written_by, subject = _envelope(content, file_name)
    arguments = {
        "channel": channel,
        "received_at": received_at or house.clock(),
        "sender": sender or written_by,
        "subject": subject,
        "file_name": file_name,
        "media_type": media_type,
        "reference": hashlib.sha256(content).hexdigest(),
        "content": base64.b64encode(content).decode(),
    }
    registered: Any = house.gateway.call(tx, Caller(principal), "inquiries.register", arguments)
    instance = house.runtime.start(
        PROCESS,
        {"inquiry_no": registered.inquiry_no, "channel": channel},
        actor=Actor(principal.kind, principal.id, principal.on_behalf_of),
        business_key=registered.inquiry_no,
        idempotency_key=f"inquiry/{registered.inquiry_no}",
        tx=tx,
    )
    return Received(registered.inquiry_no, instance, registered.already_known)


def _envelope(content: bytes, name: str) -> tuple[str, str]:
    """Sender and subject, where the document is a mail that can be read."""
    if not name.endswith(".eml"):
        return "", name
    try:
        headers = documents.read(content, name).headers
    except documents.DocumentError:
        return "", name  # the clerk reports it with its reason
    return headers.get("from_address", ""), headers.get("subject", "")
