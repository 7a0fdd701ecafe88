"""Tiles: the hashes of the evidence tree, 256 to a row, so that a proof reads a handful of rows.

Level 0 holds leaf hashes; a full tile's root is one hash of the tile above it, 256 times as wide. Any subtree
that a proof needs is made of such hashes at some level, or lies within one tile.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, select, update

from mainspring.base import merkle
from mainspring.govern.tables import evidence_tiles
from mainspring.store import Tx

WIDTH = 256
_BITS = 8  # 2 ** 8 == WIDTH
_HASH = 32
_TILE = "SELECT hashes FROM evidence_tiles WHERE tenant_id = ? AND level = ? AND number = ?"


def size(tx: Tx) -> int:
    """How many leaves are sealed."""
    table = evidence_tiles
    row = tx.one(
        select(table.c.number, func.length(table.c.hashes).label("bytes"))
        .where(table.c.tenant_id == tx.tenant, table.c.level == 0)
        .order_by(table.c.number.desc())
        .limit(1)
    )
    return 0 if row is None else row.number * WIDTH + row.bytes // _HASH


class Tile(NamedTuple):
    """A row to be written: up to 256 hashes, one after the other; `known` when a part stands already."""

    level: int
    number: int
    hashes: bytes
    known: bool


def append(tx: Tx, before: int, hashes: Sequence[bytes]) -> None:
    """Add leaf hashes to a tree of `before` leaves, and the roots of the tiles that they fill."""
    write(tx, grown(tx, before, hashes))


def grown(tx: Tx, before: int, hashes: Sequence[bytes]) -> list[Tile]:
    """The tiles that differ when these leaf hashes are added to a tree of `before` leaves."""
    found = []
    level, start, fresh = 0, before, list(hashes)
    while fresh:
        first, offset = divmod(start, WIDTH)
        row = (_hashes(tx, level, first) if offset else []) + fresh
        rows = [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]
        for number, tile in enumerate(rows, start=first):
            found.append(Tile(level, number, b"".join(tile), number == first and offset > 0))
        fresh = [merkle.root(tile) for tile in rows if len(tile) == WIDTH]
        level, start = level + 1, first
    return found


def write(tx: Tx, grown: Iterable[Tile]) -> None:
    """Write tiles that `grown` gave for the tree as it still is."""
    table = evidence_tiles
    new = []
    for tile in grown:
        if tile.known:
            tx.execute(
                update(table)
                .where(
                    table.c.tenant_id == tx.tenant,
                    table.c.level == tile.level,
                    table.c.number == tile.number,
                )
                .values(hashes=tile.hashes)
            )
        else:
            new.append({"level": tile.level, "number": tile.number, "hashes": tile.hashes})
    tx.insert(table, new)


def _hashes(tx: Tx, level: int, number: int) -> list[bytes]:
    found = tx.raw(tx.statements.constant(_TILE), (tx.tenant, level, number))
    data = bytes(found[0][0]) if found else b""
    return [data[at : at + _HASH] for at in range(0, len(data), _HASH)]


class Tree:
    """The sealed tree as the store holds it; tiles that were read are kept for the next proof."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._kept: dict[tuple[int, int], list[bytes]] = {}

    def leaf(self, index: int) -> bytes:
        """The hash of a leaf."""
        return self._tile(0, index // WIDTH)[index % WIDTH]

    def subtree(self, start: int, end: int) -> bytes:
        """The hash over the leaves [start, end), as `merkle.Subtree`."""
        level = 0
        while start % WIDTH == 0 and end % WIDTH == 0 and end - start >= WIDTH:
            start, end, level = start // WIDTH, end // WIDTH, level + 1
        if end - start == 1:
            return self._tile(level, start // WIDTH)[start % WIDTH]
        scale = 1 << (_BITS * level)
        if start // WIDTH == (end - 1) // WIDTH:
            tile = self._tile(level, start // WIDTH)
            return merkle.root(tile[start % WIDTH : (end - 1) % WIDTH + 1])
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        return merkle.node_hash(
            self.subtree(start * scale, middle * scale), self.subtree(middle * scale, end * scale)
        )

    def root(self, size: int) -> bytes:
        """The head of the tree of the first `size` leaves."""
        return self.subtree(0, size) if size else merkle.EMPTY_ROOT

    def _tile(self, level: int, number: int) -> list[bytes]:
        tile = self._kept.get((level, number))
        if tile is None:
            tile = self._kept[level, number] = _hashes(self._tx, level, number)
        return tile
