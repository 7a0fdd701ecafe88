"""Signing in through a real OpenID Connect provider on loopback, and all that must not get in."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mainspring.govern import identity, oidc, sign_in
from mainspring.govern.errors import OidcError
from mainspring.govern.identity import Person
from mainspring.govern.oidc import Provider
from mainspring.govern.principal import SYSTEM
from mainspring.store import Store
from mainspring.testing.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider

REDIRECT = "http://127.0.0.1:8080/sign-in/callback"


class Plain:
    """The way out of these tests, which is only to loopback."""

    def get(self, url: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = httpx.get(url).json()
        return found

    def post(self, url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = httpx.post(url, data=dict(form)).json()
        return found


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with IdentityProvider() as running:
        yield running


def known(provider: IdentityProvider, **changes: Any) -> Provider:
    return Provider("firm", "The firm", provider.issuer, CLIENT_ID, link_by_email=True)._replace(**changes)


def prepare(store: Store, provider: IdentityProvider, **changes: Any) -> Provider:
    made = known(provider, **changes)
    with store.write() as tx:
        identity.add_person(tx, Person("owner", "Owner", "Owner@Example.org"), now=clock())
        oidc.put_provider(tx, made, by=SYSTEM, now=clock())
    return made


def clock() -> datetime:
    return datetime.now(UTC)  # the provider's tokens bear the time of this machine


def sent(store: Store, made: Provider) -> tuple[str, str, str]:
    """Begin, and let the provider send the browser back: state, code, and what the browser kept."""
    description = oidc.described(made, Plain())
    with store.write() as tx:
        started = oidc.begin(tx, made, description, redirect_uri=REDIRECT, now=clock())
    back = httpx.get(started.url).headers["location"]
    query = parse_qs(urlsplit(back).query)
    assert back.startswith(REDIRECT)
    return query["state"][0], query["code"][0], started.browser


def finished(store: Store, state: str, code: str, browser: str) -> str:
    with store.write() as tx:
        flow = oidc.take(tx, state=state, browser=browser, now=clock())
    claims = oidc.exchange(flow, code, Plain(), secret=CLIENT_SECRET, now=clock())
    with store.write() as tx:
        return oidc.enter(tx, flow.provider, claims, now=clock()).token


def test_who_is_known_by_a_verified_address_comes_in_and_is_known_from_then_on(
    store: Store, provider: IdentityProvider
) -> None:
    made = prepare(store, provider)
    token = finished(store, *sent(store, made))
    with store.read() as tx:
        assert sign_in.principal_of(tx, token, now=clock()).id == "owner"
    provider.email = "moved@example.org"
    assert finished(store, *sent(store, made))


def test_an_attempt_is_accepted_once_and_from_its_own_browser(
    store: Store, provider: IdentityProvider
) -> None:
    made = prepare(store, provider)
    state, code, browser = sent(store, made)
    with pytest.raises(OidcError, match="not known here"):
        finished(store, state, code, "another browser")
    finished(store, state, code, browser)
    with pytest.raises(OidcError, match="not known here"):
        finished(store, state, code, browser)


def test_the_code_of_another_attempt_is_worth_nothing(store: Store, provider: IdentityProvider) -> None:
    made = prepare(store, provider)
    _, stolen, _ = sent(store, made)
    state, _, browser = sent(store, made)
    with pytest.raises(OidcError, match="does not hold"):
        finished(store, state, stolen, browser)


@pytest.mark.parametrize(
    ("claims", "match"),
    [
        ({"aud": "another-client"}, "does not hold"),
        ({"aud": [CLIENT_ID, "another"]}, "another client"),
        ({"azp": "another-client"}, "another client"),
        ({"iss": "http://127.0.0.1:1"}, "does not hold"),
        ({"nonce": "replayed"}, "another attempt"),
        ({"nonce": None}, "does not hold"),
        ({"exp": 1_000_000_000}, "expired"),
        ({"exp": None}, "does not hold"),
        ({"sub": None}, "does not hold"),
        ({"email_verified": False}, "nobody here"),
        ({"email": "stranger@example.org"}, "nobody here"),
    ],
)
def test_a_token_that_does_not_vouch_for_exactly_this_lets_nobody_in(
    store: Store, provider: IdentityProvider, claims: dict[str, Any], match: str
) -> None:
    made = prepare(store, provider)
    provider.claims = claims
    with pytest.raises(OidcError, match=match):
        finished(store, *sent(store, made))


def test_a_token_signed_by_another_key_lets_nobody_in(store: Store, provider: IdentityProvider) -> None:
    made = prepare(store, provider)
    provider.key = Ed25519PrivateKey.generate()
    with pytest.raises(OidcError, match="does not hold"):
        finished(store, *sent(store, made))


def test_a_provider_that_is_not_trusted_with_addresses_lets_in_only_who_was_linked(
    store: Store, provider: IdentityProvider
) -> None:
    made = prepare(store, provider, link_by_email=False)
    with pytest.raises(OidcError, match="nobody here"):
        finished(store, *sent(store, made))
    with store.write() as tx:
        oidc.link(tx, provider.issuer, "subject-1", "owner", by=SYSTEM, now=clock())
    assert finished(store, *sent(store, made))


def test_a_closed_account_does_not_come_in(store: Store, provider: IdentityProvider) -> None:
    made = prepare(store, provider)
    attempt = sent(store, made)
    with store.write() as tx:
        identity.add_person(tx, Person("owner", "Owner", "owner@example.org", active=False), now=clock())
    with pytest.raises(OidcError, match="nobody here"):
        finished(store, *attempt)


@pytest.mark.parametrize("issuer", ["http://login.example.com", "ftp://login.example.com", "", "file:///etc"])
def test_a_provider_is_asked_by_https_only(store: Store, issuer: str) -> None:
    with store.write() as tx, pytest.raises(OidcError, match="no https"):
        oidc.put_provider(tx, Provider("x", "X", issuer, "c"), by=SYSTEM, now=clock())
