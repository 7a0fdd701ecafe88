"""Automatic decisions: why, appeals against them, and whether groups of customers fare alike."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from mainspring.app import appealing, decisions, fairness
from mainspring.govern import appeals
from mainspring.govern.appeals import Appeal
from mainspring.govern.fairness import METHOD
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.rights import Appeals, AppealShape, Explanation, Fairness

router = APIRouter(tags=["appeals"])


class Appealed(Given):
    """Against which decision, and what is wrong with it."""

    run: int = Field(ge=1, le=2**63 - 1)
    text: str = Field(min_length=1, max_length=5000)


class AppealAnswer(Given):
    """Whether the decision was wrong, and the reason."""

    overturned: bool
    text: str = Field(min_length=1, max_length=5000)


@router.get("/decisions/{key}/explanation", response_model=Explanation)
def explanation(visitor: Annotated[Visitor, permits("appeal")], key: Key) -> Answer:
    """Why a digital employee decided as it did."""
    with visitor.house.store.read() as tx:
        return Answer(decisions.explained(tx, key))


@router.post("/appeals", status_code=201, response_model=AppealShape)
def appeal(
    visitor: Annotated[Visitor, permits("appeal")], body: Annotated[Appealed, given(Appealed)]
) -> Answer:
    """Ask that a person looks at a decision again."""
    house = visitor.house
    with house.store.write() as tx:
        made = appealing.appeal(house, tx, body.run, visitor.principal, body.text)
    return Answer(_shown(made), 201)


@router.get("/appeals", response_model=Appeals)
def listed(
    visitor: Annotated[Visitor, permits("answer_appeal")],
    state: Literal["open", "upheld", "overturned"] | None = "open",
) -> Answer:
    """Appeals, the oldest first."""
    with visitor.house.store.read() as tx:
        found = appeals.every(tx, state=state)
    return Answer({"items": [_shown(one) for one in found]})


@router.post("/appeals/{key}/answer", response_model=AppealShape)
def answer(
    visitor: Annotated[Visitor, permits("answer_appeal")],
    key: Key,
    body: Annotated[AppealAnswer, given(AppealAnswer)],
) -> Answer:
    """Answer an appeal; never by one who had a hand in the decision."""
    house, me = visitor.house, visitor.principal
    with house.store.write() as tx:
        found = appeals.get(tx, key)
        visitor.insist("answer_appeal", {"own": found.concerns(me.id)})
        after = appealing.answer(house, tx, key, me, overturned=body.overturned, text=body.text)
    return Answer(_shown(after))


@router.get("/fairness", response_model=Fairness)
def compared(visitor: Annotated[Visitor, permits("measure")], by: str = "tier") -> Answer:
    """Outcome rates of each automatic decision across the groups of customers, with warnings."""
    with visitor.house.store.read() as tx:
        return Answer({"items": fairness.compared(tx, by), "method": METHOD})


def _shown(one: Appeal) -> dict[str, Any]:
    left_out = {"involved", "raised_kind"}
    shown = {name: value for name, value in one._asdict().items() if name not in left_out}
    return {**shown, "key": str(one.key), "run": str(one.run), "instance": str(one.instance)}
