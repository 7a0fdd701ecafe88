"""Whether the server and its database answer; open to all, and says nothing else."""

from fastapi import APIRouter, Request
from sqlalchemy import literal, select

from mainspring.web.access import house_of
from mainspring.web.answers import Answer

router = APIRouter(tags=["health"])


@router.get("/health")
def health(request: Request) -> Answer:
    """Answer as soon as the database has answered."""
    with house_of(request).store.read() as tx:
        tx.scalar(select(literal(1)))
    return Answer({"status": "well"})
