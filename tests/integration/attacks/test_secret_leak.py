"""Attack: whoever reads the database, the logs, an error or an answer finds something to come in with."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from mainspring.app import services
from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.govern import clients, identity, sign_in
from mainspring.govern.clients import Client
from mainspring.testing.browser import Browser

SignIn = Callable[[str], Browser]
NAMED = "canary-of-a-named-secret-7d1f"


def _kept(folder: Path) -> bytes:
    """Everything that the house has written beside its key of secrets."""
    return b"".join(path.read_bytes() for path in folder.glob("house.db*"))


def test_no_token_link_or_secret_lies_readable_in_the_database(
    house: House, application: FastAPI, folder: Path
) -> None:
    now = house.clock()
    with house.store.write() as tx:
        owner = identity.principal(tx, "owner")
        link = sign_in.issue_link(tx, "owner", now=now)
        clients.add(tx, Client("robot", "service", "robot", "Robot", "owner"), by=owner, now=now)
        key = clients.new_secret(tx, "robot", by=owner, now=now)
        token = clients.issue(tx, "robot", key, now=now).token
        house.outside.secrets.set(tx, "crm.key", NAMED, hosts=["api.example.com"], by="owner", now=now)
    browser = Browser(application)
    browser.get(f"/sign-in/{link}")
    session = browser.cookies.get("mainspring_session") or ""
    assert house.outside.secrets.get("crm.key", "api.example.com") == NAMED
    kept = _kept(folder)
    for name, value in (
        ("link", link),
        ("key", key),
        ("token", token),
        ("session", session),
        ("named", NAMED),
    ):
        assert len(value) > 20
        assert value.encode() not in kept, name


def test_a_failing_service_tells_neither_its_secret_nor_the_callers_token(
    house: House, caplog: pytest.LogCaptureFixture, signed_in: SignIn
) -> None:
    with house.store.write() as tx:
        house.outside.secrets.set(tx, "out.key", NAMED, hosts=["127.0.0.1"], by="owner", now=house.clock())
        owner = identity.principal(tx, "owner")
    config = {"base_url": "http://127.0.0.1:9", "secret": "out.key", "networks": ["127.0.0.1/32"]}
    with caplog.at_level(logging.DEBUG):
        with pytest.raises(MainspringError) as refused:
            services.add(house, services.Registration("out", "openapi", config, owner="owner"), owner)
        shown = "Bearer canary-of-a-bearer-1234567890"
        answer = signed_in("owner").get("/api/v1/nothing", headers={"X-Api-Key": shown})
    said = repr(refused.value) + caplog.text + answer.text + str(answer.headers)
    assert NAMED not in said
    assert "canary-of-a-bearer" not in said


def test_errors_say_nothing_of_the_inside(application: FastAPI, signed_in: SignIn) -> None:
    browser = signed_in("owner")
    for method, path, more in (
        ("GET", "/api/v1/instances/999999999999", {}),
        ("POST", "/api/v1/messages", {"content": b"{"}),
        ("POST", "/api/v1/tasks/1/complete", {"json": {}}),
        ("POST", "/mcp", {"content": b"{"}),
        ("GET", "/sign-in/%00", {}),
    ):
        text = browser.request(method, path, **more).text
        assert not any(
            word in text for word in ("Traceback", "site-packages", "sqlalchemy", "/src/", ".py")
        ), path


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts(application: FastAPI, house: House) -> None:
    with house.store.write() as tx:
        link = sign_in.issue_link(tx, "owner", now=house.clock())
    headers = Browser(application).get(f"/sign-in/{link}").headers.get_list("set-cookie")
    cookie = next(one for one in headers if one.startswith("mainspring_session="))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
