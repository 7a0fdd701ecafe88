"""What-if: a process simulated as it is and as it would be; and proposals for what would be better."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from mainspring.app import improving
from mainspring.app.what_if import what_if
from mainspring.insight.simulate.asked import Asked
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.insight import ProposalShape, SimulationShape
from mainspring.web.shapes.parts import Page

Reader = Annotated[Visitor, permits("measure")]
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
def simulated(visitor: Reader, body: Annotated[GivenSimulation, given(GivenSimulation)]) -> Answer:
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


class GivenSearch(Given):
    """Where to look for improvements, and how thoroughly."""

    process: str = "lead_to_cash"
    cases: int = Field(default=100, ge=20, le=1_000)
    replications: int = Field(default=3, ge=2, le=10)


@router.get("/proposals", response_model=Page[ProposalShape])
def listed(visitor: Reader) -> Answer:
    """Proposals, the most worth first."""
    return Answer({"items": improving.listed(visitor.house), "next": None})


@router.post("/proposals", response_model=Page[ProposalShape])
def found(visitor: Reader, body: Annotated[GivenSearch, given(GivenSearch)]) -> Answer:
    """Look for improvements and simulate each; it takes a while. Untouched older proposals are replaced."""
    made = improving.find(visitor.house, body.process, cases=body.cases, replications=body.replications)
    return Answer({"items": made, "next": None})


@router.get("/proposals/{key}", response_model=ProposalShape)
def one(visitor: Reader, key: Key) -> Answer:
    """A proposal with finding, predicted gain, draft, and what was measured after its release."""
    return Answer(improving.one(visitor.house, key))


@router.post("/proposals/{key}/open", response_model=ProposalShape)
def opened(visitor: Annotated[Visitor, permits("deploy")], key: Key) -> Answer:
    """Open a proposal as a draft: its files stand in `draft`."""
    return Answer(improving.opened(visitor.house, key))


@router.post("/proposals/{key}/release", response_model=ProposalShape)
def released(visitor: Annotated[Visitor, permits("deploy")], key: Key) -> Answer:
    """Deploy the draft of an opened proposal; what it brings is measured from then on."""
    return Answer(improving.released(visitor.house, key, visitor.actor))


@router.post("/proposals/{key}/measure", response_model=ProposalShape)
def measured(visitor: Reader, key: Key) -> Answer:
    """Compare the cases since the release with those before, and keep that beside the prediction."""
    return Answer(improving.measured(visitor.house, key))
