"""The authority ladder: rows of a DMN table, and what no row can loosen."""

import importlib.util
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring import dmn
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import default_text
from mainspring.govern.principal import KINDS
from mainspring.govern.requirement import GRADES, Requirement

COLUMNS = ("operation", "effect", "amount", "reversible", "confidence", "actor_kind", "grade")
OUTPUTS = ("requirement", "confirmations", "role", "reason")


def ladder(*rows: Sequence[str], outputs: Sequence[str] = OUTPUTS) -> Ladder:
    """A ladder whose rows are texts: a cell for each column, then a FEEL text for each output."""
    head = "".join(f'<inputData id="d_{name}" name="{name}"/>' for name in COLUMNS)
    needs = "".join(
        f'<informationRequirement><requiredInput href="#d_{name}"/></informationRequirement>'
        for name in COLUMNS
    )
    tests = "".join(
        f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in COLUMNS
    )
    outs = "".join(f'<output name="{name}"/>' for name in outputs)
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [cell.replace("<", "&lt;").replace(">", "&gt;") for cell in row]
        wide = len(COLUMNS)
        entries = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells[:wide])
        gives = "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in cells[wide:])
        lines.append(f'<rule id="row{number}">{entries}{gives}</rule>')
    text = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="l" namespace="urn:l">'
        f'{head}<decision id="authority_ladder" name="l">{needs}<decisionTable hitPolicy="FIRST">'
        f"{tests}{outs}{''.join(lines)}</decisionTable></decision></definitions>"
    )
    return Ladder(dmn.load(text.encode()))


def ask(table: Ladder, **changed: Any) -> Requirement:
    question: dict[str, Any] = {
        "operation": "pay.refund",
        "effect": "money",
        "amount": Decimal(10),
        "reversible": False,
        "confidence": Decimal("0.99"),
        "actor_kind": "agent",
        **changed,
    }
    return table.requirement(**question)


ANY = ("-",) * len(COLUMNS)
AUTOMATIC = ('"automatic"', "0", "null", '"why"')
EXPLICIT = ladder(("-", '"money"', "<= 100", "-", ">= 0.9", "-", "-", *AUTOMATIC))


def test_a_row_that_names_money_amount_and_confidence_lets_an_agent_act() -> None:
    assert ask(EXPLICIT) == Requirement("automatic", 0, "approver", "row1", "why")


@pytest.mark.parametrize(
    "row",
    [
        (*ANY, *AUTOMATIC),
        ("-", '"money"', "-", "-", ">= 0.9", "-", "-", *AUTOMATIC),
        ("-", '"money"', "<= 100", "-", "-", "-", "-", *AUTOMATIC),
        ("-", "-", "<= 100", "-", ">= 0.9", "-", "-", *AUTOMATIC),
        ("-", '"money"', "-", "-", ">= 0.9", "-", "-", '"notify"', "0", '"boss"', '"told"'),
    ],
)
def test_a_row_that_does_not_look_at_all_of_them_lets_no_agent_move_money(row: Sequence[str]) -> None:
    answer = ask(ladder(row))
    assert answer.grade == "person"
    assert "does not look at" in answer.reason


def test_only_the_row_that_decided_counts_not_a_later_one_that_also_fits() -> None:
    table = ladder((*ANY, *AUTOMATIC), ("-", '"money"', "<= 100", "-", ">= 0.9", "-", "-", *AUTOMATIC))
    assert ask(table).grade == "person"


@pytest.mark.parametrize("actor", ["agent", "system", "customer"])
def test_the_rule_about_money_holds_for_everyone_but_people(actor: str) -> None:
    table = ladder((*ANY, *AUTOMATIC))
    assert ask(table, actor_kind=actor).grade == "person"
    assert ask(table, actor_kind="person").grade == "automatic"
    assert ask(table, actor_kind=actor, effect="write").grade == "automatic"


@pytest.mark.parametrize("amount", [None, Decimal("NaN"), Decimal("sNaN"), float("inf"), -1, True, "ten"])
def test_an_amount_that_is_none_leaves_it_to_a_person(amount: Any) -> None:
    assert ask(EXPLICIT, amount=amount).grade == "person"


@pytest.mark.parametrize("confidence", [None, float("nan"), Decimal("NaN"), 1.01, -0.01, True, "sure"])
def test_a_confidence_that_is_none_leaves_it_to_a_person(confidence: Any) -> None:
    assert ask(EXPLICIT, confidence=confidence).grade == "person"


@pytest.mark.parametrize(
    "changed", [{"effect": "magic"}, {"actor_kind": "robot"}, {"granted": "A7"}, {"amount": Decimal(101)}]
)
def test_what_no_row_or_nobody_knows_leaves_it_to_a_person(changed: dict[str, Any]) -> None:
    assert ask(EXPLICIT, **changed).grade == "person"


def test_where_a_person_acts_doubt_asks_a_second_one() -> None:
    answer = ask(EXPLICIT, actor_kind="person", amount=Decimal("NaN"))
    assert (answer.grade, answer.confirmations) == ("confirm", 1)


