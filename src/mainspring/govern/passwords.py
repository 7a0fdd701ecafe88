"""Local passwords: argon2id hashes, rules that help, and a lock that grows with wrong guesses.

The rules follow NIST SP 800-63B: length counts, composition does not; what is guessed first is refused.
An unknown account, one without a password and a wrong password look alike, and take as long.
"""

import functools
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import resources
from itertools import pairwise

import argon2
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update

from mainspring.govern import acts, identity, sign_in
from mainspring.govern.account_tables import passwords
from mainspring.govern.errors import PasswordError, UnknownPersonError
from mainspring.govern.principal import Principal
from mainspring.govern.sign_in import Session
from mainspring.store import Tx

SHORTEST, LONGEST = 12, 256
FREE_GUESSES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
_OF_PEOPLE = 4  # letters; shorter parts of a name stand in many good passwords
_DIFFERENT = 5


class Passwords:
    """Sets and checks passwords; everything within the caller's transaction.

    Args:
        hasher: argon2id; the library's defaults are RFC 9106's second recommendation.
    """

    def __init__(self, hasher: argon2.PasswordHasher | None = None) -> None:
        self._hasher = hasher if hasher is not None else argon2.PasswordHasher()

    def put(self, tx: Tx, person: str, password: str, *, by: Principal, now: datetime) -> None:
        """Set a password and end the person's other sessions; the caller has checked who asks.

        Raises:
            PasswordError: it is too short, too long or too easy.
            UnknownPersonError: there is no such open account.
        """
        identity.principal(tx, person)
        fit(password, identity.person(tx, person))
        row = {"hash": self._hasher.hash(password), "changed_at": now, "failures": 0, "locked_until": None}
        known = passwords.c.tenant_id == tx.tenant, passwords.c.person == person
        if tx.execute(update(passwords).where(*known).values(row)).rowcount == 0:
            tx.insert(passwords, {"person": person, **row})
        sign_in.sign_out_everywhere(tx, person, now=now)
        acts.note(tx, "password_set", by, person, now=now)

    def check(self, tx: Tx, person: str, password: str, *, now: datetime) -> bool:
        """Whether it is the person's password now; a wrong one counts, and locks the account in the end.

        The row stays locked until the transaction ends, so that guesses at the same time count one by one.
        """
        query = select(passwords).where(passwords.c.tenant_id == tx.tenant, passwords.c.person == person)
        row = tx.one(query.with_for_update())
        right = self._verified(row.hash if row is not None else self._absent, password)
        if row is None or (row.locked_until is not None and row.locked_until > now):
            return False
        if right and self._active(tx, person):
            change: dict[str, object] = {"failures": 0, "locked_until": None}
            if self._hasher.check_needs_rehash(row.hash):
                change["hash"] = self._hasher.hash(password)
            self._change(tx, person, change)
            return True
        failures = row.failures + 1
        until = now + lock(failures) if failures >= FREE_GUESSES else None
        self._change(tx, person, {"failures": failures, "locked_until": until})
        if until is not None:
            detail = {"failures": failures, "until": until}
            acts.note(tx, "account_locked", Principal("person", person), person, now=now, detail=detail)
        return False

    def sign_in(
        self, tx: Tx, person: str, password: str, *, now: datetime, tokens: Callable[[], str] | None = None
    ) -> Session | None:
        """Open a session, or None. Commit in either case, so that wrong guesses count."""
        if len(password) > LONGEST or not self.check(tx, person, password, now=now):
            return None
        return sign_in.open_session(tx, person, now=now, tokens=tokens)

    @functools.cached_property
    def _absent(self) -> str:
        """A hash that nobody's password has, so that an unknown account takes as long as a known one."""
        return self._hasher.hash(secrets.token_hex())

    def _verified(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def _active(self, tx: Tx, person: str) -> bool:
        try:
            identity.principal(tx, person)
        except UnknownPersonError:
            return False
        return True

    def _change(self, tx: Tx, person: str, change: dict[str, object]) -> None:
        known = passwords.c.tenant_id == tx.tenant, passwords.c.person == person
        tx.execute(update(passwords).where(*known).values(change))


def has_password(tx: Tx, person: str) -> bool:
    """Whether the person has a local password."""
    query = select(passwords.c.person).where(passwords.c.tenant_id == tx.tenant, passwords.c.person == person)
    return tx.scalar(query) is not None


def lock(failures: int) -> timedelta:
    """How long an account is locked after so many wrong guesses: doubling from a minute to an hour."""
    return min(FIRST_LOCK * (1 << min(failures - FREE_GUESSES, 10)), LONGEST_LOCK)


def fit(password: str, person: identity.Person) -> None:
    """Return when the password may be used.

    Raises:
        PasswordError: with the rule, and how to mend it.
    """
    mend = "Take four or more words that do not belong together."
    if not SHORTEST <= len(password) <= LONGEST:
        said = f"a password has {SHORTEST} to {LONGEST} characters, this one has {len(password)}"
        raise PasswordError(said, mend=mend)
    plain = password.casefold()
    if len(set(plain)) < _DIFFERENT or _is_run(plain):
        raise PasswordError("the password repeats or counts", mend=mend)
    parts = re.split(r"[\W_]+", f"{person.id} {person.name} {person.email or ''}".casefold())
    if any(len(part) >= _OF_PEOPLE and part in plain for part in parts):
        raise PasswordError("the password holds a part of your name, id or address", mend=mend)
    bare = re.sub(r"[\d\W_]+$", "", plain)
    if plain in _common() or bare in _common():
        raise PasswordError("the password is among those that are tried first", mend=mend)


def _is_run(text: str) -> bool:
    """Whether each character follows the one before it: 1234..., abcd..., 9876...; after 9 comes 0."""
    steps = {ord(later) - ord(earlier) for earlier, later in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}


def _common() -> frozenset[str]:
    text = resources.files("mainspring.govern").joinpath("defaults", "common_passwords.txt")
    return frozenset(line for line in text.read_text("utf-8").splitlines() if line and line[0] != "#")
