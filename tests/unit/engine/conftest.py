"""Fixtures of the engine tests."""

import pytest

from mainspring.testing.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A fresh desk."""
    return Desk()
