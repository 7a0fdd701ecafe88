"""Signing in by a one-time link, signing out, and who I am."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from mainspring.govern import identity, sign_in
from mainspring.govern.errors import SignInError
from mainspring.web.access import COMPANY_ACTIONS, COOKIE, PROCESS_ACTIONS, SELF, Visitor, house_of, permits
from mainspring.web.answers import Answer

links = APIRouter(tags=["sign-in"])
router = APIRouter(tags=["people"])


@links.get("/sign-in/{token}")
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


@router.post("/sign-out")
def close_session(request: Request, visitor: Annotated[Visitor, permits(SELF)]) -> Answer:
    """End this session."""
    house = visitor.house
    with house.store.write() as tx:
        sign_in.sign_out(tx, request.cookies[COOKIE], now=house.clock())
    answer = Answer({"signed_out": True})
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


@router.get("/me")
def me(visitor: Annotated[Visitor, permits(SELF)]) -> Answer:
    """Who I am, and which kinds of things I may do at all."""
    with visitor.house.store.read() as tx:
        person = identity.person(tx, visitor.principal.id)
        actions = sorted(COMPANY_ACTIONS | PROCESS_ACTIONS)
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
