"""Fixtures that every test may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public suites and data beside the project; skips aloud where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the shared suites and data are not beside the project ({SHARED.name}/ missing)")
    return SHARED
