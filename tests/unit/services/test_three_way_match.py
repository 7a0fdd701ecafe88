"""Order, receipt and invoice: every difference is told, nothing that agrees is; prices from cost."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.services.errors import RuleBrokenError
from mainspring.services.purchase.match import Line, Tolerance, match, match_all
from mainspring.services.purchase.prices import Costing, costed

COUNT = st.integers(1, 5000).map(Decimal)
PRICE = st.decimals(Decimal("0.01"), Decimal(5000), places=4)


def sorts(line: Line, tolerance: Tolerance | None = None) -> set[str]:
    return {one.sort for one in match(line, tolerance).differences}


@given(COUNT, PRICE)
def test_three_papers_that_agree_are_paid_in_full_without_a_word(quantity: Decimal, price: Decimal) -> None:
    verdict = match(Line("1", quantity, price, quantity, Decimal(0), quantity, price, quantity * price))
    assert verdict.agrees
    assert verdict.payable == quantity * price


@given(COUNT, COUNT, PRICE, st.data())
def test_never_more_is_payable_than_was_accepted_at_the_price_agreed(
    ordered: Decimal, received: Decimal, price: Decimal, data: st.DataObject
) -> None:
    rejected = Decimal(data.draw(st.integers(0, int(received))))
    charged, dear = data.draw(COUNT), data.draw(PRICE)
    verdict = match(Line("1", ordered, price, received, rejected, charged, dear))
    assert 0 <= verdict.payable <= min(received - rejected, ordered) * price
    if received - rejected < ordered:
        assert {"short", "rejected", "not_received"} & {one.sort for one in verdict.differences}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (Line("1", Decimal(10), Decimal(2), Decimal(8)), {"short"}),
        (Line("1", Decimal(10), Decimal(2), Decimal(10), Decimal(3)), {"rejected"}),
        (Line("1", Decimal(10), Decimal(2), Decimal(12)), {"over"}),
        (Line("1", Decimal(10), Decimal(2)), {"not_received"}),
        (Line("1", Decimal(0), Decimal(2), Decimal(4)), {"not_ordered"}),
        (Line("1", Decimal(10), Decimal(2), Decimal(8), Decimal(0), Decimal(10)), {"short", "overcharged"}),
        (Line("1", Decimal(5), Decimal(2), Decimal(5), Decimal(0), Decimal(5), Decimal(3)), {"price"}),
        (
            Line("1", Decimal(5), Decimal(2), Decimal(5), Decimal(0), Decimal(5), Decimal(2), Decimal(11)),
            {"sum"},
        ),
    ],
)
def test_each_difference_has_a_name(line: Line, wanted: set[str]) -> None:
    assert sorts(line) == wanted


def test_a_price_within_tolerance_is_paid_as_charged() -> None:
    line = Line("1", Decimal(5), Decimal(100), Decimal(5), Decimal(0), Decimal(5), Decimal(101))
    assert sorts(line, Tolerance(price=Decimal("0.01"))) == set()
    assert match(line, Tolerance(price=Decimal("0.01"))).payable == 505
    assert match(line).payable == 500


def test_every_short_or_rejected_quantity_of_8845_lines_is_found_and_nothing_else(shared: Path) -> None:
    file = shared / "data" / "purchase_orders" / "PurchaseOrderDetail.csv"
    rows = list(csv.reader(file.read_text("utf-8").splitlines(), delimiter="\t"))
    lines = [
        Line(row[1], Decimal(row[3]), Decimal(row[5]), Decimal(row[7]), Decimal(row[8]),
             Decimal(row[3]), Decimal(row[5]), Decimal(row[6]))
        for row in rows
    ]  # fmt: skip
    verdicts = match_all(lines)
    assert len(verdicts) == 8845
    for row, verdict in zip(rows, verdicts, strict=True):
        found = {one.sort: one.quantity for one in verdict.differences}
        assert found.get("short", Decimal(0)) == Decimal(row[3]) - Decimal(row[7])
        assert found.get("rejected", Decimal(0)) == Decimal(row[8])
        assert verdict.agrees == (Decimal(row[3]) == Decimal(row[9]))
        assert all(one.en and one.zh for one in verdict.differences)


def costing(**more: object) -> Costing:
    basis = {"cost": "10", "margin": "0.2", "quantity": "100", "currency": "USD"}
    return Costing.model_validate(basis | more)


def test_the_margin_is_a_share_of_the_price() -> None:
    assert costed(costing()).unit_price == Decimal("12.5000")


def test_whole_cartons_and_the_least_raise_the_quantity() -> None:
    found = costed(costing(quantity="30", min_quantity="50", carton="24", carton_volume="0.05"))
    assert found.raised
    assert [found.cartons, found.quantity, found.volume] == [Decimal(3), Decimal(72), Decimal("0.15")]


def test_terms_of_trade_say_who_pays_freight_insurance_and_duty() -> None:
    sea = {"carton": "10", "carton_volume": "0.1", "freight": "100", "local": "5", "margin": "0",
           "insurance": "0.01", "duty": "0.1"}  # fmt: skip
    landed = {
        terms: costed(costing(terms=terms, **sea)).landed for terms in ("EXW", "FOB", "CFR", "CIF", "DDP")
    }
    assert landed == {
        "EXW": Decimal(10),
        "FOB": Decimal("10.5"),
        "CFR": Decimal("11.5"),
        "CIF": Decimal("11.61"),
        "DDP": Decimal("12.6"),
    }


def test_freight_without_a_volume_is_refused() -> None:
    with pytest.raises(RuleBrokenError, match="volume of a carton is unknown"):
        costed(costing(terms="CIF", freight="100"))


@given(PRICE, st.decimals(0, Decimal("0.9"), places=3), COUNT)
def test_a_price_never_earns_less_than_its_margin(cost: Decimal, margin: Decimal, quantity: Decimal) -> None:
    found = costed(costing(cost=cost, margin=margin, quantity=quantity))
    assert found.unit_price * (1 - margin) >= cost
    assert found.total == found.net + found.tax
