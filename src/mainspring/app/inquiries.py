"""Receiving an inquiry: the document is registered once, and lead to cash starts with it."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from mainspring.app.errors import DocumentRefused
from mainspring.app.house import House
from mainspring.engine.events import Actor
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
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
    person: Principal,
    content: bytes,
    *,
    file_name: str,
    media_type: str = "application/octet-stream",
    sender: str = "",
) -> Received:
    """Register a document and start its case, both or neither; the same document again starts nothing.

    Raises:
        DocumentRefused: it is empty or too large.
        Denied: this person may not.
    """
    if not content:
        raise DocumentRefused("the document is empty", where=file_name, mend="Send it again.")
    if len(content) > MOST_BYTES:
        raise DocumentRefused(
            f"the document has {len(content) / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f} MB",
            where=file_name,
            mend="Send a smaller file, or split it.",
        )
    arguments = {
        "channel": "upload",
        "received_at": house.clock(),
        "sender": sender,
        "file_name": file_name,
        "media_type": media_type,
        "reference": hashlib.sha256(content).hexdigest(),
        "content": base64.b64encode(content).decode(),
    }
    registered: Any = house.gateway.call(tx, Caller(person), "inquiries.register", arguments)
    instance = house.runtime.start(
        PROCESS,
        {"inquiry_no": registered.inquiry_no, "channel": "upload"},
        actor=Actor(person.kind, person.id, person.on_behalf_of),
        business_key=registered.inquiry_no,
        idempotency_key=f"inquiry/{registered.inquiry_no}",
        tx=tx,
    )
    return Received(registered.inquiry_no, instance, registered.already_known)
