"""Whether a function can take arguments of these types, without calling it."""

from collections.abc import Sequence
from typing import NamedTuple

from mainspring.feel.builtins import functions
from mainspring.feel.builtins.registry import accepts
from mainspring.feel.functions import Builtin, Parameter
from mainspring.feel.results import SUMMED, item_of, result_of
from mainspring.feel.typing import ANY, Type
from mainspring.feel.values import DURATIONS


class Call(NamedTuple):
    """What a call comes to.

    Attributes:
        result: the type of its value.
        fault: why it is always null; nothing where it may work.
    """

    result: Type
    fault: str = ""


def builtin(name: str, arguments: Sequence[Type], names: Sequence[str] = ()) -> Call:
    """A call of a built-in function.

    Args:
        name: the function; one that is not built in may be anything.
        arguments: the types of the arguments.
        names: their names, where they are named.
    """
    found = functions().get(name)
    if found is None:
        return Call(ANY)
    reason = ""
    for signature in found.signatures:
        ordered = _ordered(signature, arguments, names)
        if isinstance(ordered, str):
            reason = reason or f"{name} {ordered}"
            continue
        wrong = _wrong(found, signature, ordered)
        if not wrong:
            summed = _summed(name, ordered)
            return Call(ANY, summed) if summed else Call(result_of(name, ordered))
        reason = wrong
    return Call(ANY, reason)


def function(called: Type, arguments: Sequence[Type]) -> Call:
    """A call of a value, positional or named."""
    if called.name == "Any":
        return Call(ANY)
    if called.name != "function":
        return Call(ANY, f"a {called.name} cannot be called")
    if called.parameters is None:
        return Call(called.result or ANY)
    if len(arguments) > len(called.parameters):
        return Call(ANY, f"the function does not take {len(arguments)} arguments")
    return Call(called.result or ANY)


def _ordered(
    signature: Sequence[Parameter], arguments: Sequence[Type], names: Sequence[str]
) -> list[Type] | str:
    """The arguments in the order of a signature, or why they do not fit it."""
    if names:
        known = {parameter.name for parameter in signature}
        unknown = [name for name in names if name not in known]
        if unknown:
            return f"has no parameter {unknown[0]!r}"
        given = dict(zip(names, arguments, strict=True))
        missing = [p.name for p in signature if not p.optional and p.name not in given]
        if missing:
            return f"needs its parameter {missing[0]!r}"
        return [given.get(parameter.name, ANY) for parameter in signature]
    needed = sum(not parameter.optional and not parameter.many for parameter in signature)
    many = bool(signature) and signature[-1].many
    if len(arguments) < needed or (len(arguments) > len(signature) and not many):
        return f"does not take {len(arguments)} arguments"
    return list(arguments)


def _wrong(found: Builtin, signature: Sequence[Parameter], arguments: Sequence[Type]) -> str:
    for at, given in enumerate(arguments):
        parameter = signature[min(at, len(signature) - 1)]
        if given.name != "Any" and not accepts(given.name, parameter.kind):
            return f"{found.name}: {parameter.name} is a {given.name}, not a {parameter.kind}"
    return ""


def _summed(name: str, arguments: Sequence[Type]) -> str:
    """Why a list cannot be added up."""
    if name not in SUMMED:
        return ""
    allowed = {"number", "Any"} | (DURATIONS if name in {"sum", "mean"} else set())
    wrong = next((item.name for item in map(item_of, arguments) if item.name not in allowed), "")
    return f"{name}: an item is a {wrong}, not a number" if wrong else ""
