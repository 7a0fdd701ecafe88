"""What the built-in functions give, as far as it can be told from the types of their arguments."""

from collections.abc import Callable, Mapping, Sequence

from mainspring.feel.typing import ANY, Type

NUMBER, STRING, BOOLEAN = Type("number"), Type("string"), Type("boolean")
_FIXED: dict[str, str] = {
    "number": "number, string length, count, product, median, stddev, decimal, floor, ceiling, round up, "
    "round down, round half up, round half down, round half even, modulo, sqrt, log, exp, day of year, "
    "week of year, unix timestamp",
    "string": "substring, upper case, lower case, substring before, substring after, replace, string, "
    "string join, trim, to base64, char, day of week, month of year, to json",
    "boolean": "contains, starts with, ends with, matches, is blank, is empty, list contains, all, any, "
    "and, or, not, odd, even, is, is defined, before, after, meets, met by, overlaps, "
    "overlaps before, overlaps after, "
    "finishes, finished by, includes, during, starts, started by, coincides",
    "date": "date, today, last day of month",
    "time": "time",
    "date and time": "date and time, now",
    "years and months duration": "years and months duration",
    "range": "range",
    "context": "context, context put, context merge",
}
FIXED: Mapping[str, Type] = {
    name.strip(): Type(result) for result, names in _FIXED.items() for name in names.split(",")
}
_TEXTS = frozenset({"split", "extract"})
_POSITIONS = frozenset({"index of", "mode"})
_SAME = frozenset({"sublist", "reverse", "distinct values", "duplicate values", "sort", "remove"})
_ITEM = frozenset({"min", "max", "sum", "mean"})
SUMMED = frozenset({"sum", "mean", "product", "median", "stddev", "mode"})
"""Functions whose list must hold numbers (sum and mean: or durations)."""


def joined(types: Sequence[Type]) -> Type:
    """The one type of several values, Any where they differ."""
    first = types[0] if types else ANY
    return first if all(other == first for other in types[1:]) else ANY


def item_of(given: Type) -> Type:
    """The type of what is in a list; a value that is no list stands for the list of it."""
    return (given.item or ANY) if given.name == "list" else given


def _of_lists(arguments: Sequence[Type]) -> Type:
    return Type("list", item=joined([item_of(each) for each in arguments]))


_COMPUTED: Mapping[str, Callable[[Sequence[Type]], Type]] = {
    **dict.fromkeys(_TEXTS, lambda _: Type("list", item=STRING)),
    **dict.fromkeys(_POSITIONS, lambda _: Type("list", item=NUMBER)),
    **dict.fromkeys(_SAME, lambda given: Type("list", item=item_of(given[0]))),
    **dict.fromkeys(_ITEM, lambda given: joined([item_of(each) for each in given])),
    "concatenate": _of_lists,
    "union": _of_lists,
    "append": lambda given: Type("list", item=joined([item_of(given[0]), *given[1:]])),
    "abs": lambda given: given[0],
    "partition": lambda given: Type("list", item=Type("list", item=item_of(given[0]))),
    "get entries": lambda _: Type("list", item=Type("context")),
    "get or else": joined,
    "fromAi": lambda given: given[0],
    "assert": lambda given: given[0],
}


def result_of(name: str, arguments: Sequence[Type]) -> Type:
    """The type of what a built-in function gives; Any where it depends on the values.

    Args:
        name: the function.
        arguments: the types of its arguments in the order of its parameters.
    """
    fixed = FIXED.get(name)
    if fixed is not None:
        return fixed
    compute = _COMPUTED.get(name)
    return compute(arguments) if compute and arguments else ANY
