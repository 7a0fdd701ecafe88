"""Personal values leave the house as stand-ins and come back as they were."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.privacy import StandIns

KEY = b"0123456789abcdef"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Write to jo.demo@example.org today", "jo.demo@example.org"),
        ("Call +44 20 7946 0018 now", "+44 20 7946 0018"),
        ("Call 020 7946 0018 now", "020 7946 0018"),
        ("Ring (415) 555-0132", "(415) 555-0132"),
        ("手机13800138000，谢谢", "13800138000"),
        ("电话 010-62345678", "010-62345678"),
        ("身份证11010519491231002X", "11010519491231002X"),
        ("IBAN GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32"),
        ("card 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("our account no. 12345678901", "12345678901"),
        ("账号：6222 0210 0111 2345", "6222 0210 0111 2345"),
        ("Ship to 12 Demo Garden Street, Sampletown", "12 Demo Garden Street"),
        ("送到浙江省杭州市西湖区样例路12号3楼", "样例路12号"),
        ("Please ask Mr John Demoson about it", "John Demoson"),
        ("Dear Jane Sample, thank you", "Jane Sample"),
        ("Best regards,\nJane Q. Sample", "Jane Q. Sample"),
        ("请联系王小明先生", "王小明"),
        ("收货人：李样例", "李样例"),
        ("passport no P1234567", "P1234567"),
        ("SSN 078-05-1120", "078-05-1120"),
    ],
)
def test_a_personal_value_does_not_leave_and_comes_back(text: str, secret: str) -> None:
    hiding = StandIns(KEY)
    told = hiding.hide(text)
    assert secret not in told
    assert hiding.restore(told) == text


@pytest.mark.parametrize(
    "text",
    [
        "12 x hinge 40 mm at 2.50",
        "M8x40, 200 pcs, 2026-01-15",
        "Order 4500012345 of 2026",
        "Dear Sir or Madam",
        "铜铰链40毫米 200件",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert StandIns(KEY).hide(text) == text


def test_marked_values_are_hidden_wherever_they_stand_in_any_case() -> None:
    hiding = StandIns(KEY, {"customer": ["Demo Trader Ltd"]})
    told = hiding.hide({"who": "DEMO TRADER LTD", "text": "as Demo Trader Ltd wrote"})
    assert "trader" not in json.dumps(told).lower()
    assert hiding.restore(told) == {"who": "DEMO TRADER LTD", "text": "as Demo Trader Ltd wrote"}


def test_the_same_value_has_the_same_stand_in_and_another_key_another_one() -> None:
    text = "jo@example.org"
    assert StandIns(KEY).hide(text) == StandIns(KEY).hide(text) != StandIns(b"f" * 16).hide(text)


def test_an_answer_in_other_letters_is_restored_too() -> None:
    hiding = StandIns(KEY)
    token = hiding.hide("jo@example.org")
    assert hiding.restore([f"to {token.lower()}"]) == ["to jo@example.org"]


def test_a_stand_in_that_the_model_made_up_stays_as_it_is() -> None:
    assert StandIns(KEY).restore("PHONE_ABCDEF") == "PHONE_ABCDEF"


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        StandIns(b"short")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_whatever_is_hidden_is_restored_to_itself(value: object) -> None:
    hiding = StandIns(KEY)
    assert hiding.restore(hiding.hide(value)) == value
