"""The plan: landscape, scenes, autonomy and steps; its template out and back in, and its weights."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response, UploadFile

from mainspring.app.errors import DocumentRefused
from mainspring.app.planning import landscape_of, planned, put_plan
from mainspring.insight.plan import Landscape, Weights, workbook
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import given
from mainspring.web.shapes.plan import PlanPut, PlanShape

router = APIRouter(prefix="/plan", tags=["insight"])
Reader = Annotated[Visitor, permits("measure")]
Planner = Annotated[Visitor, permits("plan")]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX: dict[str, Any] = {"content": {EXCEL: {"schema": {"type": "string", "format": "binary"}}}}
MOST_BYTES = 20_000_000


@router.get("", response_model=PlanShape)
def shown(visitor: Reader, start: date | None = None) -> Answer:
    """Landscape, scenes in their quadrants, autonomy of each process, and the next 180 days."""
    return Answer(planned(visitor.house, start))


@router.get("/template", response_class=Response, responses={200: XLSX})
def template(visitor: Reader, language: Literal["en", "zh"] = "en", *, empty: bool = False) -> Response:
    """The plan as an Excel workbook to fill in."""
    landscape = Landscape() if empty else landscape_of(visitor.house)
    headers = {"content-disposition": 'attachment; filename="plan.xlsx"'}
    return Response(workbook.template(landscape, language), media_type=EXCEL, headers=headers)


@router.post("", response_model=PlanPut, status_code=201)
def taken_in(visitor: Planner, document: UploadFile) -> Answer:
    """Put a filled-in workbook of at most 20 MB in force, all rows or none."""
    content = document.file.read(MOST_BYTES + 1)
    name = document.filename or "file"
    if len(content) > MOST_BYTES:
        raise DocumentRefused("the file has more than 20 MB", where=name, mend="Split it.")
    found = workbook.read(content, name)
    weights = landscape_of(visitor.house).weights
    kept = put_plan(visitor.house, found.model_copy(update={"weights": weights}), visitor.principal)
    return Answer({"number": kept.number, "rows": len(found.nodes)}, 201)


@router.put("/weights", response_model=PlanPut)
def weighed(visitor: Planner, body: Annotated[Weights, given(Weights)]) -> Answer:
    """Put the plan in force with other weights."""
    landscape = landscape_of(visitor.house).model_copy(update={"weights": body})
    kept = put_plan(visitor.house, landscape, visitor.principal)
    return Answer({"number": kept.number, "rows": len(landscape.nodes)})
