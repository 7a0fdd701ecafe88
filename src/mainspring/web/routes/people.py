"""Signing in by a one-time link, signing out, who I am; and who works here."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse
from pydantic import Field

from mainspring.govern import clients, identity, sign_in
from mainspring.govern.errors import SignInError
from mainspring.store import Tx
from mainspring.web.access import COMPANY_ACTIONS, COOKIE, PROCESS_ACTIONS, SELF, Visitor, house_of, permits
from mainspring.web.answers import Answer
from mainspring.web.errors import Forbidden
from mainspring.web.given import Given, given
from mainspring.web.shapes.house import Me, SignedOut
from mainspring.web.shapes.rights import People, PersonShape

links = APIRouter(tags=["sign-in"])
router = APIRouter(tags=["people"])


@links.get("/sign-in/{token}", include_in_schema=False)
def open_session(request: Request, token: str) -> RedirectResponse:
    """Use a one-time link up; no script can read the session's cookie. A bad link leads to the page."""
    house = house_of(request)
    try:
        with house.store.write() as tx:
            session = sign_in.redeem(tx, token, now=house.clock())
    except SignInError:
        return RedirectResponse("/?link=used", status_code=303)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(
        COOKIE,
        session.token,
        max_age=int(sign_in.SESSION_LIVES.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/sign-out", response_model=SignedOut)
def close_session(request: Request, visitor: Annotated[Visitor, permits(SELF)]) -> Answer:
    """End this session."""
    house = visitor.house
    with house.store.write() as tx:
        sign_in.sign_out(tx, request.cookies.get(COOKIE, ""), now=house.clock())
    answer = Answer({"signed_out": True})
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


@router.get("/me", response_model=Me)
def me(visitor: Annotated[Visitor, permits(SELF)]) -> Answer:
    """Who I am, and which kinds of things I may do at all."""
    with visitor.house.store.read() as tx:
        person = _shown(tx, visitor)
        actions = sorted({"call"} | COMPANY_ACTIONS | PROCESS_ACTIONS)
        allowed = {action: visitor.may_at_all(tx, action) for action in actions}
        tenant = tx.tenant
    return Answer(
        {
            "id": person.id,
            "name": person.name,
            "language": person.language,
            "roles": sorted(person.roles),
            "groups": sorted(person.groups),
            "tenant": tenant,
            "may": allowed,
        }
    )


def _shown(tx: Tx, visitor: Visitor) -> identity.Person:
    """The person; a service or an agent is shown by its account."""
    me = visitor.principal
    if me.kind == "person":
        return identity.person(tx, me.id)
    name = clients.get(tx, visitor.client).name if visitor.client is not None else me.id
    return identity.Person(me.id, name, roles=me.roles, groups=me.groups)


class GivenPerson(Given):
    """A person: all of it replaces what was there."""

    name: str = Field(min_length=1, max_length=200)
    email: str | None = Field(default=None, max_length=320)
    language: str = Field(default="en", pattern="^[a-z]{2,3}(-[A-Za-z]{2,4})?$")
    roles: list[str] = Field(default_factory=list, max_length=50)
    groups: list[str] = Field(default_factory=list, max_length=50)
    department: str | None = Field(default=None, max_length=64)
    active: bool = True


@router.get("/people", response_model=People)
def everybody(visitor: Annotated[Visitor, permits("manage_people")]) -> Answer:
    """All people with their roles, groups and departments."""
    with visitor.house.store.read() as tx:
        return Answer({"items": [_plain(one) for one in identity.everybody(tx)]})


@router.put("/people/{person}", response_model=PersonShape)
def put_person(
    visitor: Annotated[Visitor, permits("manage_people")],
    person: Annotated[str, Path(pattern="^[A-Za-z0-9._@-]{1,64}$")],
    body: Annotated[GivenPerson, given(GivenPerson)],
) -> Answer:
    """Add a person or bring one up to date. Nobody changes their own roles and groups."""
    house, me = visitor.house, visitor.principal
    made = identity.Person(
        person,
        body.name,
        body.email,
        body.language,
        frozenset(body.roles),
        frozenset(body.groups),
        body.active,
        body.department,
    )
    with house.store.write() as tx:
        if person == me.id and me.kind == "person":
            held = identity.person(tx, person)
            now_held = (held.roles, held.groups, held.department)
            if (made.roles, made.groups, made.department) != now_held:
                raise Forbidden(
                    f"{person} may not change their own rights", mend="Ask another who looks after people."
                )
        identity.add_person(tx, made, now=house.clock(), by=me)
        if not made.active:
            sign_in.sign_out_everywhere(tx, person, now=house.clock())
    return Answer(_plain(made))


def _plain(one: identity.Person) -> dict[str, Any]:
    return {**one._asdict(), "roles": sorted(one.roles), "groups": sorted(one.groups)}
