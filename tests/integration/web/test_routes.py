"""Every route: its permission, and its place in the documentation."""

from collections.abc import Iterator
from pathlib import Path

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from mainspring.testing.browser import Browser
from mainspring.web.access import Permits
from mainspring.web.customer.access import Linked

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "rest.md"
OPEN = {
    "/",
    "/{place:path}",
    "/sign-in/{token}",
    "/sign-in/with/{provider}",
    "/sign-in/callback",
    "/oauth/token",
    "/.well-known/oauth-authorization-server",
    "/hooks/{name}",
    "/api/v1/session",
    "/api/v1/sign-in/providers",
    "/api/v1/health",
    "/offer",
    "/offer/logo",
}
"""Routes for those who are not signed in: the empty page, ways to sign in, signed hooks, the health."""


BY_TOKEN = ("/mcp", "/a2a/", "/.well-known/")
"""Endpoints of other protocols, which take tokens only; each tool and agent there has its own permission."""


def routes(application: FastAPI) -> Iterator[tuple[str, str, APIRoute]]:
    for found in iter_route_contexts(application.routes):
        route = found.original_route
        if isinstance(route, Mount):
            assert route.path in {"/page", "/assets"}, "only the files of the pages are mounted"
            continue
        if not isinstance(route, APIRoute) and (found.path or "").startswith(BY_TOKEN):
            continue
        assert isinstance(route, APIRoute), f"{found.path} is a route of a kind that declares no permission"
        for method in route.methods or ():
            yield method, found.path or "", route


def permissions(dependant: Dependant) -> list[Permits | Linked]:
    own = [dependant.call] if isinstance(dependant.call, Permits | Linked) else []
    return own + [one for inner in dependant.dependencies for one in permissions(inner)]


def test_every_route_declares_one_permission(application: FastAPI) -> None:
    listed = list(routes(application))
    assert len(listed) >= 17
    for _, path, route in listed:
        declared = permissions(route.dependant)
        assert len(declared) == (0 if path in OPEN else 1), f"{path} must declare one permission"


def test_no_route_but_the_open_ones_answers_a_stranger(application: FastAPI, stranger: Browser) -> None:
    for method, path, _ in routes(application):
        if path not in OPEN:
            answer = stranger.request(method, path.replace("{key}", "1"))
            assert answer.status_code == 401, f"{method} {path} answered {answer.status_code}"


def test_every_route_is_documented(application: FastAPI) -> None:
    text = DOCUMENT.read_text("utf-8")
    missing = [
        f"{method} {path}" for method, path, _ in routes(application) if f"`{method} {path}`" not in text
    ]
    assert missing == []


def test_no_route_is_documented_that_is_not_there(application: FastAPI) -> None:
    known = {f"{method} {path}" for method, path, _ in routes(application)}
    headings = [
        line.split("`")[1] for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("### `")
    ]
    assert headings
    assert set(headings) <= known
