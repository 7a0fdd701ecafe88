"""How large a document may be before it is refused."""

from dataclasses import dataclass

from mainspring.knowledge.documents.errors import DocumentError

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one document from holding up everyone's work. Sizes are bytes."""

    file: int = 25 * _MB
    unpacked: int = 100 * _MB
    """All parts of a zipped spreadsheet together."""
    markup: int = 8 * _MB
    """HTML text and UBL documents."""
    pages: int = 100
    scanned_pages: int = 10
    """Pages that are rendered and read by optical recognition; the rest is a problem, not an error."""
    pixels: int = 80_000_000
    cells: int = 300_000
    attachments: int = 40
    depth: int = 3
    """How deep mails may be nested in mails."""


def check_size(data: bytes, name: str, allowed: int) -> None:
    """Refuse a file above its bound, with both sizes in the message."""
    if len(data) <= allowed:
        return
    raise DocumentError(
        f"the file is {len(data) / _MB:.1f} MB, more than the {allowed / _MB:.0f} MB allowed",
        where=name,
        mend="Ask the sender for a smaller file or a link, or split it.",
    )
