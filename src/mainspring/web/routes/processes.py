"""What is deployed: the processes, and the model of each as XML."""

from typing import Annotated, Any

from fastapi import APIRouter, Response

from mainspring.app import shown
from mainspring.runtime import NotFound, queries
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.house import DefinitionShape
from mainspring.web.shapes.parts import Page

router = APIRouter(prefix="/processes", tags=["processes"])
XML: dict[str, Any] = {"content": {"application/xml": {"schema": {"type": "string"}}}}
Seer = Annotated[Visitor, permits("see")]


@router.get("", response_model=Page[DefinitionShape])
def processes(visitor: Seer, *, latest_only: bool = True) -> Answer:
    """Deployed processes that I may see."""
    with visitor.house.store.read() as tx:
        found = queries.deployed(tx, kind="process", latest_only=latest_only)
    items = [shown.definition(one) for one in found if visitor.may("see", one.id)]
    return Answer({"items": items, "next": None})


@router.get("/{key}/xml", response_class=Response, responses={200: XML})
def model(visitor: Seer, key: Key) -> Response:
    """The file of a version as it was deployed."""
    with visitor.house.store.read() as tx:
        versions = queries.deployed(tx, kind="process", latest_only=False)
        found = next((one for one in versions if one.key == key), None)
        if found is None:
            raise NotFound(f"there is no process {key}", mend="GET /api/v1/processes lists them.")
        visitor.demand("see", found.id)
        data = queries.source(tx, key)
    return Response(data, media_type="application/xml")
