"""E-mails: headers, the text as its reader sees it, and attachments read in turn."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from types import MappingProxyType

from mainspring.base.bilingual import both
from mainspring.knowledge.documents import markup, quoting
from mainspring.knowledge.documents.document import Block, Document, Place, Problem
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits
from mainspring.knowledge.documents.shown import Shown, blocks
from mainspring.knowledge.documents.texts import decode, tidy

Reader = Callable[[bytes, str, Limits, int], Document]
_FORWARDED = re.compile(r"^\s*(?:fwd?|wg|转发|轉寄)\s*[:：]", re.IGNORECASE)
_KEPT = ("from", "reply-to", "to", "cc", "subject", "message-id", "in-reply-to", "references")


def read_mail(data: bytes, name: str, limits: Limits, depth: int, read: Reader) -> Document:
    """An e-mail; `read` reads its attachments, one level deeper.

    An attachment that cannot be read is a problem of the mail, never an error: the rest still counts.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    headers = _headers(message)
    plain, html, attached = _parts(message, limits)
    shown, part = _body(plain, html, name)
    roles = quoting.roles(shown, forwarded=bool(_FORWARDED.match(headers["subject"])))
    made = blocks(shown, roles, part)
    if headers["subject"]:
        made.insert(0, Block(headers["subject"], Place(part="subject"), role="subject"))
    problems = list(shown.problems)
    attachments: list[Document] = []
    for file, content in attached:
        try:
            attachments.append(read(content, file, limits, depth + 1))
        except DocumentError as error:
            problems.append(Problem("attachment", _unread(error), error.where or file))
    if not made and not attachments:
        problems.append(Problem("empty", _EMPTY))
    return Document(name, "mail", tuple(made), tuple(attachments), MappingProxyType(headers), tuple(problems))


_EMPTY = both("the mail has no text and no readable attachment", "邮件没有文字，也没有可读的附件")


def _unread(error: DocumentError) -> str:
    said = f"{error.message}. {error.mend}".strip()
    return both("it was not read: {said}", "未能读取：{said}", said=said)


def attachments(data: bytes, limits: Limits) -> list[tuple[str, bytes]]:
    """The attachments of a mail, as (name, content)."""
    return _parts(message_from_bytes(data, policy=policy.compat32), limits)[2]


def attachment(data: bytes, name: str, limits: Limits) -> bytes:
    """The bytes of the attachment of this name.

    Raises:
        DocumentError: the mail has none of that name.
    """
    found = next((content for file, content in attachments(data, limits) if file == name), None)
    if found is None:
        raise DocumentError(f"the mail has no attachment {name!r}", where=name)
    return found


def _headers(message: Message) -> dict[str, str]:
    raw: dict[str, str] = {}
    for key, value in message.raw_items():  # get() would replace bytes that no encoding names
        raw.setdefault(key.lower(), str(value))
    found = {key.replace("-", "_"): _decoded(raw.get(key, "")) for key in _KEPT}
    found["from_name"], found["from_address"] = parseaddr(found["from"])
    found["from_address"] = found["from_address"].lower()
    found["date"] = _date(raw.get("date", ""))
    return found


def _date(said: str) -> str:
    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _decoded(value: str) -> str:
    """A header in any of the ways programs write foreign characters into it."""
    raw = value.encode("utf-8", "surrogateescape")
    if b"=?" not in raw:
        return " ".join(tidy(decode(raw)[0]).split())
    try:
        parts = decode_header(raw.decode("utf-8", "replace"))
    except (ValueError, LookupError):
        return decode(raw)[0]
    texts = (decode(part, charset or "")[0] if isinstance(part, bytes) else part for part, charset in parts)
    return " ".join(tidy("".join(texts)).split())


def _parts(message: Message, limits: Limits) -> tuple[str, str, list[tuple[str, bytes]]]:
    """Plain text, HTML and attachments (name, content) of a message."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[tuple[str, bytes]] = []
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not message:
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            content = first.as_bytes() if isinstance(first, Message) else b""
            attached.append((_file_name(part, "message.eml"), content))
        elif part.is_multipart():
            subs = part.get_payload()
            stack += [
                sub for sub in reversed(subs if isinstance(subs, list) else []) if isinstance(sub, Message)
            ]
        elif kind in {"text/plain", "text/html"} and not _is_file(part):
            (plain if kind == "text/plain" else html).append(_text(part))
        elif len(attached) < limits.attachments and (content := _bytes(part)):
            attached.append((_file_name(part, f"part {len(attached) + 1}"), content))
    return "\n\n".join(plain), "\n".join(html), attached


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    content = _bytes(part)
    charset = part.get_param("charset") or ""
    named = charset if isinstance(charset, str) else charset[2]
    if not named and part.get_content_type() == "text/html":
        named = markup.declared(content)
    return tidy(decode(content, named)[0])


def _file_name(part: Message, otherwise: str) -> str:
    name = _decoded(part.get_filename() or "") or otherwise
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _body(plain: str, html: str, name: str) -> tuple[Shown, str]:
    """The HTML form where it holds tables or is the only one, the plain form otherwise."""
    lines = plain.split("\n") if plain.strip() else []
    text = Shown(lines, [False] * len(lines))
    if not html.strip():
        return text, "body"
    try:
        shown = markup.from_html(html, name)
    except DocumentError as error:
        text.problems.append(
            Problem(
                "damaged",
                both("the HTML was not read: {why}", "HTML 未能读取：{why}", why=error.message),
                "html",
            )
        )
        return text, "body"
    if shown.tables or not lines:
        return shown, "html"
    text.problems += shown.problems
    return text, "body"
