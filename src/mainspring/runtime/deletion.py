"""Deleting a case that has ended: its rows go, what happened stays in the log as proof.

What goes: the rows of its process instances, their variables and its snapshot; lists and searches find
nothing any more. What stays: every event of the case in the append-only log, which the evidence has sealed,
and after them one that says who deleted it when (so `store.rebuild` leaves it deleted); the counts of its
elements, which are no one's data; what it did to the business. Personal values are taken out of the log by
erasure, which is another act.
"""

from sqlalchemy import select

from mainspring.engine import CommandRejected
from mainspring.engine.events import Actor
from mainspring.runtime.errors import NotFound
from mainspring.runtime.guard import Delete, Facts
from mainspring.runtime.runtime import Runtime
from mainspring.store import Tx
from mainspring.store.happenings import InstanceDeleted
from mainspring.store.process_tables import instances

ENDED = frozenset({"completed", "terminated"})
_LOCKED_SEQ = "SELECT seq FROM streams WHERE tenant_id = ? AND instance = ? FOR UPDATE"
_SEQ = "SELECT seq FROM streams WHERE tenant_id = ? AND instance = ?"
_SNAPSHOT = "DELETE FROM snapshots WHERE tenant_id = ? AND instance = ?"


def delete_instance(runtime: Runtime, key: int, *, actor: Actor, tx: Tx) -> None:
    """Delete a root instance with those it called, in the transaction at hand.

    Raises:
        NotFound: there is none of that key.
        CommandRejected: it goes on still, or it was called by another.
        Denied: the guard says no.
    """
    session = runtime.session(tx)
    tx.flush()
    statement = _SEQ if tx.dialect == "sqlite" else _LOCKED_SEQ
    locked = tx.raw(tx.statements.constant(statement), (tx.tenant, key))
    row = tx.one(select(instances).where(instances.c.tenant_id == tx.tenant, instances.c.key == key))
    if row is None:
        raise NotFound(f"there is no instance {key}", mend="It may have been deleted already.")
    runtime.guard.check(tx, actor, Delete(key), Facts(instance=int(row.root), process_id=row.process_id))
    if row.root != key:
        raise CommandRejected(
            f"the instance {key} was called by another", mend=f"Delete the whole case: {row.root}."
        )
    if row.state not in ENDED:
        raise CommandRejected(f"the instance {key} is {row.state}", mend="Cancel it first, or let it end.")
    session.note(key, int(locked[0][0]), InstanceDeleted(key), actor)
    tx.raw_many(tx.statements.constant(_SNAPSHOT), [(tx.tenant, key)])
    tx.flush()
