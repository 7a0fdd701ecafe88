"""Who guesses passwords or links is slowed down, by address and by link; others are not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from httpx import Response

from mainspring.testing.browser import Browser
from mainspring.web import often
from mainspring.web.customer.access import HEADER

GUESS = {"person": "owner", "password": "guess"}
OFFER = "/api/v1/customer"


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Turns the clock of the limits, which stands still otherwise."""
    now = [datetime(2026, 11, 21, tzinfo=UTC)]
    begin = often.NotTooOften.__init__
    monkeypatch.setattr(
        often.NotTooOften,
        "__init__",
        lambda self, app, clock: begin(self, app, lambda: now[0]),  # noqa: ARG005
    )

    def turn(seconds: float) -> None:
        now[0] += timedelta(seconds=seconds)

    return turn


def tried(browser: Browser, times: int, path: str = "/sign-in/none", **headers: str) -> list[Response]:
    return [browser.get(path, headers=headers) for _ in range(times)]


def refused(answers: list[Response]) -> int:
    return sum(answer.status_code == 429 for answer in answers)


def test_links_to_sign_in_are_not_guessed(pass_time: Callable[[float], None], stranger: Browser) -> None:
    answers = tried(stranger, 32)
    assert refused(answers) == 2
    assert answers[-1].json()["mend"] == "Wait a minute, then try again."
    assert answers[-1].headers["retry-after"] == "2"
    pass_time(2)
    assert refused(tried(stranger, 2)) == 1


def test_all_ways_to_sign_in_share_one_limit(pass_time: Callable[[float], None], stranger: Browser) -> None:
    pass_time(0)
    tried(stranger, 29)
    assert stranger.post("/api/v1/session", json=GUESS).status_code == 401
    assert stranger.post("/api/v1/session", json=GUESS).status_code == 429
    assert stranger.post("/oauth/token", content=b"").status_code == 429
    assert stranger.get("/api/v1/session").status_code != 429
    assert stranger.get("/api/v1/health").status_code == 200


def test_a_customers_link_is_not_guessed(pass_time: Callable[[float], None], stranger: Browser) -> None:
    pass_time(0)
    answers = [stranger.get(OFFER, headers={HEADER: f"guess-{number}"}) for number in range(61)]
    assert refused(answers) == 1
    assert stranger.get("/offer").status_code == 429


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_whoever_has_many_addresses_of_one_network_counts_once(host: str, network: str) -> None:
    assert often._network(host) == network


def test_one_link_from_many_addresses_counts_as_one() -> None:
    scope = {
        "type": "http",
        "path": OFFER,
        "method": "GET",
        "client": ("192.0.2.7", 1),
        "headers": [(HEADER.encode(), b"token")],
    }
    first, other = (set(often._who(often.DOORS[-1], scope | {"client": (host, 1)})) for host in ("a", "b"))
    assert len(first & other) == 1
    assert not any("token" in part for name in first for part in name)
