"""A rate: how often one caller may use an operation."""

from typing import NamedTuple


class Rate(NamedTuple):
    """So many calls a second on average, and at most `burst` at once."""

    per_second: float
    burst: int
