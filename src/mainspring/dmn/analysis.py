"""Static examination of a model: texts that are not FEEL, unknown names, wrong types, faults of tables.

What is wrong whatever the data are is an error; what may be meant, or hangs on the data, is a warning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mainspring.dmn.document import expression_of, label, local
from mainspring.dmn.findings import Finding
from mainspring.dmn.model import Model
from mainspring.dmn.tableanalysis import examine
from mainspring.dmn.texts import Text
from mainspring.dmn.unit import Unit
from mainspring.feel import ast
from mainspring.feel.builtins import functions
from mainspring.feel.freenames import free_names
from mainspring.feel.inference import Fault, cell_faults, faults, infer
from mainspring.feel.typing import ANY, Type

_COERCED = frozenset({"Any", "list", "context", "function"})
"""Types that a value may still be converted to or from, or whose parts say more than their name."""


def analyse(model: Model) -> list[Finding]:
    """Everything that can be found without evaluating; shown when a model is deployed."""
    unit = model.unit
    found = [
        Finding("syntax", "error", fault.where, f"not FEEL: {fault.message}", position=fault.position)
        for fault in unit.workshop.faults
    ]
    results = _results(unit)
    for text in unit.workshop.texts:
        found.extend(_unknown(text))
        found.extend(_typed(text, unit, results.get(text.where, text.wanted)))
    for code in unit.boxes.tables:
        found.extend(examine(code))
    ids = {label(element): key for key, element in unit.elements.items()}
    return [replace(finding, element=_element(finding.where, ids)) for finding in found]


def _element(where: str, ids: Mapping[str, str]) -> str:
    """The id of the element whose label a place begins with."""
    matching = [name for name in ids if where == name or where.startswith(f"{name},")]
    return ids[max(matching, key=len)] if matching else ""


def _results(unit: Unit) -> dict[str, Type]:
    """The types that decisions whose logic is one expression must give, by the place of that text."""
    found: dict[str, Type] = {}
    for element in unit.elements.values():
        logic = expression_of(element) if local(element) == "decision" else None
        if logic is not None and local(logic) == "literalExpression":
            found[label(element)] = unit.declared(element)
    return found


def _unknown(text: Text) -> Iterator[Finding]:
    """Names that nothing declares; inside a filter a name may be an entry of the elements."""
    unknown = text.compiled.names - text.known.keys() - functions().keys() - {"?"}
    for part in _certain(text.compiled.node, unknown):
        message = f"there is no variable {part.name!r}"
        yield _finding("unknown name", text, Fault(message, part.pos))


def _certain(node: ast.Node, unknown: frozenset[str]) -> list[ast.Name]:
    """Where each unknown name stands first, those left out that a filter might bring into sight."""
    maybe: set[str] = set()
    places: dict[str, ast.Name] = {}
    for part in ast.walk(node):
        if isinstance(part, ast.Filter):
            maybe |= free_names(part.condition)
        if isinstance(part, ast.Name) and part.name in unknown:
            known = places.get(part.name)
            places[part.name] = part if known is None or part.pos < known.pos else known
    return [places[name] for name in sorted(places.keys() - maybe)]


def _typed(text: Text, unit: Unit, wanted: Type) -> Iterator[Finding]:
    declared = unit.types.declared
    node = text.compiled.node
    if isinstance(node, ast.Tests):
        for fault in cell_faults(node, wanted, text.known, declared):
            yield _finding("type", text, fault)
        return
    for fault in faults(node, text.known, declared):
        yield _finding("type", text, fault)
    given = infer(node, text.known, declared)
    if _never(given, wanted):
        message = f"a {given.name} is given where a {wanted} is declared"
        yield _finding("type", text, Fault(message, node.pos))


def _never(given: Type, wanted: Type) -> bool:
    """Whether a value of a type can never be taken for another, conversions considered."""
    if wanted is ANY or given.name in _COERCED or wanted.name in _COERCED:
        return False
    return given.name != wanted.name and (given.name, wanted.name) != ("date", "date and time")


def _finding(kind: str, text: Text, fault: Fault) -> Finding:
    severity = "error" if fault.certain else "warning"
    return Finding(
        kind,
        severity,
        text.where,
        fault.message,
        rule=text.rule,
        column=text.column,
        position=fault.position,
    )
