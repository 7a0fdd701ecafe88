"""Opening files of strangers: compressed ones are read only as far as a plain log could reach."""

import gzip
import io
import zipfile
import zlib
from pathlib import Path

from mainspring.insight.errors import LogError

MOST_BYTES = 32 << 30
"""A log larger than that, unpacked, is refused."""

MOST_RATIO = 250
"""Real logs pack 10 to 60 times; what packs more than this, and is large, is a bomb."""

FREE_BYTES = 64 << 20
"""Below that the ratio does not matter."""

_CHUNK = 1 << 20

BOMB = "it unpacks to far more than a log of its size could hold"


class LimitedReader(io.RawIOBase):
    """Bytes of a file, gzip undone, with an end to patience."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._size = path.stat().st_size
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        self._file = gzip.open(path, "rb") if packed else path.open("rb")  # noqa: SIM115 - closed below
        self.packed = packed
        self.seen = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override] # what io hands over
        """The next bytes."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            LogError: it is a bomb, or the compressed file is broken.
        """
        try:
            data = self._file.read1(size if size >= 0 else _CHUNK)  # what stands before a break is not lost
        except (EOFError, gzip.BadGzipFile, zlib.error, OSError) as error:
            raise LogError(
                f"the compressed file is broken after {self.seen:,} bytes: {error}", where=str(self._path)
            ) from error
        self.seen += len(data)
        if self.seen > MOST_BYTES or (
            self.packed and self.seen > FREE_BYTES and self.seen > MOST_RATIO * self._size
        ):
            raise LogError(BOMB, where=str(self._path))
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def check_archive(path: Path) -> None:
    """Refuse a ZIP archive (Excel) that is none, or unpacks beyond reason.

    Raises:
        LogError: so it is.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            whole = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise LogError(f"it is no Excel workbook: {error}", where=str(path)) from error
    if whole > MOST_BYTES or (whole > FREE_BYTES and whole > MOST_RATIO * path.stat().st_size):
        raise LogError(BOMB, where=str(path))
