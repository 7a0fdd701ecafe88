"""The built-in functions of FEEL, by the kind of value they work on."""

from functools import cache

from mainspring.feel.builtins import camunda, contexts, lists, numbers, ranges, strings, temporals
from mainspring.feel.functions import Builtin


@cache
def functions() -> dict[str, Builtin]:
    """All built-in functions by name."""
    made: dict[str, Builtin] = {}
    for module in (numbers, strings, lists, contexts, ranges, temporals, camunda):
        made.update({builtin.name: builtin for builtin in module.functions()})
    return made
