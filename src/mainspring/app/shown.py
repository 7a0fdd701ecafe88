"""How tasks, instances and events are shown outside: plain values, with keys as text.

Keys have 64 bits, more than a number in a browser holds; so they leave as text and come back as text.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from mainspring.runtime.queries import Definition, HistoryEntry, Incident, Instance, Task
from mainspring.store import Tx
from mainspring.store import process_tables as t

Shown = dict[str, Any]
_KEYS = frozenset(
    {
        "key",
        "instance",
        "root",
        "parent",
        "process_instance",
        "definition",
        "element_key",
        "job",
        "deployment",
    }
)


def cases(tx: Tx, instances: Iterable[int]) -> Mapping[int, str]:
    """The business keys of root instances, as far as they have one."""
    wanted = sorted(set(instances))
    table = t.instances.c
    query = select(table.key, table.business_key).where(table.tenant_id == tx.tenant, table.key.in_(wanted))
    return {row.key: row.business_key for row in tx.all(query) if row.business_key}


def task(one: Task, case: str | None = None) -> Shown:
    """A task; `title` in both languages where its maker gave one, `case` the business key of its case."""
    title = one.payload.get("title")
    return _plain(one) | {"case": case, "title": title if isinstance(title, Mapping) else None}


def brief_task(one: Task, case: str | None = None) -> Shown:
    """A task as it stands in a list: without what it is about."""
    return {name: value for name, value in task(one, case).items() if name not in {"payload", "draft"}}


def instance(one: Instance) -> Shown:
    """A process instance."""
    return _plain(one)


def incident(one: Incident) -> Shown:
    """An open incident."""
    return _plain(one)


def definition(one: Definition) -> Shown:
    """A deployed version."""
    return _plain(one)


def event(one: HistoryEntry) -> Shown:
    """An event of a case: when, by whom, what, where."""
    actor = {"kind": one.actor.kind, "id": one.actor.id, "on_behalf_of": one.actor.on_behalf_of}
    return {
        "position": str(one.position),
        "seq": one.seq,
        "at": one.at,
        "actor": actor,
        "type": one.type,
        "element": one.element,
    }


def _plain(record: Any) -> Shown:
    values = {name: getattr(record, name) for name in record.__slots__}
    return {
        name: str(value) if name in _KEYS and value is not None else value for name, value in values.items()
    }
