"""Decision models: which are deployed, their file, what is doubtful in them, and trying one."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from mainspring.app import decision_models, shown
from mainspring.runtime import queries
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.decisions import DecisionExamined, DecisionModel, DecisionTried
from mainspring.web.shapes.house import DefinitionShape
from mainspring.web.shapes.parts import Page

router = APIRouter(prefix="/decision-models", tags=["decisions"])
XML: dict[str, Any] = {"content": {"application/xml": {"schema": {"type": "string"}}}}
Reader = Annotated[Visitor, permits("see_rights")]
Editor = Annotated[Visitor, permits("deploy")]
LONGEST = 900_000
"""Letters of a model or its unit tests."""


class GivenInputs(Given):
    """Inputs of a decision by name."""

    inputs: dict[str, Any] = Field(default_factory=dict)


class GivenModel(Given):
    """A model that is being edited, as XML, and its unit tests as YAML or JSON."""

    file: str = Field(min_length=1, max_length=130)
    text: str = Field(max_length=LONGEST)
    tests: str = Field(default="", max_length=LONGEST)


@router.get("", response_model=Page[DefinitionShape])
def listed(visitor: Reader, *, latest_only: bool = True) -> Answer:
    """Deployed decisions."""
    with visitor.house.store.read() as tx:
        found = queries.deployed(tx, kind="decision", latest_only=latest_only)
    return Answer({"items": [shown.definition(one) for one in found], "next": None})


@router.post("/examine", response_model=DecisionExamined)
def examine(visitor: Editor, body: Annotated[GivenModel, given(GivenModel)]) -> Answer:
    """Gaps, overlaps and failed unit tests of a model that is being edited; nothing is kept."""
    with visitor.house.store.read() as tx:
        return Answer(decision_models.examined(tx, body.file, body.text, body.tests))


@router.get("/{key}", response_model=DecisionModel)
def one(visitor: Reader, key: Key) -> Answer:
    """A decision with its inputs, gaps, overlaps and rules that never decide."""
    with visitor.house.store.read() as tx:
        return Answer(decision_models.described(tx, key))


@router.get("/{key}/xml", response_class=Response, responses={200: XML})
def model(visitor: Reader, key: Key) -> Response:
    """The file of a version as it was deployed."""
    with visitor.house.store.read() as tx:
        return Response(queries.source(tx, decision_models.found(tx, key).key), media_type="application/xml")


@router.post("/{key}/try", response_model=DecisionTried)
def attempt(visitor: Reader, key: Key, body: Annotated[GivenInputs, given(GivenInputs)]) -> Answer:
    """What the decision says to these inputs, and why; nothing is kept."""
    house = visitor.house
    with house.store.read() as tx:
        return Answer(decision_models.tried(house, tx, key, body.inputs))
