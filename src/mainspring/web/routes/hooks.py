"""Where other systems deliver webhooks: whoever comes here proves it by a signature over the body."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from mainspring.app import hooks
from mainspring.web.access import house_of
from mainspring.web.answers import Answer

router = APIRouter(prefix="/hooks", tags=["hooks"], include_in_schema=False)


@router.post("/{name}", status_code=202)
async def deliver(request: Request, name: str) -> Answer:
    """Take a delivery; one that was taken before is answered like the first."""
    body = await request.body()
    headers = {key.lower(): value for key, value in request.headers.items()}
    await run_in_threadpool(hooks.deliver, house_of(request), name, headers, body)
    return Answer({"taken": True}, 202)
