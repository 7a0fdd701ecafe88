"""A stream of how far the log has come, so that a page asks again only when something happened."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from mainspring.app.house import House
from mainspring.store import log
from mainspring.web.access import Permits, Visitor, permits
from mainspring.web.errors import RequestError

router = APIRouter(prefix="/events", tags=["events"])
STREAM: dict[str, Any] = {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
PAUSE = 1.0
"""Seconds between two looks at the log."""


@router.get("", response_class=StreamingResponse, responses={200: STREAM})
def events(request: Request, visitor: Annotated[Visitor, permits("see")]) -> StreamingResponse:
    """Server-sent events `position`, each the newest position of the log; ends with the session."""
    return StreamingResponse(positions(request, visitor.house), media_type="text/event-stream")


async def positions(request: Request, house: House, pause: float = PAUSE) -> AsyncIterator[str]:
    """The stream: nothing of what happened, only that something did."""
    known, still_allowed = -1, Permits("see")
    while not request.app.state.closing:
        try:
            await run_in_threadpool(still_allowed, request)
        except RequestError:
            return
        newest = await run_in_threadpool(_newest, house)
        if newest != known:
            known = newest
            yield f"event: position\ndata: {newest}\n\n"
        await asyncio.sleep(pause)


def _newest(house: House) -> int:
    with house.store.read() as tx:
        return log.last_position(tx)
