"""Stand-ins: who acts in my place, in whose place I act."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from mainspring.govern import proxies
from mainspring.govern.principal import Principal
from mainspring.govern.proxies import Proxy
from mainspring.web.access import SELF, Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.errors import Forbidden
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.rights import Proxies, ProxyShape

router = APIRouter(prefix="/stand-ins", tags=["people"])


class StandIn(Given):
    """Who stands in, until when, in which processes (none named: all); `person` only for another than me."""

    stand_in: str = Field(min_length=1, max_length=64)
    until: AwareDatetime
    since: AwareDatetime | None = None
    processes: list[str] = Field(default_factory=list, max_length=100)
    reason: str = Field(default="", max_length=1000)
    person: str | None = Field(default=None, max_length=64)


@router.get("", response_model=Proxies)
def mine(visitor: Annotated[Visitor, permits(SELF)]) -> Answer:
    """Who stands in for me, now or later, and for whom I stand in now."""
    house, me = visitor.house, _person(visitor).id
    now = house.clock()
    with house.store.read() as tx:
        for_me, by_me = proxies.of_person(tx, me, now=now), proxies.of_stand_in(tx, me, now=now)
    return Answer({"for_me": [_plain(one) for one in for_me], "by_me": [_plain(one) for one in by_me]})


@router.post("", status_code=201, response_model=ProxyShape)
def grant(visitor: Annotated[Visitor, permits(SELF)], body: Annotated[StandIn, given(StandIn)]) -> Answer:
    """Name somebody who stands in for me; for another person only with the permission `manage_people`."""
    house, me = visitor.house, _person(visitor)
    person = body.person or me.id
    if person != me.id:
        visitor.insist("manage_people")
    with house.store.write() as tx:
        made = proxies.grant(
            tx,
            person,
            body.stand_in,
            until=body.until,
            since=body.since,
            processes=body.processes,
            reason=body.reason,
            by=me,
            now=house.clock(),
            keys=house.keys,
        )
    return Answer(_plain(made), 201)


@router.delete("/{key}", response_model=ProxyShape)
def end(visitor: Annotated[Visitor, permits(SELF)], key: Key) -> Answer:
    """End it: one's own, or another's with the permission `manage_people`."""
    house, me = visitor.house, _person(visitor)
    with house.store.write() as tx:
        if me.id not in {proxies.get(tx, key).person, proxies.get(tx, key).stand_in}:
            visitor.insist("manage_people")
        ended = proxies.end(tx, key, by=me, now=house.clock())
    return Answer(_plain(ended))


def _person(visitor: Visitor) -> Principal:
    """Who asks, who must be a person.

    Raises:
        Forbidden: a program asks.
    """
    if visitor.principal.kind != "person":
        raise Forbidden("only people stand in for people", mend="Sign in.")
    return visitor.principal


def _plain(one: Proxy) -> dict[str, Any]:
    shown = {name: value for name, value in one._asdict().items() if name != "ended_at"}
    return {**shown, "key": str(one.key), "processes": sorted(one.processes)}
