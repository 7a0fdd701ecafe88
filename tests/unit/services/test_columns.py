"""The exact column type: what is written comes back equal, or is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from mainspring.services import columns
from mainspring.services.errors import RuleBrokenError

DIALECT = sqlite.dialect()


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_an_amount_comes_back_equal(value: Decimal) -> None:
    kind = columns.amount()
    assert kind.process_result_value(kind.process_bind_param(value, DIALECT), DIALECT) == value


def test_an_amount_shows_two_decimals_and_more_only_where_there_are_more() -> None:
    kind = columns.amount()
    assert str(kind.process_result_value(125000, DIALECT)) == "12.50"
    assert str(kind.process_result_value(-125000, DIALECT)) == "-12.50"
    assert str(kind.process_result_value(125050, DIALECT)) == "12.5050"
    assert str(columns.quantity().process_result_value(3_000_000, DIALECT)) == "3"


def test_a_sum_that_postgresql_gives_as_decimal_is_read_like_an_integer() -> None:
    assert columns.amount().process_result_value(Decimal(125000), DIALECT) == Decimal("12.50")


@pytest.mark.parametrize("value", [Decimal("0.00001"), Decimal(10) ** 15])
def test_a_number_that_does_not_fit_is_refused_and_never_rounded(value: Decimal) -> None:
    with pytest.raises(RuleBrokenError, match="does not fit"):
        columns.amount().process_bind_param(value, DIALECT)


def test_nothing_stays_nothing() -> None:
    assert columns.price().process_bind_param(None, DIALECT) is None
    assert columns.price().process_result_value(None, DIALECT) is None
