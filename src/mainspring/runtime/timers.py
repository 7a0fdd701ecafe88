"""What time brings about: timers fire, timer start events start, messages expire."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from mainspring.engine import CommandRejected, timing
from mainspring.engine.commands import FireTimer, StartInstance
from mainspring.engine.events import SYSTEM
from mainspring.runtime.delivery import deliver
from mainspring.runtime.session import Session
from mainspring.store import Tx
from mainspring.store.deployment_tables import definitions, start_events
from mainspring.store.happenings import MessageExpired
from mainspring.store.message_tables import messages
from mainspring.store.process_tables import jobs, timers
from mainspring.store.types import to_micros

_ANY = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM timers WHERE tenant_id = ? AND suspended = ? AND due <= ?) "
    "OR EXISTS (SELECT 1 FROM start_events WHERE tenant_id = ? AND due <= ?) "
    "OR EXISTS (SELECT 1 FROM messages WHERE tenant_id = ? AND expires_at <= ?)"
)


def tick(session: Session, limit: int) -> int:
    """Do what is due, at most `limit` of each kind; gives how many were done."""
    tx = session.tx
    tx.flush()
    now = to_micros(session.now())
    if not tx.raw(tx.statements.constant(_ANY), (tx.tenant, False, now, tx.tenant, now, tx.tenant, now)):
        return 0
    done = _fire(session, limit)
    done += _start(session, limit)
    _expire(session, limit)
    return done


def _fire(session: Session, limit: int) -> int:
    tx = session.tx
    tx.flush()
    due = (
        select(timers.c.key, timers.c.root)
        .where(timers.c.tenant_id == tx.tenant, timers.c.suspended.is_(False), timers.c.due <= session.now())
        .order_by(timers.c.due, timers.c.key)
        .limit(limit)
    )
    done = 0
    for row in tx.all(_unlocked(due)):
        key, root = int(row.key), int(row.root)
        if key not in session.stream(root).state.timers:
            continue  # an earlier one of this batch cancelled it
        try:
            with tx.savepoint():
                session.apply(root, FireTimer(key), SYSTEM)
                session.settle(deliver)
        except CommandRejected:
            continue
        done += 1
    return done


def _start(session: Session, limit: int) -> int:
    tx = session.tx
    now = session.now()
    due = (
        select(start_events, definitions.c.version)
        .join(
            definitions,
            (definitions.c.tenant_id == start_events.c.tenant_id)
            & (definitions.c.key == start_events.c.definition),
        )
        .where(start_events.c.tenant_id == tx.tenant, start_events.c.due <= now)
        .order_by(start_events.c.due)
        .limit(limit)
    )
    rows = tx.all(_unlocked(due, start_events))
    for row in rows:
        command = StartInstance(int(row.definition), {}, row.element, version=int(row.version))
        session.start(command, SYSTEM)
        session.settle(deliver)
        tx.execute(
            update(start_events)
            .where(
                start_events.c.tenant_id == tx.tenant,
                start_events.c.definition == row.definition,
                start_events.c.element == row.element,
            )
            .values(**_following(row))
        )
    return len(rows)


def _following(row: Any) -> dict[str, Any]:
    left = row.repetitions if row.repetitions < 0 else row.repetitions - 1
    if left == 0 or row.interval is None:
        return {"due": None, "repetitions": 0}
    return {"due": timing.following(row.due, row.interval), "repetitions": left}


def _expire(session: Session, limit: int) -> None:
    tx = session.tx
    over = select(messages.c.key).where(
        messages.c.tenant_id == tx.tenant, messages.c.expires_at <= session.now()
    )
    for row in tx.all(_unlocked(over.order_by(messages.c.expires_at).limit(limit))):
        session.note(int(row.key), 1, MessageExpired(int(row.key)), SYSTEM)


def _unlocked(query: Select[Any], of: Any = None) -> Select[Any]:
    """On PostgreSQL: only rows that no other node is working on. SQLite has one writer anyway."""
    return query.with_for_update(skip_locked=True, of=of)


def next_due(tx: Tx, now: datetime) -> datetime | None:
    """The earliest due time of a timer, a timer start, a retry or the end of a lease, or None."""
    queries = (
        select(func.min(timers.c.due)).where(timers.c.tenant_id == tx.tenant, timers.c.suspended.is_(False)),
        select(func.min(start_events.c.due)).where(start_events.c.tenant_id == tx.tenant),
        select(func.min(jobs.c.due)).where(
            jobs.c.tenant_id == tx.tenant,
            jobs.c.state == "open",
            jobs.c.suspended.is_(False),
            jobs.c.due > now,
        ),
    )
    found = [at for at in (tx.scalar(query) for query in queries) if at is not None]
    return min(found) if found else None
