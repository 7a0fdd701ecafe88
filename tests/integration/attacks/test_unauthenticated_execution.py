"""Attack: asking without having signed in."""

from typing import Any

import pytest
from fastapi import FastAPI

from mainspring.testing.browser import Browser
from mainspring.web.application import API

KEY = "1"


def _operations(application: FastAPI) -> list[tuple[str, str, Any]]:
    return [
        (method.upper(), path, operation)
        for path, methods in application.openapi()["paths"].items()
        for method, operation in methods.items()
    ]


def _filled(path: str) -> str:
    parts = [KEY if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


def test_every_route_with_a_permission_refuses_strangers_before_it_reads_a_body(
    application: FastAPI, stranger: Browser
) -> None:
    guarded = [
        (method, path)
        for method, path, one in _operations(application)
        if one.get("x-permission") and path.startswith(API)
    ]
    assert len(guarded) > 10
    for method, path in guarded:
        for body in ({}, {"content": b"{"}, {"json": {"outcome": "approved"}}):
            answer = stranger.request(method, _filled(path), **body)
            assert answer.status_code == 401, (method, path, answer.status_code)


@pytest.mark.parametrize(
    "shown",
    [
        {"Cookie": "mainspring_session="},
        {"Cookie": "mainspring_session=../../etc/passwd"},
        {"Cookie": "mainspring_session=' OR 1=1 --"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer null"},
        {"Authorization": "Basic b3duZXI6b3duZXI="},
        {"X-On-Behalf-Of": "owner"},
        {"X-Forwarded-User": "owner", "X-Remote-User": "owner", "Remote-User": "owner"},
    ],
)
def test_made_up_proofs_open_nothing(stranger: Browser, shown: dict[str, str]) -> None:
    assert stranger.get("/api/v1/tasks", headers=shown).status_code == 401


def test_tricks_with_the_path_or_the_method_open_nothing(stranger: Browser) -> None:
    for path in (
        "/api/v1/tasks/",
        "/api/v1//tasks",
        "/api/v1/./tasks",
        "/page/../api/v1/tasks",
        "/page/..%2fapi/v1/tasks",
        "/api/v1/tasks;a=b",
        "/API/V1/TASKS",
        "/api/v1/tasks%00",
    ):
        answer = stranger.get(path)
        a_page = answer.headers.get("content-type", "").startswith("text/html")
        assert a_page or answer.status_code in {307, 401, 404}, path
        assert b'"items"' not in answer.content
    for method in ("HEAD", "OPTIONS", "TRACE", "PATCH", "PROPFIND"):
        answer = stranger.request(method, "/api/v1/tasks")
        assert answer.status_code in {401, 404, 405}, method
        assert b"items" not in answer.content
    overridden = stranger.get("/api/v1/messages", headers={"X-HTTP-Method-Override": "POST"})
    assert overridden.status_code in {401, 404, 405}


def test_mcp_and_agents_refuse_strangers(application: FastAPI, stranger: Browser) -> None:
    hello = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    paths = [str(getattr(route, "path", "")) for route in application.routes]
    agents = [path for path in paths if path.startswith("/a2a/")]
    asked = [path for path in agents if ".well-known" not in path]
    assert asked
    for path in ["/mcp", *asked]:
        assert stranger.post(path, json=hello).status_code == 401, path
