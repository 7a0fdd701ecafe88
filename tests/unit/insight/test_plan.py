"""Planning: the template there and back, quadrants, autonomy by its demands, the order of the steps."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mainspring.insight import plan
from mainspring.insight.errors import PlanError
from mainspring.insight.plan import Landscape, Node, Weights, workbook
from mainspring.insight.plan.landscape import DIFFICULTIES, EASES, VALUES

score = st.integers(1, 5)
text = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Sm")), min_size=1, max_size=20)
FIGURES = (*VALUES, *DIFFICULTIES, *EASES)
figures = st.fixed_dictionaries(dict.fromkeys(FIGURES, score))
nodes = st.builds(
    lambda action, place, given: Node.model_validate({"action": action, "l3": place} | given),
    text,
    text,
    st.one_of(st.just({}), figures),
)


def scene(name: str, value: int, difficulty: int, process: str = "", activity: str = "") -> Node:
    return Node(
        action=name,
        revenue=value,
        cost=value,
        experience=value,
        technology=difficulty,
        integration=difficulty,
        change=difficulty,
        regulation=difficulty,
        data_quality=6 - difficulty,
        process=process,
        activity=activity,
    )


@given(st.lists(nodes, min_size=1, max_size=8), st.sampled_from(["en", "zh"]))
def test_the_template_reads_back_as_it_was_written(rows: list[Node], language: str) -> None:
    landscape = Landscape(nodes=tuple(rows))
    assert workbook.read(workbook.template(landscape, language), "plan.xlsx") == landscape


@given(st.lists(nodes, max_size=8))
def test_a_landscape_reads_back_from_its_text(rows: list[Node]) -> None:
    landscape = Landscape(nodes=tuple(rows), weights=Weights(cost=Decimal("1.5")))
    assert plan.read(plan.written(landscape), "plan.yaml") == landscape


def test_rows_that_do_not_fit_are_all_named_and_nothing_is_taken_in() -> None:
    book = load_workbook(io.BytesIO(workbook.template(Landscape(nodes=(scene("a", 3, 3),)), "en")))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(3, heads.index("Action") + 1, "b")
    sheet.cell(3, heads.index("Value: revenue 1-5") + 1, 9)
    sheet.cell(4, heads.index("Action") + 1, "c")
    sheet.cell(4, heads.index("Data quality 1-5") + 1, 2)
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(PlanError) as error:
        workbook.read(kept.getvalue(), "plan.xlsx")
    assert "row 3, Value: revenue 1-5" in error.value.message
    assert "row 4: a scene needs all its figures; revenue" in error.value.message


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"a,b\n1,2"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        workbook.read(data, "plan.xlsx")


def test_a_workbook_without_the_heads_says_which_template_to_take() -> None:
    book = load_workbook(io.BytesIO(workbook.template(Landscape(), "en")))
    book.worksheets[0].delete_rows(1)
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(PlanError, match="heads of the template"):
        workbook.read(kept.getvalue(), "plan.xlsx")


@pytest.mark.parametrize(
    ("value", "difficulty", "quadrant"),
    [(5, 1, "quick_win"), (5, 5, "strategic"), (1, 1, "experiment"), (1, 5, "avoid")],
)
def test_the_corners_lie_in_their_quadrants_whatever_the_weights(
    value: int, difficulty: int, quadrant: str
) -> None:
    found = plan.scenes(Landscape(nodes=(scene("a", value, difficulty),)))[0]
    assert (found.quadrant, found.certainty) == (quadrant, 1)


def test_a_scene_in_the_middle_is_uncertain_and_weights_move_it() -> None:
    node = scene("a", 3, 2).model_copy(update={"revenue": 5, "cost": 2, "experience": 2})
    found = plan.scenes(Landscape(nodes=(node,)))[0]
    assert found.quadrant == "quick_win"
    assert 0.2 < found.certainty < 0.8
    saving = Weights(revenue=Decimal(0))
    assert plan.scenes(Landscape(nodes=(node,), weights=saving))[0].quadrant == "experiment"


@given(st.lists(figures, min_size=1, max_size=6))
def test_better_data_never_makes_a_scene_more_difficult(rows: list[dict[str, int]]) -> None:
    for row in rows:
        found = [
            plan.scenes(
                Landscape(nodes=(Node.model_validate({"action": "a"} | row | {"data_quality": good}),))
            )[0].difficulty
            for good in range(1, 6)
        ]
        assert found == sorted(found, reverse=True)


def test_a_level_needs_all_below_it() -> None:
    facts = plan.Facts(ai_nodes=9, led_nodes=8, nodes=10, aar=0.7, services=3)
    assert plan.autonomy(facts).level == 3
    assert [one.name for one in plan.autonomy(facts).missing] == ["proposals", "measured_gains"]
    assert plan.autonomy(plan.Facts(nodes=4, aar=1.0, proposals=3, measured_gains=3)).level == 0


def test_without_data_nothing_is_claimed() -> None:
    found = plan.autonomy(plan.Facts())
    assert found.level == 0
    assert next(one for one in found.demands if one.name == "aar").have is None


def test_quick_wins_come_first_and_what_is_to_be_avoided_not_at_all() -> None:
    rows = (
        scene("hard", 5, 5),
        scene("never", 1, 5),
        scene("try", 1, 1),
        scene("first", 5, 1, process="p", activity="x"),
    )
    start = date(2026, 12, 1)
    steps = plan.roadmap(
        plan.scenes(Landscape(nodes=rows)), {("p", "x"): {"penetration": 0.3, "aar": None}}, start
    )
    assert [step.scene.node.title for step in steps] == ["first", "hard", "try"]
    assert (steps[0].now, steps[0].reached, steps[0].due) == (0.3, True, date(2026, 12, 31))
    assert steps[1].now is None
    assert not steps[1].reached
