"""Which lines of a mail are the sender's own, which are earlier mails, forwarded ones, or the signature."""

import re

from mainspring.knowledge.documents.shown import TABLE, Shown

_FORWARD = re.compile(
    (
        r"^[\s>*-]*(?:-{2,}\s*)?(?:forwarded message|begin forwarded message|weitergeleitete "
        r"nachricht|转发的?邮件|转发邮件信息)"
        r"[\s:*-]*"
    ),
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    (
        r"^[\s>]*(?:-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|"
        r"原始邮件|原邮件|回复的原邮件)\s*-*"
        r"|(?:on|am|le)\s.{4,120}(?:wrote|schrieb[^:]{0,60}|écrit)\s*:\s*$|"
        r".{0,10}在?.{0,60}\d.{0,60}写道\s*[:：]\s*$)"
    ),
    re.IGNORECASE,
)
_FROM = re.compile(r"^[\s>*]*(?:from|von|发件人|寄件者)\*?\s*[:：]", re.IGNORECASE)
_SENT = re.compile(
    r"^[\s>*]*(?:sent|date|to|subject|gesendet|an|betreff|发送时间|日期|收件人|主题|时间)\*?\s*[:：]",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    (
        r"^\s*(?:(?:with\s+)?(?:best|kind|kindest|warm|many|yours?)?\s*(?:regards|greetings|"
        r"wishes)|(?:yours\s+)?(?:sincerely|faithfully|truly)"
        r"|(?:yours|cheers|best|br|rgds|kr)|mit freundlichen grüßen|mit freundlichen gruessen|"
        r"freundliche grüße|viele grüße|beste grüße"
        r"|mfg|vg|lg|此致|敬礼|此致敬礼|顺祝商祺|顺颂商祺|祝商祺|商祺|祝好|谢谢|多谢|感谢|"
        r"thanks|thank you|many thanks|thx|tks|danke|sent from my .{2,30}"
        r"|发自我的.{1,20})(?:\s*(?:and|&|und|,|，|！|!|\.|。)\s*(?:best |kind "
        r")?(?:regards)?)*\s*[,，.!！。~]*\s*$"
    ),
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"^\s*(?:p\.?\s?s\.?\s*[:：.]|ps\s|又及|另外|另[:：,，])", re.IGNORECASE)
_CLOSERS_NAME = 14  # lines that a signature has at the most


def roles(shown: Shown, *, forwarded: bool = False) -> list[str]:
    """For each line "body", "quoted", "forwarded" or "signature".

    Args:
        shown: the mail's lines.
        forwarded: the subject says so; then the earlier mail is what the sender wants read.
    """
    found: list[str] = []
    role = "body"
    for index, line in enumerate(shown.lines):
        if role in {"body", "signature"}:
            role = _opening(shown.lines, index, role, forwarded=forwarded)
        quoted = (shown.quoted[index] or line.lstrip().startswith(">")) and role != "forwarded"
        found.append("quoted" if quoted else role)
    _sign(shown.lines, found)
    return found


def _opening(lines: list[str], index: int, role: str, *, forwarded: bool) -> str:
    """The role from this line on."""
    line = lines[index]
    if len(line) > 300 or line == TABLE:  # noqa: PLR2004 - no separator is that long
        return role
    if _FORWARD.match(line):
        return "forwarded"
    header = _FROM.match(line) and sum(1 for other in lines[index + 1 : index + 6] if _SENT.match(other)) > 1
    if header or _ORIGINAL.match(line):
        return "forwarded" if forwarded else "quoted"
    return role


def _sign(lines: list[str], found: list[str]) -> None:
    """Mark signatures: after "-- ", or after a closing phrase when few lines follow."""
    for role in ("body", "forwarded"):
        own = [index for index, said in enumerate(found) if said == role]
        start = next((at for at in own if lines[at].rstrip(" ") == "--"), None)
        if start is None:
            start = _closing(lines, own)
        if start is None:
            continue
        for index in own:
            if index > start and _POSTSCRIPT.match(lines[index]):
                break
            if index >= start and lines[index] != TABLE:
                found[index] = "signature"


def _closing(lines: list[str], own: list[int]) -> int | None:
    """The last closing phrase, when no more than a signature follows it in the same mail."""
    for position in range(len(own) - 1, -1, -1):
        if _CLOSING.match(lines[own[position]]):
            rest = [at for at in own[position + 1 :] if lines[at].strip()]
            return (
                own[position]
                if len(rest) <= _CLOSERS_NAME and not any(lines[at] == TABLE for at in rest)
                else None
            )
    return None
