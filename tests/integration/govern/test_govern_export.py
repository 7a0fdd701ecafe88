"""An exported case is checked by its own verifier, and any changed byte is found."""

import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mainspring.govern import verifier
from mainspring.govern.checkpoint import Signer
from mainspring.govern.errors import EvidenceError
from mainspring.govern.evidence import Sealer
from mainspring.govern.export import export_case, hand_over
from mainspring.govern.principal import SYSTEM
from mainspring.govern.record import record
from mainspring.govern.tables import approval_steps
from mainspring.store import Store, open_store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SIGNER = Signer(bytes(range(32)))


def filled(store: Store) -> Store:
    with store.write() as tx:
        for number in range(600):
            row = {
                "approval": number,
                "at": NOW,
                "step": "requested",
                "actor_kind": "agent",
                "actor_id": "bookkeeper",
                "instance": number % 50,
                "operation": "pay.refund",
                "digest": "0" * 64,
                "note": "退款\nsecond line",
            }
            record(tx).add(approval_steps, row)
    Sealer(store, SIGNER).seal(now=NOW)
    return store


FILES = {
    "report.html": "<p>退款</p>".encode(),
    "report.pdf": b"%PDF-1.4 a report",
    "documents/letter.txt": b"Dear all",
    "documents/before.jpg": b"\xff\xd8 a photograph",
    "records/corrections.jsonl": b"{}\n",
}


def exported(store: Store, case: int = 7) -> bytes:
    with store.write() as tx:
        hand_over(tx, case, FILES, by=SYSTEM, now=NOW)
    Sealer(store, SIGNER).seal(now=NOW)
    with store.read() as tx:
        return export_case(tx, case, FILES)


def bundle(store: Store, case: int = 7) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(exported(store, case)))
    return {name: archive.read(name) for name in archive.namelist()}


def checked(found: dict[str, bytes], key: bytes = SIGNER.public_key) -> dict[str, object]:
    return verifier.check(found.__getitem__, set(found), key)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    store = filled(open_store("sqlite://", "t1"))
    try:
        return bundle(store)
    finally:
        store.close()


def test_a_case_holds_its_records_and_no_others(store: Store) -> None:
    found = bundle(filled(store))
    figures = checked(found)
    assert (figures["leaves"], figures["approval"], figures["act"], figures["of"]) == (13, 12, 1, 601)
    assert (figures["files"], figures["erased"]) == (7, 0)
    assert {json.loads(line)[8] for line in found["leaves.jsonl"].splitlines()[:12]} == {7}


def test_the_verifier_runs_alone_with_the_standard_library(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), "--key", SIGNER.public_key.hex()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "HOLDS")


def test_the_verifier_reads_the_zip_and_says_what_does_not_hold(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    place = tmp_path / "case.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data.replace(b"bookkeeper", b"bookkeepes"))
    program = tmp_path / "verify.py"
    program.write_bytes(files["verify.py"])
    command = [sys.executable, "-I", "-S", str(program), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "is not what was sealed" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "leaves.jsonl",
        "openings.jsonl",
        "proofs.json",
        "checkpoint.txt",
        "manifest.json",
        "README.txt",
        "verify.py",
        *FILES,
    ],
)
def test_changing_any_byte_is_found(files: dict[str, bytes], name: str) -> None:
    """Sixty bytes and bits drawn with a fixed seed."""
    draw = random.Random(7)  # noqa: S311 - which bytes to damage is no secret
    for _ in range(60):
        at = draw.randrange(len(files[name]))
        damaged = files[name][:at] + bytes([files[name][at] ^ 1 << draw.randrange(8)]) + files[name][at + 1 :]
        changed = {**files, name: damaged}
        with pytest.raises((verifier.BadBundleError, ValueError, LookupError, TypeError)):
            checked(changed)


def test_a_record_left_out_is_found(files: dict[str, bytes]) -> None:
    lines = files["leaves.jsonl"].splitlines(keepends=True)
    changed = {**files, "leaves.jsonl": b"".join(lines[:3] + lines[4:])}
    with pytest.raises(verifier.BadBundleError, match="12 leaves, but the proofs are for others"):
        checked(changed)


@pytest.mark.parametrize("name", ["openings.jsonl", "documents/before.jpg", "manifest.json", "verify.py"])
def test_a_file_left_out_is_found(files: dict[str, bytes], name: str) -> None:
    changed = {other: data for other, data in files.items() if other != name}
    with pytest.raises(verifier.BadBundleError, match=r"missing|not there"):
        checked(changed)


def test_a_file_put_in_is_found(files: dict[str, bytes]) -> None:
    with pytest.raises(verifier.BadBundleError, match="not named"):
        checked({**files, "documents/forged.txt": b"I never said that"})


def test_content_that_is_hidden_without_an_act_of_erasure_is_found(files: dict[str, bytes]) -> None:
    lines = files["openings.jsonl"].splitlines(keepends=True)
    position = json.loads(lines[0])[0]
    hidden = f"[{position},null,null]\n".encode()
    with pytest.raises(verifier.BadBundleError, match="no sealed act says"):
        checked({**files, "openings.jsonl": b"".join([hidden, *lines[1:]])})
    with pytest.raises(verifier.BadBundleError, match="no sealed act says"):
        checked({**files, "openings.jsonl": b"".join(lines[1:])})


def test_a_bundle_signed_by_someone_else_is_not_believed(files: dict[str, bytes]) -> None:
    other = Signer(bytes(range(1, 33))).public_key
    with pytest.raises(verifier.BadBundleError, match="another key"):
        checked(files, other)


def test_the_same_case_gives_the_same_bytes(store: Store) -> None:
    filled(store)
    first = exported(store, 3)
    assert exported(store, 3) == first


def test_a_case_that_nobody_knows_or_sealed_cannot_be_exported(store: Store) -> None:
    with store.read() as tx, pytest.raises(EvidenceError, match="nothing is sealed"):
        export_case(tx, 1)
    filled(store)
    with store.write() as tx, pytest.raises(EvidenceError, match="no record of case 99"):
        hand_over(tx, 99, {}, by=SYSTEM, now=NOW)
    with store.read() as tx, pytest.raises(EvidenceError, match="no record of case 99"):
        export_case(tx, 99)


@pytest.mark.parametrize("length", [0, 1, 100])
def test_the_verifier_s_signature_check_agrees_with_the_library_s(length: int) -> None:
    draw = random.Random(length)  # noqa: S311 - test vectors
    private = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    public, message = private.public_key().public_bytes_raw(), draw.randbytes(length)
    signature = private.sign(message)
    assert verifier.signed(public, message, signature)
    assert not verifier.signed(public, message + b"x", signature)
    assert not verifier.signed(public, message, signature[:63] + bytes([signature[63] ^ 1]))
