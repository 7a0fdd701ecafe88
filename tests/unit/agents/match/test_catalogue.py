"""Which product a text means, and when the matcher must not say."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.match import Catalogue, Match, Product
from mainspring.base.bilingual import told

LENGTHS = (30, 35, 40, 60)
BOLTS = [
    Product(
        f"HB-{length}-{grade}",
        (f"Hex bolt DIN 933 M8x{length} {grade}", f"外六角螺栓 DIN 933 M8x{length} 不锈钢{grade}"),
    )
    for length in LENGTHS
    for grade in ("A2", "A4")
]
GLOVES = [
    Product(f"GL-{colour}-{side}", (f"Work glove {colour} {side} hand", f"劳保手套 {chinese} {hand}手"))
    for colour, chinese in (("red", "红色"), ("blue", "蓝色"))
    for side, hand in (("left", "左"), ("right", "右"))
]
OTHERS = [
    Product("CL-05", ("Multi cleaner 500 ml", "多功能清洁剂 500 ml")),
    Product("CL-10", ("Multi cleaner 1 l", "多功能清洁剂 1 l")),
    Product("HL-YE", ("Highlighter yellow", "荧光笔 黄色")),
    Product("WK-S", ("IVORY WICKER HEART SMALL",)),
    Product("LB-RED", ("LUNCH BAG RED RETROSPOT",)),
    Product("LB-BLK", ("LUNCH BAG BLACK SKULL",)),
    Product("JJ-12", ("JAM POT WITH LID",)),
]


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue([*BOLTS, *GLOVES, *OTHERS])


def first_choices(match: Match) -> Sequence[str]:
    return [alternative.sku for alternative in match.alternatives]


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("Hex bolt DIN 933 M8x40 A2", "HB-40-A2"),
        ("hex bolts M8 x 40 A2", "HB-40-A2"),
        ("hex bots M8x30 A4", "HB-30-A4"),
        ("外六角螺栓M8*40 A2", "HB-40-A2"),
        ("blue gloves, left", "GL-blue-left"),
        ("手套 红色 左手", "GL-red-left"),
        ("multi cleaner 0.5 l", "CL-05"),
        ("清洁剂 500ml", "CL-05"),
        ("荧光笔 highlighter yellow", "HL-YE"),
        ("螢光笔 hightlighter yellow", "HL-YE"),
        ("lunch bag red retrospto", "LB-RED"),
        ("RETROSPOT RED LUNCH BAG", "LB-RED"),
        ("jampot with lid", "JJ-12"),
    ],
)
def test_a_text_finds_its_product(catalogue: Catalogue, text: str, sku: str) -> None:
    assert first_choices(catalogue.match(text))[0] == sku


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("hex bolts M8 x 40 A2", "HB-40-A2"),
        ("手套 红色 左手", "GL-red-left"),
        ("multi cleaner 0.5 l", "CL-05"),
    ],
)
def test_what_the_specification_decides_is_taken_without_a_person(
    catalogue: Catalogue, text: str, sku: str
) -> None:
    assert catalogue.match(text).sku == sku


@pytest.mark.parametrize(
    "text",
    [
        "hex bolt M8x40",
        "work glove red",
        "multi cleaner",
        "手套",
        "lunch bag",
    ],
)
def test_a_text_that_fits_several_products_is_left_to_a_person(catalogue: Catalogue, text: str) -> None:
    match = catalogue.match(text)
    assert match.abstained
    assert len(match.alternatives) > 1
    assert match.reason


@pytest.mark.parametrize(
    "text",
    [
        "M8x45 hex bolt A2",
        "work glove green left hand",
        "IVORY WICKER HEART LARGE",
        "LUNCH BAG PINK RETROSPOT",
        "garden chair",
        "multi cleaner 5 l",
        "",
        "   ",
        "???",
        "Стул садовый",
    ],
)
def test_a_product_that_is_not_sold_is_never_taken_for_its_neighbour(catalogue: Catalogue, text: str) -> None:
    assert catalogue.match(text).sku is None


@given(
    asked=st.integers(min_value=5, max_value=200),
    way=st.sampled_from(
        ["hex bolt M8x{} A2", "M8 x {} A2 hex bolt din 933", "外六角螺栓 M8*{} A2", "A2 hexbolt M8×{}"]
    ),
)
def test_no_size_is_ever_taken_for_another(asked: int, way: str) -> None:
    match = Catalogue(BOLTS).match(way.format(asked))
    assert match.sku in {None, f"HB-{asked}-A2"}


def test_a_confirmed_wording_means_the_same_product_again(catalogue: Catalogue) -> None:
    catalogue.learn("the usual bolts", "HB-40-A2")
    match = catalogue.match("The  usual BOLTS")
    assert match.sku == "HB-40-A2"
    (said,) = match.evidence
    assert told(said, "en") == "this wording was confirmed once"
    assert told(said, "zh") == "这个说法已确认 1 次"


def test_a_wording_of_two_products_is_left_to_a_person() -> None:
    catalogue = Catalogue()
    catalogue.learn("pencils", "P-1", 8)
    catalogue.learn("pencils", "P-2", 3)
    match = catalogue.match("pencils")
    assert match.abstained
    assert first_choices(match) == ["P-1", "P-2"]


def test_a_customer_who_always_meant_one_of_two_products_decides_it() -> None:
    catalogue = Catalogue()
    for customer, sku in [("C1", "P-1"), ("C2", "P-2")]:
        catalogue.learn("pencils", sku, 3, customer=customer)
    assert catalogue.match("pencils", customer="C2").sku == "P-2"
    assert catalogue.match("pencils", customer="C9").sku is None


def test_a_withdrawn_confirmation_is_forgotten() -> None:
    catalogue = Catalogue()
    catalogue.learn("pencils", "P-1", customer="C1")
    catalogue.learn("pencils", "P-2", customer="C1")
    catalogue.forget("pencils", "P-2", customer="C1")
    assert catalogue.match("pencils", customer="C1").sku == "P-1"
    catalogue.forget("pencils", "P-1", customer="C1")
    assert catalogue.match("pencils").sku is None


def test_a_code_that_agrees_with_the_text_is_taken(catalogue: Catalogue) -> None:
    assert catalogue.match("hex bolts M8x40", code="hb-40-a2").sku == "HB-40-A2"
    assert catalogue.match("HB-40-A2 hex bolts").sku == "HB-40-A2"


def test_a_code_that_contradicts_the_text_is_left_to_a_person(catalogue: Catalogue) -> None:
    match = catalogue.match("hex bolts M8x60 A2", code="HB-40-A2")
    assert match.abstained
    assert "M8x60" in match.reason


def test_an_unknown_code_leaves_the_decision_to_the_text(catalogue: Catalogue) -> None:
    assert catalogue.match("hex bolts M8x40 A2", code="your 4711").sku == "HB-40-A2"


def test_an_empty_catalogue_abstains() -> None:
    match = Catalogue().match("hex bolt")
    assert match.abstained
    assert match.alternatives == ()


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    match = Catalogue([*GLOVES, *OTHERS]).match(text)
    assert 0.0 <= match.confidence <= 1.0
    assert match.abstained == (match.sku is None)
    assert bool(match.reason) == match.abstained


@given(
    st.permutations([*BOLTS, *GLOVES, *OTHERS]),
    st.sampled_from(["hex bolt M8x40 A2", "glove red", "cleaner"]),
)
def test_the_order_of_the_catalogue_does_not_matter(products: list[Product], text: str) -> None:
    one, two = Catalogue(products).match(text), Catalogue([*BOLTS, *GLOVES, *OTHERS]).match(text)
    assert (one.sku, one.abstained) == (two.sku, two.abstained)
    assert one.confidence == pytest.approx(two.confidence)


def test_a_stricter_firm_accepts_less() -> None:
    products = [*BOLTS, *OTHERS]
    text = "lunch bag red retrospto"
    sure = Catalogue(products).match(text).confidence
    assert Catalogue(products, accept=sure).match(text).sku == "LB-RED"
    assert Catalogue(products, accept=min(1.0, sure + 1e-6)).match(text).sku is None
