"""Reading PDFs, scans, UBL documents and bank statements."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from mainspring.knowledge.documents import DocumentError, read
from mainspring.knowledge.documents.statement import Statement
from mainspring.knowledge.documents.ubl import Trade

STATEMENT = """:20:DEMO1
:25:DE00000000000000000000
:28C:1/1
:60F:C260105EUR1000,00
:61:2601060106CR250,50NTRFINV-1001//BANK1
:86:Demo payment invoice INV-1001
:61:2601070107DR10,00NMSCNONREF
:86:charges
:62F:C260107EUR{closing}
-
"""


def test_a_pdf_gives_its_table_and_where_each_cell_stands() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(400, 400))
    canvas.drawString(40, 350, "Please quote")
    for row, (item, quantity) in enumerate(
        [("Item", "Qty"), ("Hex bolt M8x40", "200"), ("Washer M8", "500")]
    ):
        canvas.drawString(40, 300 - 20 * row, item)
        canvas.drawString(250, 300 - 20 * row, quantity)
    canvas.save()
    text, table = read(stream.getvalue(), "a.pdf").blocks
    assert text.text == "Please quote"
    assert table.rows == (("Item", "Qty"), ("Hex bolt M8x40", "200"), ("Washer M8", "500"))
    place = table.place_of(1, 1)
    assert place.page == 1
    assert place.box is not None
    left, top, right, bottom = place.box
    assert 0.6 < left < right < 0.7
    assert 0.25 < top < bottom < 0.32


def test_an_encrypted_pdf_is_refused_and_says_what_to_ask_for() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("secret"))
    canvas.drawString(40, 300, "hidden")
    canvas.save()
    with pytest.raises(DocumentError, match="protected by a password") as caught:
        read(stream.getvalue(), "a.pdf")
    assert "without protection" in caught.value.mend


@pytest.mark.timeout(120)
def test_a_crooked_scan_is_read_line_by_line() -> None:
    image = Image.new("L", (700, 300), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=28)
    for row, (item, quantity) in enumerate([("Hex bolt M8x40", "200"), ("Washer M10", "500")]):
        draw.text((40, 80 + 70 * row), item, fill=0, font=font)
        draw.text((520, 80 + 70 * row), quantity, fill=0, font=font)
    stream = io.BytesIO()
    image.rotate(2, fillcolor=255).save(stream, "PNG")
    document = read(stream.getvalue(), "scan.png")
    rows = [tuple(cell.replace(" ", "") for cell in row) for block in document.blocks for row in block.rows]
    assert rows == [("HexboltM8x40", "200"), ("WasherM10", "500")]


def test_a_statement_gives_signed_entries_and_its_balances_are_checked() -> None:
    document = read(STATEMENT.format(closing="1240,50").encode(), "a.sta")
    (statement,) = document.data
    assert isinstance(statement, Statement)
    assert [(entry.amount, entry.reference) for entry in statement.entries] == [
        (Decimal("250.50"), "INV-1001"),
        (Decimal("-10.00"), ""),
    ]
    assert (statement.opening, statement.closing, statement.balanced) == (
        Decimal(1000),
        Decimal("1240.50"),
        True,
    )
    assert document.problems == ()


def test_balances_that_do_not_add_up_are_a_problem() -> None:
    document = read(STATEMENT.format(closing="1240,51").encode(), "a.sta")
    assert [problem.kind for problem in document.problems] == ["balance"]


def test_a_statement_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text(STATEMENT.format(closing="1240,50"))
    with pytest.raises(DocumentError):
        read(str(victim).encode(), "a.sta")


def test_an_order_with_a_doctype_is_refused() -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE Order [<!ENTITY a "b">]>'
        b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'
    )
    with pytest.raises(DocumentError, match="DOCTYPE"):
        read(data, "a.xml")


@pytest.mark.shared
def test_every_peppol_document_is_read(shared: Path) -> None:
    paths = sorted((shared / "data/documents/peppol").glob("*.xml"))
    documents = [read(path.read_bytes(), path.name) for path in paths]
    assert len(documents) == 91
    assert {document.kind for document in documents} == {"ubl"}
    assert all(isinstance(document.data, Trade) and not document.problems for document in documents)


@pytest.mark.shared
def test_whole_statements_of_real_banks_are_read(shared: Path) -> None:
    for path in sorted((shared / "data/bank/mt940").glob("*.sta")):
        data = path.read_bytes()
        if b":60" in data and b":61:" in data and b":20:" in data:
            statements = read(data, path.name).data
            assert sum(len(statement.entries) for statement in statements) == data.count(b"\n:61:"), path.name
