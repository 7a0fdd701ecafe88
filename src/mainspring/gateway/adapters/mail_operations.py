"""What a mail account can do, as operations: sending, and reading as far as there is a server for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from mainspring.gateway.described import Described

_ADDRESS = {"type": "string", "format": "email", "minLength": 3, "maxLength": 320}
_TEXT = {"type": "string"}


def described(*, sends: bool, reads: bool, folders: Iterable[str]) -> tuple[Described, ...]:
    """The operations of an account that sends, or whose folders are read."""
    found = []
    if sends:
        attachment = _object({"name": _TEXT, "type": _TEXT, "content": _TEXT}, ["name", "content"])
        properties = {
            "to": {"type": "array", "items": _ADDRESS, "minItems": 1, "maxItems": 100},
            "cc": {"type": "array", "items": _ADDRESS, "maxItems": 100},
            "bcc": {"type": "array", "items": _ADDRESS, "maxItems": 100},
            "subject": {"type": "string", "maxLength": 998},
            "text": _TEXT,
            "html": _TEXT,
            "in_reply_to": {"type": "string", "maxLength": 500},
            "references": {"type": "string", "maxLength": 5000},
            "automatic": {"type": "boolean"},
            "attachments": {"type": "array", "items": attachment, "maxItems": 50},
        }
        answer = {"message_id": _TEXT, "refused": {"type": "array", "items": _TEXT}}
        shape = _object(properties, ["to", "subject", "text"])
        found.append(_operation("send", "Send a letter", "发送邮件", shape, answer, effect="external"))
    if reads:
        folder = {"enum": list(folders)}
        uid = {"type": "integer", "minimum": 1}
        several = {"type": "array", "items": {"type": "object"}}
        number = {"type": "integer"}
        listed = {"messages": several, "uidvalidity": number}
        raw = {"uid": number, "uidvalidity": number, "content": _TEXT}
        query = _object(
            {
                "folder": folder,
                "unseen": {"type": "boolean"},
                "after": {"type": "integer", "minimum": 0},
                "since": {"type": "string", "maxLength": 10},
                "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
            },
            [],
        )
        one = _object({"folder": folder, "uid": uid}, ["uid"])
        letter = {
            "uid": number,
            "from": _TEXT,
            "subject": _TEXT,
            "text": _TEXT,
            "attachments": several,
        }
        found += [
            _operation("list", "List letters", "列出邮件", query, listed, effect="read"),
            _operation("read", "Read a letter", "阅读邮件", one, letter, effect="read"),
            _operation("fetch", "Fetch a letter as it came", "取回邮件原文", one, raw, effect="read"),
            _operation(
                "mark_seen",
                "Mark a letter as read",
                "标记已读",
                one,
                {"seen": {"type": "boolean"}},
                effect="write",
            ),
        ]
    return tuple(found)


def _object(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _operation(
    name: str, english: str, chinese: str, shape: Any, answer: Mapping[str, Any], *, effect: Any
) -> Described:
    return Described(
        name=name,
        title={"en": english, "zh": chinese},
        effect=effect,
        input=shape,
        output={"type": "object", "properties": answer, "required": list(answer)},
        binding={"do": name},
        idempotent=effect != "external",
        reversible=effect != "external",
        steering={"to": "known", "cc": "known", "bcc": "known"} if effect == "external" else {},
    )
