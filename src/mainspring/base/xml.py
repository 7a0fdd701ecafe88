"""XML reading that refuses what attacks readers: DTDs, entities, huge and deep documents."""

from lxml import etree

from mainspring.base.errors import UnsafeInputError

MAX_BYTES = 20_000_000
MAX_DEPTH = 200


class XmlError(UnsafeInputError):
    """Not well-formed XML; the message names the line and column."""


def parse(data: bytes, source: str = "document", *, max_bytes: int = MAX_BYTES) -> etree._Element:
    """Parse a whole document and return its root element.

    Args:
        data: the bytes of the document; the encoding is the XML declaration's.
        source: the name used in messages, usually the file's.
        max_bytes: the largest document accepted.

    Raises:
        UnsafeInputError: the document is too large, nested too deeply, or carries a DOCTYPE.
        XmlError: it is not well-formed.
    """
    if len(data) > max_bytes:
        size = f"{len(data) / 1e6:.0f} MB"
        raise UnsafeInputError(
            f"the file is {size}, more than the {max_bytes / 1e6:.0f} MB allowed",
            where=source,
            mend="Split it, or check that it is the right file.",
        )
    # A DOCTYPE stands before the root, so a short look suffices and nothing of it is ever expanded.
    if b"<!DOCTYPE" in data[:100_000]:
        raise UnsafeInputError(
            "a DOCTYPE is not accepted, since entities can attack a reader",
            where=source,
            mend="Remove the <!DOCTYPE ...> declaration.",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise XmlError(
            f"not well-formed XML: {error.msg}",
            where=f"{source}, line {line}, column {column}",
            mend="Open the file in an editor at that place.",
        ) from None
    for fault in parser.error_log.filter_from_errors():  # lxml reads on over an undeclared prefix
        raise XmlError(
            f"not well-formed XML: {fault.message}",
            where=f"{source}, line {fault.line}, column {fault.column}",
            mend="Declare the namespace of every prefix.",
        )
    if root.getroottree().docinfo.internalDTD is not None:  # one hidden behind a long comment
        raise UnsafeInputError("a DOCTYPE is not accepted", where=source)
    _check_depth(root, source)
    return root


def _check_depth(root: etree._Element, source: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise UnsafeInputError(f"elements are nested more than {MAX_DEPTH} deep", where=source)
