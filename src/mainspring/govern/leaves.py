"""Leaves of the evidence tree: the stored rows of events, calls, approval steps and acts, as bytes.

A leaf is one JSON array: the source's name, then the columns in a fixed order as the database holds them
(integers, text, null). The one column that may hold something personal (an event's body, a note, an act's
detail) stands there as a salted commitment to its stored bytes, so that it can be erased and every proof
still holds. The order of columns never changes: a new kind of row is a new source.
"""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BigInteger, Column, Numeric, Table, Text, cast, func, select, type_coerce

from mainspring.base import merkle
from mainspring.govern import salts
from mainspring.govern.errors import EvidenceError
from mainspring.govern.salts import Salts
from mainspring.govern.tables import acts, approval_steps, calls, evidence_erased
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.types import Instant, Json, Number

_EVENT = """
position instance seq at actor_kind actor_id on_behalf_of type element key process_instance body
"""
_CALL = """
position key at operation effect actor_kind actor_id on_behalf_of process_id instance process_instance element
element_key job outcome cached retry latency_us cost amount counterparty arguments_digest idempotency_key rule
approval problem
"""
_STEP = """
position approval at step actor_kind actor_id on_behalf_of instance operation digest note
"""
_ACT = """
position at actor_kind actor_id on_behalf_of act subject instance detail
"""


class _Source(NamedTuple):
    name: str
    table: Table
    columns: tuple[str, ...]
    committed: bool
    """Whether the last column stands in the leaf as a commitment."""


SOURCES = (
    _Source("event", events, tuple(_EVENT.split()), True),
    _Source("call", calls, tuple(_CALL.split()), False),
    _Source("approval", approval_steps, tuple(_STEP.split()), True),
    _Source("act", acts, tuple(_ACT.split()), True),
)


class Leaf(NamedTuple):
    """A row of the record.

    Attributes:
        source: event, call, approval or act.
        position: its number.
        data: the bytes that are hashed.
        content: what the commitment is to; None where there is none, or it was erased.
        salt: that opens the commitment; None likewise.
    """

    source: str
    position: int
    data: bytes
    content: bytes | None = None
    salt: bytes | None = None


def after(tx: Tx, position: int, limit: int) -> list[Leaf]:
    """The next leaves after a position, in order.

    Raises:
        EvidenceError: one of them was never sealed, so that it has no salt.
    """
    rows = [row for source in SOURCES for row in _read(tx, source, source.table.c.position > position, limit)]
    rows.sort(key=_position)
    return _leaves(tx, rows[:limit])


_EVENTS = (
    f"SELECT {', '.join(SOURCES[0].columns)} FROM events "  # noqa: S608 - constants
    "WHERE tenant_id = ? AND position > ? AND position <= ? ORDER BY position"
)


