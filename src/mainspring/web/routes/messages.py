"""Messages from outside to processes that wait for them, or start with them."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.cases import Published

router = APIRouter(prefix="/messages", tags=["messages"])
WEEK = 7 * 86_400


class Message(Given):
    """A message; it is kept for its time to live (seconds) when nobody waits for it yet."""

    name: str = Field(min_length=1, max_length=200)
    correlation_key: str = Field(default="", max_length=200)
    variables: dict[str, Any] = Field(default_factory=dict)
    time_to_live: int = Field(default=3600, ge=0, le=WEEK)
    message_id: str | None = Field(default=None, max_length=200)


@router.post("", status_code=201, response_model=Published)
def publish(
    visitor: Annotated[Visitor, permits("publish")], message: Annotated[Message, given(Message)]
) -> Answer:
    """Publish a message; with a `message_id` the same one again is refused while it is kept."""
    key = visitor.house.runtime.publish(
        message.name,
        message.correlation_key,
        message.variables,
        actor=visitor.actor,
        time_to_live=timedelta(seconds=message.time_to_live),
        message_id=message.message_id,
    )
    return Answer({"key": str(key)}, 201)
