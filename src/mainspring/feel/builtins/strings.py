"""Built-in functions on strings."""

import base64
import re
from decimal import Decimal
from typing import Any

from mainspring.feel.builtins import patterns
from mainspring.feel.builtins.registry import clamped, define, whole
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Run
from mainspring.feel.values import CONTEXT, text

_REFERENCE = re.compile(r"\\\\|\\\$|\$(\d)|\$|\\")


def _substring(_run: Run, string: str, start: Decimal, length: Decimal | None = None) -> str:
    at = clamped(start)
    if at == 0 or abs(at) > max(len(string), 1):
        raise EvaluationError(f"substring: there is no character {at}")
    first = at - 1 if at > 0 else len(string) + at
    if length is None:
        return string[first:]
    if clamped(length) < 1:
        raise EvaluationError("substring: the length must be at least 1")
    return string[first : first + clamped(length)]


def _substring_before(_run: Run, string: str, match: str) -> str:
    return string.partition(match)[0] if match and match in string else ""


def _substring_after(_run: Run, string: str, match: str) -> str:
    if not match:
        return string
    return string.partition(match)[2]


def _replacement(written: str, groups: int, run: Run) -> Any:
    """A function of a match that fills in `$1`; `$0` is the whole match.

    Raises:
        EvaluationError: a `$` or a backslash that means nothing.
    """
    parts: list[str | int] = []
    at = 0
    for found in _REFERENCE.finditer(written):
        parts.append(written[at : found.start()])
        at = found.end()
        if found[1] is not None:
            parts.append(int(found[1]))
        elif found[0] in {"\\\\", "\\$"}:
            parts.append(found[0][1])
        else:
            raise EvaluationError(f"replace: a lone {found[0]} in the replacement")
    parts.append(written[at:])

    def fill(match: Any) -> str:
        made = "".join(
            (match[part] or "" if part <= groups else "") if isinstance(part, int) else part for part in parts
        )
        run.build(len(made) + 1)
        return made

    return fill


def _replace(run: Run, string: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    flags = flags or ""
    found = patterns.compiled(pattern, flags, run)
    written = replacement.replace("\\", "\\\\").replace("$", "\\$") if "q" in flags else replacement
    fill = _replacement(written, found.groups, run)
    made: str = patterns.guarded(run, lambda seconds: found.sub(fill, string, timeout=seconds))
    run.build(len(made))
    return made


def _matches(run: Run, string: str, pattern: str, flags: str | None = None) -> bool:
    found = patterns.compiled(pattern, flags or "", run)
    return bool(patterns.guarded(run, lambda seconds: found.search(string, timeout=seconds)))


def _found(run: Run, pattern: str, string: str) -> list[tuple[int, int]]:
    """Where a pattern is found, as begin and end."""
    compiled = patterns.compiled(pattern, "", run)

    def search(seconds: float) -> list[tuple[int, int]]:
        places: list[tuple[int, int]] = []
        for match in compiled.finditer(string, timeout=seconds):
            places.append(match.span())
            if len(places) > run.steps:
                run.spend(len(places))
        return places

    places = patterns.guarded(run, search)
    run.spend(len(places))
    return places


def _split(run: Run, string: str, delimiter: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    for begin, end in _found(run, delimiter, string):
        if begin < end:
            pieces.append(string[at:begin])
            at = end
    return [*pieces, string[at:]]


def _extract(run: Run, string: str, pattern: str) -> list[str]:
    return [string[begin:end] for begin, end in _found(run, pattern, string)]


def _join(
    run: Run,
    items: list[Any],
    delimiter: str | None = None,
    prefix: str | None = None,
    suffix: str | None = None,
) -> str:
    run.spend(len(items))
    words: list[str] = []
    for item in items:
        if item is None:
            continue
        if not isinstance(item, str):
            raise EvaluationError("string join: an item is not a string")
        words.append(item)
    if not all(part is None or isinstance(part, str) for part in (delimiter, prefix, suffix)):
        raise EvaluationError("string join: delimiter, prefix and suffix must be strings")
    run.build(sum(map(len, words)) + len(delimiter or "") * len(words))
    return (prefix or "") + (delimiter or "").join(words) + (suffix or "")


def _string(run: Run, value: Any) -> str | None:
    return None if value is None else text(value, run)


_GROUPED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|-?\.[0-9]+")


def _number(_run: Run, written: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    if grouping not in {None, " ", ",", "."}:
        raise EvaluationError("number: the grouping separator must be a space, a comma or a period")
    if point not in {None, ".", ","}:
        raise EvaluationError("number: the decimal separator must be a period or a comma")
    if grouping is not None and grouping == point:
        raise EvaluationError("number: both separators are the same")
    plain = written.replace(grouping, "") if grouping else written
    plain = plain.replace(point, ".") if point else plain
    if not _GROUPED.fullmatch(plain):
        raise EvaluationError(f"number: {written!r} is no number")
    try:
        made = CONTEXT.create_decimal(plain)
    except ArithmeticError:
        raise EvaluationError(f"number: {written!r} is too large") from None
    return made


def _number_of(run: Run, value: Any, grouping: str | None = None, point: str | None = None) -> Any:
    return _number(run, value, grouping, point) if isinstance(value, str) else value


def _char_code(_run: Run, value: Decimal) -> str:
    code = whole(value, "the code point")
    if not 0 <= code < 0x110000 or 0xD800 <= code < 0xE000:  # noqa: PLR2004  Unicode's bounds
        raise EvaluationError("there is no such character")
    return chr(code)


def _grown(run: Run, made: str) -> str:
    run.build(len(made))
    return made


def functions() -> list[Builtin]:
    """The functions of this module."""
    return [
        define("substring", "string: string, start position: number, length: number?", _substring),
        define("string length", "string: string", lambda _run, value: Decimal(len(value))),
        define("upper case", "string: string", lambda run, value: _grown(run, value.upper())),
        define("lower case", "string: string", lambda run, value: _grown(run, value.lower())),
        define("substring before", "string: string, match: string", _substring_before),
        define("substring after", "string: string, match: string", _substring_after),
        define("replace", "input: string, pattern: string, replacement: string, flags: string?", _replace),
        define("contains", "string: string, match: string", lambda _run, value, match: match in value),
        define(
            "starts with", "string: string, match: string", lambda _run, value, match: value.startswith(match)
        ),
        define(
            "ends with", "string: string, match: string", lambda _run, value, match: value.endswith(match)
        ),
        define("matches", "input: string, pattern: string, flags: string?", _matches),
        define("split", "string: string, delimiter: string", _split),
        define("extract", "string: string, pattern: string", _extract),
        define(
            "string join",
            "list: list, delimiter: string?; list: list, delimiter: any, prefix: any, suffix: any",
            _join,
        ),
        define("string", "from: any", _string),
        define(
            "number",
            "from: string, grouping separator: string?, decimal separator: string?; from: number",
            _number_of,
        ),
        define("trim", "string: string", lambda _run, value: value.strip()),
        define("is blank", "string: string", lambda _run, value: not value.strip()),
        define(
            "to base64",
            "value: string",
            lambda run, value: _grown(run, base64.b64encode(value.encode()).decode()),
        ),
        define("char", "code: number", _char_code),
    ]
