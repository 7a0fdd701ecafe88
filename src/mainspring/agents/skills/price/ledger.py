"""The sales of one product in columns, so that hundreds of them vote on a price in microseconds."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_FIRST = 16
_DAY = 86_400.0
UNKNOWN_SIZE = np.nan


class View(NamedTuple):
    """The latest sales of a product, oldest first: one array a column."""

    day: NDArray[np.float64]
    log_quantity: NDArray[np.float64]
    log_lines: NDArray[np.float64]
    customer: NDArray[np.int64]
    price: NDArray[np.int64]


class Ledger:
    """Appends sales and shows the latest of them. Customers are numbers; 0 is a sale without an account."""

    def __init__(self) -> None:
        self.prices: list[Decimal] = []
        self._number: dict[Decimal, int] = {}
        self._size = 0
        self._figures = np.empty((3, _FIRST), dtype=np.float64)
        self._keys = np.empty((2, _FIRST), dtype=np.int64)

    def __len__(self) -> int:
        return self._size

    def append(
        self, when: datetime, quantity: Decimal, unit_price: Decimal, customer: int, order_lines: int | None
    ) -> None:
        """Add one sale; sales may come in any order, but the latest `view` is by arrival."""
        if self._size == self._figures.shape[1]:
            self._figures = np.concatenate([self._figures, np.empty_like(self._figures)], axis=1)
            self._keys = np.concatenate([self._keys, np.empty_like(self._keys)], axis=1)
        number = self._number.get(unit_price)
        if number is None:
            number = self._number[unit_price] = len(self.prices)
            self.prices.append(unit_price)
        lines = float(np.log(order_lines)) if order_lines else UNKNOWN_SIZE
        self._figures[:, self._size] = (day(when), float(np.log(float(quantity))), lines)
        self._keys[:, self._size] = (customer, number)
        self._size += 1

    def view(self, latest: int) -> View:
        """The last `latest` sales; arrays are windows on the ledger, not copies."""
        window = slice(max(0, self._size - latest), self._size)
        figures, keys = self._figures[:, window], self._keys[:, window]
        return View(figures[0], figures[1], figures[2], keys[0], keys[1])


def day(when: datetime) -> float:
    """A time as days since 1970."""
    return when.timestamp() / _DAY
