"""Handing over the evidence of a case: seal what was done so far, then bundle it with its proofs."""

import os
import secrets
from pathlib import Path

from mainspring.app.errors import SetUpError
from mainspring.app.house import House
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.govern.export import export_case

SEED_BYTES = 32


def export(house: House, instance: int, key_file: Path) -> bytes:
    """The evidence bundle of a case, as a ZIP file.

    Args:
        house: whose.
        instance: the root instance.
        key_file: holds the private key that signs; made when it is missing. It stays beside the database.

    Raises:
        EvidenceError: there is no such case, or a record is not what was sealed.
        SetUpError: the key file holds no key.
    """
    Sealer(house.store, signer(key_file)).seal(now=house.clock())
    with house.store.read() as tx:
        return export_case(tx, instance)


def signer(key_file: Path) -> Signer:
    """The signer of a key file, which only its owner may read."""
    try:
        seed = key_file.read_bytes()
    except FileNotFoundError:
        seed = secrets.token_bytes(SEED_BYTES)
        key_file.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(key_file, flags, 0o600), "wb") as file:
            file.write(seed)
    if len(seed) != SEED_BYTES:
        raise SetUpError(
            f"the signing key has {len(seed)} bytes instead of {SEED_BYTES}",
            where=str(key_file),
            mend="Put the right file back from a backup; without one, remove it and a new key is made.",
        )
    return Signer(seed)
