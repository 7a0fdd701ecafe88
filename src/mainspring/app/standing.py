"""Where cases stand: at which elements there is work for somebody, a wait, or something to mend."""

from sqlalchemy import Select, select, union

from mainspring.store import Tx
from mainspring.store import process_tables as t


def positions(tx: Tx) -> Select[tuple[int, str, str]]:
    """Each case (`root`) at each `element` of a `process_id` where it stands, once."""
    found = [
        select(table.c.root, table.c.process_id, table.c.element).where(table.c.tenant_id == tx.tenant)
        for table in (t.tasks, t.jobs, t.subscriptions, t.incidents)
    ]
    every = union(*found, _timed(tx)).subquery()
    return select(every.c.root, every.c.process_id, every.c.element)


def at(tx: Tx, process: str, element: str) -> Select[tuple[int]]:
    """The cases that stand at one element of a process."""
    one = positions(tx).subquery()
    return select(one.c.root).where(one.c.process_id == process, one.c.element == element)


def _timed(tx: Tx) -> Select[tuple[int, str, str]]:
    """A timer names no process; its instance does."""
    timers, i = t.timers, t.instances.c
    its = (i.tenant_id == timers.c.tenant_id) & (i.key == timers.c.process_instance)
    return (
        select(timers.c.root, i.process_id, timers.c.element)
        .join_from(timers, t.instances, its)
        .where(timers.c.tenant_id == tx.tenant)
    )
