"""`for`, `some`, `every`, filters and list positions: everything that goes through a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainspring.feel import temporal
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Code, Run, Scope
from mainspring.feel.types import Range
from mainspring.feel.values import compare, kind, number

NAMES_PER_STEP = 32
PARTIAL_PER_STEP = 16
"""Names of a scope that are copied in the time of a step."""

Source = tuple[str, Code, Code | None, int]
"""An iteration: the name, the list or start, the end where there is one, the position."""


def _values(source: Source, scope: Scope, run: Run) -> Iterator[Any] | None:
    """What an iteration goes through; None, with a warning, where there is nothing to go through."""
    _, code, end, pos = source
    given = code(scope, run)
    try:
        if end is not None:
            return _span(given, end(scope, run), run)
        if isinstance(given, Range):
            return _inside(given, run)
    except EvaluationError as error:
        run.warn(str(error), pos)
        return None
    if given is None:
        run.warn("there is no list to go through", pos)
        return None
    return iter(given if isinstance(given, list) else [given])


def _span(first: Any, last: Any, run: Run) -> Iterator[Any]:
    """From first to last, up or down: whole numbers, or days.

    Raises:
        EvaluationError: the ends are neither.
    """
    if kind(first) == kind(last) == "number":
        start, stop = number(first), number(last)
        if start == start.to_integral_value() and stop == stop.to_integral_value():
            step = 1 if start <= stop else -1
            return (Decimal(value) for value in _counted(range(int(start), int(stop) + step, step), run))
    if kind(first) == kind(last) == "date":
        start_day, end_day = (temporal.local_nanos(value) // temporal.DAY_NANOS for value in (first, last))
        step = 1 if start_day <= end_day else -1
        days = _counted(range(start_day, end_day + step, step), run)
        return (temporal.make_date(*temporal.civil_of(day)) for day in days)
    raise EvaluationError(f"cannot iterate from {kind(first)} to {kind(last)}")


def _counted(span: range, run: Run) -> range:
    """The span, once it is known that it can be afforded."""
    if abs(span.stop - span.start) > run.steps:  # its length may be more than len() can say
        run.spend(run.steps + 1)
    return span


def _inside(span: Range, run: Run) -> Iterator[Any]:
    if span.low is None or span.high is None or span.operator:
        raise EvaluationError("a range without an end cannot be gone through")
    order = compare(span.low, span.high)
    if order is None or order > 0:
        raise EvaluationError("the range is empty")
    values = _span(span.low, span.high, run)
    return (
        value
        for value in values
        if (span.low_included or value != span.low) and (span.high_included or value != span.high)
    )


@dataclass(frozen=True, slots=True)
class Body:
    """What a loop does each round.

    Attributes:
        code: its closure.
        cost: the steps that a round is worth.
        keeps_scope: whether functions inside go on using the scope, so that each round needs its own.
        uses_partial: whether it looks at the results so far.
    """

    code: Code
    cost: int = 2
    keeps_scope: bool = True
    uses_partial: bool = False


def _bindings(sources: tuple[Source, ...], scope: Scope, body: Body, run: Run) -> Iterator[Scope | None]:
    """The scope of each round, earlier names in sight of later sources; None where a source fails."""
    source, rest = sources[0], sources[1:]
    values = _values(source, scope, run)
    if values is None:
        yield None
        return
    name = source[0]
    inner = scope.copy()
    kept = 5 + len(scope) // NAMES_PER_STEP if body.keeps_scope else 0
    for value in values:
        run.spend(body.cost + kept)
        if body.keeps_scope:
            inner = scope.copy()
        inner[name] = value
        if rest:
            yield from _bindings(rest, inner, body, run)
        else:
            yield inner


def for_loop(sources: tuple[Source, ...], body: Body) -> Code:
    """`for`: the list of the body's values; `partial` is the list so far."""
    code = body.code

    def loop(scope: Scope, run: Run) -> list[Any] | None:
        made: list[Any] = []
        for inner in _bindings(sources, scope, body, run):
            if inner is None:
                return None
            if body.uses_partial:
                run.spend(len(made) // PARTIAL_PER_STEP)
                inner["partial"] = made.copy()
            made.append(code(inner, run))
        return made

    return loop


def quantifier(sources: tuple[Source, ...], body: Body, *, every: bool, pos: int) -> Code:
    """`some` and `every`, three-valued: a body that is no boolean gives null unless another decides."""
    decisive, code = not every, body.code

    def quantified(scope: Scope, run: Run) -> bool | None:
        result: bool | None = every
        for inner in _bindings(sources, scope, body, run):
            if inner is None:
                return None
            value = code(inner, run)
            if value is decisive:
                return not every
            if type(value) is not bool:
                if value is not None:
                    run.warn(f"the condition is a {kind(value)}, not a boolean", pos)
                result = None
        return result

    return quantified


def element(value: Any, index: Decimal, pos: int, run: Run) -> Any:
    """The element at a position counted from 1, from the end where it is negative; null beyond the list."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    if index != index.to_integral_value():
        run.warn(f"{index} is no position in a list", pos)
        return None
    at = int(index) if abs(index) <= len(items) else len(items) + 1
    if 1 <= at <= len(items):
        return items[at - 1]
    if -len(items) <= at < 0:
        return items[at]
    if at == 0:
        run.warn("positions in a list begin with 1", pos)
    return None


def filtered(base: Code, body: Body, names: tuple[str, ...], pos: int) -> Code:
    """`base[condition]`: the elements for which it is true, or the one element at the number it gives.

    Entries of an element that is a context are in scope, `item` is the element; only names that the condition
    uses are looked up, so that the cost does not depend on the size of the elements.
    """
    condition = body.code

    def filter_list(scope: Scope, run: Run) -> Any:
        value = base(scope, run)
        if value is None:
            return _of_null(condition, scope, pos, run)
        items = value if isinstance(value, list) else [value]
        if not items:
            return None if _is_position(condition, scope, run) else []
        cost = body.cost + (len(scope) // NAMES_PER_STEP)
        kept: list[Any] = []
        inner = scope.copy()
        for at, item in enumerate(items):
            run.spend(cost)
            if body.keeps_scope or type(item) is dict:
                inner = _scope_of(item, scope, names)
            else:
                inner["item"] = item
            result = condition(inner, run)
            if result is True:
                kept.append(item)
            elif at == 0 and kind(result) == "number":
                return element(items, number(result), pos, run)
            elif result is not False and result is not None:
                run.warn(f"the filter is a {kind(result)}, not a boolean", pos)
        return kept

    return filter_list


def _is_position(condition: Code, scope: Scope, run: Run) -> bool:
    """Whether a filter over nothing is a position, found by trying it out; what that costs is paid for."""
    trial = run.apart()
    value = condition(scope | {"item": None}, trial)
    run.spend(run.steps - trial.steps)
    return kind(value) == "number"


def _of_null(condition: Code, scope: Scope, pos: int, run: Run) -> Any:
    if _is_position(condition, scope, run):
        return None
    run.warn("null is filtered", pos, "info")
    return []


def _scope_of(item: Any, scope: Scope, names: tuple[str, ...]) -> Scope:
    inner = scope.copy()
    inner["item"] = item
    if type(item) is dict:
        for name in names:
            if name in item:
                inner[name] = item[name]
        if "item" in item:
            inner["item"] = item["item"]
    return inner
