"""Backup of a house kept in an SQLite file, and its way back: one archive with a manifest, checked both ways.

The database is copied as it is at one moment, while work goes on. Used approvals, which are remembered
outside the database, go with it. The keys (evidence, secrets) go only when asked, since whoever has them can
sign and read.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from mainspring.app import models
from mainspring.app.errors import SetUpError
from mainspring.app.evidence import key_file
from mainspring.app.house import TENANT, address_of, open_house
from mainspring.app.opening import file_of
from mainspring.app.upgrading import upgrade
from mainspring.govern import evidence
from mainspring.services import ledger_check
from mainspring.store import Tx, log, open_store, revisions

KIND = "mainspring backup 1"
MANIFEST, DATABASE, SPENT = "manifest.json", "database.db", "approvals.spent"
EVIDENCE_KEY, SECRETS_KEY = "evidence.key", "secrets.key"
KEYS = (EVIDENCE_KEY, SECRETS_KEY)
ENDINGS = {
    SPENT: ".spent",
    "demo.json": ".json",
    "outside.yaml": ".outside.yaml",
    "models.yaml": models.ENDING,
}
"""What may lie beside a database, by its name in the archive and the ending of its file."""
NAMES = (DATABASE, *ENDINGS, *KEYS)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made.

    Attributes:
        position: the newest position of the log in it.
        bytes: size of the archive.
        keys: whether the keys are in it.
    """

    file: Path
    at: datetime
    position: int
    bytes: int
    keys: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what was found when it was checked.

    Attributes:
        contradictions: of the books; none when they balance.
        leaves: of the evidence, hashed again and equal to what was sealed.
        keys: whether the keys came with it.
        upgraded: whether revisions were applied afterwards.
    """

    file: Path
    made_at: datetime
    position: int
    contradictions: tuple[str, ...]
    leaves: int
    keys: bool
    upgraded: bool


def back_up(database: str, to: Path, now: datetime, *, keys: bool = False) -> Kept:
    """Make a backup while work may go on.

    Args:
        database: the address of an SQLite database.
        to: the archive to make.
        now: stands in the manifest.
        keys: put the keys of evidence and secrets in as well.

    Raises:
        SetUpError: it is no SQLite file, or there is such an archive.
    """
    file = _file(database)
    if not file.is_file():
        raise SetUpError("there is no database", where=str(file), mend="Name another with --database.")
    if to.exists():
        raise SetUpError("there is such a file already", where=str(to), mend="Name another.")
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f"{to.name}.unfinished")
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        copy = Path(folder) / DATABASE
        # After the database: a use between the two is then remembered, never forgotten.
        about = _copy(database, copy)
        parts = {DATABASE: copy} | {
            name: path for name, path in _beside(database, keys=keys).items() if path.is_file()
        }
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            digests = {name: _put(archive, name, path) for name, path in parts.items()}
            manifest = {"kind": KIND, "made_at": now.isoformat(), "files": digests} | about
            archive.writestr(MANIFEST, json.dumps(manifest, indent=2, sort_keys=True))
    unfinished.replace(to)
    return Kept(to, now, about["position"], to.stat().st_size, keys=keys)


def restore(archive: Path, database: str) -> Restored:
    """Bring a backup back to where no database is, and check the books and the evidence of what came.

    Args:
        archive: what `back_up` made.
        database: the address of an SQLite database that does not exist yet.

    Raises:
        SetUpError: there is a database already, or the archive is no backup or damaged.
        StoreError: a newer Mainspring made it.
        EvidenceError: the evidence is not what was sealed.
    """
    file = _file(database)
    if file.exists():
        raise SetUpError(
            "there is a database already, and nothing is written over it",
            where=str(file),
            mend="Move it away first, or name another with --database.",
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    with _opened(archive) as (packed, manifest), tempfile.TemporaryDirectory(dir=file.parent) as folder:
        taken = {
            name: _take(packed, name, digest, Path(folder)) for name, digest in manifest["files"].items()
        }
        for name, path in _beside(database, keys=True).items():
            if name in taken and name in KEYS:
                _insist_on_same(taken[name], path)
        _remember(taken.get(SPENT), _beside(database, keys=False)[SPENT])
        for name, path in {**_beside(database, keys=True), DATABASE: file}.items():
            if name in taken and name != SPENT and not path.exists():
                taken[name].replace(path)
    done = upgrade(database)
    contradictions, leaves = _checked(file)
    return Restored(
        file,
        datetime.fromisoformat(manifest["made_at"]),
        int(manifest["position"]),
        contradictions,
        leaves,
        keys=EVIDENCE_KEY in manifest["files"],
        upgraded=done.before != done.after,
    )


def _file(database: str) -> Path:
    file = file_of(database)
    if file is None:
        raise SetUpError(
            "only a database in an SQLite file is backed up here",
            where=database.partition("@")[2] or database,
            mend="Use pg_dump and pg_restore for PostgreSQL, and keep the key files with the dump.",
        )
    return file


def _beside(database: str, *, keys: bool) -> dict[str, Path]:
    """What belongs to a database and lies beside its file."""
    file = _file(database)
    found = {name: file.with_suffix(ending) for name, ending in ENDINGS.items()}
    if keys:
        found |= {EVIDENCE_KEY: key_file(database), SECRETS_KEY: file.with_suffix(".secrets")}
    return found


def _copy(database: str, to: Path) -> dict[str, Any]:
    """Copy the database; gives its revision, and the position of the copy."""
    store = open_store(database, TENANT, create=False)
    try:
        store.backup(to)
    finally:
        store.close()
    copy = open_store(address_of(to), TENANT, create=False)
    try:
        with copy.engine.connect() as connection:
            revision = revisions.current(connection)
        with copy.read() as tx:
            return {"revision": revision, "position": log.last_position(tx)}
    finally:
        copy.close()


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Pack a file; gives the SHA-256 of what was packed."""
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as packed:
        for block in _blocks(source):
            digest.update(block)
            packed.write(block)
    return digest.hexdigest()


