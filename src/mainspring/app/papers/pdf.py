"""A paper as PDF on the firm's letterhead, with reportlab: the same bytes for the same paper."""

import io
from typing import Any

from mainspring.app.papers import archive, shown
from mainspring.app.papers.fonts import BOLD, LATIN, Fonts, ready
from mainspring.app.papers.paper import Paper
from mainspring.app.papers.template import Template
from mainspring.app.papers.words import TEXTS, said

_MARGIN, _PADDING, _LOGO, _FOOT = 50, 6, (140, 48), 46
_WIDE = {
    "description": 2.6,
    "sku": 1.4,
    "document": 1.2,
    "net": 1.2,
    "total": 1.2,
    "open": 1.2,
    "issued": 1.15,
    "due": 1.15,
}
_NARROW = 0.9


def pdf(
    paper: Paper,
    template: Template,
    language: str,
    logo: bytes | None = None,
    embedded: bytes | None = None,
) -> bytes:
    """The paper on A4.

    Args:
        paper: what it says.
        template: how it looks.
        language: "en", "zh" or "both".
        logo: a PNG or JPEG picture.
        embedded: the XML of an electronic invoice, which goes into the file; it is PDF/A-3b then.

    Raises:
        SetUpError: the font of the settings cannot be used, or for PDF/A a character has no embedded font.
    """
    # reportlab takes half a second to read, which only whoever opens a paper should wait for
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    title = f"{shown.title(paper, language)} {paper.number}"
    kept = None if embedded is None else archive.Embedded(embedded, title, template.seller.name)
    sheet = _Sheet(ready(), paper, template, language, A4[0] - 2 * (_MARGIN + _PADDING), kept)
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN + _FOOT,
        title=title,
        author=template.seller.name,
        invariant=1,
        initialFontName=LATIN,  # each page names its first font, and reportlab's own is not embedded
    )
    if kept is None:
        document.build(sheet.story(logo), canvasmaker=sheet.canvas())
        return buffer.getvalue()
    document.build(sheet.story(archive.rgb(logo) if logo else None), canvasmaker=sheet.canvas())
    return archive.ended(buffer.getvalue())


