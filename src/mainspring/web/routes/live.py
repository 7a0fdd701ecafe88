"""The company's processes as they are right now, and the forms that tasks are answered with."""

from typing import Annotated, Any

from fastapi import APIRouter

from mainspring.app.livemap import landscape, live
from mainspring.base import jsonio
from mainspring.runtime import NotFound, queries
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.live import Landscape, LiveMap

router = APIRouter(tags=["live"])
Seer = Annotated[Visitor, permits("see")]


@router.get("/landscape", response_model=Landscape)
def processes(visitor: Seer) -> Answer:
    """A card for each process that I may see: going on, waiting, late, in trouble, and who does the work."""
    cards = [card for card in landscape(visitor.house) if visitor.may("see", card["id"])]
    return Answer({"processes": cards})


@router.get("/processes/{key}/live", response_model=LiveMap)
def tokens(visitor: Seer, key: Key) -> Answer:
    """Tokens, waiting tasks and incidents in each element of a version."""
    with visitor.house.store.read() as tx:
        found = next(
            (one for one in queries.deployed(tx, kind="process", latest_only=False) if one.key == key), None
        )
        if found is None:
            raise NotFound(f"there is no process {key}", mend="GET /api/v1/processes lists them.")
        visitor.demand("see", found.id)
        return Answer(live(tx, key))


@router.get("/forms/{form_id}", response_model=dict[str, Any])
def form(visitor: Annotated[Visitor, permits("do_task")], form_id: str) -> Answer:
    """The newest version of a form, as Camunda's form schema."""
    with visitor.house.store.read() as tx:
        found = queries.deployed(tx, kind="form", definition_id=form_id)
        if not found:
            raise NotFound(f"there is no form {form_id}", mend="Deploy it with the pack.")
        return Answer(jsonio.loads(queries.source(tx, found[0].key)))
