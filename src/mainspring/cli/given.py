"""JSON that is given on the command line, as text or as the name of a file."""

from pathlib import Path
from typing import Any

from mainspring.base import jsonio
from mainspring.base.jsonio import NotJsonError
from mainspring.cli.errors import ArgumentError


def object_of(given: str, option: str) -> dict[str, Any]:
    """The JSON object of an option.

    Raises:
        ArgumentError: it is neither a JSON object nor a file of one.
    """
    text = (
        given
        if given.lstrip()[:1] in {"{", "["}
        else read(Path(given), option).decode("utf-8-sig", "replace")
    )
    try:
        value = jsonio.loads(text)
    except NotJsonError as error:
        raise ArgumentError(error.message, where=option, mend=error.mend) from None
    if not isinstance(value, dict):
        raise ArgumentError("a JSON object is needed", where=option, mend='Write it as {"name": value}.')
    return value


def read(file: Path, where: str = "") -> bytes:
    """The bytes of a file.

    Raises:
        ArgumentError: it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        mend = "Check the path and its rights."
        raise ArgumentError(f"{file} cannot be read: {error.strerror}", where=where, mend=mend) from None
