"""Notices: what I get by mail, and the robots of group chats."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from mainspring.app.notices import by_mail, robots
from mainspring.app.notices.subjects import KINDS, Kind
from mainspring.govern import identity, preferences
from mainspring.govern.errors import UnknownPersonError
from mainspring.store import Tx
from mainspring.web.access import SELF, Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.mail import Robots, Said, Wishes

router = APIRouter(prefix="/notices", tags=["notices"])
Keeper = Annotated[Visitor, permits("manage_services")]
Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,33}$")]


class GivenWishes(Given):
    """The kinds of notices that I want by mail."""

    mail: tuple[Kind, ...] = Field(max_length=len(KINDS))


@router.get("/mine", response_model=Wishes)
def mine(visitor: Annotated[Visitor, permits(SELF)]) -> Answer:
    """What I get by mail."""
    with visitor.house.store.read() as tx:
        return Answer(_wishes(tx, visitor.principal.id))


@router.put("/mine", response_model=Wishes)
def wish(
    visitor: Annotated[Visitor, permits(SELF)], body: Annotated[GivenWishes, given(GivenWishes)]
) -> Answer:
    """Say what I want by mail."""
    house, me = visitor.house, visitor.principal.id
    with house.store.write() as tx:
        preferences.keep(tx, me, by_mail.NAME, {"mail": sorted(set(body.mail))}, now=house.clock())
        return Answer(_wishes(tx, me))


@router.get("/robots", response_model=Robots)
def listed(visitor: Keeper) -> Answer:
    """The robots that are connected."""
    with visitor.house.store.read() as tx:
        return Answer({"items": [one.model_dump() for one in robots.robots(tx)]})


@router.post("/robots", response_model=Robots)
def connect(visitor: Keeper, body: Annotated[robots.NewRobot, given(robots.NewRobot)]) -> Answer:
    """Connect the robot of a group chat by the address that the chat shows."""
    robots.connect(visitor.house, body, visitor.principal)
    return listed(visitor)


@router.post("/robots/{name}/test", response_model=Said)
def try_out(visitor: Keeper, name: Name) -> Answer:
    """Let a robot say in its group that it is connected."""
    robots.try_out(visitor.house, name, visitor.principal)
    return Answer({"said": True})


@router.delete("/robots/{name}", response_model=Robots)
def disconnect(visitor: Keeper, name: Name) -> Answer:
    """Leave a robot out from now on."""
    robots.disconnect(visitor.house, name, visitor.principal)
    return listed(visitor)


def _wishes(tx: Tx, person: str) -> dict[str, object]:
    try:
        address = identity.person(tx, person).email or ""
    except UnknownPersonError:
        address = ""  # a client that is no person
    return {"mail": sorted(by_mail.wishes(tx, person)), "address": address}
