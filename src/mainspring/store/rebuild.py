"""Write all projections anew from the log.

Leases are not in the log: they end, and every job's fence moves on, so that a worker from before cannot
finish it.
"""

from sqlalchemy import Table, delete, func, select

from mainspring.base import jsonio
from mainspring.engine import decode
from mainspring.store import happenings, log
from mainspring.store.message_tables import message_receivers, message_starts, messages
from mainspring.store.net import net
from mainspring.store.process_tables import (
    copies,
    element_counts,
    incidents,
    instances,
    jobs,
    signers,
    subscriptions,
    task_candidates,
    tasks,
    timers,
    variables,
)
from mainspring.store.projections import STEPS, Stream
from mainspring.store.transaction import Tx
from mainspring.store.types import to_micros

PROJECTIONS: tuple[Table, ...] = (
    instances,
    element_counts,
    jobs,
    tasks,
    task_candidates,
    signers,
    copies,
    timers,
    subscriptions,
    incidents,
    variables,
    messages,
    message_receivers,
    message_starts,
)
_BATCH = 5000
_FENCES = "UPDATE jobs SET fence = ? WHERE tenant_id = ?"


def rebuild(tx: Tx) -> int:
    """Drop the projections of this tenant and write them from the log; gives the number of events read.

    All in the caller's transaction: readers see the old rows or the new ones.
    """
    tx.flush()
    fence = int(tx.scalar(select(func.max(jobs.c.fence)).where(jobs.c.tenant_id == tx.tenant)) or 0)
    for table in PROJECTIONS:
        tx.execute(delete(table).where(table.c.tenant_id == tx.tenant))
    streams: dict[int, Stream] = {}
    position = count = 0
    changes = net(tx)
    while True:
        entries = log.read(tx, position, _BATCH)
        if not entries:
            break
        for entry in entries:
            event = happenings.decode(entry.type, entry.body)
            if event is None:
                event = decode(entry.type, jsonio.loads(entry.body))
            stream = streams.get(entry.instance)
            if stream is None:
                stream = streams[entry.instance] = Stream(entry.instance)
            step = STEPS.get(type(event))
            if step is not None:
                step(changes, stream, event, to_micros(entry.at))
            if not stream.follows:
                del streams[entry.instance]  # a message, or an instance that has ended
        position = entries[-1].position
        count += len(entries)
        changes.flush()
    if fence:
        tx.raw_many(tx.statements.constant(_FENCES), [(fence + 1, tx.tenant)])
    return count
