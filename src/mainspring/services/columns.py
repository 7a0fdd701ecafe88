"""Column types of the business systems: exact decimals that the database itself can add up.

A sum over TEXT or REAL would be inexact on SQLite, so amounts are stored as whole numbers of a fixed fraction
(BIGINT on both databases) and come back as Decimal. A value that does not fit is refused, never rounded.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from mainspring.services.errors import RuleBrokenError

_LARGEST = 2**63 - 1


class Fixed(TypeDecorator[Decimal]):
    """A Decimal with at most `places` decimals, shown with at least `shown` of them.

    The result of arithmetic in SQL is a bare number: `type_coerce` it back to the column's type.

    Raises:
        RuleBrokenError: on writing, a value with more decimals or digits than the column holds.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int, shown: int = 0) -> None:
        super().__init__()
        self.places = places
        self.shown = shown

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """The whole number that is stored."""
        del dialect
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        whole = int(scaled)
        if whole != scaled or abs(whole) > _LARGEST:
            raise RuleBrokenError(
                f"the number {value} does not fit: at most {self.places} decimals and 18 digits are kept",
                mend="Round it before it is recorded.",
            )
        return whole

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The Decimal; PostgreSQL hands sums over as Decimal, SQLite as int."""
        del dialect
        if value is None:
            return None
        whole = int(value)
        head, tail = divmod(whole, 10 ** (self.places - self.shown))
        if tail:
            return Decimal(whole).scaleb(-self.places)
        return Decimal(head).scaleb(-self.shown)


def amount() -> Fixed:
    """Money: four decimals are kept (no currency has more), two are always shown."""
    return Fixed(4, shown=2)


def price() -> Fixed:
    """Price of one unit: six decimals, two always shown."""
    return Fixed(6, shown=2)


def quantity() -> Fixed:
    """A quantity in the unit of its line: six decimals."""
    return Fixed(6)


def rate() -> Fixed:
    """A share such as a tax rate: 0.13 is thirteen per cent; six decimals."""
    return Fixed(6)
