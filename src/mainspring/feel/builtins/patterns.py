"""Regular expressions as XPath 3.1 writes them, which FEEL refers to, run by `regex` with a time limit.

Source: XML Schema part 2, appendix F, and XPath and XQuery Functions and Operators 3.1, section 5.6.
"""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import regex  # type: ignore[import-untyped] # it ships no types

from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Run

Found = TypeVar("Found")
MAX_PATTERN = 1_000
MAX_CLASSES = 20
MAX_REPEATS = 10_000
MAX_PAID = 50
COMPILING, CHARACTER = 200, 20
"""Steps that a new pattern is worth, and each of its characters."""
_COUNT = re.compile(r"\d+(?=,?\d*\})")
_NAME_START = (
    r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
)
_PROPERTY = re.compile(r"Is[A-Za-z0-9-]+|[A-Z][a-z]?")
_CLASSES = {
    "i": _NAME_START,
    "c": _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040",
    "d": r"\p{Nd}",
    "s": r" \t\n\r",
}


def compiled(pattern: str, flags: str, run: Run) -> Any:
    """The compiled pattern; an evaluation pays once for each that it uses.

    Raises:
        EvaluationError: it is no pattern, or a flag is unknown.
    """
    if len(pattern) > MAX_PATTERN:
        raise EvaluationError(f"the pattern is longer than {MAX_PATTERN} characters")
    if math.prod(max(1, int(count)) for count in _COUNT.findall(pattern)) > MAX_REPEATS:
        raise EvaluationError("the repetitions in the pattern multiply to too many")
    if (pattern, flags) not in run.patterns:
        run.spend(COMPILING + len(pattern) * CHARACTER)
        run.patterns = {*run.patterns, (pattern, flags)} if len(run.patterns) < MAX_PAID else frozenset()
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
    return regex.compile(
        _translated(pattern, extended="x" in flags, many="m" in flags, single="s" in flags), given
    )


def _translated(pattern: str, *, extended: bool, many: bool, single: bool) -> str:
    """The pattern in the library's own dialect."""
    if extended:
        pattern = _without_space(pattern)
    plain = {} if many else {"$": r"\Z"}
    if not single:
        plain["."] = r"[^\n\r]"
    out: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "\\":
            translated, at = _escaped(pattern, at + 1, inside=False)
            out.append(translated)
        elif character == "[":
            translated, at = _character_class(pattern, at, 0)
            out.append(translated)
        elif character == "(" and pattern[at + 1 : at + 2] == "?" and pattern[at + 2 : at + 3] != ":":
            raise EvaluationError(f"the pattern holds an unknown group {pattern[at : at + 3]!r}")
        else:
            out.append(plain.get(character, character))
            at += 1
    return "".join(out)


def _without_space(pattern: str) -> str:
    """The pattern without white space, but for that in character classes."""
    out: list[str] = []
    depth = 0
    escaped = False
    for character in pattern:
        if character in " \t\n\r" and depth == 0:
            continue
        if not escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        escaped = character == "\\" and not escaped
        out.append(character)
    return "".join(out)


def _character_class(pattern: str, start: int, depth: int) -> tuple[str, int]:
    """A class and where it ends; `[a-z-[aeiou]]` subtracts, which becomes a look-ahead."""
    if depth > MAX_CLASSES:
        raise EvaluationError("character classes are nested too deeply")
    at = start + 1
    negated = pattern[at : at + 1] == "^"
    at += negated
    body: list[str] = []
    without = ""
    while at < len(pattern) and pattern[at] != "]":
        if pattern[at] == "\\":
            translated, at = _escaped(pattern, at + 1, inside=True)
            body.append(translated)
        elif pattern.startswith("-[", at) and body:
            without, at = _character_class(pattern, at + 1, depth + 1)
            if pattern[at : at + 1] != "]":
                raise EvaluationError("a subtracted class must stand last")
        elif pattern[at] == "[":
            raise EvaluationError("a bracket inside a character class must be escaped")
        else:
            body.append(pattern[at])
            at += 1
    if at >= len(pattern) or not body:
        raise EvaluationError("a character class in the pattern is not closed or empty")
    made = f"[{'^' if negated else ''}{''.join(body)}]"
    return (f"(?:(?!{without}){made})" if without else made), at + 1


def _escaped(pattern: str, at: int, *, inside: bool) -> tuple[str, int]:
    r"""What stands after a backslash, and where it ends; `\p{IsGreek}` names a block of Unicode."""
    if pattern[at : at + 1] in {"p", "P"} and pattern[at + 1 : at + 2] == "{":
        end = pattern.find("}", at)
        name = pattern[at + 2 : end]
        if end < 0 or not _PROPERTY.fullmatch(name):
            raise EvaluationError(f"unknown character property {name!r}")
        block = f"Block={name[2:]}" if name.startswith("Is") else name
        return f"\\{pattern[at]}{{{block}}}", end + 1
    return _escape(pattern[at : at + 1], inside=inside), at + 1


def _escape(character: str, *, inside: bool) -> str:
    if not character:
        raise EvaluationError("the pattern ends with a backslash")
    lower = character.lower()
    if lower in _CLASSES:
        body = _CLASSES[lower]
        if character == lower:
            return body if inside else f"[{body}]"
        if inside and character in {"D", "S"}:
            return r"\P{Nd}" if character == "D" else r"\S"
        if inside:
            raise EvaluationError(f"\\{character} inside a character class is not supported")
        return f"[^{body}]"
    if character in r"nrt\|.?*+(){}[]-^$wW" or (character in "123456789" and not inside):
        return "\\" + character
    raise EvaluationError(f"the pattern holds an unknown escape \\{character}")


_TIERS = ((0.00002, 20), (0.0005, 1_000), (0.005, 12_000))
"""Seconds that a search is given at first, and the steps it pays if that suffices."""


def guarded(run: Run, search: Callable[[float], Found]) -> Found:
    """Run a search within the time that the evaluation gives to a regular expression.

    Args:
        run: pays for the time.
        search: the search, given its seconds; it may be begun several times.

    Raises:
        EvaluationError: it takes too long.
    """
    for seconds, steps in _TIERS:
        try:
            found = search(seconds)
        except TimeoutError:
            continue
        run.spend(steps)
        return found
    run.spend(int(run.limits.regex_seconds * 2_500_000))
    try:
        return search(run.limits.regex_seconds)
    except TimeoutError:
        raise EvaluationError("the pattern takes too long on this text") from None
