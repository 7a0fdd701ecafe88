"""What a wording says exactly, and where two wordings contradict."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.specification import Size, find, parse


def said(text: str) -> set[tuple[str, object]]:
    return set(parse(text).statements)


@pytest.mark.parametrize(
    "text",
    [
        "Hex bolt M8x40",
        "M8*40",
        "m8 X 40",
        "Ｍ８×４０",
        "M8-40",
        "M8 40mm",
        "M8x1.25x40",
        "M8, 40 mm long",
        "螺栓M8长40mm",
    ],
)
def test_a_thread_and_its_length_are_read_however_they_are_written(text: str) -> None:
    assert {("thread", Decimal(8)), ("thread length", Decimal(40))} <= said(text)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("DIN 933", ("norm", "ISO 4017")),
        ("DIN EN ISO 4762", ("norm", "ISO 4762")),
        ("GB/T 5783-2016", ("norm", "ISO 4017")),
        ("DIN 125-A", ("norm", "ISO 7089")),
        ("EN 388 gloves", ("norm", "EN 388")),
        ("A4-80", ("grade", "A4")),
        ("304不锈钢", ("grade", "A2")),
        ("V4A", ("grade", "A4")),
        ("8.8级", ("strength", "8.8")),
        ("0,5 l", ("volume", Decimal(500))),
        ("500毫升", ("volume", Decimal(500))),
        ("1,000 mm", ("length", Decimal(1000))),
        ('1/2" ratchet', ("inch", Decimal("0.5"))),
        ("SET/6 plates", ("pack", Decimal(6))),
        ("set of 6", ("pack", Decimal(6))),
        ("100个/盒", ("pack", Decimal(100))),
        ("深蓝色", ("colour", "dark blue")),
        ("gray", ("colour", "grey")),
        ("记号笔 红", ("colour", "red")),
        ("left-hand", ("side", "left")),
        ("内六角", ("drive", "hex socket")),
        ("hex socket screw", ("drive", "hex socket")),
        ("flat washers", ("washer", "flat washer")),
        ("大垫圈", ("washer", "large washer")),
        ("手套 L码", ("size word", "L")),
        ("P120", ("grit", Decimal(120))),
        ("PH 2", ("bit", "PH2")),
        ("72 cake cases", ("number", Decimal(72))),
    ],
)
def test_each_kind_of_statement_is_read(text: str, statement: tuple[str, object]) -> None:
    assert statement in said(text)


def test_a_size_is_kept_in_millimetres_when_a_unit_says_so() -> None:
    assert ("size", Size((Decimal(48), Decimal(66000)), in_mm=True)) in said("tape 48 mm x 66 m")


@pytest.mark.parametrize(
    "text", ["200 pcs", "5箱", "2 Stk", "100个左右", "HB-2033", "white board marker"[5:]]
)
def test_quantities_codes_and_plain_words_say_nothing(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("one", "two", "sentence"),
    [
        ("bolt M8x40", "bolt M8x30", "M8x40 is not M8x30"),
        ("nut M8", "nut M10", "M8 is not M10"),
        ("HEART LARGE", "HEART SMALL", "LARGE is not SMALL"),
        ("cap left", "cap right", "left is not right"),
        ("500 ml", "1 l", "500 ml is not 1 l"),
        ("A2", "A4", "A2 is not A4"),
        ("DIN 125", "DIN 9021", "DIN 125 is not DIN 9021"),
        ("ties 4.8x200", "ties 4.8x300", "4.8x200 is not 4.8x300"),
        ("bag red/blue", "bag red/white", "blue is not white"),
        ("12 pencils", "6 pencils", "12 is not 6"),
        ("外六角 M8", "内六角 M8", "外六角 is not 内六角"),
        ("set of 3", "set of 4", "set of 3 is not set of 4"),
    ],
)
def test_contradictions_are_named(one: str, two: str, sentence: str) -> None:
    assert [" is not ".join(each) for each in parse(one).conflicts(parse(two))] == [sentence]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("M8x40 hex bolt", "M8*40 外六角螺栓"),
        ("M8 bolt", "M8x40 bolt"),
        ("box 30x20x15 cm", "box 300x200x150"),
        ("box 200x300x150", "box 300x200x150 mm"),
        ("500 ml", "0.5 L"),
        ("DIN 933", "GB/T 5783"),
        ("red", "red/white"),
        ("red marker", "marker"),
    ],
)
def test_wordings_that_can_mean_the_same_do_not_conflict(one: str, two: str) -> None:
    assert parse(one).conflicts(parse(two)) == ()


def test_equal_statements_make_equal_specifications() -> None:
    assert parse("red bolt M8x40") == parse("M8*40 bolt, red")
    assert len({parse("red bolt M8x40"), parse("M8*40 bolt, red")}) == 1


PIECES = st.sampled_from(
    [
        "M8x40",
        "A2",
        "DIN 933",
        "500 ml",
        "红色",
        "左",
        "1/2",
        "x",
        "*",
        "、",
        "200",
        " ",
        ",",
        "ß",
        "İ",
        "set of",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_is_read_without_error_and_never_contradicts_itself(text: str) -> None:
    specification = parse(text)
    assert specification.conflicts(specification) == ()
    spans = [(item.start, item.end) for item in find(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=8).map(" ".join))
def test_whether_two_wordings_conflict_does_not_depend_on_their_order(one: str, two: str) -> None:
    assert bool(parse(one).conflicts(parse(two))) == bool(parse(two).conflicts(parse(one)))
