"""Documents of a case in the workbench: as read, with the places of lines, and as pictures of their pages."""

from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]


def order() -> bytes:
    """A PDF of one page with a line of text."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(400, 400))
    canvas.drawString(40, 300, "Hex bolt M8x40")
    canvas.save()
    return out.getvalue()


def arrived(browser: Browser, name: str, content: bytes) -> str:
    """The address of a document that has come in."""
    key = browser.post("/api/v1/inquiries", files={"document": (name, content)}).json()["instance"]
    paper = browser.get(f"/api/v1/instances/{key}/parts").json()["papers"][0]
    return f"/api/v1/instances/{key}/documents/{paper['digest']}"


def test_a_line_of_a_pdf_has_its_box_on_the_page(signed_in: SignedIn) -> None:
    browser = signed_in("owner")
    (block,) = browser.get(arrived(browser, "order.pdf", order()) + "/text").json()["blocks"]
    ((box,),) = block["boxes"]
    left, top, right, bottom = box
    assert 0.09 < left < 0.11
    assert 0.2 < top < bottom < 0.27
    assert right > 0.25


def test_a_page_inside_a_mail_is_shown_as_a_picture(signed_in: SignedIn) -> None:
    browser = signed_in("owner")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "Order"
    mail.set_content("Please see attached.")
    mail.add_attachment(order(), maintype="application", subtype="pdf", filename="order 1.pdf")
    address = arrived(browser, "mail.eml", mail.as_bytes())
    picture = browser.get(f"{address}/picture?attachment=order%201.pdf")
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(picture.content)).width > 400
    assert browser.get(f"{address}/picture?attachment=other.pdf").status_code == 400
