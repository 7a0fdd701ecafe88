"""Service accounts and agents from outside: who they are, their keys, and the OAuth 2 tokens they work with.

A client shows a secret of 256 random bits, of which only the SHA-256 is kept (a random secret cannot be
guessed, so a slow hash would add nothing). It works with the secret itself as a key, or exchanges it at the
token endpoint (RFC 6749, 4.4, client credentials) for a short-lived opaque token, bound to an audience
(RFC 8707) and to a part of what the client may ask. Several secrets may be valid at once, so that one can be
replaced without a gap.

A scope is an action of the policies, such as ``call`` or ``see``; it narrows and never adds: the policies are
asked all the same.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, cast

from sqlalchemy import select, update

from mainspring.govern import acts, identity
from mainspring.govern.account_tables import access_tokens, client_secrets, clients
from mainspring.govern.errors import ClientError
from mainspring.govern.principal import Principal
from mainspring.govern.tokens import digest
from mainspring.store import Tx

TOKEN_LIVES = timedelta(minutes=15)
SECRET_LIVES = timedelta(days=365)
SECRET_PREFIX, TOKEN_PREFIX = "msk_", "mst_"
ANYONE = "*"
Tokens = Callable[[], str]


class Client(NamedTuple):
    """A program with an account.

    Attributes:
        id: the OAuth 2 client_id.
        kind: service, or agent for a digital employee that runs elsewhere.
        principal: the id under which policies and the record know it.
        owner: the person who answers for it.
        roles: that policies may name.
        scopes: actions that it may ask a token for; ``*`` is all.
        audiences: what a token may be for; the first is the usual one.
        acts_for: people on whose behalf it may say it acts; ``*`` is anyone. It never adds a right.
    """

    id: str
    kind: Literal["service", "agent"]
    principal: str
    name: str
    owner: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset({ANYONE})
    audiences: tuple[str, ...] = ("mainspring",)
    acts_for: frozenset[str] = frozenset()
    closed: bool = False


class Grant(NamedTuple):
    """What a key or token is worth: the principal, its scopes, whose, for which audience, until when."""

    principal: Principal
    scopes: frozenset[str]
    client: str
    audience: str | None
    expires_at: datetime | None

    def covers(self, action: str) -> bool:
        """Whether the token was asked for this action, too."""
        return ANYONE in self.scopes or action in self.scopes


class Token(NamedTuple):
    """A token that has just been issued, for its holder alone."""

    token: str
    scopes: frozenset[str]
    audience: str
    expires_in: int


def add(tx: Tx, client: Client, *, by: Principal, now: datetime) -> None:
    """Open an account for a program; a known one is brought up to date.

    Raises:
        ClientError: no id, no audience, or a kind that is none.
        UnknownPersonError: the owner has no open account.
    """
    if not client.id or not client.principal or client.kind not in {"service", "agent"}:
        raise ClientError("a client has an id, a principal and a kind: service or agent")
    if not client.audiences:
        raise ClientError("a client has at least one audience", mend='Usually "mainspring".')
    identity.principal(tx, client.owner)
    if client.principal in {person.id for person in identity.everybody(tx)}:
        said = f"{client.principal} is a person, whom no program may be taken for"
        raise ClientError(said, mend="Choose another name.")
    row = {
        "kind": client.kind,
        "principal": client.principal,
        "name": client.name,
        "owner": client.owner,
        "roles": sorted(client.roles),
        "scopes": sorted(client.scopes),
        "audiences": list(client.audiences),
        "acts_for": sorted(client.acts_for),
        "closed_at": now if client.closed else None,
    }
    known = clients.c.tenant_id == tx.tenant, clients.c.id == client.id
    if tx.execute(update(clients).where(*known).values(row)).rowcount == 0:
        tx.insert(clients, {"id": client.id, "created_at": now, **row})
    acts.note(tx, "client_set", by, client.id, now=now, detail={**row, "closed_at": None})


def get(tx: Tx, client_id: str) -> Client:
    """The client of this id.

    Raises:
        ClientError: there is none.
    """
    row = tx.one(select(clients).where(clients.c.tenant_id == tx.tenant, clients.c.id == client_id))
    if row is None:
        raise ClientError("there is no such client")
    return Client(
        row.id,
        row.kind,
        row.principal,
        row.name,
        row.owner,
        frozenset(row.roles),
        frozenset(row.scopes),
        tuple(row.audiences),
        frozenset(row.acts_for),
        row.closed_at is not None,
    )


def every(tx: Tx) -> list[Client]:
    """All clients, by id."""
    rows = tx.all(select(clients.c.id).where(clients.c.tenant_id == tx.tenant).order_by(clients.c.id))
    return [get(tx, row.id) for row in rows]


def new_secret(
    tx: Tx,
    client_id: str,
    *,
    by: Principal,
    now: datetime,
    lives: timedelta = SECRET_LIVES,
    label: str = "",
    tokens: Tokens = lambda: secrets.token_urlsafe(32),
) -> str:
    """Make a secret for a client and give it once; earlier ones stay valid until they are revoked.

    Raises:
        ClientError: there is no such client.
    """
    get(tx, client_id)
    secret = SECRET_PREFIX + tokens()
    row = {"secret_hash": digest(secret), "client": client_id, "label": label}
    tx.insert(client_secrets, {**row, "created_at": now, "expires_at": now + lives})
    acts.note(tx, "client_secret_made", by, client_id, now=now, detail={"label": label})
    return secret


def revoke(tx: Tx, client_id: str, *, by: Principal, now: datetime) -> int:
    """Make all secrets and tokens of a client worthless; gives how many."""
    count = 0
    for table in (client_secrets, access_tokens):
        open_ones = table.c.client == client_id, table.c.revoked_at.is_(None)
        change = update(table).where(table.c.tenant_id == tx.tenant, *open_ones).values(revoked_at=now)
        count += tx.execute(change).rowcount
    acts.note(tx, "client_revoked", by, client_id, now=now)
    return count


def issue(
    tx: Tx,
    client_id: str,
    secret: str,
    *,
    now: datetime,
    scopes: Iterable[str] = (),
    audience: str | None = None,
    lives: timedelta = TOKEN_LIVES,
    tokens: Tokens = lambda: secrets.token_urlsafe(32),
) -> Token:
    """Exchange a client's secret for a token (RFC 6749, 4.4).

    Raises:
        ClientError: `code` is invalid_client, invalid_scope or invalid_target, as the RFCs name them.
    """
    client = _of_secret(tx, secret, now)
    if client is None or client.id != client_id:
        raise ClientError("the client did not show who it is")
    asked = frozenset(scopes) or client.scopes
    if ANYONE not in client.scopes and not asked <= client.scopes:
        raise _coded(
            "invalid_scope", f"{client.id} may not ask for {', '.join(sorted(asked - client.scopes))}"
        )
    target = audience or client.audiences[0]
    if target not in client.audiences:
        raise _coded("invalid_target", f"{client.id} has no business with {target}")
    token = TOKEN_PREFIX + tokens()
    row = {"token_hash": digest(token), "client": client.id, "scopes": sorted(asked), "audience": target}
    tx.insert(access_tokens, {**row, "issued_at": now, "expires_at": now + lives})
    return Token(token, asked, target, int(lives.total_seconds()))


def verify(
    tx: Tx, shown: str, *, audience: str | None, now: datetime, on_behalf_of: str | None = None
) -> Grant:
    """What a bearer's key or token is worth here.

    Args:
        tx: a transaction that may only read.
        shown: the key or token.
        audience: what the resource is called; a token for another is worth nothing here. None where any of
            the client's own will do.
        now: the time.
        on_behalf_of: the person for whom the caller says it acts, if it may say so.

    Raises:
        ClientError: it is unknown, expired, revoked, for another audience; or it may not act for that person.
    """
    if shown.startswith(TOKEN_PREFIX):
        row = tx.one(
            select(access_tokens).where(
                access_tokens.c.tenant_id == tx.tenant,
                access_tokens.c.token_hash == digest(shown),
                access_tokens.c.revoked_at.is_(None),
                access_tokens.c.expires_at > now,
            )
        )
        if row is None or (audience is not None and row.audience != audience):
            raise _coded("invalid_token", "the token is not valid here")
        client = get(tx, row.client)
        scopes, until, target = frozenset(row.scopes), row.expires_at, row.audience
    else:
        found = _of_secret(tx, shown, now)
        if found is None or (audience is not None and audience not in found.audiences):
            raise _coded("invalid_token", "the key is not valid here")
        client, scopes, until, target = found, found.scopes, None, audience
    if client.closed:
        raise _coded("invalid_token", "the account is closed")
    if on_behalf_of is not None and not client.acts_for & {on_behalf_of, ANYONE}:
        raise _coded("invalid_request", f"{client.id} does not act for {on_behalf_of}")
    principal = Principal(client.kind, client.principal, client.roles, on_behalf_of=on_behalf_of)
    return Grant(principal, cast("frozenset[str]", scopes), client.id, target, until)


def _of_secret(tx: Tx, secret: str, now: datetime) -> Client | None:
    found = tx.scalar(
        select(client_secrets.c.client).where(
            client_secrets.c.tenant_id == tx.tenant,
            client_secrets.c.secret_hash == digest(secret),
            client_secrets.c.revoked_at.is_(None),
            client_secrets.c.expires_at.is_(None) | (client_secrets.c.expires_at > now),
        )
    )
    client = get(tx, found) if found is not None else None
    return None if client is None or client.closed else client


def _coded(code: str, message: str) -> ClientError:
    error = ClientError(message)
    error.code = code
    return error
