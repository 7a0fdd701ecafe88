"""Acts of governance: what was changed or refused in rights, rules and evidence; part of the one record.

Each act is a row that is only ever added, numbered with events, calls and approval steps, and so a leaf of
the
evidence tree: a policy put in force, a role given, a stand-in named, a command denied, a case handed over, a
person's data erased.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mainspring.govern.principal import Principal
from mainspring.govern.record import record
from mainspring.govern.tables import acts
from mainspring.store import Tx


def row(
    act: str,
    by: Principal,
    subject: str,
    *,
    now: datetime,
    instance: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """An act as columns of its table, without the position."""
    return {
        "at": now,
        "actor_kind": by.kind,
        "actor_id": by.id,
        "on_behalf_of": by.on_behalf_of,
        "act": act,
        "subject": subject[:200],
        "instance": instance,
        "detail": dict(detail or {}),
    }


def note(
    tx: Tx,
    act: str,
    by: Principal,
    subject: str,
    *,
    now: datetime,
    instance: int | None = None,
    detail: Mapping[str, Any] | None = None,
    keep: bool = False,
) -> None:
    """Record an act in this transaction; `keep` lets it outlive the rollback of a savepoint."""
    record(tx).add(acts, row(act, by, subject, now=now, instance=instance, detail=detail), keep=keep)
