"""Bytes to text: byte order marks, UTF-8, GB 18030 and Western European, told apart by what they contain."""

import codecs
import re

from mainspring.base.bilingual import both
from mainspring.knowledge.documents.document import Block, Document, Place, Problem
from mainspring.knowledge.documents.limits import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# GB 18030 contains GBK and GB 2312; a mail that names one of these often uses characters of the next.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz"}
_WIDER |= {"us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
_ENOUGH_COMMON = 0.8


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text and the encoding used.

    A declared encoding is tried first; then a byte order mark, UTF-8, GB 18030 when it gives common Chinese
    characters, and last Windows-1252, which reads anything.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    declared = declared.strip().strip("\"'").lower()
    for encoding in (_WIDER.get(declared, declared), "utf-8"):
        text = _try(data, encoding)
        if text is not None:
            return text, encoding
    chinese = _try(data, "gb18030")
    if chinese is not None and _common_chinese(chinese):
        return chinese, "gb18030"
    return data.decode("cp1252", "replace"), "cp1252"


def _try(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _common_chinese(text: str) -> bool:
    """Whether most of the foreign characters are punctuation or the 3,755 frequent ones of GB 2312, level 1.

    German or French read as GB 18030 gives rare characters: its accented letters stand beside plain ones.
    """
    foreign = [character for character in text[:4000] if character > "\x7f"]
    common = sum(1 for character in foreign if _level_one(character))
    return bool(foreign) and common / len(foreign) >= _ENOUGH_COMMON


def _level_one(character: str) -> bool:
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xD7  # noqa: PLR2004 - rows of GB 2312


def tidy(text: str) -> str:
    """Line ends made plain, invisible signs removed, non-breaking spaces made spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u2007", " ").replace("\u202f", " ")


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\U000e0000-\U000e007f]")


def paragraphs(text: str, part: str = "", role: str = "body", first_line: int = 1) -> list[Block]:
    """Blocks of consecutive lines that are not empty, each with the number of its first line."""
    blocks: list[Block] = []
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], first_line):
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            blocks.append(Block("\n".join(lines), Place(part=part, line=number - len(lines)), role=role))
            lines = []
    return blocks


_ENCODING = both(
    "the encoding is neither UTF-8 nor GB 18030; read as Western European",
    "编码既不是 UTF-8 也不是 GB 18030；按西欧编码读取",
)


def read_text(data: bytes, name: str, _limits: Limits) -> Document:
    """A plain text file."""
    text, encoding = decode(data)
    problems: tuple[Problem, ...] = ()
    if encoding == "cp1252" and not data.isascii():
        problems = (Problem("encoding", _ENCODING),)
    return Document(
        name, "text", tuple(paragraphs(tidy(text))), headers={"encoding": encoding}, problems=problems
    )
