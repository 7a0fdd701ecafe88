"""The body of an answer, bounded: so many bytes as they come, so many unpacked, so long altogether.

Packed bodies are unpacked here, piece by piece, so that a small answer which unpacks to an immense one is cut
off at the bound and never held.
"""

import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from contextlib import contextmanager

import httpx2

from mainspring.gateway.egress.errors import TooMuch
from mainspring.gateway.egress.network import deadline

_PIECE = 65_536
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class Bound:
    """Counts the bytes of one body and unpacks them.

    Raises:
        TooMuch: in `pieces`, once there are more than `most`; or the body is packed in an unknown way.
    """

    def __init__(self, headers: Mapping[str, str], most: int, where: str) -> None:
        self._most = most
        self._where = where
        self._came = 0
        self._gave = 0
        coding = headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"", "identity", *_WINDOWS}:
            raise TooMuch(f"the answer is packed as {coding}, which nobody asked for", where=where)
        window = _WINDOWS.get(coding)
        self._unpack = None if window is None else zlib.decompressobj(window)
        declared = headers.get("content-length", "0")
        if declared.isascii() and declared.isdigit() and int(declared) > most:
            raise self._too_much()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What so many bytes from the wire hold."""
        self._came += len(data)
        if self._came > self._most:
            raise self._too_much()
        if self._unpack is None:
            yield data
            return
        try:
            while data:
                piece = self._unpack.decompress(data, _PIECE)
                data = self._unpack.unconsumed_tail
                self._gave += len(piece)
                if self._gave > self._most:
                    raise self._too_much()
                if piece:
                    yield piece
        except zlib.error:
            raise TooMuch("the answer is packed wrongly", where=self._where) from None

    def _too_much(self) -> TooMuch:
        return TooMuch(
            f"the answer is larger than {self._most:,} bytes",
            where=self._where,
            mend="Ask for less, or register the service with a greater bound.",
        )


class Body(httpx2.SyncByteStream):
    """A bounded body."""

    def __init__(self, below: Iterable[bytes], bound: Bound, until: float | None) -> None:
        self._below = below
        self._bound = bound
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        pieces = iter(self._below)
        while True:
            with within(self._until):
                data = next(pieces, None)
            if data is None:
                return
            yield from self._bound.pieces(data)

    def close(self) -> None:
        """Give the connection back."""
        close = getattr(self._below, "close", None)
        if close is not None:
            close()


class AsyncBody(httpx2.AsyncByteStream):
    """A bounded body for asynchronous callers."""

    def __init__(self, below: AsyncIterable[bytes], bound: Bound, until: float | None) -> None:
        self._below = below
        self._bound = bound
        self._until = until

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = aiter(self._below)
        while True:
            with within(self._until):
                data = await anext(pieces, None)
            if data is None:
                return
            for piece in self._bound.pieces(data):
                yield piece

    async def aclose(self) -> None:
        """Give the connection back."""
        close = getattr(self._below, "aclose", None)
        if close is not None:
            await close()


@contextmanager
def within(until: float | None) -> Iterator[None]:
    """Everything inside must be over by then."""
    before = deadline.set(until)
    try:
        yield
    finally:
        deadline.reset(before)
