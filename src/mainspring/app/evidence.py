"""Handing over the evidence of a case: seal what was done so far, then bundle it with its proofs."""

import os
import secrets
from pathlib import Path

from mainspring.app.errors import SetUpError
from mainspring.app.evidence_files import files_of
from mainspring.app.evidence_pdf import pdf
from mainspring.app.evidence_report import page, report
from mainspring.app.house import House
from mainspring.app.opening import file_of
from mainspring.govern import leaves
from mainspring.govern.checkpoint import Signer
from mainspring.govern.errors import EvidenceError
from mainspring.govern.evidence import Sealer
from mainspring.govern.export import export_case, hand_over
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.store import Tx

SEED_BYTES = 32


def export(house: House, instance: int, key: Path, by: Principal = SYSTEM) -> bytes:
    """The evidence bundle of a case, as a ZIP file.

    Args:
        house: whose.
        instance: the root instance.
        key: the file of the private key that signs; made when it is missing. It stays beside the database.
        by: who asks for it, which is recorded.

    Raises:
        EvidenceError: there is no such case, or a record is not what was sealed.
        SetUpError: the key file holds no key.
    """
    sealer = Sealer(house.store, signer(key))
    sealer.seal(now=house.clock())
    with house.store.read() as tx:
        files = _files(tx, instance)
    with house.store.write() as tx:
        hand_over(tx, instance, files, by=by, now=house.clock())
    sealer.seal(now=house.clock())
    with house.store.read() as tx:
        return export_case(tx, instance, files)


def _files(tx: Tx, instance: int) -> dict[str, bytes]:
    """Everything of the case that is no record of its own, and the report of it."""
    positions = leaves.of_instance(tx, instance)
    if not positions:
        raise EvidenceError(f"there is no record of case {instance}", mend="Check the number of the case.")
    files = files_of(tx, instance)
    shown = report(instance, leaves.at(tx, positions), files)
    return {**files, "report.html": page(shown), "report.pdf": pdf(shown)}


def key_file(database: str) -> Path:
    """Where the key that signs evidence is kept: beside the database, never in it."""
    file = file_of(database)
    return (file.parent if file is not None else Path("data")) / "evidence.key"


def signer(file: Path) -> Signer:
    """The signer of a key file, which only its owner may read."""
    try:
        seed = file.read_bytes()
    except FileNotFoundError:
        seed = secrets.token_bytes(SEED_BYTES)
        file.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(file, flags, 0o600), "wb") as opened:
            opened.write(seed)
    if len(seed) != SEED_BYTES:
        raise SetUpError(
            f"the signing key has {len(seed)} bytes instead of {SEED_BYTES}",
            where=str(file),
            mend="Put the right file back from a backup; without one, remove it and a new key is made.",
        )
    return Signer(seed)
