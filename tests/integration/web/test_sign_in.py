"""Signing in by a one-time link, and what a session is worth."""

from collections.abc import Callable
from datetime import timedelta

from mainspring.app.house import House
from mainspring.govern import sign_in
from mainspring.govern.identity import Person, add_person
from mainspring.testing.browser import Browser
from mainspring.web.access import COOKIE


def test_a_link_opens_one_session_and_no_second(house: House, stranger: Browser) -> None:
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, "owner", now=house.clock())
    first = stranger.get(f"/sign-in/{token}")
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert stranger.get("/api/v1/me").json()["id"] == "owner"
    stranger.cookies.clear()
    second = stranger.get(f"/sign-in/{token}")
    assert second.headers["location"] == "/?link=used"
    assert "set-cookie" not in second.headers


def test_an_expired_link_opens_nothing(house: House, stranger: Browser) -> None:
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, "owner", now=house.clock() - timedelta(days=1))
    assert "set-cookie" not in stranger.get(f"/sign-in/{token}").headers


def test_no_script_and_no_other_site_gets_the_cookie(house: House, stranger: Browser) -> None:
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, "owner", now=house.clock())
    cookie = stranger.get(f"/sign-in/{token}").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert token.lower() not in cookie


def test_who_is_not_signed_in_is_told_so(stranger: Browser) -> None:
    answer = stranger.get("/api/v1/me")
    assert answer.status_code == 401
    assert set(answer.json()) == {"error", "message", "where", "mend"}


def test_a_made_up_session_is_worth_nothing(stranger: Browser) -> None:
    stranger.cookies.set(COOKIE, "made-up", domain="127.0.0.1")
    assert stranger.get("/api/v1/tasks").status_code == 401


def test_signing_out_ends_the_session_for_a_copied_cookie_too(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("owner")
    token = browser.cookies[COOKIE]
    assert browser.post("/api/v1/sign-out").status_code == 200
    browser.cookies.clear()
    browser.cookies.set(COOKIE, token, domain="127.0.0.1")
    assert browser.get("/api/v1/me").status_code == 401


def test_a_closed_account_is_out_at_once(house: House, signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("sales-1")
    with house.store.write() as tx:
        add_person(tx, Person("sales-1", "Demo sales 1", active=False), now=house.clock())
    assert browser.get("/api/v1/me").status_code == 401


def test_a_role_that_was_taken_away_is_gone_at_once(
    house: House, signed_in: Callable[[str], Browser]
) -> None:
    browser = signed_in("sales-1")
    assert browser.get("/api/v1/instances").status_code == 200
    with house.store.write() as tx:
        add_person(tx, Person("sales-1", "Demo sales 1"), now=house.clock())
    assert browser.get("/api/v1/instances").status_code == 403
