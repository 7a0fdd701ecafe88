"""A made-up paper, so that a template can be looked at before it is in force."""

import io
from datetime import date, timedelta
from decimal import Decimal

from mainspring.app.house import House
from mainspring.app.papers import drawing, pdf
from mainspring.app.papers.paper import Kind, Language, Paper, Party, TaxOf
from mainspring.app.papers.template import Template, named

_LINES = (
    ("DEMO-1", "Demo hinge, brass 示例铰链", Decimal(120), Decimal("2.50"), Decimal("300.00")),
    ("DEMO-2", "Demo screw 示例螺丝", Decimal(1000), Decimal("0.08"), Decimal("80.00")),
)
_RATE, _NET, _TAX, _TOTAL = Decimal("0.13"), Decimal("380.00"), Decimal("49.40"), Decimal("429.40")
_SCALE = 2
"""Of a point, so that the picture is sharp on a screen."""
_COLUMNS = ("sku", "description", "quantity", "unit", "unit_price", "tax_rate", "net")


def sample(kind: Kind, day: date) -> Paper:
    """A paper of this kind over two made-up lines, to a made-up customer."""
    party = Party("Demo Doors · 示例门业", "Demo", "1 Demo Road", "Demo Town", "DE", "DEMO-TAX", "", "en")
    lines = tuple(
        dict(zip(_COLUMNS, (sku, said, many, "pcs", price, _RATE, net), strict=True))
        for sku, said, many, price, net in _LINES
    )
    sums = (("net", _NET, "EUR"), ("tax", _TAX, "EUR"), ("total", _TOTAL, "EUR"))
    due = day + timedelta(days=30)
    facts = (("due", due),) if kind in {"invoice", "reminder"} else ()
    taxes = (TaxOf(_RATE, _NET, _TAX),)
    return Paper(kind, "DEMO-1", day, "EUR", party, facts, _COLUMNS, lines, sums, taxes, _TOTAL, due, 1)


def drawn(house: House, look: Template, kind: Kind, language: Language) -> bytes:
    """A picture (PNG) of the made-up paper, with the firm's logo and this template."""
    import pypdfium2 as pdfium  # heavy, and a server starts without it

    with house.store.read() as tx:
        logo, whole = drawing.logo(tx), named(tx, look)
    made = pdf.pdf(sample(kind, house.clock().date()), whole, language, logo)
    out = io.BytesIO()
    pdfium.PdfDocument(made)[0].render(scale=_SCALE).to_pil().save(out, "PNG")
    return out.getvalue()
