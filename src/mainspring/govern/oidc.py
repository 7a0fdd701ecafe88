"""Signing in through an identity provider: OpenID Connect, authorization code with PKCE.

The browser is sent to the provider with a state, a nonce and a challenge (RFC 7636, S256); what comes back is
accepted once, from the same browser, within ten minutes. The ID token must be signed by a key of the
provider, with an algorithm on our list, for us, by that issuer, and hold the nonce (OpenID Connect Core,
3.1.3.7). The code is exchanged by us; no token is ever kept or passed on.

A person is known by issuer and subject. The first time, one is linked by the e-mail address if the provider
is trusted with that and says that it has verified it; otherwise an administrator links them. Nobody is
created by signing in.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

import jwt
from sqlalchemy import func, select, update

from mainspring.govern import acts, identity, sign_in
from mainspring.govern.account_tables import oidc_flows, oidc_identities, oidc_providers
from mainspring.govern.errors import OidcError, UnknownPersonError
from mainspring.govern.principal import Principal
from mainspring.govern.sign_in import Session
from mainspring.govern.tables import people
from mainspring.govern.tokens import digest
from mainspring.store import Tx

FLOW_LIVES = timedelta(minutes=10)
LEEWAY = timedelta(seconds=60)
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
DISCOVERY = "/.well-known/openid-configuration"
Tokens = Callable[[], str]


class Http(Protocol):
    """The way out to a provider; `app` fills it with the gateway's one client."""

    def get(self, url: str) -> Mapping[str, Any]:
        """The JSON object at an address."""
        ...

    def post(self, url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """The JSON object that answers a form."""
        ...


class Provider(NamedTuple):
    """An identity provider. `secret` names a secret of the gateway; None for a public client.

    `link_by_email`: trust it to say who owns an address of ours.
    """

    id: str
    label: str
    issuer: str
    client_id: str
    secret: str | None = None
    scopes: str = "openid email profile"
    link_by_email: bool = False
    active: bool = True


class Started(NamedTuple):
    """A sign-in that has begun: where to send the browser, and what it must keep and show again."""

    url: str
    browser: str


class Flow(NamedTuple):
    """A sign-in that came back: by whom, and what must fit."""

    provider: Provider
    nonce: str
    verifier: str
    redirect_uri: str


def put_provider(tx: Tx, provider: Provider, *, by: Principal, now: datetime) -> None:
    """Add a provider, or change a known one.

    Raises:
        OidcError: the issuer is no https address (loopback excepted, for tests).
    """
    _safe(provider.issuer, provider.issuer)
    row = provider._asdict()
    del row["id"]
    known = oidc_providers.c.tenant_id == tx.tenant, oidc_providers.c.id == provider.id
    if tx.execute(update(oidc_providers).where(*known).values(row)).rowcount == 0:
        tx.insert(oidc_providers, {"id": provider.id, **row})
    acts.note(tx, "provider_set", by, provider.id, now=now, detail=row)


def providers(tx: Tx) -> list[Provider]:
    """All providers, by id."""
    table = oidc_providers
    rows = tx.all(select(table).where(table.c.tenant_id == tx.tenant).order_by(table.c.id))
    return [Provider(*(getattr(row, name) for name in Provider._fields)) for row in rows]


def provider(tx: Tx, provider_id: str) -> Provider:
    """An active provider.

    Raises:
        OidcError: there is none of that id.
    """
    found = next((one for one in providers(tx) if one.id == provider_id and one.active), None)
    if found is None:
        raise OidcError(f"there is no identity provider {provider_id!r}", mend="Sign in in another way.")
    return found


def described(known: Provider, http: Http) -> Mapping[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery). Ask while no transaction is open.

    Raises:
        OidcError: it is another, or does not describe itself as it should.
    """
    found = http.get(known.issuer.rstrip("/") + DISCOVERY)
    if found.get("issuer") != known.issuer:
        said = f"the provider calls itself {found.get('issuer')!r}"
        raise OidcError(said, where=known.id, mend="Correct the issuer.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _safe(found.get(name), known.issuer)
    return found


def begin(
    tx: Tx,
    known: Provider,
    description: Mapping[str, Any],
    *,
    redirect_uri: str,
    now: datetime,
    tokens: Tokens = lambda: secrets.token_urlsafe(32),
) -> Started:
    """Begin to sign in; `description` is what `described` gave."""
    state, nonce, verifier, browser = tokens(), tokens(), tokens() + tokens(), tokens()
    tx.insert(
        oidc_flows,
        {
            "state_hash": digest(state),
            "provider": known.id,
            "browser_hash": digest(browser),
            "nonce": nonce,
            "verifier": verifier,
            "redirect_uri": redirect_uri,
            "expires_at": now + FLOW_LIVES,
        },
    )
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": known.client_id,
        "redirect_uri": redirect_uri,
        "scope": known.scopes,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = str(description["authorization_endpoint"])
    return Started(f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}", browser)


def take(tx: Tx, *, state: str, browser: str, now: datetime) -> Flow:
    """Use up the attempt that came back; commit before asking the provider.

    Raises:
        OidcError: it is unknown, used, expired, or of another browser.
    """
    used = tx.execute(
        update(oidc_flows)
        .where(
            oidc_flows.c.tenant_id == tx.tenant,
            oidc_flows.c.state_hash == digest(state),
            oidc_flows.c.browser_hash == digest(browser),
            oidc_flows.c.used_at.is_(None),
            oidc_flows.c.expires_at > now,
        )
        .values(used_at=now)
        .returning(
            oidc_flows.c.provider, oidc_flows.c.nonce, oidc_flows.c.verifier, oidc_flows.c.redirect_uri
        )
    ).one_or_none()
    if used is None:
        raise OidcError("this attempt to sign in is not known here, or over", mend="Begin again.")
    return Flow(provider(tx, used.provider), used.nonce, used.verifier, used.redirect_uri)


def exchange(flow: Flow, code: str, http: Http, *, secret: str | None, now: datetime) -> Mapping[str, Any]:
    """Exchange the code and check the ID token; gives its claims. Ask while no transaction is open.

    Raises:
        OidcError: the provider does not vouch for anybody.
    """
    known = flow.provider
    description = described(known, http)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": flow.redirect_uri,
        "client_id": known.client_id,
        "code_verifier": flow.verifier,
    }
    if secret is not None:
        form["client_secret"] = secret
    answered = http.post(str(description["token_endpoint"]), form)
    keys = http.get(str(description["jwks_uri"]))
    claims = _claims(str(answered.get("id_token", "")), known, keys, now)
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), flow.nonce.encode()):
        raise OidcError("the ID token is for another attempt", where=known.id, mend="Begin again.")
    return claims


def enter(
    tx: Tx, known: Provider, claims: Mapping[str, Any], *, now: datetime, tokens: Tokens | None = None
) -> Session:
    """Open a session for whom the claims name.

    Raises:
        OidcError: nobody here is known by that identity.
    """
    person = _person(tx, known, claims, now)
    return sign_in.open_session(tx, person, now=now, tokens=tokens)


def link(tx: Tx, issuer: str, subject: str, person: str, *, by: Principal, now: datetime) -> None:
    """Say that this subject of an issuer is this person.

    Raises:
        UnknownPersonError: there is no such open account.
    """
    identity.principal(tx, person)
    table = oidc_identities
    known = table.c.tenant_id == tx.tenant, table.c.issuer == issuer, table.c.subject == subject
    if tx.execute(update(table).where(*known).values(person=person, linked_at=now)).rowcount == 0:
        tx.insert(table, {"issuer": issuer, "subject": subject, "person": person, "linked_at": now})
    acts.note(tx, "identity_linked", by, person, now=now, detail={"issuer": issuer, "subject": subject})


def _claims(token: str, known: Provider, keys: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """The claims of an ID token, all checks of the specification passed.

    The times are compared with our own clock, which tests replace.
    """
    try:
        header = jwt.get_unverified_header(token)
        named = [one for one in jwt.PyJWKSet.from_dict(dict(keys)).keys if one.key_id == header.get("kid")]
        if header.get("alg") not in ALGORITHMS or len(named) != 1:
            raise OidcError("the ID token names no key of the provider", where=known.id)
        claims: Mapping[str, Any] = jwt.decode(
            token,
            named[0],
            algorithms=list(ALGORITHMS),
            audience=known.client_id,
            issuer=known.issuer,
            options={
                "require": ["iss", "sub", "aud", "exp", "iat", "nonce"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        expires = float(claims["exp"])
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise OidcError(f"the ID token does not hold: {error}", where=known.id) from error
    if expires + LEEWAY.total_seconds() <= now.timestamp():
        raise OidcError("the ID token has expired", where=known.id, mend="Begin again.")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != known.client_id:
        raise OidcError("the ID token was made for another client", where=known.id)
    return claims


def _person(tx: Tx, known: Provider, claims: Mapping[str, Any], now: datetime) -> str:
    table = oidc_identities
    linked = tx.scalar(
        select(table.c.person).where(
            table.c.tenant_id == tx.tenant,
            table.c.issuer == known.issuer,
            table.c.subject == str(claims["sub"]),
        )
    )
    if linked is None and known.link_by_email and claims.get("email_verified") is True:
        address = str(claims.get("email", "")).strip().lower()
        here = people.c.tenant_id == tx.tenant, people.c.active, func.lower(people.c.email) == address
        rows = tx.all(select(people.c.id).where(*here))
        if address and len(rows) == 1:
            linked = str(rows[0].id)
            link(tx, known.issuer, str(claims["sub"]), linked, by=Principal("person", linked), now=now)
    try:
        if linked is not None:
            return identity.principal(tx, linked).id
    except UnknownPersonError:
        pass  # a closed account looks like none
    raise OidcError(
        "nobody here is known by that identity",
        where=known.id,
        mend="Ask an administrator to link it to your account.",
    )


def _safe(address: Any, issuer: str) -> None:
    """Return when an address may be asked: https, or loopback where the issuer itself is on loopback.

    Raises:
        OidcError: any other.
    """
    parts, own = urlsplit(str(address or "")), urlsplit(issuer)
    local = own.hostname in {"127.0.0.1", "::1"} and parts.hostname == own.hostname
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        said = f"{address!r} is no https address"
        raise OidcError(said, where=issuer, mend="Correct the address of the provider.")
