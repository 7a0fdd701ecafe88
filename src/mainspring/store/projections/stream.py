"""What the projections remember of one stream, and how times and values become the driver's."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from mainspring.base import jsonio
from mainspring.store.net import Net
from mainspring.store.types import to_micros


class Follows(NamedTuple):
    """Which version of which process an instance follows."""

    process_id: str
    definition: int


class Stream:
    """What the projections remember of one stream.

    Attributes:
        root: key of the stream.
        follows: process instance -> its process.
        living: element instance -> (element, process instance).
        scoped: element instances that have variables of their own.
        signed: element instances that several people sign.
        started_by: (process id, correlation key) of the message that started it, if one did.
    """

    __slots__ = ("follows", "living", "root", "scoped", "signed", "started_by")

    def __init__(self, root: int) -> None:
        self.root = root
        self.follows: dict[int, Follows] = {}
        self.living: dict[int, tuple[str, int]] = {}
        self.scoped: set[int] = set()
        self.signed: set[int] = set()
        self.started_by: tuple[str, str] | None = None


Step = Callable[[Net, Stream, Any, int], None]  # the int: microseconds since 1970


def micros(at: datetime | None) -> int | None:
    """Microseconds since 1970, or None."""
    return None if at is None else to_micros(at)


_EMPTY: dict[type, str] = {list: "[]", tuple: "[]", dict: "{}"}


def json_text(value: Any) -> str:
    """The value as JSON text."""
    known = None if value else _EMPTY.get(type(value))
    return jsonio.dumps(value).decode() if known is None else known
