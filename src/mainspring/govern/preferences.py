"""What a person keeps with us for themselves: saved filters and the like. It decides nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from mainspring.base import jsonio
from mainspring.govern.account_tables import preferences
from mainspring.govern.errors import PreferenceRefused
from mainspring.store import Tx

LARGEST = 20_000
"""Bytes of one value, as JSON."""
MOST = 100
"""Values that one person may keep."""


def kept(tx: Tx, person: str) -> dict[str, Any]:
    """All that this person keeps, by name."""
    p = preferences.c
    rows = tx.all(select(p.name, p.value).where(p.tenant_id == tx.tenant, p.person == person))
    return {row.name: row.value for row in rows}


def keep(tx: Tx, person: str, name: str, value: Any, *, now: datetime) -> None:
    """Keep a value under a name in place of an earlier one; None takes it away.

    Raises:
        PreferenceRefused: it is larger than `LARGEST`, or there are `MOST` others already.
    """
    p = preferences.c
    here = (p.tenant_id == tx.tenant, p.person == person)
    if value is None:
        tx.execute(delete(preferences).where(*here, p.name == name))
        return
    if len(jsonio.dumps(value)) > LARGEST:
        raise PreferenceRefused(
            f"that is more than {LARGEST:,} bytes", where=name, mend="Keep less under one name."
        )
    row = {"value": value, "changed_at": now}
    if tx.execute(update(preferences).where(*here, p.name == name).values(row)).rowcount:
        return
    if tx.scalar(select(func.count()).select_from(preferences).where(*here)) >= MOST:
        raise PreferenceRefused(f"there are {MOST} already", where=name, mend="Take some away first.")
    tx.insert(preferences, {"person": person, "name": name, **row})
