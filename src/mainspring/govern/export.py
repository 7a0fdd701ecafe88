"""A case to take away: its leaves with their proofs, the signed checkpoint, and the program that checks them.

A bundle is a ZIP file of `leaves.jsonl` (one leaf a line, the very bytes that are hashed), `proofs.json`,
`checkpoint.txt`, `verify.py` and `README.txt`. The same case under the same checkpoint gives the same bytes.
"""

import io
import zipfile
from importlib import resources

import orjson

from mainspring.govern import evidence, leaves
from mainspring.govern.checkpoint import Checkpoint, latest
from mainspring.govern.errors import EvidenceError
from mainspring.store import Tx

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP file can state, so that bundles are reproducible
_README = """\
Evidence of case {case}: {count} records, sealed in a tree of {size}.

leaves.jsonl    one record a line: event, call or approval, its position, then its columns
proofs.json     for each line its place in the tree and the hashes that lead from it to the head
checkpoint.txt  the signed statement of that head
verify.py       checks all of it with Python 3.11 or newer and nothing else:

    python verify.py --key {key}

Ask whoever runs the system for the public key, and compare it with the one above.
The proofs show that these records stood in the log, unchanged, when the checkpoint was signed.
"""


def export_case(tx: Tx, instance: int, checkpoint: Checkpoint | None = None) -> bytes:
    """The bundle of a case (a root instance), proved against a checkpoint, by default the latest.

    Raises:
        EvidenceError: nothing is known of the case, nothing is sealed, or a record is not what was sealed.
    """
    sealed = checkpoint or latest(tx)
    if sealed is None:
        raise EvidenceError("nothing is sealed yet", mend="Run the sealer and try again.")
    positions = [leaf.position for leaf in leaves.of_instance(tx, instance)]
    if not positions:
        raise EvidenceError(f"there is no record of case {instance}", mend="Check the number of the case.")
    proofs = evidence.prove(tx, positions, sealed)
    key = sealed.note.decode().rpartition("key ")[2].strip()
    readme = _README.format(case=instance, count=len(proofs), size=sealed.size, key=key)
    listed = [{"index": proof.leaf_index, "path": [each.hex() for each in proof.path]} for proof in proofs]
    return _zipped(
        {
            "README.txt": readme.encode(),
            "leaves.jsonl": b"".join(_line(proof.leaf.data) for proof in proofs),
            "proofs.json": orjson.dumps(listed),
            "checkpoint.txt": sealed.note,
            "verify.py": resources.files("mainspring.govern").joinpath("verifier.py").read_bytes(),
        }
    )


def _line(data: bytes) -> bytes:
    if b"\n" in data:
        raise EvidenceError("a record holds a line break and cannot stand on one line")
    return data + b"\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
