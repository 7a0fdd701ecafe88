"""A page of a document as a picture, so that a person sees where something stands in it."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from mainspring.knowledge.documents import mail, pdf
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits

LARGEST = 1600
"""Pixels along the longer edge of a picture."""


def page_picture(data: bytes, name: str, page: int = 1, attachment: str | None = None) -> bytes:
    """A page as PNG; a picture has one page.

    Args:
        data: the bytes of a PDF or of a picture, or of the mail that it came with.
        name: of the document, for messages.
        page: from 1.
        attachment: the name of the attachment that is meant, where `data` is a mail.

    Raises:
        DocumentError: it has no such page, or is neither a PDF nor a picture.
    """
    if attachment is not None:
        data, name = mail.attachment(data, attachment, Limits()), attachment
    image = (
        pdf.page_image(data, name, page, LARGEST) if data.startswith(b"%PDF") else _picture(data, name, page)
    )
    image.thumbnail((LARGEST, LARGEST))
    out = BytesIO()
    image.convert("RGB").save(out, "PNG")
    return out.getvalue()


def _picture(data: bytes, name: str, page: int) -> Image.Image:
    if page != 1:
        raise DocumentError(f"there is no page {page}", where=name)
    try:
        return Image.open(BytesIO(data))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
        raise DocumentError("the document cannot be shown as a picture", where=name) from error