@pytest.mark.parametrize(
    "outputs",
    [
        ('"sure"', "0", "null", "null"),
        ("null", "0", "null", "null"),
        ('"confirm"', "0", '"boss"', "null"),
        ('"confirm"', "1.5", '"boss"', "null"),
        ('"confirm"', '"two"', '"boss"', "null"),
        ("1 / 0", "0", "null", "null"),
    ],
)
def test_a_row_whose_outputs_make_no_sense_leaves_it_to_a_person(outputs: Sequence[str]) -> None:
    assert ask(ladder((*ANY, *outputs)), effect="write").grade == "person"


def test_the_stricter_of_requirement_and_authority_grade_holds() -> None:
    table = ladder((*ANY, '"automatic"', '"A3"'), outputs=("requirement", "grade"))
    assert ask(table, effect="write").grade == "confirm"


@pytest.mark.parametrize(
    ("granted", "grade"),
    [("A1", "person"), ("A2", "person"), ("A3", "confirm"), ("A4", "notify"), ("A5", "automatic")],
)
def test_an_agent_s_own_grade_narrows_the_table_but_not_its_reading(granted: str, grade: str) -> None:
    table = ladder((*ANY, *AUTOMATIC))
    assert ask(table, effect="write", granted=granted).grade == grade
    assert ask(table, effect="read", granted=granted).grade == "automatic"


def test_a_grade_says_how_much_authority_it_leaves_to_ai() -> None:
    made = [Requirement(grade, 0, "", "", "").authority for grade in GRADES]
    assert made == ["A5", "A4", "A3", "A2"]


def test_the_default_ladder_moves_no_money_without_a_confirmation() -> None:
    table = Ladder(dmn.load(default_text("authority_ladder.dmn").encode()))
    for amount in (Decimal(1), Decimal(1000), Decimal("1000.01"), Decimal(10**9)):
        for kind in KINDS:
            answer = ask(table, amount=amount, actor_kind=kind)
            assert answer.confirmations == (1 if amount <= 1000 else 2)


LAYERED = ladder(
    ("-", '"money"', "<= 100", "-", ">= 0.9", "-", "-", '"automatic"', "0", "null", "null"),
    ("-", '"money"', "<= 1000", "-", "-", "-", "-", '"confirm"', "1", '"boss"', "null"),
    ("-", '"money"', "<= 10000", "-", "-", "-", "-", '"confirm"', "2", '"boss"', "null"),
    ("-", '"money"', "-", "-", "-", "-", "-", '"person"', "3", '"boss"', "null"),
)
ORDER = {grade: rank for rank, grade in enumerate(GRADES)}


def strictness(answer: Requirement) -> tuple[int, int]:
    return ORDER[answer.grade], answer.confirmations


@given(
    st.decimals(0, 20_000, places=2),
    st.decimals(0, 20_000, places=2),
    st.decimals(0, 1, places=3),
    st.sampled_from(["A1", "A2", "A3", "A4", "A5"]),
)
def test_more_money_never_needs_fewer_confirmations(
    one: Decimal, other: Decimal, confidence: Decimal, granted: str
) -> None:
    less, more = sorted([one, other])
    low = ask(LAYERED, amount=less, confidence=confidence, granted=granted)
    high = ask(LAYERED, amount=more, confidence=confidence, granted=granted)
    assert strictness(low) <= strictness(high)


@given(st.decimals(0, 20_000, places=2), st.decimals(0, 1, places=3), st.decimals(0, 1, places=3))
def test_more_confidence_never_needs_more_confirmations(
    amount: Decimal, one: Decimal, other: Decimal
) -> None:
    less, more = sorted([one, other])
    unsure = ask(LAYERED, amount=amount, confidence=less)
    sure = ask(LAYERED, amount=amount, confidence=more)
    assert strictness(sure) <= strictness(unsure)


@given(
    operation=st.text(max_size=10),
    effect=st.sampled_from(["read", "write", "external", "money", "", "MONEY"]),
    amount=st.none() | st.floats() | st.decimals() | st.integers(),
    reversible=st.booleans(),
    confidence=st.none() | st.floats() | st.decimals(),
    actor_kind=st.sampled_from([*KINDS, "robot"]),
)
def test_any_question_gets_an_answer_and_no_agent_moves_money_by_accident(**question: Any) -> None:
    answer = LAYERED.requirement(**question)
    assert answer.grade in GRADES
    if question["actor_kind"] != "person" and answer.grade == "automatic":
        assert question["effect"] == "money"
        assert 0 <= question["amount"] <= 100
        assert 0.9 <= question["confidence"] <= 1


def test_the_ladder_that_ships_with_lead_to_cash_can_be_asked() -> None:
    found = importlib.util.find_spec("mainspring")
    assert found is not None
    assert found.origin is not None
    path = Path(found.origin).parent / "packs/lead_to_cash/decisions/authority_ladder.dmn"
    table = Ladder(dmn.load(path))
    assert ask(table, operation="quotes.confirm", amount=Decimal(1)).grade == "automatic"
    assert ask(table, operation="refunds.pay", amount=Decimal(1)).grade == "person"


def test_what_outsiders_words_decided_is_looked_at_first_unless_the_row_speaks_of_it() -> None:
    free = ladder(("-", "-", "-", "-", "-", "-", "-", '"automatic"', "0", '"approver"', '""'))
    assert ask(free, effect="write").grade == "automatic"
    for effect in ("read", "write", "external"):
        steered = ask(free, effect=effect, steered=True)
        assert (steered.grade, steered.confirmations) == ("confirm", 1)
