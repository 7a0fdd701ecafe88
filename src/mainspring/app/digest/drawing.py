"""A digest as text, as HTML for mails, and as PDF; given the address of the workbench, rows lead to it."""

import io
from html import escape
from typing import Any

from mainspring.app.digest.sections import FIGURES, Digest, Section
from mainspring.app.papers.fonts import BOLD, LATIN, ready

_MARGIN = 44
_BRASS, _INK, _QUIET, _LINE = "#8A6420", "#1F2430", "#5F6570", "#E6E2DA"


def text(digest: Digest, address: str = "") -> str:
    """Plain text, a line a row, and a line for its page."""
    lines = [digest.title, ""]
    for one in digest.sections:
        lines += [one.title, *([one.note] if one.note else [])]
        lines += ["  " + " | ".join(one.heads)] if one.rows else []
        for row, link in zip(one.rows, one.links, strict=True):
            lines += ["  " + " | ".join(row), *([f"    {address}{link}"] if address and link else [])]
        lines.append("")
    page = [address + path(digest)] if address else []
    return "\n".join([*lines, digest.foot, *page, ""])


def path(digest: Digest) -> str:
    """Its page in the workbench."""
    return f"/digest?kind={digest.kind}&day={digest.day}"


def html(digest: Digest, address: str = "") -> str:
    """HTML with its styles inside, as mail programs want it; every word of the content is escaped."""
    parts = "".join(_part(one, address) for one in digest.sections)
    title = _linked(escape(digest.title), address and address + path(digest))
    style = f"font-family:sans-serif;color:{_INK};max-width:720px"
    return (
        f'<!doctype html><html lang="{digest.language}"><head><meta charset="utf-8">'
        f'<title>{escape(digest.title)}</title></head><body style="{style}">'
        f'<h1 style="font-size:20px">{title}</h1>{parts}'
        f'<p style="color:{_QUIET};font-size:12px">{escape(digest.foot)}</p></body></html>'
    )


def _linked(words: str, link: str) -> str:
    return f'<a style="color:{_BRASS}" href="{escape(link)}">{words}</a>' if link else words


def _part(one: Section, address: str) -> str:
    note = f'<p style="color:{_QUIET};margin:4px 0">{escape(one.note)}</p>' if one.note else ""
    head = f'<h2 style="font-size:15px;color:{_BRASS};margin:20px 0 4px">{escape(one.title)}</h2>{note}'
    if not one.rows:
        return head
    rows = "".join(
        _row(one, row, "td", address and link and address + link)
        for row, link in zip(one.rows, one.links, strict=True)
    )
    table = "border-collapse:collapse;width:100%;font-size:13px"
    heads = _row(one, one.heads, "th", "")
    return f'{head}<table style="{table}"><thead>{heads}</thead><tbody>{rows}</tbody></table>'


def _row(one: Section, cells: tuple[str, ...], tag: str, link: str) -> str:
    made = ""
    for place, (name, cell) in enumerate(zip(one.columns, cells, strict=True)):
        side = "right" if name in FIGURES else "left"
        style = f"text-align:{side};padding:3px 6px;border-bottom:1px solid {_LINE}"
        made += f'<{tag} style="{style}">{_linked(escape(cell), link if place == 0 else "")}</{tag}>'
    return f"<tr>{made}</tr>"


def pdf(digest: Digest) -> bytes:
    """The digest on A4, with Chinese as papers have it.

    Raises:
        SetUpError: the font of the settings cannot be used.
    """
    # reportlab takes half a second to read, which only whoever wants a PDF should wait for
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

    fonts = ready()
    plain = ParagraphStyle("plain", fontName=LATIN, fontSize=8.5, leading=12, textColor=HexColor(_INK))
    right = ParagraphStyle("right", parent=plain, alignment=2)
    quiet = ParagraphStyle("quiet", parent=plain, fontSize=7.5, leading=11, textColor=HexColor(_QUIET))
    head = ParagraphStyle("head", parent=plain, fontSize=11, leading=16, textColor=HexColor(_BRASS))
    title = ParagraphStyle("title", parent=plain, fontSize=16, leading=24)

    def said(words: str, style: Any = plain, latin: str = LATIN) -> Any:
        if fonts.wraps_anywhere(words):
            style = ParagraphStyle(f"{style.name}_cjk", parent=style, wordWrap="CJK")
        return Paragraph(fonts.marked(words, latin), style)

    width = A4[0] - 2 * _MARGIN - 12
    rule = TableStyle(
        [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(_LINE))]
    )
    story: list[Any] = [said(digest.title, title, BOLD)]
    for one in digest.sections:
        story += [Spacer(1, 10), said(one.title, head, BOLD)]
        story += [said(one.note, quiet)] if one.note else []
        if one.rows:
            sides = [right if name in FIGURES else plain for name in one.columns]
            rows = [
                [
                    said(cell, side, BOLD if number == 0 else LATIN)
                    for cell, side in zip(row, sides, strict=True)
                ]
                for number, row in enumerate((one.heads, *one.rows))
            ]
            widths = [width / len(sides)] * len(sides)
            story.append(LongTable(rows, colWidths=widths, repeatRows=1, style=rule))
    story += [Spacer(1, 14), said(digest.foot, quiet)]
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=digest.title,
        invariant=1,
    )
    document.build(story)
    return buffer.getvalue()
