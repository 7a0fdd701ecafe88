"""A trading company's desk on each database; the books are proved at the end of every test that uses it."""

from collections.abc import Iterator

import pytest

from mainspring.store import Store
from mainspring.testing.trading import TradingDesk


@pytest.fixture
def desk(store: Store) -> Iterator[TradingDesk]:
    """A desk with the records of `TradingDesk.supply`; the test must leave books that can be proved."""
    desk = TradingDesk(store)
    desk.supply()
    yield desk
    assert desk.check() == []


@pytest.fixture
def spoilt_desk(store: Store) -> TradingDesk:
    """A desk whose books a test may spoil."""
    desk = TradingDesk(store)
    desk.supply()
    return desk
