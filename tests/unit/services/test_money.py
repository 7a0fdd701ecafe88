"""Rounding and tax: exact, additive, and as the invoice standard wants it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mainspring.services.money import round_money, split_tax

NETS = st.decimals(min_value=0, max_value=100_000, places=2)
RATES = st.sampled_from([Decimal(0), Decimal("0.06"), Decimal("0.13"), Decimal("0.2"), Decimal("0.055")])


def test_half_a_cent_rounds_away_from_zero() -> None:
    assert round_money(Decimal("0.125"), "EUR") == Decimal("0.13")
    assert round_money(Decimal("-0.125"), "EUR") == Decimal("-0.13")


def test_yen_have_no_cents_and_dinars_have_three() -> None:
    assert round_money(Decimal("10.5"), "JPY") == Decimal(11)
    assert round_money(Decimal("1.2345"), "KWD") == Decimal("1.235")


@given(st.lists(st.tuples(NETS, RATES), max_size=20))
def test_taxes_of_lines_add_up_to_the_rounded_tax_of_each_rate(lines: list[tuple[Decimal, Decimal]]) -> None:
    taxes = split_tax([net for net, _ in lines], [rate for _, rate in lines], "EUR")
    for rate in {rate for _, rate in lines}:
        base = sum((net for net, own in lines if own == rate), Decimal(0))
        split = sum((tax for tax, (_, own) in zip(taxes, lines, strict=True) if own == rate), Decimal(0))
        assert split == round_money(base * rate, "EUR")


@given(st.lists(st.tuples(NETS, RATES), max_size=20))
def test_the_tax_of_a_line_is_within_a_cent_of_its_own_rounding(lines: list[tuple[Decimal, Decimal]]) -> None:
    taxes = split_tax([net for net, _ in lines], [rate for _, rate in lines], "EUR")
    for (net, rate), tax in zip(lines, taxes, strict=True):
        assert abs(tax - net * rate) <= Decimal("0.01")
        assert tax >= 0
