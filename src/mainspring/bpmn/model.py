"""A process model as read: a light tree over the XML, looked up by id, with the XML kept for writing.

Nothing here interprets BPMN: an `Element` knows its type, attributes and children, whichever they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from mainspring.bpmn.names import BPMN, ZEEBE


@dataclass(slots=True, eq=False)
class Element:
    """One XML element: `type` is its local name; `attributes` without namespace are plain names."""

    type: str
    namespace: str
    attributes: dict[str, str]
    text: str
    line: int
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id, or an empty string."""
        return self.attributes.get("id", "")

    @property
    def name(self) -> str:
        """The name, or an empty string."""
        return self.attributes.get("name", "")

    @property
    def label(self) -> str:
        """What a message calls this element: its id, or its type where it has none."""
        return self.id or self.type

    def get(self, name: str, default: str = "") -> str:
        """An attribute without namespace."""
        return self.attributes.get(name, default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean attribute (xs:boolean)."""
        value = self.attributes.get(name, "").strip()
        return value in {"true", "1"} if value else default

    def all(self, *types: str) -> list["Element"]:
        """The BPMN children of these types, in document order."""
        return [child for child in self.children if child.type in types and child.namespace == BPMN]

    def first(self, *types: str) -> "Element | None":
        """The first BPMN child of these types."""
        for child in self.children:
            if child.type in types and child.namespace == BPMN:
                return child
        return None

    def value(self, child_type: str) -> str:
        """The trimmed text of the first BPMN child of that type, or an empty string."""
        child = self.first(child_type)
        return child.text.strip() if child is not None else ""

    def values(self, child_type: str) -> list[str]:
        """The trimmed texts of the BPMN children of that type."""
        return [child.text.strip() for child in self.all(child_type)]

    def extension(self, name: str) -> "Element | None":
        """The first Zeebe extension element of that name."""
        return next(iter(self.extensions(name)), None)

    def extensions(self, name: str) -> list["Element"]:
        """The Zeebe extension elements of that name."""
        holder = self.first("extensionElements")
        if holder is None:
            return []
        return [child for child in holder.children if child.type == name and child.namespace == ZEEBE]

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def ancestors(self) -> Iterator["Element"]:
        """The elements around this one, innermost first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


@dataclass(frozen=True, slots=True)
class Process:
    """A process of a model."""

    id: str
    name: str
    executable: bool
    element: Element


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A read model: `root` is the light tree, `by_id` its index, `xml` the document as it was."""

    source: str
    root: Element
    by_id: dict[str, Element]
    processes: tuple[Process, ...]
    xml: etree._ElementTree

    def find(self, identifier: str) -> Element | None:
        """The element a reference points at: an id, or a QName with this document's prefix."""
        found = self.by_id.get(identifier)
        if found is None and ":" in identifier:
            found = self.by_id.get(identifier.split(":", 1)[1])
        return found

    def elements(self, *types: str) -> list[Element]:
        """All BPMN elements of these types, in document order."""
        return [e for e in self.root.walk() if e.type in types and e.namespace == BPMN]

    def process(self, process_id: str) -> Process | None:
        """The process of that id."""
        return next((process for process in self.processes if process.id == process_id), None)
