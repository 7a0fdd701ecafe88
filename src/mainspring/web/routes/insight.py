"""What-if: a process simulated as it is and as it would be."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from mainspring.app.what_if import what_if
from mainspring.insight.simulate.asked import Asked
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.insight import SimulationShape

router = APIRouter(prefix="/insight", tags=["insight"])


class GivenAutomation(Given):
    """What a digital employee would do of an activity."""

    coverage: float = Field(ge=0, le=1)
    error: float = Field(default=0.0, ge=0, le=1)


class GivenSimulation(Given):
    """What would be otherwise; nothing: the process as it is.

    People by group or activity (fewer below zero), activities by id or name, other tables or models by file.
    """

    process: str = "lead_to_cash"
    people: dict[str, int] = Field(default_factory=dict)
    automate: dict[str, GivenAutomation] = Field(default_factory=dict)
    quicker: dict[str, float] = Field(default_factory=dict)
    unbatch: list[str] = Field(default_factory=list)
    more: float = Field(default=1.0, gt=0, le=100)
    files: dict[str, str] = Field(default_factory=dict)
    cases: int = Field(default=200, ge=1, le=2_000)
    replications: int = Field(default=3, ge=2, le=30)
    seed: int = Field(default=1, ge=0)


@router.post("/simulations", response_model=SimulationShape)
def simulated(
    visitor: Annotated[Visitor, permits("measure")], body: Annotated[GivenSimulation, given(GivenSimulation)]
) -> Answer:
    """Simulate a process as it is and with changes, on its real models and tables, in memory."""
    asked = Asked(
        body.people,
        {name: (one.coverage, one.error) for name, one in body.automate.items()},
        body.quicker,
        tuple(body.unbatch),
        body.more,
        {name: text.encode() for name, text in body.files.items()},
    )
    return Answer(
        what_if(
            visitor.house,
            body.process,
            asked,
            cases=body.cases,
            replications=body.replications,
            seed=body.seed,
        )
    )
