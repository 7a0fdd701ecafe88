"""The report of a case as PDF, with reportlab: Latin and Chinese, the same bytes for the same report."""

import io
from xml.sax.saxutils import escape

from mainspring.app.evidence_report import Report

FONT = "STSong-Light"
"""A font that PDF readers bring along for Chinese (Adobe-GB1), so that none has to be shipped."""


def pdf(shown: Report) -> bytes:
    """The report on landscape A4."""
    # reportlab takes half a second to read, which only whoever hands over a case should wait for
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=7, leading=9, wordWrap="CJK")
    head = ParagraphStyle("head", parent=plain, fontSize=11, leading=16, spaceBefore=8)
    title = ParagraphStyle("title", parent=plain, fontSize=16, leading=22)
    lines = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.lightgrey),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ]
    )
    buffer = io.BytesIO()
    size = landscape(A4)
    margin = 36
    document = SimpleDocTemplate(
        buffer,
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
        title=f"Case {shown.case}",
        author="Mainspring",
        invariant=1,
    )
    story = [Paragraph(f"Case · 案例 {shown.case}", title), Spacer(1, 6)]
    story.append(Paragraph("All times are UTC. · 时间为协调世界时。", plain))
    for section in shown.sections:
        story.append(Paragraph(escape(section.title), head))
        cells = [[Paragraph(escape(cell), plain) for cell in row] for row in (section.heads, *section.rows)]
        width = (size[0] - 2 * margin) / len(section.heads)
        story.append(LongTable(cells, colWidths=[width] * len(section.heads), repeatRows=1, style=lines))
    document.build(story)
    return buffer.getvalue()
