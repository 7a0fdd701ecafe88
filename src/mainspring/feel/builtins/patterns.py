"""Regular expressions as XPath 3.1 (which FEEL refers to) writes them, run by the `regex` library with a time limit.

Source: XML Schema part 2, appendix F, and XPath and XQuery Functions and Operators 3.1, section 5.6.
"""

from functools import lru_cache
from typing import Any

import regex

from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Run

MAX_PATTERN = 1_000
_NAME_START = (
    r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
)
_CLASSES = {
    "i": _NAME_START,
    "c": _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040",
    "d": r"\p{Nd}",
    "s": r" \t\n\r",
}


def compiled(pattern: str, flags: str) -> Any:
    """The compiled pattern.

    Raises:
        EvaluationError: it is no pattern, or a flag is unknown.
    """
    if len(pattern) > MAX_PATTERN:
        raise EvaluationError(f"the pattern is longer than {MAX_PATTERN} characters")
    try:
        return _compiled(pattern, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        raise EvaluationError(f"the pattern is not valid: {error}") from None


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> Any:
    given = regex.V0
    for flag in flags:
        if flag not in "smixq":
            raise EvaluationError(f"unknown flag {flag!r}; flags are s, m, i, x and q")
        given |= {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE}.get(flag, 0)
    if "q" in flags:
        return regex.compile(regex.escape(pattern, literal_spaces=True), given)
    return regex.compile(_translated(pattern, extended="x" in flags, many="m" in flags), given)


def _translated(pattern: str, *, extended: bool, many: bool) -> str:
    """The pattern in the library's own dialect."""
    out: list[str] = []
    at, depth = 0, 0
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if character == "\\":
            if at == len(pattern):
                raise EvaluationError("the pattern ends with a backslash")
            out.append(_escape(pattern[at], inside=depth > 0))
            at += 1
        elif character == "[":
            if depth:
                out.append("[" if out[-1] == "-" else r"\[")
                if out[-1] != "[":
                    continue
                raise EvaluationError("the pattern subtracts a class, which is not supported")
            depth += 1
            out.append(character)
            if at < len(pattern) and pattern[at] == "^":
                out.append("^")
                at += 1
        elif character == "]" and depth:
            depth -= 1
            out.append(character)
        elif depth:
            out.append("" if extended and character in " \t\n\r" else character)
        elif extended and character in " \t\n\r":
            continue
        elif character == "(" and pattern[at : at + 1] == "?" and pattern[at : at + 2] != "?:":
            raise EvaluationError(f"the pattern holds an unknown group {pattern[at - 1 : at + 2]!r}")
        elif character == "$" and not many:
            out.append(r"\Z")
        else:
            out.append(character)
    if depth:
        raise EvaluationError("a character class in the pattern is not closed")
    return "".join(out)


def _escape(character: str, *, inside: bool) -> str:
    lower = character.lower()
    if lower in _CLASSES:
        body = _CLASSES[lower]
        if character == lower:
            return body if inside else f"[{body}]"
        if inside:
            return {"D": r"\P{Nd}", "S": r"\S"}.get(character, "\\" + character)
        return f"[^{body}]"
    if character in r"nrt\|.?*+(){}[]-^$" or character.isdigit() or character in "pPwW":
        return "\\" + character
    raise EvaluationError(f"the pattern holds an unknown escape \\{character}")


def guarded(run: Run, search: Any) -> Any:
    """Run a search within the time that the evaluation gives to a regular expression.

    Raises:
        EvaluationError: it takes too long.
    """
    try:
        return search(run.limits.regex_seconds)
    except TimeoutError:
        raise EvaluationError("the pattern takes too long on this text") from None