def _take(archive: zipfile.ZipFile, name: str, digest: str, folder: Path) -> Path:
    """Unpack a file under its known name, and compare it with what was packed."""
    found, to = hashlib.sha256(), folder / name
    try:
        with archive.open(name) as packed, to.open("wb") as written:
            for block in _blocks(packed):
                found.update(block)
                written.write(block)
    except (KeyError, zipfile.BadZipFile, zipfile.error, EOFError) as error:
        raise _damaged(archive, name) from error
    if found.hexdigest() != digest:
        raise _damaged(archive, name)
    if name in KEYS:
        to.chmod(0o600)
    return to


def _damaged(archive: zipfile.ZipFile, name: str) -> SetUpError:
    return SetUpError(f"{name} in it is damaged", where=str(archive.filename), mend="Take another backup.")


def _blocks(source: BinaryIO | Any) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Mapping[str, Any]]]:
    """An archive with its manifest, of names that are known only."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive, _manifest(archive, file)
    except FileNotFoundError as error:
        raise SetUpError("there is no such file", where=str(file)) from error
    except zipfile.BadZipFile as error:
        raise _no_backup(file) from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> Mapping[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        names, revision = set(manifest["files"]), manifest["revision"]
        whole = manifest["kind"] == KIND and DATABASE in names and names <= set(NAMES)
    except (KeyError, TypeError, ValueError) as error:
        raise _no_backup(file) from error
    if not whole:
        raise _no_backup(file)
    revisions.pending(revision)  # refuses one of a newer Mainspring before anything is written
    return manifest


def _no_backup(file: Path) -> SetUpError:
    return SetUpError(
        "it is no backup of this Mainspring", where=str(file), mend="Name a file that backup made."
    )


def _insist_on_same(found: Path, there: Path) -> None:
    """A key that lies there already must be the one of the backup: nothing is written over it."""
    if there.exists() and there.read_bytes() != found.read_bytes():
        raise SetUpError("another key lies there", where=str(there), mend="Restore into an empty folder.")


def _remember(found: Path | None, there: Path) -> None:
    """Add used approvals to those that are remembered there already; none is forgotten."""
    if found is None:
        return
    known = there.read_bytes() if there.exists() else b""
    lines = set(known.splitlines())
    new = [line for line in found.read_bytes().splitlines() if line not in lines]
    with there.open("ab") as file:
        file.write(b"".join(line + b"\n" for line in new))


def _checked(file: Path) -> tuple[tuple[str, ...], int]:
    house = open_house(address_of(file), create=False)
    try:
        with house.store.read() as tx:
            return _contradictions(tx), evidence.audit(tx)
    finally:
        house.close()


def _contradictions(tx: Tx) -> tuple[str, ...]:
    return tuple(f"{one.rule}: {one.where}: {one.left} / {one.right}" for one in ledger_check.findings(tx))
