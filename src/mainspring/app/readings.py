"""Documents as they were read, kept for a while: nobody waits for the same scan to be read twice."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

MOST = 200
"""Documents whose reading is kept; one more drops the one that was looked at longest ago."""


class Readings:
    """Keeps readings by the digest of the document, which never changes."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._busy: dict[str, threading.Lock] = {}

    def get(self, digest: str, read: Callable[[], Any]) -> Any:
        """The reading of a document; `read` is called where it is not kept, once for all who ask."""
        with self._lock:
            busy = self._busy.setdefault(digest, threading.Lock())
        with busy:
            with self._lock:
                if digest in self._kept:
                    self._kept.move_to_end(digest)
                    return self._kept[digest]
            made = read()
            with self._lock:
                self._kept[digest] = made
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
                self._busy.pop(digest, None)
            return made
