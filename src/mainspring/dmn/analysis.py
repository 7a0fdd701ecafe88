"""Static examination of a model: texts that are not FEEL, unknown names, wrong types, faults of tables."""

from collections.abc import Iterator, Mapping

from mainspring.dmn.document import child, label, local, typeref
from mainspring.dmn.findings import Finding
from mainspring.dmn.model import Model
from mainspring.dmn.tableanalysis import examine
from mainspring.dmn.tablecode import TableCode
from mainspring.dmn.texts import Text
from mainspring.dmn.trace import shorten
from mainspring.dmn.unit import Unit
from mainspring.feel import ast
from mainspring.feel.freenames import free_names
from mainspring.feel.inference import Fault, faults
from mainspring.feel.typing import Type
from mainspring.feel.values import kind


def analyse(model: Model) -> list[Finding]:
    """Everything that can be found without evaluating; to be shown when a model is deployed."""
    unit = model.unit
    found = [
        Finding("syntax", "error", fault.where, f"not FEEL: {fault.message}")
        for fault in unit.workshop.faults
    ]
    scopes = _scopes(unit)
    for text in unit.workshop.texts:
        found.extend(_unknown(text))
        types = next((scope for where, scope in scopes.items() if text.where.startswith(where)), {})
        found.extend(_typed(text, types))
    for code in unit.boxes.tables:
        found.extend(_wrong_cells(code))
        found.extend(examine(code))
    return found


def _scopes(unit: Unit) -> dict[str, Mapping[str, Type]]:
    """For each decision the types of what it requires."""
    scopes: dict[str, Mapping[str, Type]] = {}
    for element in unit.elements.values():
        if local(element) == "decision":
            scopes[label(element)] = {
                need.name: need.unit.declared(need.unit.elements[need.id])
                for need in unit.requirements(element)
                if not need.path
                and typeref(child(need.unit.elements[need.id], "variable"))
                and need.kind in {"inputData", "decision"}
            }
    return scopes


def _unknown(text: Text) -> Iterator[Finding]:
    """Names that nothing declares; inside a filter a name may be an entry of the elements."""
    for name in sorted(_certain(text.compiled.node) & text.compiled.names - text.known):
        yield Finding("unknown name", "error", text.where, f"there is no variable {name!r}")


def _certain(node: ast.Node) -> frozenset[str]:
    maybe: set[str] = set()
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Filter):
            maybe |= free_names(part.condition)
        waiting.extend(ast.children(part))
    return free_names(node) - maybe


def _typed(text: Text, types: Mapping[str, Type]) -> Iterator[Finding]:
    fault: Fault
    for fault in faults(text.compiled.node, types):
        yield Finding("type", "error", text.where, fault.message)


def _wrong_cells(code: TableCode) -> Iterator[Finding]:
    """Cells with a literal of another kind than the column's."""
    for number, row in enumerate(code.tests, 1):
        for column, cell in zip(code.table.inputs, row, strict=True):
            if cell is None or column.type not in {"number", "string", "boolean"}:
                continue
            for value in _literals(cell.node):
                if value is not None and kind(value) != column.type:
                    message = f"{shorten(value)} can never match {column.title!r}, which is a {column.type}"
                    yield Finding("type", "error", f"{code.where}, rule {number}", message)


def _literals(node: ast.Tests) -> Iterator[object]:
    for test in node.tests:
        ends = (test.low, test.high) if isinstance(test, ast.RangeLiteral) else (test,)
        yield from (end.value for end in ends if isinstance(end, ast.Literal))
