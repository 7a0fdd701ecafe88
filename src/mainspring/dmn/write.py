"""Writing a model back without loss, and putting an edited table into it."""

import io
from typing import Any

from lxml import etree

from mainspring.dmn.document import Document, Element, child, children, local, read
from mainspring.dmn.errors import UnknownDecisionError
from mainspring.dmn.table import READERS, DecisionTable, Rule, from_element


def to_xml(document: Document) -> bytes:
    """The document as it was read: every element, attribute, comment and foreign extension."""
    tree = document.root.getroottree()
    out = io.BytesIO()
    tree.write(out, xml_declaration=True, encoding=tree.docinfo.encoding or "UTF-8")
    return out.getvalue()


def table_of(document: Document, decision: str) -> DecisionTable:
    """The decision table of a decision or knowledge model.

    Raises:
        UnknownDecisionError: there is no such decision, or its logic is no table.
    """
    return from_element(_table(document.root, decision, document.source), decision)


def with_table(data: bytes, decision: str, table: DecisionTable) -> bytes:
    """The model with the table of a decision replaced; all else stays as it is.

    Columns and rules that are as they were keep their ids and whatever else a tool has put into them.

    Args:
        data: the model.
        decision: id or name of the decision.
        table: what takes the place of its columns and rules.

    Raises:
        UnknownDecisionError: there is no such decision, or its logic is no table.
    """
    document = read(data)
    element = _table(document.root, decision, document.source)
    namespace = etree.QName(element).namespace or ""
    kept = _Kept(element)
    element.set("hitPolicy", table.hit_policy)
    if table.aggregation:
        element.set("aggregation", table.aggregation)
    elif "aggregation" in element.attrib:
        del element.attrib["aggregation"]
    if table.label:
        element.set("outputLabel", table.label)
    _Writer(namespace, element.get("id") or "table", kept).fill(element, table)
    return to_xml(document)


def _table(root: Element, decision: str, where: str) -> Element:
    for element in root:
        if local(element) in {"decision", "businessKnowledgeModel"} and decision in {
            element.get("id"),
            element.get("name"),
        }:
            logic = child(element, "encapsulatedLogic")
            found = child(element if logic is None else logic, "decisionTable")
            if found is not None:
                return found
    raise UnknownDecisionError(f"there is no decision table {decision!r}", where=where)


class _Kept:
    """The parts of a table as it was, taken out of it, to be put back where they are wanted again."""

    def __init__(self, element: Element) -> None:
        self.parts: list[tuple[Any, Element]] = []
        for tag, read_part in READERS.items():
            for part in children(element, tag):
                self.parts.append((read_part(part), part))
                element.remove(part)

    def take(self, wanted: Any) -> Element | None:
        """The element that says the same, once."""
        for at, (said, _) in enumerate(self.parts):
            if type(said) is type(wanted) and said == wanted:
                return self.parts.pop(at)[1]
        return None


class _Writer:
    """Writes a table's parts in the namespace of its model."""

    def __init__(self, namespace: str, stem: str, kept: _Kept) -> None:
        self.namespace = namespace
        self.stem = stem
        self.kept = kept

    def _again(self, parent: Element, wanted: Any) -> bool:
        """Put back the element that says what is wanted, if there was one."""
        found = self.kept.take(wanted)
        if found is not None:
            parent.append(found)
        return found is not None

    def _add(self, parent: Element, tag: str, **attributes: str) -> Element:
        given = {key: value for key, value in attributes.items() if value}
        return etree.SubElement(parent, f"{{{self.namespace}}}{tag}", given)

    def _text(self, parent: Element, tag: str, text: str, **attributes: str) -> None:
        if text:
            self._add(self._add(parent, tag, **attributes), "text").text = text

    def fill(self, element: Element, table: DecisionTable) -> None:
        """Write columns and rules into an empty table, in the order of the schema."""
        for number, column in enumerate(table.inputs, 1):
            if self._again(element, column):
                continue
            part = self._add(element, "input", id=f"{self.stem}_in{number}", label=column.label)
            self._text(part, "inputExpression", column.expression, typeRef=column.type)
            self._text(part, "inputValues", column.values)
        for number, output in enumerate(table.outputs, 1):
            if self._again(element, output):
                continue
            given = {"name": output.name, "label": output.label, "typeRef": output.type}
            part = self._add(element, "output", id=f"{self.stem}_out{number}", **given)
            self._text(part, "outputValues", output.values)
            self._text(part, "defaultOutputEntry", output.default)
        for title in table.annotations:
            if not self._again(element, title):
                self._add(element, "annotation", name=title)
        for number, rule in enumerate(table.rules, 1):
            if not self._again(element, rule):
                self._rule(self._add(element, "rule", id=rule.id or f"{self.stem}_r{number}"), rule)

    def _rule(self, element: Element, rule: Rule) -> None:
        for tag, texts in (("inputEntry", rule.inputs), ("outputEntry", rule.outputs)):
            for text in texts:
                self._add(self._add(element, tag), "text").text = text
        for remark in rule.annotations:
            self._add(self._add(element, "annotationEntry"), "text").text = remark
