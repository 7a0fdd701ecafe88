"""OAuth 2 client credentials towards a service: where the secret and the token go, and for how long."""

import base64
import threading
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from tests.integration.gateway.upstream import Asked, Upstream, of_json

from mainspring.gateway.egress import Credential, Egress, EgressRefused, OAuth, Reach, UpstreamUnavailable
from mainspring.gateway.egress.credentials import Credentials

HERE = ["127.0.0.1/32"]
SECRET = "client secret/with+signs"


class Endpoint(Upstream):
    """A token endpoint: numbers its tokens; `lasts` seconds each."""

    def __init__(self) -> None:
        super().__init__()
        self.lasts: int | None = 3600
        self.status = 200
        self.answer = self.give

    def give(self, _: Asked) -> tuple[int, dict[str, str], bytes]:
        token = {"access_token": f"token-{len(self.asked)}", "token_type": "Bearer"}
        if self.lasts is not None:
            token["expires_in"] = self.lasts  # type: ignore[assignment]  # a number beside texts
        return of_json(token if self.status == 200 else {"error": "invalid_client"}, self.status)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    yield server
    server.close()


@pytest.fixture
def service() -> Iterator[Upstream]:
    server = Upstream()
    yield server
    server.close()


@pytest.fixture
def learned() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def egress(learned: list[tuple[str, str]]) -> Iterator[Egress]:
    opened = Egress(lambda _, __: SECRET, learn=lambda name, value: learned.append((name, value)))
    yield opened
    opened.close()


def reach(service: Upstream, endpoint: Upstream, **more: str) -> Reach:
    oauth = OAuth(f"{endpoint.url}/token", "me:client", **more)  # type: ignore[arg-type]  # fields by name
    return Reach.to(service.url, networks=HERE, credential=Credential("key", oauth=oauth))


def test_the_secret_goes_to_the_token_endpoint_and_the_token_to_the_service(
    egress: Egress, service: Upstream, endpoint: Endpoint, learned: list[tuple[str, str]]
) -> None:
    egress.request(reach(service, endpoint, scope="read write"), "GET", f"{service.url}/a")
    asked = endpoint.asked[0]
    assert parse_qs(asked.body.decode()) == {"grant_type": ["client_credentials"], "scope": ["read write"]}
    pair = base64.b64decode(asked.headers["authorization"].removeprefix("Basic ")).decode()
    assert pair == "me%3Aclient:client+secret%2Fwith%2Bsigns"
    assert service.asked[0].headers["authorization"] == "Bearer token-1"
    assert learned == [("token of key", "token-1")]


def test_an_endpoint_that_wants_the_client_in_the_body_gets_it_there(
    egress: Egress, service: Upstream, endpoint: Endpoint
) -> None:
    oauth = reach(service, endpoint, authentication="body", audience="crm")
    egress.request(oauth, "GET", service.url)
    asked = endpoint.asked[0]
    assert "authorization" not in asked.headers
    told = parse_qs(asked.body.decode())
    assert (told["client_id"], told["client_secret"], told["audience"]) == (["me:client"], [SECRET], ["crm"])


def test_a_token_serves_until_it_expires_however_many_ask_at_once(
    egress: Egress, service: Upstream, endpoint: Endpoint
) -> None:
    within = reach(service, endpoint)
    threads = [threading.Thread(target=egress.request, args=(within, "GET", service.url)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(endpoint.asked) == 1
    assert {one.headers["authorization"] for one in service.asked} == {"Bearer token-1"}


def test_a_token_is_renewed_shortly_before_its_end(service: Upstream, endpoint: Endpoint) -> None:
    now = [0.0]
    egress = Egress(lambda _, __: SECRET)
    credentials = Credentials(lambda _, __: SECRET, egress.request, lambda _, __: None, lambda: now[0])
    within = reach(service, endpoint)
    origin = next(iter(within.origins))
    for at, token in ((0, "token-1"), (3569, "token-1"), (3571, "token-2")):
        now[0] = at
        placed = credentials.placed(within, origin)
        assert placed is not None
        assert placed.value == f"Bearer {token}"
    egress.close()


def test_a_token_that_the_service_refuses_is_replaced_once(
    egress: Egress, service: Upstream, endpoint: Endpoint
) -> None:
    def refuses_the_first(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        return of_json({}, 401 if asked.headers["authorization"] == "Bearer token-1" else 200)

    service.answer = refuses_the_first
    assert egress.request(reach(service, endpoint), "POST", service.url, content=b"{}").status == 200
    service.answer = lambda _: of_json({}, 401)
    assert egress.request(reach(service, endpoint), "GET", service.url).status == 401
    assert len(endpoint.asked) == 3


def test_an_endpoint_that_gives_no_token_refuses_the_call(
    egress: Egress, service: Upstream, endpoint: Endpoint
) -> None:
    endpoint.status = 401
    with pytest.raises(EgressRefused, match="gave no token"):
        egress.request(reach(service, endpoint), "GET", service.url)
    endpoint.status = 503
    with pytest.raises(UpstreamUnavailable, match="answered 503") as failed:
        egress.request(reach(service, endpoint), "GET", service.url)
    assert not failed.value.unknown
    assert not service.asked


def test_the_token_endpoint_is_held_to_the_networks_of_the_service(
    egress: Egress, service: Upstream, endpoint: Endpoint
) -> None:
    elsewhere = OAuth("http://169.254.169.254/token", "me")
    within = Reach.to(service.url, networks=HERE, credential=Credential("key", oauth=elsewhere))
    with pytest.raises(EgressRefused, match="link-local"):
        egress.request(within, "GET", service.url)
    assert not endpoint.asked
