"""The parts of a parsed FEEL expression. `pos` is the offset in the text where the part's operator stands."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """Any part."""

    pos: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, string, boolean, null or temporal written out."""

    value: Any


@dataclass(frozen=True, slots=True)
class Invalid(Node):
    """A literal that stands for no value: null, with the reason as warning."""

    message: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or function by its name; `?` is the input of a unary test."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`base.name`."""

    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`base[condition]`."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(arguments)`, positional or named."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left op right`, op one of + - * / **."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left op right`, op one of = != < <= > >=."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """A chain of `and` (all is true) or of `or`."""

    all: bool
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in tests`."""

    value: Node
    tests: Node


@dataclass(frozen=True, slots=True)
class Anything(Node):
    """The unary test `-`: everything passes."""


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Unary tests, one of which must hold (`negated`: none may)."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then yes else no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in source`, or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for iterations return body`."""

    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some` or `every` iterations `satisfies` body."""

    every: bool
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class TypeExpression(Node):
    """A type as written: `number`, `list<string>`, `context<a: number>`, `function<number> -> string`."""

    name: str
    arguments: tuple["TypeExpression", ...] = ()
    names: tuple[str, ...] = ()
    result: "TypeExpression | None" = None


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """`function(parameters) body`."""

    parameters: tuple[str, ...]
    types: tuple[TypeExpression | None, ...]
    body: Node
    external: bool = False


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """`[items]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """`{key: value, ...}`."""

    keys: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """`[low..high]`, or with one end the unary `>= low`; None stands for no bound."""

    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool
    test: str = ""
    """The operator, where written as `< 5`, `= 5`, `!= 5`."""


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: TypeExpression


def children(node: Node) -> list[Node]:
    """The parts that a part is made of, types left out."""
    found: list[Node] = []
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, TypeExpression):
            continue
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(item for item in value if isinstance(item, Node))
    return found


def walk(node: Node) -> Iterator[Node]:
    """The part and all parts within it."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(children(part))


def declared(node: Node) -> tuple[str, ...]:
    """The names that a part itself brings into sight."""
    if isinstance(node, (For, Quantified)):
        return tuple(iteration.name for iteration in node.iterations)
    if isinstance(node, FunctionDefinition):
        return node.parameters
    return node.keys if isinstance(node, ContextLiteral) else ()
