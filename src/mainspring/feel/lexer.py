"""FEEL text into tokens.

Names with spaces or operators in them are put together later, by the parser, which knows what names there
are.
"""

import re
from itertools import islice
from typing import NamedTuple

from mainspring.feel.errors import FeelSyntaxError
from mainspring.feel.limits import MAX_TOKENS

_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SPACE = r"[\s\u0085\u180e\u200b\ufeff]"

_TOKEN = re.compile(
    rf"""(?P<space>(?:{_SPACE}+|//[^\n\r]*|/\*(?s:.*?)\*/)+)
    |(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![{_START}0-9]))
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<name>[{_START}][{_PART}]*)
    |(?P<quoted>`[^`]+`)
    |(?P<op>\*\*|\.\.|->|<=|>=|!=|[-+*/=<>()\[\]{{}},:.@])
    |(?P<digits>\d+)
    |(?P<bad>.)""",
    re.VERBOSE | re.DOTALL,
)
SIMPLE_NAME = re.compile(rf"[{_START}][{_PART}]*")

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: number, string, name, quoted (a name in backticks), op, bad, or end.
        text: as written.
        start: offset of its first character.
        end: offset after its last.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str, most: int = MAX_TOKENS) -> list[Token]:
    """All tokens of the text without spaces and comments, closed by one of kind `end`.

    An unknown character becomes a token of kind `bad`: it may be part of a name.

    Raises:
        FeelSyntaxError: there are more than `most`.
    """
    found = [
        Token(match.lastgroup or "bad", match.group(), match.start(), match.end())
        for match in islice(_TOKEN.finditer(text), 2 * most)
        if match.lastgroup != "space"
    ]
    if len(found) > most:
        raise FeelSyntaxError(f"the expression has more than {most} words and signs", text, found[most].start)
    found.append(Token("end", "", len(text), len(text)))
    return found


def unescape(token: Token, text: str) -> str:
    """The string that a string token stands for.

    Raises:
        FeelSyntaxError: a code point that does not exist.
    """
    body = token.text[1:-1]
    if "\\" not in body:
        return body

    def one(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is None:
            return _ESCAPED.get(match[3], match[0])
        if int(code, 16) > 0x10FFFF:  # noqa: PLR2004  the last code point of Unicode
            raise FeelSyntaxError(f"\\U{code} is no character", text, token.start + match.start())
        return chr(int(code, 16))

    plain = _ESCAPE.sub(one, body)
    if any("\ud800" <= character <= "\udfff" for character in plain):  # two escapes may spell one character
        plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain
