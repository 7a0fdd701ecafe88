"""Boxed expressions of DMN compiled to closures (DMN 1.5, chapter 10.2)."""

from collections.abc import Callable
from typing import Any

from mainspring.dmn import table
from mainspring.dmn.document import (
    Element,
    child,
    children,
    expression_of,
    expressions_of,
    is_feel,
    local,
    text_of,
    typeref,
)
from mainspring.dmn.tablecode import TableCode
from mainspring.dmn.texts import Names, Workshop
from mainspring.feel import loops
from mainspring.feel.codes.structures import invoke
from mainspring.feel.functions import Code, Function, Run, Scope
from mainspring.feel.typing import ANY, Type, checker


class Boxes:
    """Compiles the boxed expressions of one model."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.tables: list[TableCode] = []

    def compile(self, element: Element | None, names: Names, where: str) -> Code:
        """The closure of an expression element, its value held against its declared type."""
        if element is None:
            return lambda _scope, _run: None
        code = _KINDS[local(element)](self, element, names, where)
        return self.workshop.coerced(code, typeref(element), where)

    def inner(self, element: Element, name: str, names: Names, where: str) -> Code:
        """The closure of the expression inside a named child."""
        part = child(element, name)
        return self.compile(expression_of(part) if part is not None else None, names, f"{where}, {name}")

    def function(self, element: Element, names: Names, where: str) -> Callable[[Scope], Function]:
        """A maker of the function that formal parameters and an expression describe, given its scope."""
        parameters = children(element, "formalParameter")
        parameter_names = tuple(part.get("name") or "" for part in parameters)
        types = tuple(self.workshop.types.named(typeref(part), where) for part in parameters)
        checks = tuple(checker(wanted) for wanted in types)
        inside = {**names, **dict(zip(parameter_names, types, strict=True))}
        body = self.compile(expression_of(element), inside, where)
        if (element.get("kind") or "FEEL") != "FEEL":
            body = _external(where)
        title = where.partition(" ")[2].strip("'\"") or "function"
        return lambda scope: Function(parameter_names, body, scope, checks, title, None, types)


def _external(where: str) -> Code:
    def external(_scope: Scope, run: Any) -> None:
        run.place = where
        run.warn("functions outside FEEL (Java, PMML) are not run here", 0)

    return external


def _literal(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    if not is_feel(element):
        return _external(where)
    return boxes.workshop.expression(text_of(element), names, where, typeref(element))


def _context(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    entries: list[tuple[str, Code]] = []
    result: Code | None = None
    for part in children(element, "contextEntry"):
        variable = child(part, "variable")
        inside = f"{where}, entry {variable.get('name')!r}" if variable is not None else where
        code = boxes.compile(expression_of(part), names, inside)
        if variable is None:
            result = code
            continue
        name = variable.get("name") or ""
        entries.append((name, boxes.workshop.coerced(code, typeref(variable), inside)))
        names = {**names, name: boxes.workshop.types.named(typeref(variable), inside)}

    def context(scope: Scope, run: Run) -> Any:
        inner = scope.copy()
        made: dict[str, Any] = {}
        for name, code in entries:
            made[name] = inner[name] = code(inner, run)
        return made if result is None else result(inner, run)

    return context


def _list(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    items = [boxes.compile(part, names, where) for part in expressions_of(element)]
    return lambda scope, run: [item(scope, run) for item in items]


def _relation(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    columns = children(element, "column")
    titles = [column.get("name") or "" for column in columns]
    rows = [
        [
            (title, boxes.workshop.coerced(boxes.compile(part, names, where), typeref(column), where))
            for title, column, part in zip(titles, columns, expressions_of(row), strict=False)
        ]
        for row in children(element, "row")
    ]
    return lambda scope, run: [{title: code(scope, run) for title, code in row} for row in rows]


def _function(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    make = boxes.function(element, names, where)
    return lambda scope, _run: make(scope)


def _invocation(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    function = boxes.compile(expression_of(element), names, where)
    bindings: list[tuple[str, Code]] = []
    for part in children(element, "binding"):
        parameter = child(part, "parameter")
        name = parameter.get("name") or "" if parameter is not None else ""
        code = boxes.compile(expression_of(part), names, f"{where}, parameter {name!r}")
        bindings.append((name, boxes.workshop.coerced(code, typeref(parameter), where)))

    def invocation(scope: Scope, run: Any) -> Any:
        called = function(scope, run)
        arguments = {name: code(scope, run) for name, code in bindings}
        run.place = where
        return invoke(called, arguments, 0, run)

    return invocation


def _table(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    boxes.tables.append(TableCode(table.from_element(element, where), boxes.workshop, names, where))
    return boxes.tables[-1]


def _conditional(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    condition, yes, no = (boxes.inner(element, name, names, where) for name in ("if", "then", "else"))

    def conditional(scope: Scope, run: Any) -> Any:
        value = condition(scope, run)
        if value is True:
            return yes(scope, run)
        if value is not False:
            run.place = where
            run.warn("the condition is no boolean", 0)
        return no(scope, run)

    return conditional


def _filter(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    base = boxes.inner(element, "in", names, where)
    entries = boxes.workshop.members
    inside = {**names, **dict.fromkeys((*entries, "item"), ANY)}
    condition = boxes.inner(element, "match", inside, where)
    used = _variables(boxes.workshop, f"{where}, match")
    return loops.filtered(base, loops.Body(condition), used, 0)


def _variables(workshop: Workshop, where: str) -> tuple[str, ...]:
    """The names used by the texts at and below a place, which a filter must look up in each element."""
    found: set[str] = set()
    for text in workshop.texts:
        if text.where.startswith(where):
            found |= text.compiled.names
    return tuple(sorted(found - {"item"}))


def _iteration(boxes: Boxes, element: Element, names: Names, where: str) -> tuple[loops.Source, Names]:
    name = element.get("iteratorVariable") or "item"
    source = boxes.inner(element, "in", names, where)
    return (name, source, None, 0), {**names, name: ANY}


def _for(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    source, inside = _iteration(boxes, element, names, where)
    body = boxes.inner(element, "return", {**inside, "partial": Type("list", item=ANY)}, where)
    uses_partial = "partial" in _variables(boxes.workshop, f"{where}, return")
    return loops.for_loop((source,), loops.Body(body, uses_partial=uses_partial))


def _quantified(boxes: Boxes, element: Element, names: Names, where: str) -> Code:
    source, inside = _iteration(boxes, element, names, where)
    body = boxes.inner(element, "satisfies", inside, where)
    return loops.quantifier((source,), loops.Body(body), every=local(element) == "every", pos=0)


_KINDS: dict[str, Callable[[Boxes, Element, Names, str], Code]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": _function,
    "invocation": _invocation,
    "decisionTable": _table,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
}
