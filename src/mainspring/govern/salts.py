"""Salts of commitments: what a leaf says of personal content is a hash that can be opened, and un-opened.

A leaf holds SHA-256(salt, content) instead of the content. With salt and content anyone can check it; once
the salt is gone, nobody can find out the content by guessing. The salts of a tile of 256 leaves are what
SHAKE256 (FIPS 202) makes of one secret, 16 bytes a leaf, in one call for all of them; when one is erased, the
others are written down and the secret is destroyed.
"""

import hashlib
import secrets
from collections.abc import Iterable

from sqlalchemy import func, select, update

from mainspring.govern.errors import EvidenceError
from mainspring.govern.tables import evidence_salts
from mainspring.store import Tx

TILE = 256
BYTES = 16
_SECRET = 32
_NONE = bytes(BYTES)


def commitment(salt: bytes, content: bytes) -> str:
    """SHA-256 over salt and content, as 64 hexadecimal digits."""
    return hashlib.sha256(salt + content).hexdigest()


def derived(secret: bytes) -> bytes:
    """The salts of a tile from its secret, one after the other."""
    return hashlib.shake_256(secret).digest(TILE * BYTES)


class Salts:
    """Salts as the store holds them; tiles that were read are kept."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._tiles: dict[int, bytes] = {}

    def load(self, tiles: Iterable[int]) -> None:
        """Read the tiles that are not yet known, in few statements."""
        wanted = sorted(set(tiles) - self._tiles.keys())
        table = evidence_salts
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            for row in self._tx.all(
                select(table).where(table.c.tenant_id == self._tx.tenant, table.c.tile.in_(some))
            ):
                made = derived(bytes(row.secret)) if row.kept is None else bytes(row.kept)
                self._tiles[row.tile] = made

    def of(self, position: int) -> bytes | None:
        """The salt of a position; None when it was erased.

        Raises:
            EvidenceError: the position was never sealed.
        """
        tile, place = divmod(position - 1, TILE)
        salt = self.tile(tile)[place * BYTES : (place + 1) * BYTES]
        return None if salt == _NONE else salt

    def tile(self, number: int) -> bytes:
        """The salts of a tile, one after the other; zeros where one was erased.

        Raises:
            EvidenceError: nothing of the tile was ever sealed.
        """
        if number not in self._tiles:
            self.load([number])
        found = self._tiles.get(number)
        if found is None:
            raise EvidenceError(
                f"position {number * TILE + 1} is not sealed yet", mend="Run the sealer and try again."
            )
        return found


def provide(tx: Tx, last: int) -> None:
    """Make the secrets of all tiles up to the one that holds the position `last`."""
    table = evidence_salts
    newest = tx.scalar(select(func.max(table.c.tile)).where(table.c.tenant_id == tx.tenant))
    first = 0 if newest is None else newest + 1
    rows = [
        {"tile": tile, "secret": secrets.token_bytes(_SECRET), "kept": None}
        for tile in range(first, (last - 1) // TILE + 1)
    ]
    tx.insert(table, rows)


def erase(tx: Tx, positions: Iterable[int]) -> None:
    """Destroy the salts of these positions and nothing else; their tiles' secrets go with them."""
    table = evidence_salts
    by_tile: dict[int, set[int]] = {}
    for position in positions:
        by_tile.setdefault((position - 1) // TILE, set()).add(position)
    held = Salts(tx)
    held.load(by_tile)
    for tile, erased in by_tile.items():
        kept = b"".join(
            _NONE if position in erased else held.of(position) or _NONE
            for position in range(tile * TILE + 1, (tile + 1) * TILE + 1)
        )
        tx.execute(
            update(table)
            .where(table.c.tenant_id == tx.tenant, table.c.tile == tile)
            .values(secret=b"", kept=kept)
        )
