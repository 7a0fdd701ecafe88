"""Reading DMN XML of any version from 1.1 to 1.5; the tree is kept, so that nothing is lost on writing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from mainspring.base import xml
from mainspring.dmn.errors import ModelError

Element = etree._Element  # noqa: SLF001  lxml's public type has no public name

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
EXPRESSIONS = frozenset(
    {
        "literalExpression",
        "context",
        "list",
        "relation",
        "functionDefinition",
        "invocation",
        "decisionTable",
        "conditional",
        "filter",
        "for",
        "some",
        "every",
    }
)
_LANGUAGES = re.compile(r"(?i).*feel/?|.*/FEEL/?|")


@dataclass(frozen=True, slots=True)
class Import:
    """Another model whose elements this one uses under a name."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Document:
    """A DMN file.

    Attributes:
        root: its `definitions` element.
        source: its name in messages.
        version: the version of DMN.
        namespace: its target namespace.
        imports: the models it refers to.
    """

    root: Element
    source: str
    version: str
    namespace: str
    imports: tuple[Import, ...]

    @property
    def name(self) -> str:
        """The name of the model."""
        return self.root.get("name") or self.source

    def elements(self, name: str) -> list[Element]:
        """The top-level elements of a kind."""
        return children(self.root, name)


def read(source: Path | str | bytes) -> Document:
    """Read a file, or its bytes.

    Raises:
        ModelError: it is not DMN, or cannot be read.
        XmlError: it is not XML.
    """
    if isinstance(source, bytes):
        data, name = source, "model"
    else:
        path = Path(source)
        name = path.name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ModelError(f"cannot read the file: {error.strerror}", where=name) from error
    root = xml.parse(data, name)
    tag = etree.QName(root)
    version = NAMESPACES.get(tag.namespace or "")
    if tag.localname != "definitions" or version is None:
        raise ModelError(
            f"the root element is {tag.localname!r} of namespace {tag.namespace!r}, not DMN 1.1 to 1.5",
            where=name,
            mend="Export the model as DMN 1.5.",
        )
    imports = tuple(
        Import(element.get("name") or "", element.get("namespace") or "")
        for element in children(root, "import")
        if _is_model(element)
    )
    return Document(root, name, version, root.get("namespace") or "", imports)


def _is_model(element: Element) -> bool:
    return (element.get("importType") or "") in {"", *NAMESPACES}


def local(element: Element) -> str:
    """The element's name without its namespace; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """The direct children of these names."""
    return [child for child in element if local(child) in names]


def child(element: Element, *names: str) -> Element | None:
    """The first direct child of these names."""
    return next(iter(children(element, *names)), None)


def expression_of(element: Element) -> Element | None:
    """The first direct child that is an expression."""
    return child(element, *EXPRESSIONS)


def expressions_of(element: Element) -> list[Element]:
    """The direct children that are expressions."""
    return children(element, *EXPRESSIONS)


def text_of(element: Element | None) -> str:
    """The content of the `text` child, without the space around it."""
    if element is None:
        return ""
    inner = child(element, "text")
    return "".join(str(part) for part in inner.itertext()).strip() if inner is not None else ""


def typeref(element: Element | None) -> str:
    """The declared type: DMN 1.1 wrote it as a qualified name, later versions as plain text."""
    if element is None:
        return ""
    found = element.get("typeRef")
    if found is None:
        inner = child(element, "typeRef")
        found = (inner.text or "").strip() if inner is not None else ""
    prefix, colon, name = found.partition(":")
    return name.strip() if colon and prefix in element.nsmap else found.strip()


def walk(element: Element) -> Iterator[Element]:
    """The element and everything in it, comments left out."""
    return (part for part in element.iter() if isinstance(part.tag, str))


def is_feel(element: Element) -> bool:
    """Whether an expression's language is FEEL."""
    return bool(_LANGUAGES.fullmatch(element.get("expressionLanguage") or ""))


def label(element: Element) -> str:
    """How messages name an element."""
    name = element.get("name") or element.get("label") or element.get("id") or ""
    return f"{local(element)} {name!r}" if name else local(element)
