"""What a part of an expression takes from outside, how large it is, and whether it keeps its scope."""

from collections.abc import Collection

from mainspring.feel import ast
from mainspring.feel.limits import NODES_PER_STEP

_BUILDING = (ast.ListLiteral, ast.ContextLiteral, ast.RangeLiteral, ast.FunctionDefinition)
"""Parts that make a new object each time, which costs more than the others."""


def free_names(node: ast.Node, functions: Collection[str] = ()) -> frozenset[str]:
    """The names that the part uses and does not declare.

    Args:
        node: the part.
        functions: names left out where they are called; `count` alone may be a variable all the same.
    """
    found: set[str] = set()
    waiting: list[tuple[ast.Node, frozenset[str]]] = [(node, frozenset())]
    while waiting:
        part, bound = waiting.pop()
        if isinstance(part, ast.Name):
            if part.name not in bound:
                found.add(part.name)
        elif isinstance(part, (ast.For, ast.Quantified)):
            waiting.extend(_loop_parts(part, bound))
        elif isinstance(part, ast.Call) and isinstance(part.function, ast.Name):
            parts = part.arguments if part.function.name in functions else (part.function, *part.arguments)
            waiting.extend((child, bound) for child in parts)
        elif isinstance(part, ast.FunctionDefinition):
            waiting.append((part.body, bound | set(part.parameters)))
        elif isinstance(part, ast.ContextLiteral):
            for key, value in zip(part.keys, part.values, strict=True):
                waiting.append((value, bound))
                bound |= {key}
        elif isinstance(part, ast.Filter):
            waiting.append((part.base, bound))
            waiting.append((part.condition, bound | {"item"}))
        else:
            waiting.extend((child, bound) for child in ast.children(part))
    return frozenset(found)


def _loop_parts(
    part: ast.For | ast.Quantified, bound: frozenset[str]
) -> list[tuple[ast.Node, frozenset[str]]]:
    parts: list[tuple[ast.Node, frozenset[str]]] = []
    for iteration in part.iterations:
        parts.append((iteration.source, bound))
        if iteration.end:
            parts.append((iteration.end, bound))
        bound |= {iteration.name}
    return [*parts, (part.body, bound | {"partial"})]


def steps_of(node: ast.Node) -> int:
    """What one evaluation of the part costs, loops and calls inside not counted."""
    weights = (2 * NODES_PER_STEP if isinstance(part, _BUILDING) else 1 for part in ast.walk(node))
    return 2 + sum(weights) // NODES_PER_STEP


def keeps_scope(node: ast.Node) -> bool:
    """Whether a function is defined in the part, which goes on using the names in sight."""
    return any(isinstance(part, ast.FunctionDefinition) for part in ast.walk(node))
