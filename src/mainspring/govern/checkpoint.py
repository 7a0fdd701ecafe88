"""Checkpoints: a signed statement of which tree, of what size and head, existed when.

The signed text has four lines: the kind of statement with the tenant, the size, the head in hexadecimal, the
time (UTC). Below it stand the signature (Ed25519, RFC 8032) and the public key to check it with; which key to
trust is for the reader to know from elsewhere.
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select

from mainspring.govern.errors import EvidenceError
from mainspring.govern.tables import evidence_checkpoints
from mainspring.store import Tx

_KIND = "mainspring evidence 1"
_SIGNATURE, _KEY = "signature ", "key "


class Checkpoint(NamedTuple):
    """A signed head. `note` is the whole text with signature and key, as it is stored and exported."""

    size: int
    root: bytes
    at: datetime
    note: bytes


class Signer:
    """Signs checkpoints with one private key.

    Args:
        seed: the 32 bytes of the private key (RFC 8032); kept beside the database, never in it.
    """

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that others check signatures with."""
        return self._key.public_key().public_bytes_raw()

    def checkpoint(self, tenant: str, size: int, root: bytes, at: datetime) -> Checkpoint:
        """Sign a head."""
        text = f"{_KIND} {tenant}\n{size}\n{root.hex()}\n{at.astimezone(UTC).isoformat()}\n"
        signature = self._key.sign(text.encode())
        note = f"{text}{_SIGNATURE}{signature.hex()}\n{_KEY}{self.public_key.hex()}\n"
        return Checkpoint(size, root, at, note.encode())


def verify(note: bytes, trusted_key: bytes) -> tuple[int, bytes]:
    """The size and head that a note states, if the trusted key signed it.

    Raises:
        EvidenceError: another key, another text, or no note at all.
    """
    try:
        lines = note.decode().split("\n")
        text = "\n".join(lines[:4]) + "\n"
        signature = bytes.fromhex(lines[4].removeprefix(_SIGNATURE))
        Ed25519PublicKey.from_public_bytes(trusted_key).verify(signature, text.encode())
        if not lines[0].startswith(_KIND + " "):
            raise EvidenceError("the note is of another kind")
        return int(lines[1]), bytes.fromhex(lines[2])
    except (InvalidSignature, ValueError, IndexError) as error:
        raise EvidenceError("the checkpoint is not signed by the trusted key") from error


def store_checkpoint(tx: Tx, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint; a size has one."""
    tx.insert(evidence_checkpoints, checkpoint._asdict())


def latest(tx: Tx) -> Checkpoint | None:
    """The checkpoint of the largest tree."""
    row = tx.one(
        select(evidence_checkpoints)
        .where(evidence_checkpoints.c.tenant_id == tx.tenant)
        .order_by(evidence_checkpoints.c.size.desc())
        .limit(1)
    )
    return None if row is None else _of(row)


def every(tx: Tx) -> list[Checkpoint]:
    """All checkpoints, the smallest tree first."""
    rows = tx.all(
        select(evidence_checkpoints)
        .where(evidence_checkpoints.c.tenant_id == tx.tenant)
        .order_by(evidence_checkpoints.c.size)
    )
    return [_of(row) for row in rows]


def _of(row: Any) -> Checkpoint:
    return Checkpoint(row.size, bytes(row.root), row.at, bytes(row.note))
