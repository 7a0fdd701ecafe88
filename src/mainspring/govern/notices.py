"""Notices: what an agent did under authority grade A4, act and report; read by those of the role."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from mainspring.govern.principal import Principal
from mainspring.govern.tables import notices
from mainspring.store import Tx


def waiting(tx: Tx, person: Principal) -> list[dict[str, Any]]:
    """What was reported to a role or group of this person and nobody has seen yet, the oldest first."""
    rows = tx.all(
        select(notices)
        .where(
            notices.c.tenant_id == tx.tenant,
            notices.c.seen_by.is_(None),
            notices.c.role.in_(sorted(person.roles | person.groups)),
        )
        .order_by(notices.c.key)
    )
    return [row._asdict() for row in rows]


def seen(tx: Tx, person: Principal, keys: Iterable[int], *, now: datetime) -> None:
    """The person has seen these."""
    tx.execute(
        update(notices)
        .where(
            notices.c.tenant_id == tx.tenant,
            notices.c.key.in_(list(keys)),
            notices.c.role.in_(sorted(person.roles | person.groups)),
            notices.c.seen_by.is_(None),
        )
        .values(seen_by=person.id, seen_at=now)
    )
