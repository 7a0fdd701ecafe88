"""Letters as data: headers, text and attachments of a raw message."""

import base64
import email
import email.policy
import re
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

_MOST_TEXT = 1_000_000


def headers(part: tuple[bytes, bytes]) -> dict[str, Any]:
    """What a listing shows: the answer to FETCH of one letter's arrival, size and headers."""
    uid = re.search(rb"UID (\d+)", part[0])
    size = re.search(rb"RFC822\.SIZE (\d+)", part[0])
    read = email.message_from_bytes(part[1], policy=email.policy.default)
    numbers = {"uid": int(uid[1]) if uid else 0, "bytes": int(size[1]) if size else 0}
    return numbers | {"received": _received(part[0])} | _about(read)


def _received(answer: bytes) -> str:
    """When the server took the letter in, ISO 8601 in UTC; "" where it does not say."""
    said = re.search(rb'INTERNALDATE "([^"]+)"', answer)
    if said is None:
        return ""
    try:
        moment = parsedate_to_datetime(said[1].decode("ascii", "replace").strip().replace("-", " ", 2))
    except ValueError:
        return ""
    return moment.astimezone(UTC).isoformat()


def _about(read: EmailMessage) -> dict[str, str]:
    names = {"from": "From", "to": "To", "subject": "Subject", "date": "Date", "message_id": "Message-ID"}
    return {key: str(read.get(name, "")) for key, name in names.items()}


def letter(uid: int, raw: bytes) -> dict[str, Any]:
    """Headers, text and attachments (in base64) of a raw message."""
    read = email.message_from_bytes(raw, policy=email.policy.default)
    body = read.get_body(("plain", "html"))
    attachments = []
    for part in read.iter_attachments():
        data = part.get_payload(decode=True)
        content = data if isinstance(data, bytes) else b""
        attachments.append(
            {
                "name": part.get_filename() or "",
                "type": part.get_content_type(),
                "content": base64.b64encode(content).decode(),
            }
        )
    text = _text_of(body) if body is not None else ""
    return {"uid": uid} | _about(read) | {"text": text[:_MOST_TEXT], "attachments": attachments}


def _text_of(body: Any) -> str:
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):
        return (body.get_payload(decode=True) or b"").decode("utf-8", "replace")
