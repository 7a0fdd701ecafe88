"""The firm as its customers see it: its name and its logo, from the settings of the installation."""

import os
from pathlib import Path
from typing import NamedTuple

from mainspring.app.errors import SetUpError

NAME, LOGO = "MAINSPRING_FIRM", "MAINSPRING_FIRM_LOGO"
"""Settings: the name, and the file of the logo (PNG, JPEG or SVG)."""
TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_MOST_BYTES = 500_000


class Firm(NamedTuple):
    """Name, and the file of the logo if there is one."""

    name: str
    logo: Path | None


def firm() -> Firm:
    """The firm as set up; without a name the page speaks of "us"."""
    named = os.environ.get(LOGO)
    return Firm(os.environ.get(NAME, ""), Path(named) if named else None)


def logo() -> tuple[bytes, str] | None:
    """The logo with its media type; None where there is none.

    Raises:
        SetUpError: the file is no picture that a page can show, or too large.
    """
    file = firm().logo
    if file is None:
        return None
    kind = TYPES.get(file.suffix.lower())
    if kind is None or not file.is_file() or file.stat().st_size > _MOST_BYTES:
        said = f"the logo must be a PNG, JPEG or SVG file of at most {_MOST_BYTES // 1000} kB"
        raise SetUpError(said, where=LOGO, mend="Name another file.")
    return file.read_bytes(), kind
