"""Return on investment: formulas, plan beside actual, what is measured, what a ledger may not say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.insight import roi
from mainspring.insight.errors import LedgerError
from mainspring.insight.roi.items import items

LEDGER = """
currency: EUR
years: 3
scenes:
  - id: quotes
    title: {en: Quotes, zh: 报价}
    process: sales
    costs:
      - {item: integration, amount: 6000}
      - {item: team, amount: 1000, planned: 2000}
    benefits:
      - item: handling_time
        quantities:
          old_minutes: {value: 22, low: 12, high: 32}
          new_minutes: {measured: minutes_a_case, value: 10}
          volume: 600
          hourly_value: 30
"""
MEASURED = {"sales": roi.Observed({"minutes_a_case": Decimal(2)}, None, None, 10)}
amounts = st.decimals(min_value=0, max_value=1_000_000, places=2)


def test_a_ledger_comes_to_what_the_formulas_say() -> None:
    found = roi.reckon(roi.read(LEDGER, "l.yaml"), {}).actual
    assert found.output == (22 - 10) * 600 * 30 / 60
    assert found.yearly_input == 1000 + 6000 / 3
    assert found.roi == ((Decimal(3600) * 3 - 9000) / 9000).quantize(Decimal("0.0001"))
    assert found.payback_years == (Decimal(6000) / 2600).quantize(Decimal("0.01"))


def test_what_was_measured_replaces_the_assumption_and_the_plan_stays() -> None:
    found = roi.reckon(roi.read(LEDGER, "l.yaml"), MEASURED)
    line = found.scenes[0].benefits[0]
    assert line.amount == 6000
    assert line.planned == 3600
    assert line.quantities["new_minutes"].measured
    assert not line.measured
    assert found.measured_output == 0
    assert found.planned.running == 2000


def test_the_assumption_that_moves_the_return_most_stands_first_and_measured_ones_do_not_stand() -> None:
    ledger = roi.read(LEDGER, "l.yaml")
    places = [one.place[2] for one in roi.sensitivity(ledger, MEASURED)]
    assert places[0] == "old_minutes"
    assert "new_minutes" not in places
    assert "new_minutes" in {one.place[2] for one in roi.sensitivity(ledger, {})}


def test_what_is_never_paid_back_has_no_payback() -> None:
    text = LEDGER.replace("old_minutes: {value: 22, low: 12, high: 32}", "old_minutes: 11")
    found = roi.reckon(roi.read(text, "l.yaml"), {}).actual
    assert found.output == 300
    assert found.payback_years is None


@given(initial=amounts, running=amounts, spend=amounts, years=st.integers(1, 10))
def test_the_return_is_output_over_input_less_one(
    initial: Decimal, running: Decimal, spend: Decimal, years: int
) -> None:
    text = (
        f"{{currency: EUR, years: {years}, scenes: [{{id: a, title: {{en: a, zh: a}}, "
        f"costs: [{{item: data, amount: '{initial}'}}, {{item: team, amount: '{running}'}}], "
        f"benefits: [{{item: external_spend, quantities: {{spend: '{spend}'}}}}]}}]}}"
    )
    found = roi.reckon(roi.read(text, "l.yaml"), {}).actual
    put_in = initial + running * years
    if put_in == 0:
        assert found.roi is None
    else:
        assert found.roi is not None
        assert abs((1 + found.roi) * put_in - spend * years) <= put_in * Decimal("0.0001")


@pytest.mark.parametrize("kind", items().benefits)
def test_every_formula_gives_an_amount_of_its_quantities(kind: str) -> None:
    one = items().benefits[kind]
    nothing = one.worth(dict.fromkeys(one.quantities, Decimal(0)))
    assert nothing == 0
    numbers = {name: Decimal(10 + place) for place, name in enumerate(one.quantities)}
    assert one.worth(numbers) != 0


@pytest.mark.parametrize(
    ("old", "new", "said", "where"),
    [
        ("item: team", "item: tea", "tea is no kind of cost", "scenes.0.costs.1"),
        ("volume: 600", "", "needs exactly these quantities", "scenes.0.benefits.0"),
        ("measured: minutes_a_case", "measured: luck", "luck is not measured", "new_minutes"),
        ("low: 12", "low: 40", "low 40 is above high 32", "old_minutes"),
        ("amount: 6000", "amount: -1", "greater than or equal to 0", "scenes.0.costs.0.amount"),
        ("years: 3", "years: 0", "greater than or equal to 1", "years"),
        ("currency: EUR", "currency: [", "no YAML", "l.yaml"),
        ("volume: 600", "volume: .inf", "finite", "volume"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(old: str, new: str, said: str, where: str) -> None:
    with pytest.raises(LedgerError, match=said) as error:
        roi.read(LEDGER.replace(old, new), "l.yaml")
    assert where in error.value.where


def test_the_same_work_is_not_counted_twice() -> None:
    more = LEDGER + "      - {item: hours_automated, quantities: {hours: 1, hourly_value: 1}}\n"
    with pytest.raises(LedgerError, match="handling_time and hours_automated count the same work"):
        roi.read(more, "l.yaml")
