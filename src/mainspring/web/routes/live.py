"""The company's processes as they are right now, and the forms that tasks are answered with."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from mainspring.app.battle_map import battle_map
from mainspring.app.house import House
from mainspring.app.livemap import live
from mainspring.app.money_in_flight import money_in_flight
from mainspring.base import jsonio
from mainspring.runtime import NotFound, queries
from mainspring.runtime.queries import Definition
from mainspring.store import Tx, log
from mainspring.web.access import Permits, Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.errors import RequestError
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.live import Landscape, LiveMap

router = APIRouter(tags=["live"])
Seer = Annotated[Visitor, permits("see")]
STREAM: dict[str, Any] = {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
PAUSE = 0.1
"""Seconds between two looks at a live map: ten pictures a second look like movement."""
ASK_AGAIN = 50
"""Looks after which the session and the policies are asked again."""


@router.get("/landscape", response_model=Landscape)
def landscape(visitor: Seer) -> Answer:
    """The architecture with what runs, waits, is late, and who does it; money on its way."""
    house = visitor.house
    with house.store.read() as tx:
        deployed = {one.id for one in queries.deployed(tx, kind="process")}
        open_figures = visitor.decided("measure").allowed
        money = money_in_flight(tx, house.clock()) if open_figures else []
    visible = frozenset(one for one in deployed if visitor.may("see", one))
    return Answer(battle_map(house, visible, with_money=open_figures) | {"money": money})


@router.get("/processes/{key}/live", response_model=LiveMap)
def tokens(visitor: Seer, key: Key) -> Answer:
    """Tokens, waiting tasks and incidents in each element of a version."""
    with visitor.house.store.read() as tx:
        visitor.demand("see", _version(tx, key).id)
        return Answer(live(tx, key))


def _version(tx: Tx, key: int) -> Definition:
    every = queries.deployed(tx, kind="process", latest_only=False)
    found = next((one for one in every if one.key == key), None)
    if found is None:
        raise NotFound(f"there is no process {key}", mend="GET /api/v1/processes lists them.")
    return found


@router.get("/processes/{key}/live/changes", response_class=StreamingResponse, responses={200: STREAM})
def changes(request: Request, visitor: Seer, key: Key) -> StreamingResponse:
    """Server-sent events `elements`: first the whole live map of a version, then what changes in it."""
    with visitor.house.store.read() as tx:
        visitor.demand("see", _version(tx, key).id)
    return StreamingResponse(_changes(request, visitor.house, key), media_type="text/event-stream")


async def _changes(request: Request, house: House, key: int, pause: float = PAUSE) -> AsyncIterator[str]:
    """The stream; it ends with the session."""
    known: dict[str, Any] = {}
    at, rounds, still_allowed = -1, 0, Permits("see")
    clock = asyncio.get_running_loop().time
    due = clock()
    while not request.app.state.closing:
        try:
            if rounds % ASK_AGAIN == 0:
                await run_in_threadpool(still_allowed, request)
        except RequestError:
            return
        at, now = await run_in_threadpool(_since, house, key, at)
        fresh = {element: one for element, one in (now or {}).items() if known.get(element) != one}
        if fresh:
            known.update(fresh)
            yield f"event: elements\ndata: {jsonio.dumps(fresh).decode()}\n\n"
        rounds += 1
        due = max(due + pause, clock())  # the look itself is part of the pause
        await asyncio.sleep(due - clock())


def _since(house: House, key: int, at: int) -> tuple[int, dict[str, Any] | None]:
    """The newest position of the log, and the live map where it has moved on."""
    with house.store.read() as tx:
        newest = log.last_position(tx)
        return newest, None if newest == at else live(tx, key)["elements"]


@router.get("/forms/{form_id}", response_model=dict[str, Any])
def form(visitor: Annotated[Visitor, permits("do_task")], form_id: str) -> Answer:
    """The newest version of a form, as Camunda's form schema."""
    with visitor.house.store.read() as tx:
        found = queries.deployed(tx, kind="form", definition_id=form_id)
        if not found:
            raise NotFound(f"there is no form {form_id}", mend="Deploy it with the pack.")
        return Answer(jsonio.loads(queries.source(tx, found[0].key)))
