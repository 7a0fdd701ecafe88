"""The papers of a link as PDF: quote, order confirmation and invoice, in the customer's language."""

import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from sqlalchemy import select

from mainspring.app.customer import view
from mainspring.app.customer.firm import firm
from mainspring.app.customer.links import Link
from mainspring.app.errors import QuestionUnfit
from mainspring.app.evidence_pdf import FONT
from mainspring.app.house import House
from mainspring.services.tables.money import invoices
from mainspring.store import Tx

WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "quote": "Quote",
        "order": "Order confirmation",
        "invoice": "Invoice",
        "for": "For",
        "heads": ("Item", "Description", "Quantity", "Unit price", "Net"),
        "totals": ("Net", "Tax", "Total"),
        "valid": "Valid until {}",
        "due": "Due on {}",
    },
    "zh": {
        "quote": "报价单",
        "order": "订单确认书",
        "invoice": "发票通知",
        "for": "客户",
        "heads": ("编码", "品名", "数量", "单价", "不含税金额"),
        "totals": ("不含税合计", "税额", "价税合计"),
        "valid": "有效期至 {}",
        "due": "付款期限 {}",
    },
}


def pdf(house: House, tx: Tx, link: Link, kind: str, number: str) -> bytes:
    """One of the papers that the page lists, and no other.

    Raises:
        QuestionUnfit: the link shows no such paper.
    """
    page = view.shown(house, tx, link)
    if not any((one["kind"], one["number"]) == (kind, number) for one in page["papers"]):
        raise QuestionUnfit("there is no such paper here", where=number)
    words = WORDS[page["language"]]
    note, totals, lines = "", {}, []
    if kind == "quote":
        totals, lines = page["quote"], page["quote"]["lines"]
        note = words["valid"].format(_day(totals["valid_until"]))
    else:
        lines = page["order"]["lines"]
        totals = {"total": page["order"]["total"], "currency": page["order"]["currency"]}
    if kind == "invoice":
        i = invoices.c
        row = tx.one(select(invoices).where(i.tenant_id == tx.tenant, i.invoice_no == number))
        totals = {name: getattr(row, name) for name in ("net", "tax", "total", "currency")}
        note = words["due"].format(_day(row.due_at)) if row is not None else ""
    return _drawn(f"{words[kind]} {number}", page["customer"], note, lines, totals, words)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _drawn(
    title: str, customer: str, note: str, lines: list[dict[str, Any]], totals: dict[str, Any], words: Any
) -> bytes:
    # reportlab takes half a second to read, which only whoever opens a paper should wait for
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
    right = ParagraphStyle("right", parent=plain, alignment=2)
    head = ParagraphStyle("head", parent=plain, fontSize=18, leading=26)
    rows = [[Paragraph(each, plain) for each in words["heads"]]]
    for line in lines:
        cells = (line["sku"], line["description"], f"{line['quantity']:g} {line['unit']}")
        figures = (f"{line['unit_price']:,f}", _money(line["net"]))
        rows.append(
            [
                *(Paragraph(escape(str(each)), plain) for each in cells),
                *(Paragraph(each, right) for each in figures),
            ]
        )
    for name, label in zip(("net", "tax", "total"), words["totals"], strict=True):
        if name in totals:
            said = f"{_money(totals[name])} {totals['currency']}"
            rows.append(["", "", "", Paragraph(label, right), Paragraph(said, right)])
    style = TableStyle(
        [("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.lightgrey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    story = [
        Paragraph(escape(firm().name), plain),
        Paragraph(escape(title), head),
        Paragraph(escape(f"{words['for']}: {customer}"), plain),
        Paragraph(escape(note), plain),
        Spacer(1, 12),
        LongTable(rows, colWidths=[70, 200, 80, 75, 95], repeatRows=1, style=style),
    ]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, title=title, author=firm().name, invariant=1).build(story)
    return buffer.getvalue()
