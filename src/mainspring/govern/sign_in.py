"""Signing in by a one-time link, and the session that follows.

A link carries 256 random bits, is kept only as a hash, expires, and opens one session. A session's token is
kept only as a hash too: whoever reads the database can impersonate nobody.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update

from mainspring.govern import identity
from mainspring.govern.errors import SignInError, UnknownPersonError
from mainspring.govern.principal import Principal
from mainspring.govern.tables import sessions, sign_in_links
from mainspring.govern.tokens import digest
from mainspring.store import Tx

LINK_LIVES = timedelta(minutes=30)
SESSION_LIVES = timedelta(hours=12)
Tokens = Callable[[], str]


class Session(NamedTuple):
    """A session that has just been opened: the token for the browser, whose it is, and until when."""

    token: str
    person: str
    expires_at: datetime


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def issue_link(
    tx: Tx, person_id: str, *, now: datetime, lives: timedelta = LINK_LIVES, tokens: Tokens = _new_token
) -> str:
    """Make a one-time token that signs this person in; only its hash is kept.

    Raises:
        UnknownPersonError: there is no such person, or no longer.
    """
    identity.principal(tx, person_id)
    token = tokens()
    row = {"token_hash": digest(token), "person": person_id, "created_at": now, "expires_at": now + lives}
    tx.insert(sign_in_links, row)
    return token


def redeem(
    tx: Tx, token: str, *, now: datetime, lives: timedelta = SESSION_LIVES, tokens: Tokens = _new_token
) -> Session:
    """Use a link up and open a session. Of two that try at once only one succeeds.

    Raises:
        SignInError: the link is unknown, used or expired; which of them is not said.
    """
    used = tx.execute(
        update(sign_in_links)
        .where(
            sign_in_links.c.tenant_id == tx.tenant,
            sign_in_links.c.token_hash == digest(token),
            sign_in_links.c.used_at.is_(None),
            sign_in_links.c.expires_at > now,
        )
        .values(used_at=now)
        .returning(sign_in_links.c.person)
    ).one_or_none()
    if used is None:
        mend = "A link works once and for a short time: ask for a new one."
        raise SignInError("this sign-in link does not work", mend=mend)
    return open_session(tx, used.person, now=now, lives=lives, tokens=tokens)


def open_session(
    tx: Tx, person: str, *, now: datetime, lives: timedelta = SESSION_LIVES, tokens: Tokens | None = None
) -> Session:
    """Open a session for someone who has shown who they are, in whatever way the caller has checked."""
    session = Session((tokens or _new_token)(), person, now + lives)
    row = {
        "token_hash": digest(session.token),
        "person": session.person,
        "created_at": now,
        "expires_at": session.expires_at,
    }
    tx.insert(sessions, row)
    return session


def principal_of(tx: Tx, token: str, *, now: datetime) -> Principal:
    """Whose session this is, with the roles and groups held now.

    Raises:
        SignInError: the session is unknown, ended or expired, or the person's account is closed.
    """
    found = tx.one(
        select(sessions.c.person).where(
            sessions.c.tenant_id == tx.tenant,
            sessions.c.token_hash == digest(token),
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
        )
    )
    try:
        if found is not None:
            return identity.principal(tx, found.person)
    except UnknownPersonError:
        pass  # a closed account looks like an ended session
    raise SignInError("you are not signed in", mend="Ask for a sign-in link.")


def sign_out(tx: Tx, token: str, *, now: datetime) -> None:
    """End the session; one that has ended stays so."""
    tx.execute(
        update(sessions)
        .where(
            sessions.c.tenant_id == tx.tenant,
            sessions.c.token_hash == digest(token),
            sessions.c.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def sign_out_everywhere(tx: Tx, person_id: str, *, now: datetime) -> None:
    """End every session of a person, for instance when the account is closed or a device is lost."""
    tx.execute(
        update(sessions)
        .where(
            sessions.c.tenant_id == tx.tenant, sessions.c.person == person_id, sessions.c.ended_at.is_(None)
        )
        .values(ended_at=now)
    )