class _Sheet:
    """The parts of one paper."""

    def __init__(
        self,
        fonts: Fonts,
        paper: Paper,
        template: Template,
        language: str,
        width: float,
        kept: archive.Embedded | None,
    ) -> None:
        from reportlab.lib.colors import HexColor  # see `pdf`
        from reportlab.lib.styles import ParagraphStyle

        self._fonts, self._paper, self._template, self._language = fonts, paper, template, language
        self._width, self._kept = width, kept
        self._colour = HexColor(f"#{template.colour}")
        self._plain = ParagraphStyle("plain", fontName=LATIN, fontSize=8.5, leading=12.5)
        self._right = ParagraphStyle("right", parent=self._plain, alignment=2)
        self._head = ParagraphStyle("head", parent=self._plain, fontSize=7.5, leading=10)
        self._head_right = ParagraphStyle("head_right", parent=self._head, alignment=2)
        self._title = ParagraphStyle(
            "title", parent=self._plain, fontSize=17, leading=24, textColor=self._colour
        )

    def story(self, logo: bytes | None) -> list[Any]:
        from reportlab.platypus import Spacer  # see `pdf`

        paper, language = self._paper, self._language
        parts = [self._letterhead(logo), Spacer(1, 22), self._parties(), Spacer(1, 14)]
        if sentence := shown.opening(paper, language):
            parts += [self._text(sentence), Spacer(1, 10)]
        if paper.lines:
            parts.append(self._lines())
        if paper.totals:
            parts += [Spacer(1, 8), self._totals()]
        for one in shown.closing(paper, self._template, language):
            parts += [Spacer(1, 10), self._text(one)]
        if paper.kind == "delivery_note":
            parts += [Spacer(1, 48), self._signature()]
        return parts

    def _text(self, text: str, style: Any = None, latin: str = LATIN) -> Any:
        from reportlab.lib.styles import ParagraphStyle  # see `pdf`
        from reportlab.platypus import Paragraph

        style = style or self._plain
        if self._kept is not None:
            self._fonts.demand(text, latin)
        if self._fonts.wraps_anywhere(text):
            style = ParagraphStyle(f"{style.name}_cjk", parent=style, wordWrap="CJK")
        return Paragraph(self._fonts.marked(text, latin), style)

    def _letterhead(self, logo: bytes | None) -> Any:
        from reportlab.lib.utils import ImageReader  # see `pdf`
        from reportlab.platypus import Image, Table

        left: list[Any] = []
        if logo is not None:
            wide, high = ImageReader(io.BytesIO(logo)).getSize()
            scale = min(_LOGO[0] / wide, _LOGO[1] / high)
            left.append(Image(io.BytesIO(logo), wide * scale, high * scale, hAlign="LEFT"))
        left.append(self._text(self._template.seller.name, latin=BOLD))
        right = [self._text(line, self._head_right) for line in self._template.lines()]
        made = Table([[left, right]], colWidths=[self._width / 2] * 2)
        rule = ("LINEBELOW", (0, 0), (-1, -1), 1.2, self._colour)
        made.setStyle([rule, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *_FLUSH])
        return made

    def _parties(self) -> Any:
        from reportlab.platypus import Table  # see `pdf`

        language = self._language
        name, *rest = shown.address(self._paper)
        left = [
            self._text(said(TEXTS["for"], language), self._head),
            self._text(name, latin=BOLD),
            *(self._text(line) for line in rest),
        ]
        right: list[Any] = [self._text(shown.title(self._paper, language, "\n"), self._title, BOLD)]
        rows = [
            [self._text(label, self._head), self._text(value)]
            for label, value in shown.facts(self._paper, language)
        ]
        part = self._width / 2
        facts = Table(rows, colWidths=[part * 0.42, part * 0.58])
        facts.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_FLUSH])
        made = Table([[left, [*right, facts]]], colWidths=[part] * 2)
        made.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_FLUSH])
        return made

    def _lines(self) -> Any:
        from reportlab.lib import colors  # see `pdf`
        from reportlab.platypus import LongTable, TableStyle

        names = shown.columns(self._paper, self._template)
        heads = shown.heads(self._paper, self._template, self._language)
        rows = [
            [
                self._text(head, self._head_right if name in shown.FIGURES else self._head)
                for name, head in zip(names, heads, strict=True)
            ]
        ]
        rows += [
            [
                self._text(shown.value(name, line[name]), self._right if name in shown.FIGURES else None)
                for name in names
            ]
            for line in self._paper.lines
        ]
        shares = [_WIDE.get(name, _NARROW) for name in names]
        widths = [self._width * share / sum(shares) for share in shares]
        style = [
            _FONT,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, self._colour),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
        ]
        return LongTable(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))

    def _totals(self) -> Any:
        from reportlab.platypus import Table  # see `pdf`

        rows = [
            [
                self._text(label, self._right),
                self._text(_amount(self._paper, amount) + f" {unit}", self._right, BOLD),
            ]
            for label, amount, unit in shown.totals(self._paper, self._language)
        ]
        return Table(rows, colWidths=[130, 120], hAlign="RIGHT", style=[_FONT])

    def _signature(self) -> Any:
        from reportlab.platypus import Table  # see `pdf`

        made = Table([[self._text(said(TEXTS["received"], self._language), self._head)]], colWidths=[260])
        made.hAlign = "LEFT"
        made.setStyle([_FONT, ("LINEABOVE", (0, 0), (-1, 0), 0.5, self._colour)])
        return made

    def canvas(self) -> Any:
        """A canvas that ends each page with the firm's foot and "page 1 of 3"."""
        from reportlab.pdfgen.canvas import Canvas  # see `pdf`

        sheet = self

        class Numbered(Canvas):  # type: ignore[misc] # reportlab has no types
            """Keeps the pages until their number is known."""

            def __init__(self, *args: Any, **more: Any) -> None:
                super().__init__(*args, **more)
                self._pages: list[dict[str, Any]] = []

            def showPage(self) -> None:  # noqa: N802 - reportlab's name
                self._pages.append(dict(self.__dict__))
                self._startPage()

            def save(self) -> None:
                pages = self._pages
                for number, page in enumerate(pages, 1):
                    self.__dict__.update(page)
                    sheet.foot(self, number, len(pages))
                    super().showPage()
                if sheet._kept is not None:
                    archive.keep(self, sheet._kept)
                super().save()

        return Numbered

    def foot(self, canvas: Any, number: int, of: int) -> None:
        """Draw the foot of a page."""
        english, chinese = TEXTS["page"]
        pair = (english.format(number, of), chinese.format(number, of))
        texts = [
            (shown.standing(self._template.foot, self._language), self._head),
            (said(pair, self._language), self._head_right),
        ]
        for text, style in texts:
            if text:
                made = self._text(text, style)
                _, high = made.wrap(self._width, _FOOT)
                made.drawOn(
                    canvas,
                    _MARGIN + _PADDING,
                    _MARGIN + (_FOOT - 10 - high if style is self._head else -high),
                )


_FONT = ("FONTNAME", (0, 0), (-1, -1), LATIN)
"""Of a table's cells: without it reportlab names a font that is not embedded."""
_FLUSH = (_FONT, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0))


def _amount(paper: Paper, amount: Any) -> str:
    return shown.value("quantity" if paper.kind in {"delivery_note", "packing_list"} else "total", amount)
