"""HTML as its reader sees it: layout tables dissolved, merged cells filled, unseen text left out."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from mainspring.base.bilingual import both
from mainspring.knowledge.documents import hidden
from mainspring.knowledge.documents.document import Document, Problem
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits, check_size
from mainspring.knowledge.documents.shown import TABLE, Shown, blocks
from mainspring.knowledge.documents.texts import decode, tidy

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "noscript",
        "template",
        "object",
        "iframe",
        "svg",
        "select",
        "textarea",
    ]
)
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article"}
    | {"header", "footer", "address", "pre", "dl", "dt", "dd", "center", "form", "fieldset", "blockquote"}
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "pre"])
_QUOTE_CLASSES = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix"})
_SPAN_LIMIT = 50
_LONG_CELL = 600  # a "cell" with more text than this is a page laid out as a table


class _State(NamedTuple):
    """What holds inside an element: colours, whether it is seen, whether line ends count."""

    ink: hidden.Colour = (0, 0, 0)
    paper: hidden.Colour = (255, 255, 255)
    seen: bool = True
    preformatted: bool = False


class _Sign(NamedTuple):
    """A break or the edge of a quotation, put between texts."""

    text: str
    quote: int = 0


class _Page:
    """Gathers lines while walking."""

    def __init__(self, sheet: hidden.Rules) -> None:
        self.sheet = sheet
        self.shown = Shown()
        self.unseen: list[str] = []
        self._line: list[str] = []
        self._quotes = 0

    def sign(self, sign: _Sign) -> None:
        """Break lines or columns; begin or end a quotation."""
        if sign.text == "\t":
            self._line.append("\t")
            return
        for _ in sign.text:
            self._end_line()
        self._quotes += sign.quote

    def say(self, text: str, state: _State) -> None:
        """Add text to the line, or to what is not seen."""
        if not state.seen or hidden.invisible(state.ink, state.paper):
            if words := " ".join(tidy(text).split()):
                self.unseen.append(words)
        elif state.preformatted:
            first, *rest = text.split("\n")
            self._line.append(first)
            for line in rest:
                self._end_line()
                self._line.append(line)
        else:
            self._line.append(text)

    def table(self, rows: list[tuple[str, ...]]) -> None:
        """Put a table where the text stands."""
        self._end_line()
        self.shown.tables.append(rows)
        self._add(TABLE)

    def close(self) -> Shown:
        """The lines so far."""
        self._end_line()
        return self.shown

    def _end_line(self) -> None:
        line = " ".join("".join(self._line).replace("\t", " \t ").split(" ")).strip()
        self._line = []
        line = " ".join(tidy(line).split())
        if line or (self.shown.lines and self.shown.lines[-1]):
            self._add(line)

    def _add(self, line: str) -> None:
        self.shown.lines.append(line)
        self.shown.quoted.append(self._quotes > 0)


def read_html(data: bytes, name: str, limits: Limits) -> Document:
    """An HTML file."""
    check_size(data, name, limits.markup)
    text, encoding = decode(data, declared(data))
    shown = from_html(text, name)
    roles = ["quoted" if quoted else "body" for quoted in shown.quoted]
    made = tuple(blocks(shown, roles))
    return Document(name, "html", made, headers={"encoding": encoding}, problems=tuple(shown.problems))


def declared(data: bytes) -> str:
    """The character set named in the first lines of an HTML text."""
    _, found, after = data[:2000].lower().partition(b"charset=")
    return (
        after.lstrip(b"\"' ")[:30].split(b'"')[0].split(b"'")[0].split(b">")[0].decode("ascii", "ignore")
        if found
        else ""
    )


def from_html(text: str, name: str) -> Shown:
    """The text as seen; what is not seen becomes problems of kind "hidden text"."""
    root = _parse(text, name)
    if root is None:
        return Shown()
    page = _Page(hidden.rules(root))
    _walk(root, page, _State())
    shown = page.close()
    if page.unseen:
        unseen = "\n".join(page.unseen)
        shown.problems.append(
            Problem(
                "hidden text",
                both("text that a reader does not see was left out", "读者看不到的文字未读取"),
                "html",
                unseen,
            )
        )
    return shown


def _parse(text: str, name: str) -> etree._Element | None:
    text = text.replace(TABLE, "").replace("\x00", "")
    if not text.strip():
        return None
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:  # nothing in it that is markup or text
        message = f"the HTML cannot be read: {error.msg}"
        raise DocumentError(message, where=name, mend="Ask for it as plain text.") from None


def _walk(root: etree._Element, page: _Page, state: _State) -> None:
    """Depth first without recursion, since a hostile page nests deeply."""
    stack: list[tuple[etree._Element | str | _Sign, _State]] = [(root, state)]
    while stack:
        item, around = stack.pop()
        if isinstance(item, _Sign):
            page.sign(item)
        elif isinstance(item, str):
            page.say(item, around)
        elif item.tag not in _SKIPPED:
            style = hidden.style_of(item, page.sheet)
            inside = _inside(item, style, around)
            rows = _data_table(item, page, inside) if item.tag == "table" and inside.seen else None
            if rows:
                page.table(rows)
            else:
                stack += reversed(list(_content(item, style, inside)))


def _inside(element: etree._Element, style: str, around: _State) -> _State:
    ink, paper = hidden.colours(element, style, around.ink, around.paper)
    seen = around.seen and not hidden.vanishes(element, style)
    return _State(ink, paper, seen, around.preformatted or element.tag == "pre" or "pre-wrap" in style)


def _content(
    element: etree._Element, style: str, inside: _State
) -> Iterator[tuple[etree._Element | str | _Sign, _State]]:
    before, after = _around(element, style)
    yield before, inside
    if element.text:
        yield element.text, inside
    for child in element:
        yield child, inside
        if child.tail:
            yield child.tail, inside
    yield after, inside


def _around(element: etree._Element, style: str) -> tuple[_Sign, _Sign]:
    tag = str(element.tag)
    if _is_quote(element, tag, style):
        return _Sign("\n", 1), _Sign("\n", -1)
    if tag in _PARAGRAPHS:
        return _Sign("\n\n"), _Sign("\n\n")
    if tag in {"td", "th"}:
        return _Sign(""), _Sign("\t")
    if tag in _BLOCKS:
        return _Sign("\n"), _Sign("\n")
    return (_Sign("\n"), _Sign("")) if tag in {"br", "hr"} else (_Sign(""), _Sign(""))


def _is_quote(element: etree._Element, tag: str, style: str) -> bool:
    if _QUOTE_CLASSES.intersection((element.get("class") or "").split()):
        return True
    return tag == "blockquote" and (element.get("type") == "cite" or "border-left" in style)


def _data_table(element: etree._Element, page: _Page, state: _State) -> list[tuple[str, ...]] | None:
    """The rows of a table that holds data; None for one that only lays out the page."""
    if next(element.iterdescendants("table"), None) is not None:
        return None
    trs = list(element.iterdescendants("tr"))
    if len(trs) < 2 or not any(len(tr) > 1 for tr in trs):  # noqa: PLR2004 - one row or one column lays out
        return None
    inner = _Page(page.sheet)
    rows = _rows(trs, inner, state)
    if any(len(cell) > _LONG_CELL for row in rows for cell in row):
        return None
    page.unseen += inner.unseen
    return [row for row in rows if any(row)]


def _rows(trs: list[etree._Element], page: _Page, state: _State) -> list[tuple[str, ...]]:
    """Texts of all cells; a merged cell's text stands in every cell that it covers."""
    rows: list[tuple[str, ...]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for tr in trs:
        within = _inside(tr, hidden.style_of(tr, page.sheet), state)
        cells: list[str] = []
        for td in tr.iterchildren("td", "th"):
            _hang(cells, hanging)
            text = _cell(td, page, within)
            width, height = _span(td, "colspan"), _span(td, "rowspan")
            for _ in range(width):
                if height > 1:
                    hanging[len(cells)] = (text, height - 1)
                cells.append(text)
        _hang(cells, hanging)
        rows.append(tuple(cells))
    return rows


def _hang(cells: list[str], hanging: dict[int, tuple[str, int]]) -> None:
    """Fill the cells that merged cells above reach into."""
    while len(cells) in hanging:
        text, left = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (text, left - 1)
        cells.append(text)


def _cell(td: etree._Element, page: _Page, state: _State) -> str:
    inner = _Page(page.sheet)
    _walk(td, inner, state)
    page.unseen += inner.unseen
    return " ".join(line for line in inner.close().lines if line)


def _span(td: etree._Element, name: str) -> int:
    said = (td.get(name) or "").strip()
    return max(1, min(int(said), _SPAN_LIMIT)) if said.isdecimal() and len(said) < 6 else 1  # noqa: PLR2004 - absurd beyond
