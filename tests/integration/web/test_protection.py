"""What stands before every request."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from mainspring.testing.browser import Browser
from mainspring.web.protection import MOST, MOST_JSON

SignedIn = Callable[[str], Browser]
MESSAGE = {"name": "quote_answered", "correlation_key": "Q-1"}


def test_a_changing_request_without_proof_of_its_origin_is_refused(signed_in: SignedIn) -> None:
    browser = signed_in("owner")
    browser.headers = {}
    assert browser.post("/api/v1/messages", json=MESSAGE).status_code == 403
    for origin in ("https://evil.example", "http://127.0.0.1.evil.example", "null", "127.0.0.1"):
        answer = browser.post("/api/v1/messages", json=MESSAGE, headers={"Origin": origin})
        assert answer.status_code == 403, origin


def test_the_own_origin_is_proof_enough(signed_in: SignedIn) -> None:
    browser = signed_in("owner")
    browser.headers = {}
    answer = browser.post("/api/v1/messages", json=MESSAGE, headers={"Origin": "http://127.0.0.1"})
    assert answer.status_code == 201


def test_every_answer_carries_the_safe_headers(stranger: Browser) -> None:
    for path in ("/", "/page/page.js", "/api/v1/health", "/api/v1/me", "/nothing"):
        headers = stranger.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'"), path
        assert headers["x-content-type-options"] == "nosniff"


def test_answers_of_the_interface_are_never_kept(signed_in: SignedIn) -> None:
    assert signed_in("owner").get("/api/v1/me").headers["cache-control"] == "no-store"


def test_a_body_that_is_too_large_is_refused_by_its_declared_size(signed_in: SignedIn) -> None:
    large = b"x" * (MOST["/api/v1/inquiries"] + 1)
    answer = signed_in("owner").post("/api/v1/inquiries", files={"document": ("a.txt", large)})
    assert answer.status_code == 413
    assert "20 MB" in answer.json()["message"]


def test_a_body_that_hides_its_size_is_stopped_on_the_way(signed_in: SignedIn) -> None:
    browser = signed_in("owner")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MOST_JSON // 1000 + 2):
            yield b" " * 1000

    answer = browser.post("/api/v1/messages", content=endless())
    assert answer.status_code == 413


def test_errors_say_what_where_and_how_to_mend_in_json(signed_in: SignedIn) -> None:
    browser = signed_in("owner")
    cases: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
        ("GET", "/api/v1/instances/1", 404, {}),
        ("GET", "/api/v1/instances/none", 422, {}),
        ("GET", f"/api/v1/instances/{2**70}", 422, {}),
        ("GET", "/api/v1/tasks?limit=0", 422, {}),
        ("POST", "/api/v1/messages", 400, {"content": b"{"}),
        ("POST", "/api/v1/messages", 400, {"content": b"[" * 100_000}),
        ("POST", "/api/v1/messages", 422, {"json": {"nam": "x"}}),
        ("DELETE", "/api/v1/me", 405, {}),
        ("GET", "/api/v1/nothing", 404, {}),
    )
    for method, path, status, more in cases:
        answer = browser.request(method, path, **more)
        assert (answer.status_code, set(answer.json())) == (status, {"error", "message", "where", "mend"}), (
            path
        )
