"""The measures, counted from the log and the recorded calls."""

from typing import Annotated

from fastapi import APIRouter, Request

from mainspring.app.measures import measured
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.shapes.house import Figures

router = APIRouter(prefix="/measures", tags=["measures"])


@router.get("", response_model=Figures)
def measures(request: Request, visitor: Annotated[Visitor, permits("measure")]) -> Answer:
    """AI penetration, AAR, straight-through rate, cost to serve, cycle time; in all and per activity."""
    return Answer(measured(visitor.house) | {"simulated": request.app.state.simulated})
