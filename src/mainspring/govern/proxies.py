"""Standing in: a person lets another act in their place, for a time, in some or all processes.

What is lent is what the person holds themselves at the moment of the act, never more: the stand-in's own
roles do not add to it, so that the two together can do nothing that neither could alone. It is not passed
on: who stands in for somebody cannot hand that on, and only people stand in for people. Confirmations have
rules of their own in `approvals`: whoever prepared something does not confirm it through another, nor
another for them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update

from mainspring.govern import acts, identity
from mainspring.govern.account_tables import proxies
from mainspring.govern.errors import ProxyError, UnknownPersonError
from mainspring.govern.principal import Principal
from mainspring.store import Tx

LONGEST = timedelta(days=366)
ACTIONS = frozenset({"see", "do_task", "assign_task", "approve", "return_task", "add_signers", "save_draft"})
"""What may be done in another's place; anything else everybody does in their own name."""


class Proxy(NamedTuple):
    """That one person stands in for another. `processes` names process ids; empty means all of them."""

    key: int
    person: str
    stand_in: str
    processes: frozenset[str]
    since: datetime
    until: datetime
    reason: str
    granted_by: str
    ended_at: datetime | None = None

    def covers(self, process_id: str | None, at: datetime) -> bool:
        """Whether it holds at that time in that process."""
        ended = self.ended_at is not None and self.ended_at <= at
        here = not self.processes or process_id in self.processes
        return here and self.since <= at < self.until and not ended


def grant(
    tx: Tx,
    person: str,
    stand_in: str,
    *,
    until: datetime,
    by: Principal,
    now: datetime,
    keys: Callable[[], int],
    since: datetime | None = None,
    processes: Iterable[str] = (),
    reason: str = "",
) -> Proxy:
    """Name a stand-in. The person does it, or whoever looks after people; the caller has checked which.

    Raises:
        ProxyError: nobody stands in for themselves, for ever, in the past, or in the name of a third.
        UnknownPersonError: one of the two has no open account.
    """
    begins = since or now
    if by.kind != "person" or by.on_behalf_of is not None:
        raise ProxyError("only a person names a stand-in, in their own name", mend="Sign in as yourself.")
    if person == stand_in:
        raise ProxyError(f"{person} cannot stand in for themselves", mend="Name somebody else.")
    if until <= begins or until <= now:
        raise ProxyError("the time ends before it begins", mend="Give a later end.")
    if until - begins > LONGEST:
        raise ProxyError(f"nobody stands in longer than {LONGEST.days} days", mend="Give an earlier end.")
    for one in (person, stand_in):
        identity.principal(tx, one)
    made = Proxy(keys(), person, stand_in, frozenset(processes), begins, until, reason, by.id)
    tx.insert(proxies, {**made._asdict(), "processes": sorted(made.processes)})
    said = {"stand_in": stand_in, "since": begins, "until": until, "processes": sorted(made.processes)}
    acts.note(tx, "proxy_granted", by, person, now=now, detail={**said, "reason": reason})
    return made


def end(tx: Tx, key: int, *, by: Principal, now: datetime) -> Proxy:
    """End it at once.

    Raises:
        ProxyError: there is none of that key, or it is over.
    """
    found = get(tx, key)
    changed = tx.execute(
        update(proxies)
        .where(proxies.c.tenant_id == tx.tenant, proxies.c.key == key, proxies.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    if changed.rowcount != 1 or found.until <= now:
        raise ProxyError(f"{found.stand_in} does not stand in for {found.person} any more")
    acts.note(tx, "proxy_ended", by, found.person, now=now, detail={"stand_in": found.stand_in})
    return found._replace(ended_at=now)


def get(tx: Tx, key: int) -> Proxy:
    """The proxy of this key.

    Raises:
        ProxyError: there is none.
    """
    found = _read(tx, proxies.c.key == key)
    if not found:
        raise ProxyError(f"there is no stand-in {key}", mend="List them again.")
    return found[0]


def of_person(tx: Tx, person: str, *, now: datetime) -> list[Proxy]:
    """Who stands in for this person, now or later."""
    return [one for one in _read(tx, proxies.c.person == person, proxies.c.until > now) if not one.ended_at]


def of_stand_in(tx: Tx, stand_in: str, *, now: datetime) -> list[Proxy]:
    """For whom this person stands in now."""
    found = _read(tx, proxies.c.stand_in == stand_in, proxies.c.until > now, proxies.c.since <= now)
    return [one for one in found if one.ended_at is None]


def stand_in_of(tx: Tx, person: str, process_id: str | None, *, now: datetime) -> str | None:
    """The active person who stands in for this one in a process now; of several, the one named last."""
    for one in reversed(of_person(tx, person, now=now)):
        if one.covers(process_id, now):
            try:
                return identity.principal(tx, one.stand_in).id
            except UnknownPersonError:
                continue
    return None


def acting(
    tx: Tx,
    stand_in: str,
    person: str,
    *,
    now: datetime,
    process_id: str | None = None,
    anywhere: bool = False,
) -> Principal:
    """The principal of a person who acts in another's place: the other's roles and groups, nothing else.

    `anywhere` asks only whether there is any process in which it holds.

    Raises:
        ProxyError: they do not stand in for that person there and now.
        UnknownPersonError: one of the two has no open account.
    """
    held = [
        one
        for one in of_stand_in(tx, stand_in, now=now)
        if one.person == person and (anywhere or one.covers(process_id, now))
    ]
    if not held:
        raise ProxyError(
            f"{stand_in} does not stand in for {person} here and now",
            mend=f"{person}, or whoever looks after people, can name a stand-in.",
        )
    identity.principal(tx, stand_in)
    return identity.principal(tx, person)._replace(id=stand_in, on_behalf_of=person)


def was_stand_in(
    tx: Tx, people: Iterable[str], stand_in: str, *, since: datetime, now: datetime
) -> str | None:
    """The first of these people for whom the stand-in stood in at any moment from `since` to `now`."""
    found = _read(
        tx,
        proxies.c.stand_in == stand_in,
        proxies.c.person.in_(sorted(people)),
        proxies.c.since <= now,
        proxies.c.until > since,
    )
    return next((one.person for one in found if one.ended_at is None or one.ended_at > since), None)


def _read(tx: Tx, *conditions: Any) -> list[Proxy]:
    rows = tx.all(
        select(proxies).where(proxies.c.tenant_id == tx.tenant, *conditions).order_by(proxies.c.key)
    )
    return [
        Proxy(
            row.key,
            row.person,
            row.stand_in,
            frozenset(row.processes),
            row.since,
            row.until,
            row.reason,
            row.granted_by,
            row.ended_at,
        )
        for row in rows
    ]
