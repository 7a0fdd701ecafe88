"""Properties that hold for all texts and values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring import feel
from mainspring.base import jsonio
from mainspring.feel import temporal
from mainspring.feel.types import temporal_text

VOCABULARY = """
    if then else for in return some every satisfies function and or not between instance of ( ) [ ] { } , :
    . .. + - * / ** = != < <= > >= @ ? 1 2.5 "a" null true x y list date and time sum count string matches
    replace substring sort partial item
"""
WORDS = st.sampled_from(VOCABULARY.split())
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    position = 0
    try:
        feel.compile(text).evaluate({"x": 1})
    except feel.FeelSyntaxError as error:
        position = error.position
    assert 0 <= position <= len(text)


@settings(max_examples=500, deadline=None)
@given(st.lists(WORDS, max_size=14), JSON, JSON)
def test_any_words_of_the_language_evaluate_or_are_refused(words: list[str], x: object, y: object) -> None:
    try:
        expression = feel.compile(" ".join(words))
    except feel.FeelSyntaxError:
        return
    context = {"x": x, "y": y, "list": [x, y]}
    assert expression.evaluate(context).value == expression.evaluate(context).value


@given(NUMBERS, NUMBERS)
def test_sums_are_those_of_decimal_arithmetic(a: Decimal, b: Decimal) -> None:
    assert feel.evaluate("a + b", {"a": a, "b": b}) == a + b


@given(NUMBERS)
def test_a_number_written_as_text_reads_back_equal(value: Decimal) -> None:
    assert feel.evaluate("number(string(x)) = x", {"x": value}) is True


@given(JSON)
def test_a_value_is_equal_to_itself_and_survives_storage(value: object) -> None:
    assert feel.evaluate("x = x", {"x": value}) is True
    assert jsonio.loads(jsonio.dumps(feel.evaluate("x", {"x": value}))) == jsonio.normalise(value)


@given(st.integers(-(10**11), 10**11))
def test_a_day_number_stands_for_one_day_and_back(number: int) -> None:
    assert temporal.days_of(*temporal.civil_of(number)) == number


@given(st.dates(), st.integers(-200_000, 200_000))
def test_adding_days_agrees_with_python(day: date, days: int) -> None:
    expected: object
    try:
        expected = day + timedelta(days=days)
    except OverflowError:
        return
    assert feel.evaluate('d + n * @"P1D"', {"d": day, "n": Decimal(days)}) == expected


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_written_as_text_reads_back(moment: datetime) -> None:
    assert temporal.parse_datetime(temporal_text(moment)) == moment
