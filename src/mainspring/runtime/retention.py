"""What the runtime need not keep for ever: answers under idempotency keys, journals of jobs that are done.

The log is not touched. An idempotency key older than what is kept counts as new again; a journal goes only
when its job has gone too, so that no step is ever repeated for having been forgotten.
"""

from datetime import datetime, timedelta

from mainspring.store import Tx
from mainspring.store.types import to_micros

KEPT = timedelta(days=90)
PORTION = 5000
"""Rows removed in one transaction, so that others need not wait."""
_REQUESTS = (
    "DELETE FROM requests WHERE tenant_id = ? AND idempotency_key IN "
    "(SELECT idempotency_key FROM requests WHERE tenant_id = ? AND at <= ? ORDER BY at LIMIT ?)"
)
_STEPS = (
    "DELETE FROM journal_steps WHERE tenant_id = ? AND job IN "
    "(SELECT s.job FROM journal_steps s WHERE s.tenant_id = ? AND s.began_at <= ? AND NOT EXISTS "
    "(SELECT 1 FROM jobs j WHERE j.tenant_id = s.tenant_id AND j.key = s.job) ORDER BY s.began_at LIMIT ?) "
    "AND began_at <= ?"
)


def forget(tx: Tx, *, now: datetime, kept: timedelta = KEPT) -> int:
    """Remove one portion of what is older than `kept`; gives how many rows (0: nothing is left to remove)."""
    tx.flush()
    until = to_micros(now - kept)
    constant = tx.statements.constant
    removed = tx.raw_many(constant(_REQUESTS), [(tx.tenant, tx.tenant, until, PORTION)])
    return removed + tx.raw_many(constant(_STEPS), [(tx.tenant, tx.tenant, until, PORTION, until)])
