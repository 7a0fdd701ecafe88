"""The company's processes as they are right now: what runs, where it waits, what is late, who does it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select

from mainspring.app.house import House
from mainspring.app.measures import PROCESSES, figures_of
from mainspring.runtime import queries
from mainspring.store import Tx, log
from mainspring.store import process_tables as t

Shown = dict[str, Any]


def landscape(house: House) -> list[Shown]:
    """A card for each deployed process: going on, waiting for whom, late, in trouble, who does the work."""
    now = house.clock()
    with house.store.read() as tx:
        deployed = queries.deployed(tx, kind="process")
        states, waits, trouble = _states(tx), _waits(tx, now), _incidents(tx)
        newest = log.last_position(tx)
    shares = {name: figures_of(house, (name,), newest) for name in PROCESSES if name in states}
    cards = []
    for one in deployed:
        counted, waiting = states.get(one.id, {}), waits.get(one.id, {})
        figures = shares.get(one.id)
        cards.append(
            {
                "key": str(one.key),
                "id": one.id,
                "name": one.name,
                "version": one.version,
                "active": counted.get("active", 0) + counted.get("suspended", 0),
                "completed": counted.get("completed", 0),
                "terminated": counted.get("terminated", 0),
                "waiting": sum(each["count"] for each in waiting.values()),
                "waiting_for": [{"group": group, **each} for group, each in sorted(waiting.items())],
                "late": sum(each["late"] for each in waiting.values()),
                "incidents": trouble.get(one.id, 0),
                "penetration": figures.penetration if figures else None,
                "aar": figures.aar if figures else None,
            }
        )
    return sorted(cards, key=lambda card: (card["id"] not in PROCESSES, -card["active"], card["id"]))


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


def _states(tx: Tx) -> Mapping[str, Mapping[str, int]]:
    i = t.instances.c
    query = (
        select(i.process_id, i.state, func.count().label("many"))
        .where(i.tenant_id == tx.tenant)
        .group_by(i.process_id, i.state)
    )
    found: dict[str, dict[str, int]] = {}
    for row in tx.all(query):
        found.setdefault(row.process_id, {})[row.state] = row.many
    return found


def _waits(tx: Tx, now: datetime) -> Mapping[str, Mapping[str, Shown]]:
    """By process and group: how many tasks wait, how many of them are late."""
    tasks, names = t.tasks.c, t.task_candidates.c
    late = func.sum(case((tasks.due < now, 1), else_=0))
    query = (
        select(tasks.process_id, names.name, func.count().label("many"), late.label("late"))
        .select_from(
            t.tasks.outerjoin(
                t.task_candidates,
                and_(names.tenant_id == tasks.tenant_id, names.task == tasks.key, names.kind == "group"),
            )
        )
        .where(tasks.tenant_id == tx.tenant)
        .group_by(tasks.process_id, names.name)
    )
    found: dict[str, dict[str, Shown]] = {}
    for row in tx.all(query):
        found.setdefault(row.process_id, {})[row.name or ""] = {
            "count": row.many,
            "late": int(row.late or 0),
        }
    return found


def _incidents(tx: Tx) -> Mapping[str, int]:
    i = t.incidents.c
    query = (
        select(i.process_id, func.count().label("many"))
        .where(i.tenant_id == tx.tenant)
        .group_by(i.process_id)
    )
    return {row.process_id: row.many for row in tx.all(query)}
