"""Process mining on our own cases: what the process is, where it waits, and what makes a difference."""

from typing import Annotated

from fastapi import APIRouter, Query

from mainspring.app import mining
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.shapes.mining import (
    ConformingShape,
    DifferencesShape,
    HandsShape,
    MapShape,
    VariantsShape,
    WaitingShape,
)

Reader = Annotated[Visitor, permits("measure")]
Process = Annotated[str, Query(max_length=200)]
Share = Annotated[float, Query(ge=0, le=1)]
router = APIRouter(prefix="/insight", tags=["insight"])
PROCESS = "lead_to_cash"


@router.get("/map", response_model=MapShape)
def process_map(
    visitor: Reader, process: Process = PROCESS, activities: Share = 1.0, paths: Share = 1.0
) -> Answer:
    """The directly-follows map of the most frequent activities and steps."""
    return Answer(mining.mapped(visitor.house, process, activities, paths))


@router.get("/variants", response_model=VariantsShape)
def variants(visitor: Reader, process: Process = PROCESS) -> Answer:
    """The sequences of activities that cases took, the most frequent first."""
    return Answer(mining.variants(visitor.house, process))


@router.get("/waiting", response_model=WaitingShape)
def waiting(visitor: Reader, process: Process = PROCESS) -> Answer:
    """On which steps the time of cases goes, and why work waits."""
    return Answer(mining.waiting(visitor.house, process))


@router.get("/hands", response_model=HandsShape)
def hands(visitor: Reader, process: Process = PROCESS) -> Answer:
    """What is done again, and who hands over to whom."""
    return Answer(mining.hands(visitor.house, process))


@router.get("/differences", response_model=DifferencesShape)
def differences(
    visitor: Reader, process: Process = PROCESS, group: mining.Group = "late", among: Process = ""
) -> Answer:
    """How the quickest, the slowest or the untouched cases differ from the rest, with causes and drift."""
    return Answer(mining.differences(visitor.house, process, group, among))


@router.get("/conformance", response_model=ConformingShape)
def conformance(
    visitor: Reader, process: Process = PROCESS, version: Annotated[int | None, Query(ge=1)] = None
) -> Answer:
    """Where ended cases leave a version of their model, in words."""
    visitor.demand("see", process)
    return Answer(mining.conforming(visitor.house, process, version))
