"""Prices learned from past sales."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.price import PriceBook, Sale
from mainspring.base.bilingual import told

START = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = START + timedelta(days=60)


def sold(
    price: str,
    quantity: int = 1,
    *,
    day: int = 0,
    customer: str | None = "C1",
    order_lines: int | None = None,
) -> Sale:
    when = START + timedelta(days=day)
    return Sale(customer, "LAMP", Decimal(quantity), Decimal(price), when, order_lines)


def test_the_price_that_was_always_asked_is_asked_again() -> None:
    book = PriceBook([sold("2.95", day=day) for day in range(50, 58)])
    suggestion = book.price("C1", "LAMP", Decimal(1), TODAY)
    assert suggestion.value == Decimal("2.95")
    assert suggestion.confidence > 0.95
    assert told(suggestion.evidence[0], "en") == "this customer paid the same in the last 8 sales"


def test_a_price_that_changed_is_the_new_one_once_it_has_settled() -> None:
    book = PriceBook([sold("2.95", day=day) for day in range(20)])
    for day in range(40, 60):
        book.learn(sold("3.25", day=day, customer=f"C{day}"))
    assert book.price("C7", "LAMP", Decimal(1), TODAY).value == Decimal("3.25")


def test_a_quantity_break_is_found_and_told() -> None:
    small = [sold("2.95", quantity, day=50, customer=f"C{quantity}") for quantity in (1, 2, 4, 6)]
    large = [sold("2.55", quantity, day=50, customer=f"C{quantity}") for quantity in (24, 32, 48)]
    book = PriceBook([*small, *large])
    assert book.price("C99", "LAMP", Decimal(3), TODAY).value == Decimal("2.95")
    many = book.price("C99", "LAMP", Decimal(36), TODAY)
    assert many.value == Decimal("2.55")
    assert "quantity break from 24" in [told(each, "en") for each in many.evidence]


def test_a_customer_keeps_a_price_of_its_own() -> None:
    others = [sold("2.95", day=day, customer=f"D{day}") for day in (50, 52, 54)]
    book = PriceBook([*others, sold("2.40", day=52, customer="C1"), sold("2.40", day=53, customer="C1")])
    assert book.price("C1", "LAMP", Decimal(1), TODAY).value == Decimal("2.40")
    assert book.price("C5", "LAMP", Decimal(1), TODAY).value == Decimal("2.95")


def test_sales_without_an_account_have_a_price_list_of_their_own() -> None:
    book = PriceBook(
        [sold("2.95", day=day) for day in range(50, 58)] + [sold("5.79", day=50, customer=None)],
    )
    assert book.price(None, "LAMP", Decimal(1), TODAY).value == Decimal("5.79")
    assert book.price("C2", "LAMP", Decimal(1), TODAY).value == Decimal("2.95")


def test_the_size_of_an_anonymous_order_tells_its_price_list() -> None:
    counter = [sold("2.95", day=day, customer="", order_lines=2) for day in range(50, 54)]
    web = [sold("5.79", day=day, customer="", order_lines=150) for day in range(50, 54)]
    book = PriceBook([*counter, *web])
    assert book.price(None, "LAMP", Decimal(1), TODAY, order_lines=3).value == Decimal("2.95")
    assert book.price(None, "LAMP", Decimal(1), TODAY, order_lines=200).value == Decimal("5.79")


def test_prices_that_are_all_over_the_place_are_not_trusted() -> None:
    steady = PriceBook([sold("2.95", day=day) for day in range(50, 58)])
    wild = PriceBook([sold(f"{day}.95", day=day) for day in range(50, 58)])
    asked = ("C1", "LAMP", Decimal(1), TODAY)
    assert wild.price(*asked).confidence < 0.5 < steady.price(*asked).confidence
    assert wild.price(*asked).alternatives


def test_a_product_never_sold_has_its_list_price_or_none() -> None:
    book = PriceBook(list_prices={"LAMP": Decimal("3.10")})
    listed = book.price("C1", "LAMP", Decimal(1), TODAY)
    assert listed.value == Decimal("3.10")
    assert [told(each, "en") for each in listed.evidence] == ["list price; LAMP was never sold"]
    unknown = book.price("C1", "SOFA", Decimal(1), TODAY)
    assert (unknown.value, unknown.confidence) == (None, 0.0)
    assert "LAMP" not in book


@pytest.mark.parametrize(("price", "quantity"), [("0", 1), ("-1", 1), ("2.95", 0), ("2.95", -3)])
def test_free_lines_and_returns_teach_no_price(price: str, quantity: int) -> None:
    book = PriceBook([sold(price, quantity)])
    assert book.price("C1", "LAMP", Decimal(1), TODAY).value is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2.95", "2.55", "5.79", "0.01"]),
            st.integers(min_value=1, max_value=10_000),
            st.integers(min_value=0, max_value=400),
            st.sampled_from(["C1", "C2", None]),
            st.sampled_from([None, 1, 80]),
        ),
        min_size=1,
        max_size=40,
    ),
    st.integers(min_value=1, max_value=10_000),
    st.sampled_from(["C1", "C9", None]),
)
def test_a_suggestion_is_a_price_that_was_really_asked(
    history: list[tuple[str, int, int, str | None, int | None]], quantity: int, customer: str | None
) -> None:
    book = PriceBook(
        sold(price, many, day=day, customer=who, order_lines=lines)
        for price, many, day, who, lines in history
    )
    suggestion = book.price(customer, "LAMP", Decimal(quantity), TODAY)
    assert str(suggestion.value) in {price for price, *_ in history}
    assert 0.0 <= suggestion.confidence <= 1.0
    assert suggestion.evidence
    assert suggestion.value not in {price for price, _ in suggestion.alternatives}


def test_learning_one_by_one_is_learning_at_once() -> None:
    sales = [sold(price, many, day=many) for price, many in [("2.95", 3), ("2.55", 40), ("2.95", 5)]]
    grown = PriceBook()
    for sale in sales:
        grown.learn(sale)
    asked = ("C1", "LAMP", Decimal(30), TODAY)
    assert grown.price(*asked) == PriceBook(sales).price(*asked)
