"""Built-in functions that relate points and ranges in time or on any order (Allen's interval algebra)."""

from typing import Any

from mainspring.feel.builtins.registry import define
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Run
from mainspring.feel.types import Range
from mainspring.feel.values import compare


def _order(first: Any, second: Any) -> int:
    result = compare(first, second)
    if result is None:
        raise EvaluationError("the values cannot be compared")
    return result


def _span(value: Any) -> Range:
    """A point as the range of itself."""
    return value if isinstance(value, Range) else Range(value, value, True, True)


def _before(_run: Run, first: Any, second: Any) -> bool:
    left, right = _span(first), _span(second)
    order = _order(left.high, right.low)
    return order < 0 or (order == 0 and not (left.high_included and right.low_included))


def _after(run: Run, first: Any, second: Any) -> bool:
    return _before(run, second, first)


def _meets(_run: Run, first: Range, second: Range) -> bool:
    return first.high_included and second.low_included and _order(first.high, second.low) == 0


def _met_by(run: Run, first: Range, second: Range) -> bool:
    return _meets(run, second, first)


def _starts_no_later(left: Range, right: Range) -> bool:
    order = _order(left.low, right.low)
    return order < 0 or (order == 0 and (left.low_included or not right.low_included))


def _ends_no_later(left: Range, right: Range) -> bool:
    order = _order(left.high, right.high)
    return order < 0 or (order == 0 and (right.high_included or not left.high_included))


def _overlaps(run: Run, first: Range, second: Range) -> bool:
    return not _before(run, first, second) and not _before(run, second, first)


def _overlaps_before(run: Run, first: Range, second: Range) -> bool:
    starts = _order(first.low, second.low)
    ends = _order(first.high, second.high)
    earlier = starts < 0 or (starts == 0 and first.low_included and not second.low_included)
    sooner = ends < 0 or (ends == 0 and (not first.high_included or second.high_included))
    return earlier and sooner and _overlaps(run, first, second)


def _overlaps_after(run: Run, first: Range, second: Range) -> bool:
    starts = _order(second.low, first.low)
    ends = _order(second.high, first.high)
    later = starts < 0 or (starts == 0 and second.low_included and not first.low_included)
    longer = ends < 0 or (ends == 0 and (first.high_included or not second.high_included))
    return later and longer and _overlaps(run, first, second)


def _finishes(_run: Run, first: Any, second: Range) -> bool:
    left = _span(first)
    return (
        left.high_included == second.high_included
        and _order(left.high, second.high) == 0
        and _starts_no_later(second, left)
    )


def _finished_by(run: Run, first: Range, second: Any) -> bool:
    return _finishes(run, second, first)


def _includes(_run: Run, first: Range, second: Any) -> bool:
    inner = _span(second)
    return _starts_no_later(first, inner) and _ends_no_later(inner, first)


def _during(run: Run, first: Any, second: Range) -> bool:
    return _includes(run, second, first)


def _starts(_run: Run, first: Any, second: Range) -> bool:
    left = _span(first)
    return (
        left.low_included == second.low_included
        and _order(left.low, second.low) == 0
        and _ends_no_later(left, second)
    )


def _started_by(run: Run, first: Range, second: Any) -> bool:
    return _starts(run, second, first)


def _coincides(_run: Run, first: Any, second: Any) -> bool:
    left, right = _span(first), _span(second)
    return (
        left.low_included == right.low_included
        and left.high_included == right.high_included
        and _order(left.low, right.low) == 0
        and _order(left.high, right.high) == 0
    )


_EITHER = (
    "point1: point, point2: point; point: point, range: range; range: range, point: point; "
    "range1: range, range2: range"
)
_RANGES = "range1: range, range2: range"
_INTO = "point: point, range: range; range1: range, range2: range"
_FROM = "range: range, point: point; range1: range, range2: range"


def functions() -> list[Builtin]:
    """The functions of this module."""
    return [
        define("before", _EITHER, _before),
        define("after", _EITHER, _after),
        define("meets", _RANGES, _meets),
        define("met by", _RANGES, _met_by),
        define("overlaps", _RANGES, _overlaps),
        define("overlaps before", _RANGES, _overlaps_before),
        define("overlaps after", _RANGES, _overlaps_after),
        define("finishes", _INTO, _finishes),
        define("finished by", _FROM, _finished_by),
        define("includes", _FROM, _includes),
        define("during", _INTO, _during),
        define("starts", _INTO, _starts),
        define("started by", _FROM, _started_by),
        define("coincides", "point1: point, point2: point; range1: range, range2: range", _coincides),
    ]
