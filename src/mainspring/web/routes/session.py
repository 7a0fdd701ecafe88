"""Signing in: with a password, through an identity provider, and for programs the token endpoint."""

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from pydantic import Field

from mainspring.app import signing_in
from mainspring.govern import clients, oidc, sign_in
from mainspring.govern.errors import ClientError, OidcError, PasswordError
from mainspring.govern.passwords import LONGEST, has_password
from mainspring.govern.sign_in import Session
from mainspring.web.access import COOKIE, SELF, Visitor, house_of, permits
from mainspring.web.answers import Answer
from mainspring.web.errors import Forbidden, NotSignedIn
from mainspring.web.given import Given, given
from mainspring.web.shapes.rights import Done, Providers, SignedIn

links = APIRouter(tags=["sign-in"])
router = APIRouter(tags=["sign-in"])
BROWSER = "mainspring_attempt"
"""The cookie that binds an attempt at an identity provider to the browser that began it."""
PATH = "/sign-in/callback"


class Credentials(Given):
    """Who signs in, with their password."""

    person: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=LONGEST)


class NewPassword(Given):
    """The present password, where there is one, and the new one."""

    current: str = Field(default="", max_length=LONGEST)
    new: str = Field(min_length=1, max_length=LONGEST)


@router.post("/session", status_code=201, response_model=SignedIn)
def open_with_password(request: Request, given_: Annotated[Credentials, given(Credentials)]) -> Answer:
    """Sign in with a password.

    Wrong ones lock the account for a while; the answer does not say which it was.
    """
    house = house_of(request)
    with house.store.write() as tx:
        session = request.app.state.passwords.sign_in(tx, given_.person, given_.password, now=house.clock())
    if session is None:
        raise NotSignedIn(
            "that is not known here, or not now",
            mend="Check both, wait a while after several attempts, or ask for a sign-in link.",
        )
    answer = Answer({"person": session.person, "expires_at": session.expires_at}, 201)
    keep(request, answer, session)
    return answer


@router.put("/me/password", response_model=Done)
def change_password(
    request: Request,
    visitor: Annotated[Visitor, permits(SELF)],
    given_: Annotated[NewPassword, given(NewPassword)],
) -> Answer:
    """Set my password; ends all my sessions and opens a new one."""
    house, me = visitor.house, visitor.principal
    if me.kind != "person" or visitor.client is not None:
        raise Forbidden("only a person has a password", mend="Sign in.")
    with house.store.write() as tx:
        now = house.clock()
        right = not has_password(tx, me.id) or request.app.state.passwords.check(
            tx, me.id, given_.current, now=now
        )
        session = None
        if right:
            request.app.state.passwords.put(tx, me.id, given_.new, by=me, now=now)
            session = sign_in.open_session(tx, me.id, now=now)
    if session is None:
        raise PasswordError("the present password is another", where="current", mend="Check it.")
    answer = Answer({"done": True})
    keep(request, answer, session)
    return answer


@router.get("/sign-in/providers", response_model=Providers)
def providers(request: Request) -> Answer:
    """The identity providers to sign in with. Open to all."""
    with house_of(request).store.read() as tx:
        found = [one for one in oidc.providers(tx) if one.active]
    return Answer({"items": [{"id": one.id, "label": one.label} for one in found]})


@links.get("/sign-in/with/{provider}", include_in_schema=False)
def begin(request: Request, provider: str) -> RedirectResponse:
    """Send the browser to an identity provider."""
    house = house_of(request)
    redirect = str(request.base_url).rstrip("/") + PATH
    try:
        started = signing_in.begin(house, provider, redirect)
    except OidcError:
        return RedirectResponse("/?sign-in=failed", status_code=303)
    answer = RedirectResponse(started.url, status_code=303)
    answer.set_cookie(
        BROWSER,
        started.browser,
        max_age=int(oidc.FLOW_LIVES.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/sign-in/",
    )
    return answer


@links.get(PATH, include_in_schema=False)
def come_back(request: Request, state: str = "", code: str = "") -> RedirectResponse:
    """Take the browser back from an identity provider; what does not hold leads to the first page."""
    browser = request.cookies.get(BROWSER, "")
    try:
        session = signing_in.finish(house_of(request), state=state, code=code, browser=browser)
    except OidcError:
        answer = RedirectResponse("/?sign-in=failed", status_code=303)
    else:
        answer = RedirectResponse("/", status_code=303)
        keep(request, answer, session)
    answer.delete_cookie(BROWSER, httponly=True, samesite="lax", path="/sign-in/")
    return answer


@links.post("/oauth/token", include_in_schema=False)
async def token(request: Request) -> Answer:
    """The token endpoint: client credentials (RFC 6749, 4.4), with `scope` and `resource` (RFC 8707)."""
    form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=20))
    if form.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", 400)
    name, secret = _shown(request, form)
    house = house_of(request)

    def work() -> clients.Token:
        with house.store.write() as tx:
            return clients.issue(
                tx,
                name,
                secret,
                now=house.clock(),
                scopes=form.get("scope", "").split(),
                audience=form.get("resource") or form.get("audience"),
            )

    try:
        made = await run_in_threadpool(work)
    except ClientError as error:
        return _refused(error.code, 401 if error.code == "invalid_client" else 400)
    return Answer(
        {
            "access_token": made.token,
            "token_type": "Bearer",
            "expires_in": made.expires_in,
            "scope": " ".join(sorted(made.scopes)),
        }
    )


@links.get("/.well-known/oauth-authorization-server", include_in_schema=False)
def metadata(request: Request) -> Answer:
    """What the token endpoint can do (RFC 8414)."""
    base = str(request.base_url).rstrip("/")
    return Answer(
        {
            "issuer": base,
            "token_endpoint": f"{base}/oauth/token",
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }
    )


def keep(request: Request, answer: Any, session: Session) -> None:
    """Give the browser the session's cookie, which no script can read."""
    answer.set_cookie(
        COOKIE,
        session.token,
        max_age=int(sign_in.SESSION_LIVES.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _shown(request: Request, form: dict[str, str]) -> tuple[str, str]:
    """The client's id and secret, from the header or the form."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return name, secret
    return form.get("client_id", ""), form.get("client_secret", "")


def _refused(code: str, status: int) -> Answer:
    """An error as RFC 6749, 5.2, has it."""
    return Answer({"error": code}, status)
