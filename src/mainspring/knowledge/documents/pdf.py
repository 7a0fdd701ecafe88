"""PDFs: text with positions where there is a text layer, optical recognition where there is none."""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from mainspring.base.bilingual import both
from mainspring.base.errors import UnsafeInputError
from mainspring.knowledge.documents import cii, picture
from mainspring.knowledge.documents.document import Block, Document, Problem, page_named
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.layout import Page, Word, blocks
from mainspring.knowledge.documents.limits import Limits
from mainspring.knowledge.documents.ubl import Trade

_LOCK = threading.Lock()  # PDFium is not thread-safe
_LETTERS = 10  # a page with fewer has no text layer to speak of
_SCALE = 200 / 72  # scans are looked at with 200 dots per inch
_LARGEST = 3000  # pixels along an edge
_WORD_GAP = 0.25  # gap between two words, as a share of the height of the letters
_ATTACHMENTS = 20  # of a PDF that are looked at
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """All pages within the limits. An encrypted PDF is an error that says so."""
    with _LOCK:
        document = _open(data, name)
        try:
            return _read(document, name, limits)
        finally:
            document.close()


def page_image(data: bytes, name: str, page: int, largest: int) -> Image.Image:
    """A page (from 1) as a picture of at most `largest` pixels along its longer edge.

    Raises:
        DocumentError: the PDF cannot be opened or has no such page.
    """
    with _LOCK:
        document = _open(data, name)
        try:
            if not 1 <= page <= len(document):
                raise DocumentError(f"there is no page {page}", where=name)
            width, height = document[page - 1].get_size()
            scale = min(_SCALE, largest / max(width, height, 1))
            image: Image.Image = document[page - 1].render(scale=scale).to_pil()
            return image
        finally:
            document.close()


def _open(data: bytes, name: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            message, mend = (
                "the PDF is protected by a password",
                "Ask the sender for a copy without protection.",
            )
        else:
            message, mend = "the PDF is damaged", "Ask the sender to export it again."
        raise DocumentError(message, where=name, mend=mend) from None


_NO_TEXT = both("the page has no text", "该页没有文字")
_TOO_MANY = both("too many scanned pages; this one was not read", "扫描页过多；该页未读取")


def _read(document: Any, name: str, limits: Limits) -> Document:
    count = len(document)
    problems: list[Problem] = []
    if count > limits.pages:
        message = both(
            "the PDF has {count} pages, only the first {most} were read",
            "PDF 有 {count} 页，只读取了前 {most} 页",
            count=count,
            most=limits.pages,
        )
        problems.append(Problem("pages", message))
    found: list[Block] = []
    scanned = 0
    for index in range(min(count, limits.pages)):
        page = document[index]
        try:
            made, scan, faults = _page(page, index + 1, may_scan=scanned < limits.scanned_pages)
        except pdfium.PdfiumError as error:
            made, scan, faults = [], False, [_damaged(error, index + 1)]
        finally:
            page.close()
        scanned += scan
        found += made
        problems += faults
    held = _invoice(document, name, limits, problems)
    return Document(
        name, "pdf", tuple(found), headers={"pages": str(count)}, problems=tuple(problems), data=held
    )


def _damaged(error: Exception, number: int) -> Problem:
    said = both("the page was not read: {error}", "该页未能读取：{error}", error=error)
    return Problem("damaged", said, page_named(number))


def _invoice(document: Any, name: str, limits: Limits, problems: list[Problem]) -> Trade | None:
    """The invoice that a hybrid format (Factur-X, ZUGFeRD) put into the PDF as XML."""
    for place in range(min(document.count_attachments(), _ATTACHMENTS)):
        attachment = document.get_attachment(place)
        if attachment.get_name().lower() not in cii.EMBEDDED:
            continue
        try:
            found = cii.read_cii(bytes(attachment.get_data()), name, limits)
        except (pdfium.PdfiumError, UnsafeInputError) as error:
            said = both(
                "the invoice inside the PDF was not read: {error}",
                "PDF 内的发票未能读取：{error}",
                error=error,
            )
            problems.append(Problem("damaged", said))
            return None
        problems += found.problems
        trade: Trade = found.data
        return trade
    return None


def _page(page: Any, number: int, *, may_scan: bool) -> tuple[list[Block], bool, list[Problem]]:
    width, height = page.get_size()
    words = list(_words(page, height))
    if sum(len(word.text) for word in words) >= _LETTERS:
        return blocks(words, Page(number, width, height)), False, []
    has_image = any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    if not has_image:
        found = blocks(words, Page(number, width, height)) if words else []
        return found, False, [] if words else [Problem("empty", _NO_TEXT, page_named(number))]
    if not may_scan:
        return (
            [],
            False,
            [Problem("pages", _TOO_MANY, page_named(number))],
        )
    scale = min(_SCALE, _LARGEST / max(width, height, 1))
    pixels = np.ascontiguousarray(page.render(scale=scale).to_pil().convert("RGB"))
    made, faults = picture.recognise(pixels, number)
    return made, True, faults


def _words(page: Any, height: float) -> Iterator[Word]:
    """Words in the order of the page's content, boxes with the origin at the top left."""
    layer = page.get_textpage()
    try:
        text = layer.get_text_range()
        count = layer.count_chars()
        if len(text) != count:  # characters beyond the basic plane count twice there
            text = "".join(layer.get_text_range(index, 1) or " " for index in range(count))
        word: Word | None = None
        for index in range(count):
            character = text[index]
            if character.isspace() or ord(character) < 32 or character == "\ufffe":  # noqa: PLR2004 - control signs
                if word:
                    yield word
                word = None
                continue
            left, bottom, right, top = layer.get_charbox(index, loose=True)
            here = Word(character, left, height - top, right, height - bottom)
            if word and _joins(word, here):
                word = Word(
                    word.text + character,
                    word.left,
                    min(word.top, here.top),
                    right,
                    max(word.bottom, here.bottom),
                )
                continue
            if word:
                yield word
            word = here
        if word:
            yield word
    finally:
        layer.close()


def _joins(word: Word, letter: Word) -> bool:
    size = letter.bottom - letter.top
    level = abs((word.top + word.bottom) - (letter.top + letter.bottom)) / 2 < size / 2
    return level and -size < letter.left - word.right < _WORD_GAP * size
