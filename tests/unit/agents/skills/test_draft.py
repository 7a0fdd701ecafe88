"""Letters from templates: values in their place, gaps named, nothing evaluated."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.draft import Language, Letter, Template, TemplateError, fill, read_template
from mainspring.agents.skills.draft.forms import capital, money
from mainspring.agents.skills.draft.template import parts
from mainspring.base.bilingual import told

REMINDER = """
id: reminder
version: 3
title: {en: Payment reminder, zh: 催款通知}
text:
  en: |
    Dear {{ customer.name }},
    invoice {{ invoice_no }} of {{ issued | date }} over {{ currency }} {{ open | money }} is open.
    {% each lines %}
    - {{ .sku }}: {{ .quantity }}
    {% end %}
    {% if discount %}Discount {{ discount | percent }}.{% else %}No discount.{% end %}
  zh: |
    {{ customer.name }}：
    {{ issued | date }}开具的{{ invoice_no }}号发票尚欠{{ open | capital }}。
"""
VALUES = {
    "customer": {"name": "Beispiel Ltd"},
    "invoice_no": "R-1",
    "issued": date(2026, 3, 5),
    "currency": "EUR",
    "open": Decimal("1234.50"),
    "lines": [{"sku": "A", "quantity": 2}, {"sku": "B", "quantity": 5}],
    "discount": "0.05",
}


def reminder() -> Template:
    return read_template(REMINDER, "reminder.yaml")


def letter(text: str, values: dict[str, Any], language: Language = "en") -> Letter:
    both = parts(text)
    return fill(Template("t", 1, {"en": "t", "zh": "t"}, {"en": both, "zh": both}), language, values)


def test_a_letter_in_english_has_every_value_in_its_form() -> None:
    found = fill(reminder(), "en", VALUES)
    assert found.text == (
        "Dear Beispiel Ltd,\n"
        "invoice R-1 of 5 March 2026 over EUR 1,234.50 is open.\n"
        "- A: 2\n- B: 5\n"
        "Discount 5%.\n"
    )
    assert (found.missing, found.confidence, found.title) == ((), 1.0, "Payment reminder")


def test_a_letter_in_chinese_writes_days_and_capital_figures() -> None:
    text = fill(reminder(), "zh", VALUES).text
    assert text == "Beispiel Ltd：\n2026年3月5日开具的R-1号发票尚欠壹仟贰佰叁拾肆元伍角整。\n"


def test_missing_values_are_named_and_their_places_marked() -> None:
    found = fill(reminder(), "en", {**VALUES, "invoice_no": None, "lines": [{"sku": "A"}]})
    assert found.missing == ("invoice_no", "lines.1.quantity")
    assert "invoice [invoice_no?] of" in found.text
    assert found.confidence == 0.0


def test_a_value_that_does_not_fit_its_form_is_named_with_the_reason() -> None:
    (said,) = letter("{{ open | money }}", {"open": "soon"}).missing
    assert told(said, "en") == "open (not to be written as money: no number)"


def test_a_part_is_left_out_where_its_value_says_nothing() -> None:
    assert letter("{% if a %}yes{% else %}no{% end %}", {"a": []}).text == "no"


def test_every_value_tells_where_it_stands() -> None:
    found = fill(reminder(), "en", VALUES)
    assert {one.name: found.text[one.start : one.end] for one in found.filled}["lines.2.sku"] == "B"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ a", "a mark is not closed"),
        ("\n{% each a %}x", "not closed by"),
        ("{% end %}", "closes nothing"),
        ("{% else %}", "closes nothing"),
        ("{{ a | shout }}", "there is no form 'shout'"),
        ("{{ a.__class__() }}", "names no value"),
        ("{{ a + b }}", "names no value"),
        ("{% import os %}", "is not known"),
        ("{% if a %}" * 10 + "{% end %}" * 10, "nested more than"),
    ],
)
def test_a_template_that_cannot_be_read_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(said)) as told:
        parts(text)
    assert "line" in told.value.where


@pytest.mark.parametrize(
    "text", ["", "[]", "id: a", "a: [", REMINDER.replace("zh: 催款通知", "fr: x"), "id: a\nversion: x"]
)
def test_what_is_no_template_in_both_languages_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        read_template(text, "bad.yaml")


def test_a_path_goes_through_mappings_only_never_into_an_object() -> None:
    assert letter("{{ a.year }}", {"a": date(2026, 1, 1)}).missing == ("a.year",)


@given(st.text(max_size=40).filter(bool), st.sampled_from(["en", "zh"]))
def test_nothing_in_a_value_is_ever_read_as_a_mark(value: str, language: Language) -> None:
    for said in (value, f"{{{{ secret }}}}{value}", f"{{% each a %}}{value}"):
        assert letter("<{{ a }}>", {"a": said, "secret": "S"}, language).text == f"<{said}>"


@given(st.text(max_size=60))
def test_any_text_is_a_template_or_is_refused(text: str) -> None:
    try:
        read = parts(text)
    except TemplateError:
        return
    fill(Template("t", 1, {"en": "", "zh": ""}, {"en": read, "zh": read}), "en", {})


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]), st.one_of(st.none(), st.integers(), st.text(max_size=5))
    )
)
def test_a_value_is_either_filled_in_or_named_as_missing(values: dict[str, Any]) -> None:
    found = letter("{{ a }}{{ b }}{{ c }}", values)
    assert {one.name for one in found.filled} | set(found.missing) == {"a", "b", "c"}
    assert found.confidence == (0.0 if found.missing else 1.0)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("10", "壹拾元整"),
        ("1005.30", "壹仟零伍元叁角整"),
        ("1000000", "壹佰万元整"),
        ("100000001.01", "壹亿零壹元零壹分"),
        ("10203040.56", "壹仟零贰拾万零叁仟零肆拾元伍角陆分"),
        ("-7.20", "负柒元贰角整"),
    ],
)
def test_an_amount_in_capital_figures_is_written_as_on_a_cheque(amount: str, said: str) -> None:
    assert capital(amount, "zh") == said


def test_an_amount_with_parts_of_a_cent_is_refused_rather_than_rounded() -> None:
    with pytest.raises(ValueError, match="parts of a cent"):
        money("1.005", "en")