def hashes(tx: Tx, first: int, last: int) -> list[bytes]:
    """The leaf hashes of the positions from `first` to `last`, which nothing was erased from yet.

    The same as hashing what `after` gives, without making the leaves: nearly every row is an event, and all
    of them pass here once.

    Raises:
        EvidenceError: a position is missing, so that something was removed from the record.
    """
    rows = tx.raw(tx.statements.constant(_EVENTS), (tx.tenant, first - 1, last))
    held = salts.Salts(tx)
    held.load(range((first - 1) // salts.TILE, (last - 1) // salts.TILE + 1))
    hashed = _hashed(rows, held)
    if len(rows) > last - first:
        return hashed
    found = {row[0]: one for row, one in zip(rows, hashed, strict=True)}
    for source in SOURCES[1:]:
        position = source.table.c.position
        others = _read(tx, source, position.between(first, last), last - first + 1)
        found.update((leaf.position, merkle.leaf_hash(leaf.data)) for leaf in _leaves(tx, others))
    missing = next((number for number in range(first, last + 1) if number not in found), None)
    if missing is not None:
        raise EvidenceError(
            f"position {missing} of the record is missing",
            where=f"tenant {tx.tenant}",
            mend="Compare with a backup: something was removed.",
        )
    return [found[number] for number in range(first, last + 1)]


def _hashed(rows: list[Any], held: Salts) -> list[bytes]:
    """The leaf hashes of rows of events, in their order."""
    dumps, sha256, name = orjson.dumps, hashlib.sha256, SOURCES[0].name
    width, size = salts.BYTES, salts.TILE
    done: list[bytes] = []
    number, tile = -1, b""
    for row in rows:
        inside, place = divmod(row[0] - 1, size)
        if inside != number:
            number, tile = inside, held.tile(inside)
        committed = sha256(tile[place * width : (place + 1) * width] + row[-1]).hexdigest()
        done.append(sha256(b"\x00" + dumps((name, *row[:-1], committed))).digest())
    return done


def at(tx: Tx, positions: Iterable[int]) -> list[Leaf]:
    """The leaves at these positions, in order.

    Raises:
        EvidenceError: one of them was never sealed, so that it has no salt.
    """
    wanted = sorted(set(positions))
    rows: list[_Row] = []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for source in SOURCES:  # each position is in one of them
            found = _read(tx, source, source.table.c.position.in_(some), len(some))
            rows.extend(found)
            if len(found) == len(some):
                break
    return _leaves(tx, sorted(rows, key=_position))


def newest(tx: Tx) -> int:
    """The last position there is, 0 when there is none."""
    found = [
        tx.scalar(select(func.max(source.table.c.position)).where(source.table.c.tenant_id == tx.tenant))
        for source in SOURCES
    ]
    return max((int(position) for position in found if position is not None), default=0)


def of_instance(tx: Tx, instance: int) -> list[int]:
    """The positions of a case: its events, the calls it made, approvals it asked for, acts about it."""
    found: list[int] = []
    for source in SOURCES:
        table = source.table
        rows = tx.all(
            select(table.c.position).where(table.c.tenant_id == tx.tenant, table.c.instance == instance)
        )
        found.extend(row.position for row in rows)
    return sorted(found)


_Row = tuple[_Source, Any]


def _position(row: _Row) -> int:
    return int(row[1][0])


def _read(tx: Tx, source: _Source, condition: Any, limit: int) -> list[_Row]:
    table = source.table
    query = (
        select(*(_stored(table.c[name]) for name in source.columns))
        .where(table.c.tenant_id == tx.tenant, condition)
        .order_by(table.c.position)
        .limit(limit)
    )
    return [(source, row) for row in tx.all(query)]


def _stored(column: Column[Any]) -> Any:
    """The column as the database holds it: no conversion of ours stands between the row and its hash."""
    if isinstance(column.type, Instant):
        return type_coerce(column, BigInteger)
    if isinstance(column.type, Json):
        return type_coerce(column, Text)
    if isinstance(column.type, Number):
        return cast(type_coerce(column, Numeric), Text)
    return column


def _leaves(tx: Tx, rows: list[_Row]) -> list[Leaf]:
    positions = [_position(row) for row in rows]
    held = Salts(tx)
    held.load((position - 1) // salts.TILE for position in positions)
    committed = [source.committed and row[-1] is not None for source, row in rows]
    lost = [
        position
        for position, hidden in zip(positions, committed, strict=True)
        if hidden and not held.of(position)
    ]
    erased = _erased(tx, lost)
    made = []
    for (source, row), position, hidden in zip(rows, positions, committed, strict=True):
        if not hidden:
            made.append(Leaf(source.name, position, orjson.dumps([source.name, *row])))
            continue
        last = row[-1]
        content = last if isinstance(last, bytes) else str(last).encode()
        salt = held.of(position)
        if salt is None:
            sealed = erased.get(position)
            if sealed is None:
                raise EvidenceError(f"position {position} has lost its salt", where=source.name)
            made.append(Leaf(source.name, position, orjson.dumps([source.name, *row[:-1], sealed])))
            continue
        data = orjson.dumps([source.name, *row[:-1], salts.commitment(salt, content)])
        made.append(Leaf(source.name, position, data, content, salt))
    return made


def _erased(tx: Tx, positions: list[int]) -> dict[int, str]:
    """The sealed commitments of those positions whose content was erased."""
    if not positions:
        return {}
    table = evidence_erased
    rows = tx.all(
        select(table.c.position, table.c.commitment).where(
            table.c.tenant_id == tx.tenant,
            table.c.position >= min(positions),
            table.c.position <= max(positions),
        )
    )
    return {row.position: row.commitment for row in rows}
