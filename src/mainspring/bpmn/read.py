"""Reading and writing BPMN 2.0 XML without loss."""

import io
from pathlib import Path
from typing import cast

from lxml import etree

from mainspring.base.xml import parse
from mainspring.bpmn.errors import ModelError
from mainspring.bpmn.model import Element, Model, Process
from mainspring.bpmn.names import BPMN, GLOBAL_TASKS


def read(data: bytes, source: str = "model.bpmn") -> Model:
    """Read a BPMN 2.0 document.

    Args:
        data: the bytes of the file.
        source: the file's name, used in every message.

    Raises:
        ModelError: it is XML, but no BPMN 2.0 document.
        UnsafeInputError: it is no safe XML (too large, too deep, a DOCTYPE, not well-formed).
    """
    xml = parse(data, source)
    name = etree.QName(xml)
    if name.localname != "definitions" or name.namespace != BPMN:
        raise ModelError(
            f"the root element is {name.localname}, not BPMN 2.0 definitions",
            where=source,
            mend="Export the diagram as BPMN 2.0 XML.",
        )
    root = _tree(xml)
    by_id: dict[str, Element] = {}
    for element in root.walk():
        if element.id:
            by_id.setdefault(element.id, element)
    processes = tuple(
        Process(element.id, element.name, element.type != "process" or element.flag("isExecutable"), element)
        for element in root.all("process", *GLOBAL_TASKS)
    )
    return Model(source, root, by_id, processes, xml.getroottree())


def load(path: Path) -> Model:
    """Read the BPMN file at `path`."""
    return read(path.read_bytes(), path.name)


def write(model: Model) -> bytes:
    """The document as XML bytes: every element, id, attribute, diagram and extension as it was read."""
    buffer = io.BytesIO()
    model.xml.write(buffer, encoding="UTF-8", xml_declaration=True)
    return buffer.getvalue()


def _tree(top: etree._Element) -> Element:
    """The light tree over lxml's, built without recursion since models may nest deeply."""
    root = _element(top, None)
    waiting = [(top, root)]
    while waiting:
        xml, element = waiting.pop()
        for child in xml.iterchildren("*"):  # comments and processing instructions are no children
            below = _element(child, element)
            element.children.append(below)
            waiting.append((child, below))
    return root


def _element(xml: etree._Element, parent: Element | None) -> Element:
    name = etree.QName(xml)
    attributes = {str(key): str(value) for key, value in xml.attrib.items()}
    line = cast("int | None", xml.sourceline) or 0  # the stubs say otherwise
    return Element(name.localname, name.namespace or "", attributes, xml.text or "", line, parent)
