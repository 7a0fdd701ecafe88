"""Figures of our own cases, the cases behind them, and a month on one page."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from mainspring.app import insights, monthly
from mainspring.insight.own.behind import Having, Wanted
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.routes.lists import Count, First
from mainspring.web.shapes.figures import BehindWindow, MonthShape, OverviewShape

Reader = Annotated[Visitor, permits("measure")]
Process = Annotated[str, Query(max_length=200)]
Named = Annotated[str, Query(max_length=200)]
router = APIRouter(prefix="/insight", tags=["insight"])
PROCESS = "lead_to_cash"


@router.get("/overview", response_model=OverviewShape)
def overview(request: Request, visitor: Reader, process: Process = PROCESS) -> Answer:
    """The measures of a process in all, over time, and by activity, customer, person and team."""
    return Answer(insights.overviewed(visitor.house, process) | _simulated(request))


@router.get("/cases", response_model=BehindWindow)
def cases(
    visitor: Reader,
    process: Process = "",
    *,
    began: str = "",
    closed: str = "",
    month: str = "",
    customer: Named = "",
    node: Named = "",
    person: Named = "",
    team: Named = "",
    agent: Named = "",
    before: Named = "",
    after: Named = "",
    variant: Named = "",
    number: Annotated[list[Named], Query(max_length=50)] = [],  # noqa: B006 - read by the framework
    having: Having | None = None,
    again: bool = False,
    first: First = 0,
    count: Count = 100,
) -> Answer:
    """The cases behind a figure, the newest first: those that meet every condition.

    `began` is the first day of a week or month of the overview, `closed` that of the month of their end,
    `month` that of a month in which the activity `node` was completed; `again`: it happened more than once.
    Without `process` they are of all processes that I may see.
    """
    if process:
        visitor.demand("see", process)
    chosen = (process,) if process else insights.processes(visitor.house)
    wanted = Wanted(
        began=insights.day_of(began) if began else None,
        closed=insights.day_of(closed) if closed else None,
        month=insights.day_of(month) if month else None,
        customer=customer,
        node=node,
        person=person,
        team=team,
        agent=agent,
        before=before,
        after=after,
        variant=variant,
        having=having,
        numbers=frozenset(number),
        again=again,
    )
    visible = [name for name in chosen if visitor.may("see", name)]
    return Answer(insights.cases_behind(visitor.house, visible, wanted, first, count))


@router.get("/month", response_model=MonthShape)
def month(request: Request, visitor: Reader, month: str = "") -> Answer:
    """What AI did in a month, what it was worth, and the three changes that would bring most.

    When none is named by its first day, the newest with a tenth of the work of the busiest.
    """
    chosen = insights.day_of(month) if month else None
    return Answer(monthly.month(visitor.house, chosen) | _simulated(request))


def _simulated(request: Request) -> dict[str, Any]:
    return {"simulated": request.app.state.simulated}
