"""Types of expressions that can be told without evaluating, and what in them can never work.

A fault is certain where the part gives null (or never true) whatever the data are. It is a doubt where
elements of a list may hold entries that hide a name, or a declared context more entries than its type names.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from mainspring.feel import ast, callchecks, operators
from mainspring.feel.builtins import functions
from mainspring.feel.results import BOOLEAN, NUMBER, item_of, joined
from mainspring.feel.typing import ANY, Type, resolve
from mainspring.feel.values import DURATIONS, ORDERED, kind

Types = Mapping[str, Type]
_NEGATED = DURATIONS | {"number"}
_PLAIN = ORDERED | {"boolean"}
_OF_PROPERTY = {
    "timezone": Type("string"),
    "time offset": Type("days and time duration"),
    "start included": BOOLEAN,
    "end included": BOOLEAN,
}


class Fault(NamedTuple):
    """Something that can never work.

    Attributes:
        message: what is wrong.
        position: offset in the text.
        certain: whether it holds for all data.
    """

    message: str
    position: int
    certain: bool = True


def infer(node: ast.Node, types: Types, declared: Types | None = None) -> Type:
    """The type of a part as far as it can be told; Any where it cannot.

    Args:
        node: the part.
        types: the types of the variables that are known.
        declared: the types that a model declares, by name.
    """
    try:
        return _Inference(declared or {}).of(node, types)
    except RecursionError:  # a chain of operators longer than anybody writes
        return ANY


def faults(node: ast.Node, types: Types, declared: Types | None = None) -> list[Fault]:
    """Everything in the part that can only give null, in the order of the text."""
    inference = _Inference(declared or {})
    with suppress(RecursionError):
        inference.of(node, types)
    return sorted(set(inference.found), key=lambda fault: fault.position)


def cell_faults(node: ast.Tests, tested: Type, types: Types, declared: Types | None = None) -> list[Fault]:
    """What in unary tests can never work on a value of a type.

    Args:
        node: the tests.
        tested: the type of the tested value.
        types: the types of the variables that are known.
        declared: the types that a model declares, by name.
    """
    inference = _Inference(declared or {})
    scope = {**types, "?": tested}
    with suppress(RecursionError):
        for test in node.tests:
            inference.test(test, tested, scope, whole_cell=True)
    return sorted(set(inference.found), key=lambda fault: fault.position)


class _Inference:
    """One walk through an expression; `found` collects the faults."""

    def __init__(self, declared: Types) -> None:
        self.declared = declared
        self.found: list[Fault] = []
        self.certain = True

    def of(self, node: ast.Node, types: Types) -> Type:
        """The type of a part; its faults are collected on the way."""
        rule = _RULES.get(type(node))
        return rule(self, node, types) if rule else ANY

    def fault(self, message: str, node: ast.Node, *, certain: bool = True) -> Type:
        """Note a fault; what is wrong has no type of use."""
        self.found.append(Fault(message, node.pos, certain and self.certain))
        return ANY

    def condition(self, node: ast.Node, types: Types, word: str, *, certain: bool = True) -> None:
        """A part that must be a boolean."""
        name = self.of(node, types).name
        if name not in {"Any", "boolean"}:
            self.fault(f"{word} is a {name}, not a boolean", node, certain=certain)

    def pair(self, left: Type, right: Type, what: str, node: ast.Node) -> None:
        """Two values that are held against each other."""
        names = left.name, right.name
        if "Any" not in names and (names[0] != names[1] or names[0] not in ORDERED):
            self.fault(f"{names[0]} {what} {names[1]} is always null", node)

    def test(self, node: ast.Node, tested: Type, types: Types, *, whole_cell: bool = False) -> None:
        """A test that a value of a type is put to; a cell may also be a condition on `?`."""
        if isinstance(node, ast.RangeLiteral):
            ends = [self.of(end, types) for end in (node.low, node.high) if end is not None]
            for end in ends:
                if tested.name in _PLAIN and end.name in _PLAIN and end.name != tested.name:
                    self.fault(f"a {tested.name} is never in a range of {end.name}", node)
            return
        given = self.of(node, types)
        if whole_cell and given.name == "boolean" and not isinstance(node, ast.Literal):
            return
        one = item_of(given) if given.name in {"list", "range"} else given
        if given.name == "range" and given.item:
            one = given.item
        if tested.name in _PLAIN and one.name in _PLAIN and one.name != tested.name:
            self.fault(f"a {one.name} never matches a {tested.name}", node)


def _literal(_: _Inference, node: ast.Literal, _types: Types) -> Type:
    return ANY if node.value is None else Type(kind(node.value))


def _name(_: _Inference, node: ast.Name, types: Types) -> Type:
    return types.get(node.name, ANY)


def _path(self: _Inference, node: ast.Path, types: Types) -> Type:
    return _member(self, self.of(node.base, types), node)


def _member(self: _Inference, base: Type, node: ast.Path) -> Type:
    if base.name == "context" and base.entries:
        return _entry(self, base, base.entries, node)
    if base.name == "list":
        outer, self.certain = self.certain, False  # a list of nulls comes of it, and not null
        item = _member(self, item_of(base), node)
        self.certain = outer
        return Type("list", item=item)
    if base.name in {"Any", "context", "function"}:
        return ANY
    if node.name not in operators.PROPERTIES.get(base.name, {}):
        return self.fault(f"a {base.name} has no property {node.name!r}", node)
    if node.name in {"start", "end"}:
        return base.item or ANY
    return _OF_PROPERTY.get(node.name, NUMBER)


def _entry(self: _Inference, base: Type, entries: Types, node: ast.Path) -> Type:
    if node.name in entries:
        return entries[node.name]
    known = ", ".join(repr(name) for name in list(entries)[:8])
    message = f"{base.label or 'the context'} has no entry {node.name!r}; it has {known}"
    return self.fault(message, node, certain=base.exact)


def _filter(self: _Inference, node: ast.Filter, types: Types) -> Type:
    item = item_of(self.of(node.base, types))
    outer = self.certain
    inside: Types = {**types, "item": item}
    if item.name in {"Any", "context"}:  # its entries may hide any name
        self.certain = False
        inside = {**(types if item.exact else {}), **(item.entries or {}), "item": item}
    if isinstance(node.condition, ast.RangeLiteral):
        self.test(node.condition, item, inside)
        chosen = BOOLEAN
    else:
        chosen = self.of(node.condition, inside)
    self.certain = outer
    if chosen.name == "number":
        return item
    if chosen.name not in {"Any", "boolean"}:
        return self.fault(f"the filter is a {chosen.name}, neither a condition nor a position", node)
    return Type("list", item=item) if chosen.name == "boolean" else ANY


def _call(self: _Inference, node: ast.Call, types: Types) -> Type:
    given = [self.of(argument, types) for argument in node.arguments]
    name = node.function.name if isinstance(node.function, ast.Name) else ""
    hides = name in types and (types[name].name in {"Any", "function"} or name not in functions())
    if name and not hides:
        result, message = callchecks.builtin(name, given, node.names)
    else:
        result, message = callchecks.function(self.of(node.function, types), given)
    return self.fault(message, node) if message else result


def _negation(self: _Inference, node: ast.Negation, types: Types) -> Type:
    given = self.of(node.operand, types)
    if given.name not in _NEGATED and given.name != "Any":
        return self.fault(f"-{given.name} is always null", node)
    return given


def _arithmetic(self: _Inference, node: ast.Arithmetic, types: Types) -> Type:
    left, right = self.of(node.left, types).name, self.of(node.right, types).name
    if "Any" in {left, right}:
        return ANY
    if (left, right) not in operators.TABLES[node.op]:
        return self.fault(f"{left} {node.op} {right} is always null", node)
    return Type(_result(node.op, left, right))


def _result(op: str, left: str, right: str) -> str:
    moments = {"date", "time", "date and time"}
    if op == "-" and left in moments and right in moments:
        return "days and time duration"
    if op == "/" and left == right:
        return "number"
    if left in moments or right == "number":
        return left
    return right


def _comparison(self: _Inference, node: ast.Comparison, types: Types) -> Type:
    left, right = self.of(node.left, types), self.of(node.right, types)
    if node.op not in {"=", "!="}:
        self.pair(left, right, node.op, node)
    elif "Any" not in {left.name, right.name} and left.name != right.name:
        self.fault(f"{left.name} {node.op} {right.name} is always null", node)
    return BOOLEAN


def _junction(self: _Inference, node: ast.Junction, types: Types) -> Type:
    word = f"an operand of '{'and' if node.all else 'or'}'"
    for operand in node.operands:
        self.condition(operand, types, word, certain=False)  # another operand may decide
    return BOOLEAN


def _between(self: _Inference, node: ast.Between, types: Types) -> Type:
    value = self.of(node.value, types)
    for end in (node.low, node.high):
        self.pair(value, self.of(end, types), "between", node)
    return BOOLEAN


def _in(self: _Inference, node: ast.In, types: Types) -> Type:
    value = self.of(node.value, types)
    tests = node.tests.tests if isinstance(node.tests, ast.Tests) else (node.tests,)
    for test in tests:
        self.test(test, value, types)
    return BOOLEAN


def _if(self: _Inference, node: ast.If, types: Types) -> Type:
    self.condition(node.condition, types, "the condition")
    return joined([self.of(node.yes, types), self.of(node.no, types)])


def _iterations(self: _Inference, iterations: Sequence[ast.Iteration], types: Types) -> dict[str, Type]:
    scope = dict(types)
    for part in iterations:
        source = self.of(part.source, scope)
        if part.end is not None:
            end = self.of(part.end, scope)
            if "Any" not in {source.name, end.name} and (
                source.name != end.name or source.name not in {"number", "date"}
            ):
                self.fault(f"nothing goes from {source.name} to {end.name}", part)
            scope[part.name] = source
        else:
            scope[part.name] = (source.item or ANY) if source.name == "range" else item_of(source)
    return scope


def _for(self: _Inference, node: ast.For, types: Types) -> Type:
    scope = _iterations(self, node.iterations, types)
    return Type("list", item=self.of(node.body, {**scope, "partial": Type("list", item=ANY)}))


def _quantified(self: _Inference, node: ast.Quantified, types: Types) -> Type:
    scope = _iterations(self, node.iterations, types)
    self.condition(node.body, scope, f"what '{'every' if node.every else 'some'}' satisfies")
    return BOOLEAN


def _function(self: _Inference, node: ast.FunctionDefinition, types: Types) -> Type:
    parameters = tuple(
        (resolve(written, self.declared) if written else None) or ANY for written in node.types
    )
    result = self.of(node.body, {**types, **dict(zip(node.parameters, parameters, strict=True))})
    return Type("function", parameters=parameters, result=result)


def _list(self: _Inference, node: ast.ListLiteral, types: Types) -> Type:
    return Type("list", item=joined([self.of(item, types) for item in node.items]))


def _context(self: _Inference, node: ast.ContextLiteral, types: Types) -> Type:
    scope, entries = dict(types), {}
    for key, value in zip(node.keys, node.values, strict=True):
        entries[key] = scope[key] = self.of(value, scope)
    return Type("context", entries=entries, exact=True)


def _range(self: _Inference, node: ast.RangeLiteral, types: Types) -> Type:
    ends = [self.of(end, types) for end in (node.low, node.high) if end is not None]
    names = {end.name for end in ends} - {"Any"}
    if len(names) > 1:
        return self.fault(f"a range cannot go from {ends[0].name} to {ends[-1].name}", node)
    return Type("range", item=joined(ends))


def _instance_of(self: _Inference, node: ast.InstanceOf, types: Types) -> Type:
    self.of(node.value, types)
    if resolve(node.type, self.declared) is None:
        self.fault(f"there is no type {node.type.name!r}", node)
    return BOOLEAN


def _invalid(self: _Inference, node: ast.Invalid, _types: Types) -> Type:
    return self.fault(node.message, node)


_RULES: dict[type, Callable[[_Inference, Any, Types], Type]] = {
    ast.Literal: _literal,
    ast.Invalid: _invalid,
    ast.Name: _name,
    ast.Path: _path,
    ast.Filter: _filter,
    ast.Call: _call,
    ast.Negation: _negation,
    ast.Arithmetic: _arithmetic,
    ast.Comparison: _comparison,
    ast.Junction: _junction,
    ast.Between: _between,
    ast.In: _in,
    ast.If: _if,
    ast.For: _for,
    ast.Quantified: _quantified,
    ast.FunctionDefinition: _function,
    ast.ListLiteral: _list,
    ast.ContextLiteral: _context,
    ast.RangeLiteral: _range,
    ast.InstanceOf: _instance_of,
}
