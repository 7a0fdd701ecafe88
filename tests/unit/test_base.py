"""JSON, canonical JSON and XML keep what they promise."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.base import canonical, jsonio, xml
from mainspring.base.errors import UnsafeInputError

numbers = st.decimals(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_a_stored_value_reads_back_as_its_normal_form(value: object) -> None:
    assert jsonio.loads(jsonio.dumps(value)) == jsonio.normalise(value)


@given(values)
def test_the_normal_form_is_stable(value: object) -> None:
    once = jsonio.normalise(value)
    assert jsonio.normalise(once) == once


@given(st.dictionaries(st.text(), numbers, max_size=6))
def test_the_order_of_keys_does_not_change_the_digest(value: dict[str, Decimal]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical.digest(value) == canonical.digest(turned)


def test_a_trailing_zero_is_the_same_amount_and_a_digit_is_not() -> None:
    assert canonical.digest({"amount": Decimal("10.50")}) == canonical.digest({"amount": Decimal("10.5")})
    assert canonical.digest({"amount": Decimal("10.50")}) != canonical.digest({"amount": Decimal("10.51")})


def test_a_number_and_its_text_differ_in_storage() -> None:
    assert jsonio.dumps(Decimal("1.50")) == b"1.50"


def test_a_doctype_is_refused() -> None:
    with pytest.raises(UnsafeInputError, match="DOCTYPE"):
        xml.parse(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "evil.xml")


def test_deep_nesting_is_refused() -> None:
    depth = xml.MAX_DEPTH + 1
    with pytest.raises(UnsafeInputError):
        xml.parse(b"<a>" * depth + b"</a>" * depth, "deep.xml")


@pytest.mark.parametrize("text", [b"<a>\n<zeebe:userTask/></a>", b'<a>\n<b x:y="1"/></a>'])
def test_an_undeclared_prefix_is_refused_with_its_line(text: bytes) -> None:
    with pytest.raises(xml.XmlError, match="line 2"):
        xml.parse(text)


def test_a_fault_in_the_text_names_line_and_column() -> None:
    with pytest.raises(xml.XmlError, match=r"line 2, column") as error:
        xml.parse(b"<a>\n<b></a>", "broken.xml")
    assert "broken.xml" in str(error.value)
