"""Whether the server and its database answer, and what the interface offers."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy import literal, select

from mainspring.web.access import SELF, Visitor, house_of, permits
from mainspring.web.answers import Answer
from mainspring.web.shapes.house import Health

router = APIRouter(tags=["health"])


@router.get("/health", response_model=Health)
def health(request: Request) -> Answer:
    """Answer as soon as the database has answered."""
    with house_of(request).store.read() as tx:
        tx.scalar(select(literal(1)))
    return Answer({"status": "well"})


@router.get("/openapi.json", response_model=dict[str, Any])
def description(request: Request, _: Annotated[Visitor, permits(SELF)]) -> Answer:
    """This document, OpenAPI 3.1; `x-permission` names what each operation asks for."""
    return Answer(request.app.openapi())
