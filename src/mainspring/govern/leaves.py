"""Leaves of the evidence tree: the stored rows of events, calls and approval steps, as bytes.

A leaf is one JSON array: the source's name, then the columns in a fixed order as the database holds them
(integers, text, null). What an event's body holds is taken over byte by byte. The order of columns never
changes: a new kind of row is a new source.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BigInteger, Column, Numeric, Table, Text, cast, select, type_coerce

from mainspring.govern.tables import approval_steps, calls
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.types import Instant, Number

_EVENT = """
position instance seq at actor_kind actor_id on_behalf_of type element key process_instance body
"""
_CALL = """
position key at operation effect actor_kind actor_id on_behalf_of process_id instance process_instance element
element_key job outcome cached retry latency_us cost amount counterparty arguments_digest idempotency_key rule
approval problem
"""
_STEP = """
position approval at step actor_kind actor_id instance operation digest note
"""


class _Source(NamedTuple):
    name: str
    table: Table
    columns: tuple[str, ...]


SOURCES = (
    _Source("event", events, tuple(_EVENT.split())),
    _Source("call", calls, tuple(_CALL.split())),
    _Source("approval", approval_steps, tuple(_STEP.split())),
)


class Leaf(NamedTuple):
    """A row of the record: its source (event, call, approval), its position, the bytes that are hashed."""

    source: str
    position: int
    data: bytes


def after(tx: Tx, position: int, limit: int) -> list[Leaf]:
    """The next leaves after a position, in order."""
    found = [
        leaf for source in SOURCES for leaf in _read(tx, source, source.table.c.position > position, limit)
    ]
    found.sort(key=lambda leaf: leaf.position)
    return found[:limit]


def at(tx: Tx, positions: Iterable[int]) -> list[Leaf]:
    """The leaves at these positions, in order."""
    wanted = sorted(set(positions))
    found: list[Leaf] = []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for source in SOURCES:
            found.extend(_read(tx, source, source.table.c.position.in_(some), len(some)))
    return sorted(found, key=lambda leaf: leaf.position)


def of_instance(tx: Tx, instance: int) -> list[Leaf]:
    """All leaves of a case: its events, the calls it made, the approvals it asked for."""
    found = [
        leaf for source in SOURCES for leaf in _read(tx, source, source.table.c.instance == instance, None)
    ]
    return sorted(found, key=lambda leaf: leaf.position)


def _read(tx: Tx, source: _Source, condition: Any, limit: int | None) -> Iterator[Leaf]:
    table = source.table
    query = (
        select(*(_stored(table.c[name]) for name in source.columns))
        .where(table.c.tenant_id == tx.tenant, condition)
        .order_by(table.c.position)
        .limit(limit)
    )
    for row in tx.all(query):
        yield Leaf(source.name, row[0], _bytes(source.name, row))


def _stored(column: Column[Any]) -> Any:
    """The column as the database holds it: no conversion of ours stands between the row and its hash."""
    if isinstance(column.type, Instant):
        return type_coerce(column, BigInteger)
    if isinstance(column.type, Number):
        return cast(type_coerce(column, Numeric), Text)
    return column


def _bytes(source: str, row: Iterable[Any]) -> bytes:
    """One JSON array; bytes (an event's body is JSON already) are taken over as they are."""
    return orjson.dumps(
        [source, *(orjson.Fragment(value) if isinstance(value, bytes) else value for value in row)]
    )
