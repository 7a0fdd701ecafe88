"""From bytes and a name to a document: the kind is told by the content first, by the name second."""

import re
import zipfile
from importlib import import_module
from io import BytesIO

from mainspring.base.errors import UnsafeInputError
from mainspring.knowledge.documents import mail
from mainspring.knowledge.documents.document import Document
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits, check_size

_STANDARD = Limits()
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_COMPOUND = b"\xd0\xcf\x11\xe0"  # old Office files and encrypted new ones
_LOCKED, _WORKBOOK = "EncryptedPackage".encode("utf-16-le"), "Workbook".encode("utf-16-le")
"""Parts of such a file, as its directory names them: what is in it."""
_SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEADER = re.compile(
    rb"\A(?:From |(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To|From|Subject|Date|X-[\w-]+):)",
    re.IGNORECASE,
)
_MAIL_HEADERS = re.compile(
    rb"^(?:from|to|subject|date|mime-version|message-id):", re.IGNORECASE | re.MULTILINE
)
_STATEMENT = re.compile(rb"^\s*:60[FM]:[CD]?\d{6}|^\s*:61:\d{6}", re.MULTILINE)
_MARKUP = re.compile(rb"\A\s*(?:<!doctype html|<html|<head|<body|<meta|<table|<div|<p>)", re.IGNORECASE)


def read(data: bytes, name: str, *, limits: Limits = _STANDARD) -> Document:
    """Read a document of any kind that arrives in a company's post.

    Args:
        data: the bytes of the file.
        name: its name; the ending helps where the content leaves a doubt, and messages name it.
        limits: bounds on size, pages and depth.

    Raises:
        DocumentError: the file is too large, encrypted, damaged or of an unknown kind. A bad attachment of a
            mail raises nothing: it stands in the mail's problems.
    """
    return _read(data, name, limits, 0)


def _read(data: bytes, name: str, limits: Limits, depth: int) -> Document:
    if depth > limits.depth:
        raise DocumentError("mails are nested too deeply", where=name, mend="Send the inner mail by itself.")
    check_size(data, name, limits.file)
    if not data.strip():
        raise DocumentError("the file is empty", where=name, mend="Ask the sender for it again.")
    kind = kind_of(data, name)
    try:
        if kind == "mail":
            return mail.read_mail(data, name, limits, depth, _read)
        module, reader = _READERS[kind]
        found: Document = getattr(import_module(f"mainspring.knowledge.documents.{module}"), reader)(
            data, name, limits
        )
    except UnsafeInputError as error:
        raise DocumentError(error.message, where=error.where or name, mend=error.mend) from None
    return found


_READERS = {
    "pdf": ("pdf", "read_pdf"),
    "excel": ("excel", "read_excel"),
    "image": ("picture", "read_image"),
    "ubl": ("ubl", "read_ubl"),
    "cii": ("cii", "read_cii"),
    "mt940": ("statement", "read_statement"),
    "csv": ("separated", "read_csv"),
    "html": ("markup", "read_html"),
    "text": ("texts", "read_text"),
}
"""The module and function that reads a kind, loaded at its first file: those of PDF and Excel are heavy."""


def kind_of(data: bytes, name: str) -> str:
    """The kind of a file.

    Raises:
        DocumentError: it is none that can be read, with what to ask for instead.
    """
    head = data[:4096]
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if head.startswith(_COMPOUND):
        raise _unread(data, name)
    return _written(data, head, ending, name)


def _unread(data: bytes, name: str) -> DocumentError:
    """What to say of an old or locked Office file: what it is, and what to do."""
    if _LOCKED in data:
        mend = "Take the password off in the program that made it, and bring it in again."
        return DocumentError(
            "the file is locked by a password, nothing in it was read", where=name, mend=mend
        )
    if _WORKBOOK in data:
        mend = "Open it in Excel, WPS or LibreOffice, save it as .xlsx or CSV, and bring that in."
        said = "an Excel file of the form before 2007 (.xls) is not read, nothing of it was taken in"
        return DocumentError(said, where=name, mend=mend)
    mend = "Ask for it as mail text, .xlsx or PDF."
    return DocumentError("an old Office file is not read", where=name, mend=mend)


def _zipped(data: bytes, name: str) -> str:
    try:
        parts = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise DocumentError(
            "the file is damaged", where=name, mend="Save it anew and send it again."
        ) from None
    if "xl/workbook.xml" in parts:
        return "excel"
    what = "a Word document" if "word/document.xml" in parts else "a zip archive"
    mend = "Ask for the order as mail text, PDF or .xlsx."
    raise DocumentError(f"{what} is not read", where=name, mend=mend)


def _written(data: bytes, head: bytes, ending: str, name: str) -> str:
    """The kind of a file that is text."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not wide:
        mend = "Ask for it as mail text, PDF, .xlsx, PNG or JPEG."
        raise DocumentError("a file of an unknown kind", where=name, mend=mend)
    if ending in {"eml", "mht"} or (_HEADER.match(start) and len(_MAIL_HEADERS.findall(head)) > 1):
        return "mail"
    if start.startswith(b"<") and b"urn:oasis:names:specification:ubl" in data[:20000]:
        return "ubl"
    if start.startswith(b"<") and b"uncefact:data:standard:CrossIndustryInvoice:" in data[:20000]:
        return "cii"
    if ending in {"sta", "mt940", "940"} or _STATEMENT.search(head):
        return "mt940"
    if ending in {"htm", "html"} or _MARKUP.match(start):
        return "html"
    if start.startswith(b"<?xml"):
        if _SHEET_XML in head:
            mend = "Open it in Excel, WPS or LibreOffice, save it as .xlsx or CSV, and bring that in."
            raise DocumentError("an Excel file in XML of 2003 is not read", where=name, mend=mend)
        mend = "Orders are read as UBL 2 (PEPPOL)."
        raise DocumentError("an XML document of an unknown kind", where=name, mend=mend)
    # many accounting programs write text with tabs and call it .xls
    return "csv" if ending in {"csv", "tsv"} or (ending == "xls" and b"\t" in head) else "text"
