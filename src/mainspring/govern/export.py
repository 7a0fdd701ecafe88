"""A case to take away: its leaves with their proofs, the signed checkpoint, and the program that checks them.

A bundle is a ZIP file. `leaves.jsonl` holds one leaf a line, the very bytes that are hashed; `openings.jsonl`
what those leaves commit to, with the salts; `proofs.json`, `checkpoint.txt` and `verify.py` speak for
themselves. What else belongs to the case (a report to read, documents, photographs, drafts, corrections) is
named with its SHA-256 in `manifest.json`, whose own digest is recorded as an act of the case and sealed
before the bundle is made. The same case with the same files gives the same act, and under the same
checkpoint the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from importlib import resources

import orjson
from sqlalchemy import select

from mainspring.govern import acts, evidence, leaves
from mainspring.govern import tables as t
from mainspring.govern.checkpoint import Checkpoint, latest
from mainspring.govern.errors import EvidenceError
from mainspring.govern.principal import Principal
from mainspring.store import Tx

HANDED_OVER = "case_handed_over"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP file can state, so that bundles are reproducible
_README = """\
Evidence of case {case}.

report.html, report.pdf   the case to read, where they are there
leaves.jsonl              one record a line: event, call, approval or act, its position, then its columns
openings.jsonl            what the records commit to: position, salt, content; null and null where it was
erased proofs.json               for each record its place in the tree and the hashes that lead from it to
the head checkpoint.txt            the signed statement of that head
manifest.json             every other file with its SHA-256; the record "{act}" names the manifest
verify.py                 checks all of it with Python 3.11 or newer and nothing else:

    python verify.py --key PUBLIC_KEY

Ask whoever runs the system for the public key; the one that signed stands at the end of checkpoint.txt.
The proofs show that these records stood in the log, unchanged, when the checkpoint was signed.
"""


def manifest(instance: int, files: Mapping[str, bytes]) -> tuple[bytes, dict[str, bytes]]:
    """The manifest of a case's files, and those files with the ones that every bundle has."""
    own = {
        "README.txt": _README.format(case=instance, act=HANDED_OVER).encode(),
        "verify.py": resources.files("mainspring.govern").joinpath("verifier.py").read_bytes(),
    }
    whole = {**files, **own}
    listed = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(whole.items())}
    body = {"case": str(instance), "files": listed}
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(), whole


def hand_over(tx: Tx, instance: int, files: Mapping[str, bytes], *, by: Principal, now: datetime) -> None:
    """Record that a case is handed over with these files; the same files again are recorded once.

    Raises:
        EvidenceError: nothing is known of the case.
    """
    if not leaves.of_instance(tx, instance):
        raise EvidenceError(f"there is no record of case {instance}", mend="Check the number of the case.")
    digest = hashlib.sha256(manifest(instance, files)[0]).hexdigest()
    table = t.acts
    known = tx.all(
        select(table.c.detail).where(
            table.c.tenant_id == tx.tenant, table.c.instance == instance, table.c.act == HANDED_OVER
        )
    )
    if any(row.detail.get("manifest") == digest for row in known):
        return
    detail = {"manifest": digest}
    acts.note(tx, HANDED_OVER, by, f"case {instance}", now=now, instance=instance, detail=detail)


def export_case(
    tx: Tx, instance: int, files: Mapping[str, bytes] | None = None, checkpoint: Checkpoint | None = None
) -> bytes:
    """The bundle of a case (a root instance), proved against a checkpoint, by default the latest.

    `hand_over` with the same files must have been sealed before.

    Raises:
        EvidenceError: nothing is known of the case, nothing is sealed, or a record is not what was sealed.
    """
    sealed = checkpoint or latest(tx)
    if sealed is None:
        raise EvidenceError("nothing is sealed yet", mend="Run the sealer and try again.")
    positions = leaves.of_instance(tx, instance)
    if not positions:
        raise EvidenceError(f"there is no record of case {instance}", mend="Check the number of the case.")
    listing, whole = manifest(instance, files or {})
    proofs = evidence.prove(tx, positions, sealed)
    listed = [{"index": proof.leaf_index, "path": [each.hex() for each in proof.path]} for proof in proofs]
    return _zipped(
        {
            **whole,
            "leaves.jsonl": b"".join(_line(proof.leaf.data) for proof in proofs),
            "openings.jsonl": b"".join(_opening(proof.leaf) for proof in proofs),
            "proofs.json": orjson.dumps(listed),
            "checkpoint.txt": sealed.note,
            "manifest.json": listing,
        }
    )


def _opening(leaf: leaves.Leaf) -> bytes:
    """One line for a leaf that commits to something; nothing for others."""
    if leaf.source == "call" or json.loads(leaf.data)[-1] is None:
        return b""
    salt = leaf.salt.hex() if leaf.salt is not None else None
    content = leaf.content.decode() if leaf.content is not None else None
    body = [leaf.position, salt, content]
    return _line(json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode())


def _line(data: bytes) -> bytes:
    if b"\n" in data:
        raise EvidenceError("a record holds a line break and cannot stand on one line")
    return data + b"\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
