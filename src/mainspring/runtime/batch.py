"""One operation on many cases: retry incidents, cancel or delete instances, chosen by a filter.

Each item is a command of its own, allowed or refused by itself; many are committed together. Items come in
the order of their keys, so that whoever asks for them in portions goes on after the last key.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, select

from mainspring.base.errors import MainspringError
from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.runtime.deletion import ENDED, delete_instance
from mainspring.runtime.runtime import Runtime
from mainspring.store import Tx
from mainspring.store.process_tables import incidents, instances

TOGETHER = 64
_OPEN = ("active", "suspended")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items; None stands for any.

    Attributes:
        process_id: of this process.
        version: of this version of it (for instances).
        element: in this element (for incidents).
        kind: of this kind (for incidents: job, expression, ...).
        state: active or suspended to cancel, completed or terminated to delete.
        before: raised, started or (to delete) ended before this time.
        keys: only these.
    """

    process_id: str | None = None
    version: int | None = None
    element: str | None = None
    kind: str | None = None
    state: str | None = None
    before: datetime | None = None
    keys: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one: done, or why not."""

    key: int
    instance: int
    done: bool
    why: str = ""


Do = Callable[[int, int, Tx], Any]  # to an item, of a root instance, in a transaction


class Batch:
    """An operation on many, ready to run.

    Attributes:
        total: how many items there were when it was made.
    """

    def __init__(
        self,
        runtime: Runtime,
        table: Table,
        wanted: Callable[[Tx], list[ColumnElement[bool]]],
        do: Do,
    ) -> None:
        self._runtime = runtime
        self._table = table
        self._wanted = wanted
        self._do = do
        with runtime.store.read() as tx:
            self.total = int(tx.scalar(select(func.count()).select_from(table).where(*wanted(tx))) or 0)

    def run(self, *, after: int = 0, limit: int | None = None) -> Iterator[Item]:
        """Do it to the items with key > `after`, at most `limit` of them; gives each as it is durable."""
        left = limit
        while left is None or left > 0:
            size = TOGETHER if left is None else min(TOGETHER, left)
            rows = self._page(after, size)
            if not rows:
                return
            yield from self._together(rows)
            after = rows[-1][0]
            left = None if left is None else left - len(rows)

    def _page(self, after: int, size: int) -> list[tuple[int, int]]:
        table = self._table
        with self._runtime.store.read() as tx:
            query = select(table.c.key, table.c.root).where(*self._wanted(tx), table.c.key > after)
            return [(int(row.key), int(row.root)) for row in tx.all(query.order_by(table.c.key).limit(size))]

    def _together(self, rows: Sequence[tuple[int, int]]) -> Iterator[Item]:
        answers = [
            (key, root, self._runtime.hand_in(partial(self._do, key, root), root)) for key, root in rows
        ]
        for key, root, answer in answers:
            try:
                answer.result()
            except MainspringError as error:
                yield Item(key, root, done=False, why=error.message)
            else:
                yield Item(key, root, done=True)


def retry_incidents(runtime: Runtime, chosen: Filter, *, actor: Actor, retries: int | None = None) -> Batch:
    """Resolve incidents: each goes on where it stopped, a failed job with `retries` attempts (None: 1)."""

    def do(key: int, root: int, tx: Tx) -> None:
        job = tx.scalar(
            select(incidents.c.job).where(incidents.c.tenant_id == tx.tenant, incidents.c.key == key)
        )
        if job is not None and retries is not None:
            runtime.execute(c.SetJobRetries(int(job), retries), actor=actor, instance=root, tx=tx)
        runtime.execute(c.ResolveIncident(key), actor=actor, instance=root, tx=tx)

    columns = {"process_id": "process_id", "element": "element", "kind": "kind"}
    return Batch(runtime, incidents, _condition(incidents, chosen, columns, incidents.c.raised_at), do)


def cancel_instances(runtime: Runtime, chosen: Filter, *, actor: Actor) -> Batch:
    """Cancel root instances that go on."""

    def do(key: int, root: int, tx: Tx) -> None:
        runtime.execute(c.CancelInstance(key), actor=actor, instance=root, tx=tx)

    return Batch(runtime, instances, _of_instances(chosen, _OPEN, instances.c.started_at), do)


def delete_instances(runtime: Runtime, chosen: Filter, *, actor: Actor) -> Batch:
    """Delete root instances that have ended (`runtime.deletion` says what stays)."""

    def do(key: int, root: int, tx: Tx) -> None:
        del root
        delete_instance(runtime, key, actor=actor, tx=tx)

    return Batch(runtime, instances, _of_instances(chosen, tuple(ENDED), instances.c.ended_at), do)


def _of_instances(
    chosen: Filter, states: Sequence[str], at: Column[Any]
) -> Callable[[Tx], list[ColumnElement[bool]]]:
    columns = {"process_id": "process_id", "version": "version", "state": "state"}
    own = _condition(instances, chosen, columns, at)
    roots = [instances.c.key == instances.c.root, instances.c.state.in_(states)]
    return lambda tx: [*own(tx), *roots]


def _condition(
    table: Table, chosen: Filter, columns: dict[str, str], at: Column[Any]
) -> Callable[[Tx], list[ColumnElement[bool]]]:
    found: list[ColumnElement[bool]] = [
        table.c[column] == getattr(chosen, field)
        for field, column in columns.items()
        if getattr(chosen, field) is not None
    ]
    if chosen.before is not None:
        found.append(at < chosen.before)
    if chosen.keys is not None:
        found.append(table.c.key.in_(chosen.keys))
    return lambda tx: [table.c.tenant_id == tx.tenant, *found]


def portion(batch: Batch, *, after: int, limit: int) -> tuple[list[Item], int | None]:
    """The results of one portion, and the key after which the next begins (None: that was all)."""
    items = list(batch.run(after=after, limit=limit))
    return items, items[-1].key if len(items) == limit else None
