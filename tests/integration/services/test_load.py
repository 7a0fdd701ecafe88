"""Bringing records in: bad rows are reported with file, line and field, the rest goes on, nothing doubles."""

from decimal import Decimal

from mainspring.testing.trading import CUSTOMERS, PRODUCTS, TradingDesk


def test_a_bad_row_is_reported_with_its_line_and_field_and_the_rest_goes_on(desk: TradingDesk) -> None:
    result = desk.load(
        products=[
            {"sku": "D", "name": "Nut M8", "list_price": "0.05"},
            {"sku": "", "name": "Nut M10"},
            {"sku": "E", "name": "Nut M12", "list_price": "five cents", "colour": "blue"},
            {"sku": "D", "name": "Nut M8 again"},
        ]
    )
    assert result.loaded == {"products": 1}
    assert [(one.file, one.line, one.field) for one in result.problems] == [
        ("products.csv", 3, "sku"),
        ("products.csv", 4, "list_price"),
        ("products.csv", 4, "colour"),
        ("products.csv", 5, ""),
    ]
    assert desk.call("products.get", skus=["D", "E"]).unknown == ("E",)


def test_the_same_rows_again_change_nothing_and_new_values_overwrite(desk: TradingDesk) -> None:
    desk.supply()
    assert desk.call("stock.levels", skus=["A"]).levels[0].on_hand == 100
    desk.load(products=[PRODUCTS[0] | {"list_price": "1.05"}], stock=[{"sku": "A", "on_hand": "90"}])
    assert desk.call("products.get", skus=["A"]).products[0].list_price == Decimal("1.05")
    assert desk.call("stock.levels", skus=["A"]).levels[0].on_hand == 90
    assert len(desk.call("customers.list").customers) == len(CUSTOMERS)


def test_a_price_or_stock_of_an_unknown_product_or_customer_is_a_problem(desk: TradingDesk) -> None:
    price = {"unit_price": "1", "currency": "EUR", "valid_from": "2026-01-01T00:00:00Z"}
    result = desk.load(
        prices=[price | {"sku": "X"}, price | {"sku": "A", "customer_id": "K9"}, price | {"sku": "A"}],
        stock=[{"sku": "X", "on_hand": "1"}, {"sku": "A", "on_hand": "-1"}],
    )
    assert result.loaded == {"prices": 1, "stock": 0}
    assert [(one.line, one.field) for one in result.problems] == [
        (2, "sku"),
        (3, "customer_id"),
        (3, "on_hand"),
        (2, "sku"),
    ]


def test_stock_is_never_set_below_what_is_reserved(desk: TradingDesk) -> None:
    desk.call("stock.reserve", order_no=desk.order(("A", "60", "1")).order_no)
    result = desk.load(stock=[{"sku": "A", "on_hand": "50"}])
    assert [(one.field, one.message) for one in result.problems] == [("on_hand", "60 of A are reserved")]
