"""PDF/A-3b with reportlab: the profile of colours, metadata (XMP) and an embedded XML, as Factur-X wants it.

PDF/A-3 is ISO 19005-3; the properties of Factur-X in the metadata are those of its specification, 6.2.
"""

import io
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from lxml import etree

FILE = "factur-x.xml"
"""The name that the specification gives to the embedded document."""
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_AIIM = "http://www.aiim.org/pdfa/ns/"
_SPACES = {
    "rdf": _RDF,
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": f"{_AIIM}id/",
    "pdfaExtension": f"{_AIIM}extension/",
    "pdfaSchema": f"{_AIIM}schema#",
    "pdfaProperty": f"{_AIIM}property#",
    "fx": _FX,
}
_PROPERTIES: Mapping[str, tuple[str, str]] = {
    "DocumentFileName": (FILE, "The name of the embedded XML document"),
    "DocumentType": ("INVOICE", "The type of the hybrid document"),
    "Version": ("1.0", "The version of the standard of the embedded XML document"),
    "ConformanceLevel": ("EN 16931", "The conformance level of the embedded XML document"),
}
_WHEN = slice(24, 36)
"""Where a profile of colours says when it was made."""
_MADE = bytes.fromhex("07d0 0001 0001 0000 0000 0000")
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_XML = "/text#2Fxml"
"""The media type as a name of PDF, in which reportlab would leave the stroke as it is."""
_SRGB = "sRGB IEC61966-2.1"


class Embedded(NamedTuple):
    """The XML that goes into the PDF, and what the PDF is called."""

    xml: bytes
    title: str
    author: str


def keep(canvas: Any, embedded: Embedded) -> None:
    """Make a canvas of reportlab, before it is saved, a PDF/A-3b with the document inside."""
    from reportlab.pdfbase import pdfdoc  # see `pdf.pdf`

    document = canvas._doc  # noqa: SLF001 - reportlab's own way to its catalogue
    document._pdfVersion = (1, 7)  # noqa: SLF001 - on which PDF/A-3 is built
    catalogue = document.Catalog
    more = ("AF", "OutputIntents")
    catalogue.__NoDefault__ = [*type(catalogue).__NoDefault__, *more]
    catalogue.__Refs__ = [*type(catalogue).__Refs__, *more]
    name, text = pdfdoc.PDFName, pdfdoc.PDFString
    file = _stream(embedded.xml, Type=name("EmbeddedFile"), Subtype=_XML)
    file.dictionary["Params"] = pdfdoc.PDFDictionary({"ModDate": pdfdoc.PDFDate(document._timeStamp)})  # noqa: SLF001
    held = document.Reference(file)
    entry = document.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": name("Filespec"),
                "F": text(FILE),
                "UF": text(FILE),
                "Desc": text("Factur-X"),
                "AFRelationship": name("Alternative"),
                "EF": pdfdoc.PDFDictionary({"F": held, "UF": held}),
            }
        )
    )
    catalogue.AF = pdfdoc.PDFArray([entry])
    listed = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([text(FILE), entry])})
    catalogue.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": listed})
    intent = {
        "Type": name("OutputIntent"),
        "S": name("GTS_PDFA1"),
        "OutputConditionIdentifier": text(_SRGB),
        "Info": text(_SRGB),
        "DestOutputProfile": document.Reference(_stream(_profile(), N=3)),
    }
    catalogue.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
    catalogue.Metadata = _stream(
        metadata(embedded, str(document.info.producer)), Type=name("Metadata"), Subtype=name("XML")
    )


