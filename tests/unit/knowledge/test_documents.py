"""Reading documents: texts with their places, what is hidden, what is refused."""

import contextlib
import io
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from mainspring.knowledge.documents import Document, DocumentError, Limits, read

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of Office before 2007 begin, and locked ones of today."""

MAIL = (
    "From: Demo Buyer <buyer@demo.example>\nTo: sales@demo.example\nSubject: {subject}\nMIME-Version: 1.0\n"
)


def mail(body: str, *, subject: str = "Inquiry", kind: str = "plain", charset: str = "utf-8") -> bytes:
    head = MAIL.format(subject=subject) + f"Content-Type: text/{kind}; charset={charset}\n\n"
    return head.encode() + body.encode("gb18030" if charset.startswith("gb") else charset)


def roles(document: Document) -> dict[str, str]:
    return {line: block.role for block in document.blocks for line in block.text.split("\n")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_is_read_in_the_encodings_that_arrive(encoding: str) -> None:
    assert read("请报价 M8螺栓 200个".encode(encoding), "a.txt").text == "请报价 M8螺栓 200个"


def test_a_western_text_is_not_taken_for_chinese() -> None:
    document = read("Größe 8, schöne Grüße für Müller".encode("cp1252"), "a.txt")
    assert document.text == "Größe 8, schöne Grüße für Müller"
    assert [problem.kind for problem in document.problems] == ["encoding"]


def test_a_gbk_mail_that_names_no_character_set_is_read() -> None:
    data = MAIL.format(subject="x").encode() + b"\n" + "请报价：手套 5箱".encode("gbk")
    assert "手套 5箱" in read(data, "a.eml").text


def test_headers_are_decoded_and_the_address_is_taken_out() -> None:
    message = EmailMessage()
    message["From"] = "采购 <Buyer@Demo.example>"
    message["Subject"] = "询价单 M8"
    message["Date"] = "Mon, 12 Jan 2026 09:00:00 +0100"
    message.set_content("hello")
    headers = read(message.as_bytes(), "a.eml").headers
    assert (headers["from_name"], headers["from_address"]) == ("采购", "buyer@demo.example")
    assert (headers["subject"], headers["date"]) == ("询价单 M8", "2026-01-12T09:00:00+01:00")


def test_earlier_mails_and_signatures_are_marked() -> None:
    own = "Please send 5 boxes.\n\nBest regards\nAnna\nTel. 123\n\n"
    body = own + "On Mon, Jan 5, 2026 Demo wrote:\n> our offer\n> 20 pcs"
    marked = roles(read(mail(body), "a.eml"))
    assert marked["Please send 5 boxes."] == "body"
    assert marked["Tel. 123"] == "signature"
    assert marked["> 20 pcs"] == "quoted"


def test_a_forwarded_mail_is_part_of_what_is_asked() -> None:
    body = "fyi\n\n-----Original Message-----\nFrom: a@demo.example\nSent: Monday\nTo: b\n\n20 pcs M8"
    assert roles(read(mail(body, subject="FW: need"), "a.eml"))["20 pcs M8"] == "forwarded"
    assert roles(read(mail(body, subject="Re: need"), "a.eml"))["20 pcs M8"] == "quoted"


def test_an_html_table_keeps_its_rows_and_fills_merged_cells() -> None:
    html = (
        "<p>Please quote</p><table><tr><th>Item</th><th>Qty</th></tr>"
        "<tr><td rowspan=2>Bolt</td><td>5</td></tr><tr><td>7</td></tr></table><p>Thanks</p>"
    )
    document = read(mail(html, kind="html"), "a.eml")
    tables = [block for block in document.blocks if block.rows]
    assert tables[0].rows == (("Item", "Qty"), ("Bolt", "5"), ("Bolt", "7"))
    assert str(tables[0].place_of(2, 1)) == "html table 1, row 3, cell column 2"
    assert [block.text for block in document.blocks][1:] == ["Please quote", tables[0].text, "Thanks"]


def test_a_layout_table_is_dissolved_into_text() -> None:
    html = "<table><tr><td><p>Hello</p><table><tr><td>a</td></tr></table></td></tr></table>"
    assert not any(block.rows for block in read(mail(html, kind="html"), "a.eml").blocks)


@pytest.mark.parametrize(
    "hiding",
    [
        '<span style="color:#fff">SECRET</span>',
        '<font color="white">SECRET</font>',
        '<div style="display:none">SECRET</div>',
        '<p style="font-size:0px">SECRET</p>',
        "<div hidden>SECRET</div>",
        '<style>.x{visibility:hidden}</style><b class="x">SECRET</b>',
        '<div style="background:#000"><span style="color:rgb(1,1,1)">SECRET</span></div>',
    ],
)
def test_hidden_text_is_left_out_and_reported(hiding: str) -> None:
    document = read(f"<html><body><p>Seen</p>{hiding}</body></html>".encode(), "a.html")
    assert "SECRET" not in document.text
    assert [(problem.kind, problem.text) for problem in document.problems] == [("hidden text", "SECRET")]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    document = read(b'<table bgcolor="#003366"><tr><td style="color:white">Head</td></tr></table>', "a.html")
    assert (document.text, document.problems) == ("Head", ())


def test_a_mail_of_thirty_megabytes_is_refused_with_both_sizes() -> None:
    with pytest.raises(DocumentError, match=r"30\.0 MB, more than the 25 MB") as caught:
        read(b"Subject: x\n\n" + b"a" * 30_000_000, "big.eml")
    assert caught.value.where == "big.eml"
    assert caught.value.mend


def workbook(fill: Workbook) -> bytes:
    stream = io.BytesIO()
    fill.save(stream)
    return stream.getvalue()


def test_a_workbook_keeps_addresses_and_fills_merged_cells() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Order"
    sheet["B2"], sheet["C2"], sheet["B3"], sheet["C3"], sheet["C4"] = "Item", "Qty", "Bolt", 5, 7.0
    sheet.merge_cells("B3:B4")
    block = read(workbook(book), "a.xlsx").blocks[0]
    assert block.rows == (("Item", "Qty"), ("Bolt", "5"), ("Bolt", "7"))
    assert str(block.place_of(2, 1)) == "sheet Order, cell C4"


def test_a_formula_without_a_stored_value_is_reported_and_not_computed() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "Item", "=1+1"
    document = read(workbook(book), "a.xlsx")
    assert document.blocks[0].rows == (("Item",),)
    assert [(problem.kind, problem.where) for problem in document.problems] == [
        ("formula", "sheet Sheet, cell A2 · 工作表 Sheet，单元格 A2")
    ]


def test_white_cells_and_hidden_sheets_are_left_out_and_reported() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "Seen", "white"
    sheet["A2"].font = Font(color="FFFFFFFF")
    other = book.create_sheet("Old")
    other["A1"] = "old data"
    other.sheet_state = "hidden"
    document = read(workbook(book), "a.xlsx")
    assert document.text == "Seen"
    assert [problem.text for problem in document.problems] == ["A2: white", "old data"]


def test_a_zip_bomb_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>" + b" " * 30_000_000)
    with pytest.raises(DocumentError, match="unpacks to 30 MB"):
        read(stream.getvalue(), "bomb.xlsx")


def test_a_bad_attachment_is_a_problem_of_the_mail_and_the_rest_is_read() -> None:
    message = EmailMessage()
    message["From"] = "a@demo.example"
    message["Subject"] = "order"
    message.set_content("see attachments")
    message.add_attachment(b"PK\x03\x04 broken", maintype="application", subtype="zip", filename="a.xlsx")
    message.add_attachment(b"Item;Qty\nBolt;5\n", maintype="text", subtype="csv", filename="b.csv")
    document = read(message.as_bytes(), "a.eml")
    assert [(problem.kind, problem.where) for problem in document.problems] == [("attachment", "a.xlsx")]
    assert document.attachments[0].blocks[0].rows == (("Item", "Qty"), ("Bolt", "5"))
    assert [block.place.attachment for block in document.all_blocks()][-1] == "b.csv"


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "empty"),
        (OLD + b"\x00" * 600, "a.doc", "old Office file"),
        (OLD + "Workbook".encode("utf-16-le"), "a.xls", "before 2007"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "a.xls",
            "2003",
        ),
        (b"MZ\x00\x01\x00", "a.exe", "unknown kind"),
        (b"%PDF-1.7 broken", "a.pdf", "damaged"),
        (b"\x89PNG\r\n\x1a\nbroken", "a.png", "cannot be read"),
        (b'<?xml version="1.0"?><a/>', "a.xml", "unknown kind"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_message_that_helps(
    data: bytes, name: str, message: str
) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read(data, name)
    assert caught.value.where == name
    assert caught.value.mend


def test_text_with_tabs_that_is_called_xls_is_read_as_a_table() -> None:
    data = "客户编号\t客户名称\nKH1\t示例公司\n".encode("gbk")
    assert read(data, "客户.xls").blocks[0].rows == (("客户编号", "客户名称"), ("KH1", "示例公司"))


def test_too_deeply_nested_mails_are_refused_not_followed() -> None:
    data = mail("innermost")
    for _ in range(5):
        outer = EmailMessage()
        outer["From"] = "a@demo.example"
        outer["Subject"] = "wrapped"
        outer.set_content("see inside")
        outer.add_attachment(data, maintype="application", subtype="octet-stream", filename="inner.eml")
        data = outer.as_bytes()
    kinds = {problem.kind for problem in read(data, "a.eml", limits=Limits(depth=2)).all_problems()}
    assert kinds == {"attachment"}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.binary(min_size=1, max_size=400),
    st.sampled_from(["a.eml", "a.txt", "a.csv", "a.html", "a.pdf", "a.xlsx", "a.sta"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(DocumentError):  # any other error fails the test
        assert read(data, name).name == name


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td colspan=99999>",
                "</td>",
                "<div hidden>",
                "x",
                "<b",
                "&",
                "<blockquote>",
                "</table>",
            ]
        ),
        max_size=40,
    )
)
def test_any_markup_is_read(parts: list[str]) -> None:
    assert read(b"<html>" + "".join(parts).encode(), "a.html").kind == "html"
