"""Built-in functions on lists."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key, reduce
from typing import Any

from mainspring.feel.builtins.registry import clamped, define, whole
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Run
from mainspring.feel.operators import arithmetic
from mainspring.feel.values import CONTEXT, compare, equal, kind, number


def _contains(run: Run, items: list[Any], wanted: Any) -> bool:
    run.spend(2 * len(items))
    return any(equal(item, wanted, run) for item in items)


def _flat_arguments(_run: Run, arguments: tuple[Any, ...]) -> list[Any]:
    """`f(list)` and `f(a, b, c)` mean the same."""
    if len(arguments) == 1:
        return arguments[0] if isinstance(arguments[0], list) else [arguments[0]]
    return list(arguments)


def _aggregate(compute: Callable[[Run, list[Any]], Any]) -> Callable[..., Any]:
    def aggregate(run: Run, *arguments: Any) -> Any:
        if not arguments or (len(arguments) == 1 and arguments[0] is None):
            raise EvaluationError("there is no list")
        items = _flat_arguments(run, arguments)
        run.spend(len(items))
        return compute(run, items)

    return aggregate


def _numbers(items: list[Any], name: str) -> list[Decimal]:
    for item in items:
        if kind(item) != "number":
            raise EvaluationError(f"{name}: an item is a {kind(item)}, not a number")
    return [number(item) for item in items]


def _extreme(sign: int, name: str) -> Callable[[Run, list[Any]], Any]:
    def extreme(_run: Run, items: list[Any]) -> Any:
        if not items:
            return None
        best = items[0]
        if compare(best, best) is None:
            raise EvaluationError(f"{name}: a {kind(best)} has no order")
        for item in items[1:]:
            order = compare(item, best)
            if order is None:
                raise EvaluationError(f"{name}: {kind(item)} and {kind(best)} cannot be compared")
            if order == sign:
                best = item
        return best

    return extreme


def _sum(run: Run, items: list[Any]) -> Any:
    if not items:
        return None
    first = items[0]
    if kind(first) not in {"number", "days and time duration", "years and months duration"}:
        raise EvaluationError(f"sum: an item is a {kind(first)}, not a number")
    return reduce(
        lambda total, item: arithmetic("+", total, item, run),
        items[1:],
        number(first) if kind(first) == "number" else first,
    )


def _mean(run: Run, items: list[Any]) -> Any:
    if not items:
        return None
    return arithmetic("/", _sum(run, items), Decimal(len(items)), run)


def _product(_run: Run, items: list[Any]) -> Decimal | None:
    if not items:
        return None
    try:
        return reduce(CONTEXT.multiply, _numbers(items, "product"))
    except ArithmeticError:
        raise EvaluationError("product: out of range") from None


def _median(run: Run, items: list[Any]) -> Decimal | None:
    ordered = sorted(_numbers(items, "median"))
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    both = arithmetic("+", ordered[middle - 1], ordered[middle], run)
    return CONTEXT.divide(both, Decimal(2))


def _stddev(run: Run, items: list[Any]) -> Decimal:
    """The sample standard deviation."""
    values = _numbers(items, "stddev")
    run.spend(len(values) + 40)  # a square each, and a root
    if len(values) < 2:  # noqa: PLR2004  one value has no deviation
        raise EvaluationError("stddev: at least two numbers are needed")
    try:
        mean = CONTEXT.divide(reduce(CONTEXT.add, values), Decimal(len(values)))
        squares = (CONTEXT.power(CONTEXT.subtract(value, mean), Decimal(2)) for value in values)
        return CONTEXT.sqrt(CONTEXT.divide(reduce(CONTEXT.add, squares), Decimal(len(values) - 1)))
    except ArithmeticError:
        raise EvaluationError("stddev: out of range") from None


def _mode(_run: Run, items: list[Any]) -> list[Decimal]:
    counts = Counter(_numbers(items, "mode"))
    most = max(counts.values(), default=0)
    return sorted(value for value, count in counts.items() if count == most)


def _all(_run: Run, items: list[Any]) -> bool | None:
    return _three_valued(items, decisive=False, name="all")


def _any(_run: Run, items: list[Any]) -> bool | None:
    return _three_valued(items, decisive=True, name="any")


def _three_valued(items: list[Any], *, decisive: bool, name: str) -> bool | None:
    if any(item is decisive for item in items):
        return decisive
    if all(item is (not decisive) for item in items):
        return not decisive
    if any(item is not None and type(item) is not bool for item in items):
        raise EvaluationError(f"{name}: an item is not a boolean")
    return None


def _sublist(run: Run, items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    at = clamped(start)
    if at == 0 or abs(at) > len(items):
        raise EvaluationError(f"sublist: there is no element {at}")
    first = at - 1 if at > 0 else len(items) + at
    count = len(items) - first if length is None else clamped(length)
    if count < 0 or first + count > len(items):
        raise EvaluationError(f"sublist: there are not {count} elements")
    run.spend(count)
    return items[first : first + count]


def _append(run: Run, items: list[Any], *more: Any) -> list[Any]:
    run.spend(len(items) + len(more))
    return [*items, *more]


def _concatenate(run: Run, *lists: Any) -> list[Any]:
    made: list[Any] = []
    for items in lists:
        run.spend(len(items))
        made.extend(items)
    return made


def _position(items: list[Any], position: Decimal, *, end: int) -> int:
    at = clamped(position)
    if at == 0 or at > end or -at > len(items):
        raise EvaluationError(f"there is no position {at} in a list of {len(items)}")
    return at - 1 if at > 0 else len(items) + at


def _insert_before(run: Run, items: list[Any], position: Decimal, item: Any) -> list[Any]:
    at = _position(items, position, end=len(items) + 1)
    run.spend(len(items))
    return [*items[:at], item, *items[at:]]


def _remove(run: Run, items: list[Any], position: Decimal) -> list[Any]:
    at = _position(items, position, end=len(items))
    run.spend(len(items))
    return [*items[:at], *items[at + 1 :]]


def _replace(run: Run, items: list[Any], what: Any, new: Any) -> list[Any]:
    run.spend(len(items))
    if isinstance(what, Decimal):
        at = _position(items, what, end=len(items))
        return [*items[:at], new, *items[at + 1 :]]
    made: list[Any] = []
    for item in items:
        chosen = what.call([item, new], run)
        if type(chosen) is not bool:
            raise EvaluationError("list replace: the function must give a boolean")
        made.append(new if chosen else item)
    return made


def _reverse(run: Run, items: list[Any]) -> list[Any]:
    run.spend(len(items))
    return items[::-1]


def _index_of(run: Run, items: list[Any], wanted: Any) -> list[Decimal]:
    run.spend(2 * len(items))
    return [Decimal(at) for at, item in enumerate(items, 1) if equal(item, wanted, run)]


def _distinct(run: Run, items: list[Any]) -> list[Any]:
    made: list[Any] = []
    seen: set[Any] = set()
    for item in items:
        run.spend()
        if type(item) in {Decimal, str}:
            if item in seen:
                continue
            seen.add(item)
        elif any(equal(item, known, run) for known in made if _afford(run)):
            continue
        made.append(item)
    return made


def _afford(run: Run) -> bool:
    run.spend()
    return True


def _union(run: Run, *lists: Any) -> list[Any]:
    return _distinct(run, _concatenate(run, *lists))


def _duplicates(run: Run, items: list[Any]) -> list[Any]:
    run.spend(len(items))
    again = [item for at, item in enumerate(items) if _contains(run, items[:at], item)]
    return _distinct(run, again)


def _flatten(run: Run, items: list[Any]) -> list[Any]:
    made: list[Any] = []
    run.enter()
    for item in items:
        run.spend()
        if isinstance(item, list):
            made.extend(_flatten(run, item))
        else:
            made.append(item)
    run.leave()
    return made


def _sort(run: Run, items: list[Any], precedes: Any = None) -> list[Any]:
    run.spend(len(items))

    def natural(first: Any, second: Any) -> int:
        order = compare(first, second)
        if order is None:
            raise EvaluationError(f"sort: {kind(first)} and {kind(second)} cannot be compared")
        return order

    def by_function(first: Any, second: Any) -> int:
        if precedes.call([first, second], run) is True:
            return -1
        return 1 if precedes.call([second, first], run) is True else 0

    return sorted(items, key=cmp_to_key(by_function if precedes is not None else natural))


def _partition(run: Run, items: list[Any], size: Decimal) -> list[list[Any]]:
    step = whole(size, "the size")
    if step < 1:
        raise EvaluationError("partition: the size must be at least 1")
    run.spend(len(items))
    return [items[at : at + step] for at in range(0, len(items), step)]


def functions() -> list[Builtin]:
    """The functions of this module."""
    several = "list: list; values: any*"
    return [
        define("list contains", "list: list, element: any", _contains),
        define("count", "list: list", lambda _run, items: Decimal(len(items))),
        *(
            define(name, several, _aggregate(compute))
            for name, compute in (
                ("min", _extreme(-1, "min")),
                ("max", _extreme(1, "max")),
                ("sum", _sum),
                ("mean", _mean),
                ("product", _product),
                ("median", _median),
                ("stddev", _stddev),
                ("mode", _mode),
                ("all", _all),
                ("any", _any),
                ("and", _all),
                ("or", _any),
            )
        ),
        define("sublist", "list: list, start position: number, length: number?", _sublist),
        define("append", "list: list, item: any*", _append),
        define("concatenate", "list: list*", _concatenate),
        define("insert before", "list: list, position: number, newItem: any", _insert_before),
        define("remove", "list: list, position: number", _remove),
        define(
            "list replace",
            "list: list, position: number, newItem: any; list: list, match: function, newItem: any",
            _replace,
        ),
        define("reverse", "list: list", _reverse),
        define("index of", "list: list, match: any", _index_of),
        define("union", "list: list*", _union),
        define("distinct values", "list: list", _distinct),
        define("duplicate values", "list: list", _duplicates),
        define("flatten", "list: list", _flatten),
        define("sort", "list: list, precedes: function?", _sort),
        define("partition", "list: list, size: number", _partition),
        define("is empty", "list: list", lambda _run, items: not items),
    ]
