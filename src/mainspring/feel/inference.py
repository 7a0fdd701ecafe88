"""Kinds of values that can be told without evaluating, and operators that cannot work on them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mainspring.feel import ast, operators
from mainspring.feel.typing import Type
from mainspring.feel.values import ORDERED, kind

_OPEN = Type("Any")


class Fault(NamedTuple):
    """An operator whose operands do not go together.

    Attributes:
        message: what is wrong.
        position: offset in the text.
    """

    message: str
    position: int


def infer(node: ast.Node, types: Mapping[str, Type]) -> Type:
    """The type of a part as far as it can be told; Any where it cannot.

    Args:
        node: the part.
        types: the types of the variables that are known.
    """
    if isinstance(node, ast.Literal):
        return _OPEN if node.value is None else Type(kind(node.value))
    if isinstance(node, ast.Name):
        return types.get(node.name, _OPEN)
    if isinstance(node, ast.Path):
        return (infer(node.base, types).entries or {}).get(node.name, _OPEN)
    if isinstance(node, (ast.Comparison, ast.Junction, ast.Between, ast.In, ast.InstanceOf, ast.Quantified)):
        return Type("boolean")
    if isinstance(node, ast.Arithmetic):
        sides = infer(node.left, types).name, infer(node.right, types).name
        return Type(sides[0]) if sides[0] == sides[1] and sides[0] in {"number", "string"} else _OPEN
    return _OPEN


def faults(node: ast.Node, types: Mapping[str, Type]) -> Iterator[Fault]:
    """Every operator in the part that can only give null.

    Names that a loop, filter, context or function of the part declares hide those of `types`.
    """
    hidden = {name for part in ast.walk(node) for name in ast.declared(part)}
    known = {name: wanted for name, wanted in types.items() if name not in hidden}
    for part in ast.walk(node):
        if isinstance(part, ast.Filter):
            return  # entries of the elements may hide any name
        if isinstance(part, (ast.Arithmetic, ast.Comparison)):
            left, right = infer(part.left, known).name, infer(part.right, known).name
            if "Any" not in {left, right} and not _works(part, left, right):
                yield Fault(f"{left} {part.op} {right} is always null", part.pos)


def _works(part: ast.Arithmetic | ast.Comparison, left: str, right: str) -> bool:
    if isinstance(part, ast.Arithmetic):
        return (left, right) in operators.TABLES[part.op]
    return left == right and (part.op in {"=", "!="} or left in ORDERED)
