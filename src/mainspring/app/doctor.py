"""The doctor: looks whether this installation can run, and says how to mend what cannot."""

import importlib.metadata
import importlib.util
import os
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import literal, select

from mainspring.app.opening import file_of
from mainspring.base.errors import MainspringError
from mainspring.store import open_store

State = Literal["well", "note", "ill"]
NEWEST_KNOWN, OLDEST = (3, 13), (3, 11)
LIBRARIES = (
    "cedarpy",
    "cryptography",
    "fastapi",
    "lxml",
    "numpy",
    "openpyxl",
    "orjson",
    "pydantic",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
    "scikit-learn",
    "scipy",
    "sqlalchemy",
    "typer",
    "uvicorn",
)
MEND_INSTALL = "Run `make install` again."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `well`, a `note` worth knowing, or `ill` with how to mend it."""

    what: str
    state: State
    said: str
    mend: str = ""


def examine(database: str, host: str, port: int) -> tuple[Finding, ...]:
    """Look at Python, libraries, reading of scans, the data folder, the database and the port."""
    return (
        _python(sys.version_info[:2]),
        _libraries(),
        _reading(),
        _folder(database),
        _database(database),
        _port(host, port),
    )


def _python(version: tuple[int, int]) -> Finding:
    said = ".".join(map(str, sys.version_info[:3]))
    if version < OLDEST:
        return Finding("Python", "ill", said, "Install Python 3.11 or newer, then run `make install`.")
    if version > NEWEST_KNOWN:
        return Finding("Python", "note", f"{said}, newer than any it was tried with")
    return Finding("Python", "well", said)


def _libraries() -> Finding:
    missing = []
    for name in LIBRARIES:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding("libraries", "ill", f"missing: {', '.join(missing)}", MEND_INSTALL)
    return Finding("libraries", "well", f"all {len(LIBRARIES)} that were looked for are there")


def _reading() -> Finding:
    """Scanned pages are read by models that come with the library."""
    found = importlib.util.find_spec("rapidocr")
    folder = Path(found.origin).parent / "models" if found is not None and found.origin else None
    models = sorted(folder.glob("*.onnx")) if folder is not None and folder.is_dir() else []
    kinds = {kind for kind in ("det", "rec") if any(f"_{kind}" in model.name for model in models)}
    if kinds != {"det", "rec"}:
        said = "the models that read scanned pages are missing; other documents are read all the same"
        return Finding("scans", "ill", said, MEND_INSTALL)
    return Finding("scans", "well", f"{len(models)} models")


def _folder(database: str) -> Finding:
    file = file_of(database)
    if file is None:
        return Finding("data folder", "well", "not needed: the database is not a file")
    folder = file.parent
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        mend = f"Give yourself the right to write in {folder}, or name another place with --database."
        return Finding("data folder", "ill", f"{folder}: {error.strerror}", mend)
    if file.exists() and not os.access(file, os.W_OK):
        return Finding("data folder", "ill", f"{file} may not be written", f"Change the rights of {file}.")
    return Finding("data folder", "well", f"{folder} may be written")


def _database(database: str) -> Finding:
    file = file_of(database)
    if file is not None and not file.exists():
        return Finding("database", "note", f"{file} is not there yet; it is made when it is needed")
    try:
        store = open_store(database, "doctor", create=False)
        try:
            with store.read() as tx:
                tx.scalar(select(literal(1)))
        finally:
            store.close()
    except MainspringError as error:
        return Finding("database", "ill", error.message, error.mend or "Check the address.")
    except Exception as error:  # noqa: BLE001 - whatever a driver raises, the doctor reports it
        said = str(error).strip().splitlines()
        return Finding("database", "ill", said[0] if said else repr(error), "Check that its server runs.")
    return Finding("database", "well", "answers")


def _port(host: str, port: int) -> Finding:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            mend = "End what uses it, or choose another with `mainspring serve --port`."
            return Finding("port", "ill", f"{host}:{port}: {error.strerror}", mend)
    return Finding("port", "well", f"{host}:{port} is free")