def ended(content: bytes) -> bytes:
    """The file with a line's end before each `endstream`, as PDF/A wants (6.1.7.1) and reportlab leaves out.

    Objects move by this, so that the table of their places at the end of the file is written anew.
    """
    table = int(content[content.rindex(b"startxref") :].split()[1])
    entries = content[table:].splitlines()
    many = int(entries[1].split()[1])
    places = [int(line.split()[0]) for line in entries[3 : 2 + many]]
    bounds = sorted({0, *places, table})
    out, moved = io.BytesIO(), dict[int, int]()
    for start, end in pairwise(bounds):
        moved[start] = out.tell()
        head, found, rest = content[start:end].rpartition(b"endstream")
        out.write(head + b"\n" * (bool(found) and not head.endswith(b"\n")) + found + rest)
    at = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % moved[place] for place in places)
    trailer = content[content.index(b"trailer", table) : content.rindex(b"startxref")]
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % many + rows + trailer)
    out.write(b"startxref\n%d\n%%%%EOF\n" % at)
    return out.getvalue()


def rgb(picture: bytes) -> bytes:
    """A picture as PNG whose colours are those of the profile."""
    from PIL import Image  # heavy, and only pictures of other colours need it

    with Image.open(io.BytesIO(picture)) as opened:
        out = io.BytesIO()
        opened.convert("RGBA" if opened.mode in {"RGBA", "LA", "PA"} else "RGB").save(out, "PNG")
        return out.getvalue()


def metadata(embedded: Embedded, producer: str) -> bytes:
    """The XMP packet: what the PDF is, that it is PDF/A-3b, and what is embedded, with the schema of that."""
    root = etree.Element(f"{{{_RDF}}}RDF", nsmap=_SPACES)
    about = _description(root)
    _said(about, "pdfaid:part", "3")
    _said(about, "pdfaid:conformance", "B")
    title = _said(_part(about, "dc:title", "rdf:Alt"), "rdf:li", embedded.title)
    title.set("{http://www.w3.org/XML/1998/namespace}lang", "x-default")
    _said(_part(about, "dc:creator", "rdf:Seq"), "rdf:li", embedded.author)
    _said(about, "pdf:Producer", producer)
    own = _description(root)
    for name, (value, _) in _PROPERTIES.items():
        _said(own, f"fx:{name}", value)
    schema = _part(_description(root), "pdfaExtension:schemas", "rdf:Bag", "rdf:li")
    _resource(schema)
    _said(schema, "pdfaSchema:schema", "Factur-X PDFA Extension Schema")
    _said(schema, "pdfaSchema:namespaceURI", _FX)
    _said(schema, "pdfaSchema:prefix", "fx")
    listed = _part(schema, "pdfaSchema:property", "rdf:Seq")
    for name, (_, description) in _PROPERTIES.items():
        one = _part(listed, "rdf:li")
        _resource(one)
        _said(one, "pdfaProperty:name", name)
        _said(one, "pdfaProperty:valueType", "Text")
        _said(one, "pdfaProperty:category", "external")
        _said(one, "pdfaProperty:description", description)
    return _HEAD.encode() + etree.tostring(root, pretty_print=True) + b'<?xpacket end="w"?>'


def _profile() -> bytes:
    """The profile of sRGB; the moment of its making is fixed, so that a paper is the same bytes each time."""
    from PIL import ImageCms  # see `rgb`

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_WHEN] = _MADE
    return bytes(made)


def _stream(content: bytes, **entries: Any) -> Any:
    """A stream that is not compressed: readers find the metadata and the document without unpacking."""
    from reportlab.pdfbase import pdfdoc  # see `pdf.pdf`

    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), content)


def _name(short: str) -> str:
    prefix, _, local = short.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _part(parent: Any, *names: str) -> Any:
    for one in names:
        parent = etree.SubElement(parent, _name(one))
    return parent


def _said(parent: Any, name: str, text: str) -> Any:
    made = etree.SubElement(parent, _name(name))
    made.text = text
    return made


def _description(root: Any) -> Any:
    made = etree.SubElement(root, f"{{{_RDF}}}Description")
    made.set(f"{{{_RDF}}}about", "")
    return made


def _resource(element: Any) -> None:
    element.set(f"{{{_RDF}}}parseType", "Resource")
