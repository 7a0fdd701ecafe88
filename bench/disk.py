"""A folder for what a bench writes, on the disk that the project lies on (/tmp may be none)."""

import tempfile
from pathlib import Path

RESULTS = Path(__file__).with_name("results")


def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that is gone after use; git does not see it."""
    RESULTS.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=RESULTS)
