"""One version of a process as it is right now: what stands at each of its elements."""

from typing import Any

from sqlalchemy import func, select

from mainspring.runtime import queries
from mainspring.store import Tx
from mainspring.store import process_tables as t

Shown = dict[str, Any]


def live(tx: Tx, definition: int) -> Shown:
    """Tokens in each element of a version, tasks that wait there, and incidents."""
    counts = {
        one.element: {"active": one.active, "completed": one.completed, "terminated": one.terminated}
        for one in queries.element_counts(tx, definition)
    }
    elements = {element: {"waiting": 0, "incidents": 0, **counted} for element, counted in counts.items()}
    for table, name in ((t.tasks, "waiting"), (t.incidents, "incidents")):
        query = (
            select(table.c.element, func.count().label("many"))
            .where(table.c.tenant_id == tx.tenant, table.c.definition == definition)
            .group_by(table.c.element)
        )
        for row in tx.all(query):
            place = elements.setdefault(
                row.element, {"waiting": 0, "incidents": 0, "active": 0, "completed": 0, "terminated": 0}
            )
            place[name] = row.many
    return {"elements": elements}
