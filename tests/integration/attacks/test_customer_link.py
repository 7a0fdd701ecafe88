"""A customer's link: forged, expired, taken back, used for another quote, replayed; it opens nothing else."""

import base64
import json
from datetime import timedelta

import pytest
from fastapi import FastAPI
from tests.integration.web.offers import link, sent, with_link

from mainspring.app.customer import links
from mainspring.app.errors import LinkRefused
from mainspring.app.house import House
from mainspring.testing.browser import Browser

OFFER = "/api/v1/customer"


@pytest.fixture
def mine(house: House) -> str:
    return sent(house, "C-1")


@pytest.fixture
def theirs(house: House) -> str:
    return sent(house, "C-2")


def _changed(token: str, **more: str | int) -> str:
    body, _, mac = token.partition(".")
    payload = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))) | more
    return base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode() + "." + mac


def test_a_link_changed_to_another_quote_opens_nothing(
    house: House, stranger: Browser, mine: str, theirs: str
) -> None:
    token = link(house, mine)
    for forged in (
        _changed(token, d=theirs),
        _changed(token, c="C-2"),
        _changed(token, e=2**40),
        _changed(token, k="order"),
        token.partition(".")[0] + ".",
        token.partition(".")[0],
        "a" * 5000,
        ".",
    ):
        refused = with_link(stranger, forged).get(OFFER)
        assert (refused.status_code, refused.json().get("where")) == (401, "forged"), forged[:50]


def test_papers_of_another_customer_are_not_there(
    house: House, stranger: Browser, mine: str, theirs: str
) -> None:
    browser = with_link(stranger, link(house, mine))
    assert browser.get(f"{OFFER}/papers/quote/{mine}").status_code == 200
    assert browser.get(f"{OFFER}/papers/quote/{theirs}").status_code == 422
    assert browser.get(f"{OFFER}/papers/invoice/{theirs}").status_code == 422


def test_decisions_of_other_cases_cannot_be_appealed_against(
    house: House, stranger: Browser, mine: str
) -> None:
    browser = with_link(stranger, link(house, mine))
    assert browser.post(f"{OFFER}/appeals", json={"run": 5, "text": "mine"}).status_code == 422


def test_an_ended_link_says_so(
    house: House, stranger: Browser, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = with_link(stranger, link(house, mine, days=1))
    assert browser.get(OFFER).status_code == 200
    later = house.clock() + timedelta(days=1, seconds=1)
    monkeypatch.setattr(house, "clock", lambda: later)
    assert browser.get(OFFER).json()["where"] == "expired"


def test_an_answer_is_taken_once_and_only_to_what_was_seen(
    house: House, stranger: Browser, mine: str
) -> None:
    browser = with_link(stranger, link(house, mine))
    seen = browser.get(OFFER).json()["quote"]["seen"]
    stale = browser.post(f"{OFFER}/answer", json={"accepted": True, "seen": "0" * 64})
    assert (stale.status_code, stale.json()["where"]) == (409, "changed")
    given = {"accepted": True, "seen": seen}
    assert browser.post(f"{OFFER}/answer", json=given).status_code == 200
    for again in (given, {"accepted": False, "seen": seen}):
        replayed = browser.post(f"{OFFER}/answer", json=again)
        assert (replayed.status_code, replayed.json()["where"]) == (409, "accepted")


def test_a_link_opens_no_other_route(
    application: FastAPI, house: House, stranger: Browser, mine: str
) -> None:
    browser = with_link(stranger, link(house, mine))
    paths = [
        path for path, asked in application.openapi()["paths"].items() if "get" in asked and "{" not in path
    ]
    opened = [
        path
        for path in paths
        if application.openapi()["paths"][path]["get"]["x-permission"] not in {None, "customer_link"}
        and browser.get(path).status_code != 401
    ]
    assert opened == []


def test_a_session_of_the_firm_is_no_link(signed_in: object, mine: str) -> None:
    assert mine
    assert signed_in("owner").get(OFFER).status_code == 401  # type: ignore[operator]


def test_a_firm_cannot_sign_for_another(house: House, mine: str) -> None:
    token = link(house, mine)
    key = links.signing_key(house)
    with pytest.raises(LinkRefused):
        links._verified(key, "another", token)
    with pytest.raises(LinkRefused):
        links._verified(b"x" * 32, house.store.tenant, token)


def test_another_sites_form_cannot_answer(house: House, stranger: Browser, mine: str) -> None:
    browser = with_link(stranger, link(house, mine))
    del browser.headers["X-Mainspring"]
    body = {"accepted": True, "seen": "0" * 64}
    assert browser.post(f"{OFFER}/answer", json=body).status_code == 403
