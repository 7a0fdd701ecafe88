"""Attack: taking a house over by its set-up, or by a sign-in link that was used, guessed or old."""

from collections.abc import Callable
from datetime import timedelta

from fastapi import FastAPI

from mainspring.app.house import House
from mainspring.govern import identity, sign_in
from mainspring.testing.browser import Browser

SignIn = Callable[[str], Browser]
GUESSES = ("/setup", "/install", "/init", "/bootstrap", "/register", "/signup", "/admin", "/api/v1/setup",
           "/api/v1/users", "/api/v1/register", "/api/v1/people", "/api/v1/bootstrap", "/.env", "/docs",
           "/openapi.json", "/redoc", "/metrics", "/debug", "/console", "/graphql")  # fmt: skip


def test_no_page_or_route_lets_a_stranger_set_anything_up(house: House, stranger: Browser) -> None:
    with house.store.read() as tx:
        before = identity.everybody(tx)
    for path in GUESSES:
        for method in ("GET", "POST", "PUT"):
            answer = stranger.request(method, path, **({} if method == "GET" else {"json": {"name": "evil"}}))
            opened = answer.status_code == 200 and not answer.headers.get("content-type", "").startswith(
                "text/html"
            )
            assert not opened, (method, path, answer.status_code)
    with house.store.read() as tx:
        assert identity.everybody(tx) == before


def test_only_the_routes_that_must_be_open_are_open(application: FastAPI) -> None:
    open_routes = {
        path
        for path, methods in application.openapi()["paths"].items()
        for one in methods.values()
        if not one.get("x-permission") and path.startswith("/api/")
    }
    meant = ("health", "session", "sign-in", "oauth", "oidc", "token", "webhook", "hooks", "bootstrap")
    assert {path for path in open_routes if not any(word in path for word in meant)} == set()


def test_a_sign_in_link_opens_one_session_and_no_second(house: House, application: FastAPI) -> None:
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, "owner", now=house.clock())
    first, second = Browser(application), Browser(application)
    first.get(f"/sign-in/{token}")
    second.get(f"/sign-in/{token}")
    assert first.get("/api/v1/me").status_code == 200
    assert second.get("/api/v1/me").status_code == 401


def test_a_link_that_has_run_out_opens_nothing(house: House, application: FastAPI) -> None:
    past = house.clock() - timedelta(days=1)
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, "owner", now=past)
    late = Browser(application)
    late.get(f"/sign-in/{token}")
    assert late.get("/api/v1/me").status_code == 401


def test_guessed_links_open_nothing(stranger: Browser) -> None:
    for token in ("", "owner", "0" * 43, "null", "..%2f..%2fapi", "' OR 1=1 --", "A" * 5000):
        stranger.get(f"/sign-in/{token}")
        assert stranger.get("/api/v1/me").status_code == 401


def test_a_stranger_cannot_plant_a_session(application: FastAPI, signed_in: SignIn) -> None:
    victim = Browser(application)
    victim.cookies.set("mainspring_session", "chosen-by-the-attacker")
    mine = signed_in("owner").cookies.get("mainspring_session")
    assert mine != "chosen-by-the-attacker"
    assert victim.get("/api/v1/me").status_code == 401
