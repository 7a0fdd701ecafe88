"""The firm as its customers see it: name and logo as kept in the set-up guide, else from the settings."""

import os
from pathlib import Path
from typing import NamedTuple

from mainspring.app import set_up
from mainspring.app.errors import SetUpError
from mainspring.store import Tx

NAME, LOGO = "MAINSPRING_FIRM", "MAINSPRING_FIRM_LOGO"
"""Settings: the name, and the file of the logo (PNG, JPEG or SVG)."""
TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_MOST_BYTES = 500_000


class Firm(NamedTuple):
    """Name, and whether there is a logo."""

    name: str
    logo: bool


def firm(tx: Tx) -> Firm:
    """The firm as kept, each part else as set; without a name the page speaks of "us"."""
    kept = set_up.company_of(tx) or set_up.Company()
    return Firm(kept.name or os.environ.get(NAME, ""), bool(kept.logo or os.environ.get(LOGO)))


def logo(tx: Tx) -> tuple[bytes, str] | None:
    """The logo with its media type; None where there is none.

    Raises:
        SetUpError: the file of the settings is no picture that a page can show, or too large.
    """
    kept = set_up.company_of(tx)
    if kept is not None and kept.logo:
        return set_up.logo_of(kept)
    named = os.environ.get(LOGO)
    if not named:
        return None
    file = Path(named)
    kind = TYPES.get(file.suffix.lower())
    if kind is None or not file.is_file() or file.stat().st_size > _MOST_BYTES:
        said = f"the logo must be a PNG, JPEG or SVG file of at most {_MOST_BYTES // 1000} kB"
        raise SetUpError(said, where=LOGO, mend="Name another file.")
    return file.read_bytes(), kind
