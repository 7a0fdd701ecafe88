"""A watched folder: what is put into it is taken in once and moved, with a report beside it.

Mails, PDFs, spreadsheets and pictures begin a case as inquiries; bank statements are told by what is in them.
A file that cannot be taken in goes to `problem/`, everything else to `done/`. What became of a file is
committed before it is moved: after a crash it is found again, known by its content, and only moved.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import structlog
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from mainspring.app import bank, inquiries
from mainspring.app.errors import DocumentRefused, QuestionUnfit
from mainspring.app.folder_tables import folder_files
from mainspring.app.house import House
from mainspring.app.outside import beside
from mainspring.base.errors import MainspringError
from mainspring.govern import company_texts
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.knowledge.documents import DocumentError
from mainspring.services.bank.errors import UnreadableStatement
from mainspring.store import Tx
from mainspring.store.errors import StoreError

NAME = "folder"
OWN = "inbox"
"""The folder beside the database; others are opened by an administrator (`mainspring.outside.yaml`)."""
DONE, PROBLEM = "done", "problem"
MOST = 100
"""Files of one round."""
_PARTS = (".part", ".tmp", ".crdownload", ".download")
log = structlog.get_logger(__name__)


class Watched(BaseModel):
    """Which folder is watched; `folder` "" for none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str = Field(default="", max_length=100)


class Taken(NamedTuple):
    """What became of a file: inquiry, statement, known or problem; its case; the report as it lies beside."""

    name: str
    outcome: str
    report: str
    instance: int | None
    at: datetime


def watched(tx: Tx) -> Watched:
    """Which folder is watched."""
    found = company_texts.newest(tx, NAME)
    return Watched() if found is None else Watched.model_validate_json(found.text)


def watch(house: House, folder: str, by: Principal) -> Path | None:
    """Watch a folder from now on, "" for none; gives where it is, made where it is missing.

    Raises:
        QuestionUnfit: no such folder was opened.
    """
    place = place_of(house, folder) if folder else None
    if place is not None:
        for part in (place, place / DONE, place / PROBLEM):
            part.mkdir(parents=True, exist_ok=True)
    with house.store.write() as tx:
        if watched(tx).folder != folder:
            text = Watched(folder=folder).model_dump_json()
            company_texts.put(tx, NAME, text, by=by, now=house.clock())
    return place


def place_of(house: House, folder: str) -> Path:
    """Where a folder is.

    Raises:
        QuestionUnfit: no such folder was opened.
    """
    opened = house.outside.ports.folders
    own = beside(house.store, "", OWN)
    if folder == OWN and OWN not in opened and own is not None:
        return own.with_name(OWN).resolve()
    if folder not in opened:
        known = ", ".join(sorted({OWN, *opened}))
        said = f"no folder is opened under the name {folder[:50]}"
        raise QuestionUnfit(said, where="folder", mend=f"There are {known}.")
    return opened[folder].resolve()


def listed(tx: Tx, most: int = 100) -> list[Taken]:
    """What the folder gave, the newest first."""
    f = folder_files.c
    rows = tx.all(select(folder_files).where(f.tenant_id == tx.tenant).order_by(f.file.desc()).limit(most))
    return [Taken(row.name, row.outcome, row.report, row.instance, row.at) for row in rows]


class Watcher:
    """Takes in what lies in the watched folder; a file counts once it has not changed between two looks.

    Args:
        house: whose.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._seen: dict[Path, tuple[int, int]] = {}

    def round(self) -> list[Taken]:
        """Look, and take in what is complete."""
        with self._house.store.read() as tx:
            folder = watched(tx).folder
        if not folder:
            return []
        try:
            place = place_of(self._house, folder)
            looked = {file: _shape(file) for file in _files(place)}
        except (MainspringError, OSError) as error:
            log.warning("the folder cannot be read", folder=folder, why=str(error))
            return []
        complete = [file for file, shape in looked.items() if self._seen.get(file) == shape]
        self._seen = looked
        return [self._one(folder, file) for file in complete[:MOST]]

    def _one(self, folder: str, file: Path) -> Taken:
        try:
            content = _bytes(file)
        except (OSError, DocumentRefused) as error:
            now = self._house.clock()
            return _moved(file, Taken(file.name, "problem", _report(file.name, str(error)), None, now))
        digest = hashlib.sha256(content).hexdigest()
        known = self._known(folder, digest)
        if known is not None:
            report = f"{known.report}\nIt was taken in before, on {known.at:%Y-%m-%d}. · 此前已收录。\n"
            outcome = known.outcome if known.outcome == "problem" else "known"
            return _moved(file, Taken(file.name, outcome, report, known.instance, known.at))
        return _moved(file, self._taken(folder, file.name, digest, content))

    def _known(self, folder: str, digest: str) -> Taken | None:
        f = folder_files.c
        with self._house.store.read() as tx:
            row = tx.one(
                select(folder_files).where(f.tenant_id == tx.tenant, f.folder == folder, f.digest == digest)
            )
        return Taken(row.name, row.outcome, row.report, row.instance, row.at) if row is not None else None

    def _taken(self, folder: str, name: str, digest: str, content: bytes) -> Taken:
        try:
            with self._house.store.write() as tx:
                outcome, instance, said = _begun(self._house, tx, content, name)
                return self._kept(tx, folder, digest, len(content), (name, outcome, said, instance))
        except StoreError:
            raise
        except MainspringError as error:
            with self._house.store.write() as tx:
                return self._kept(tx, folder, digest, len(content), (name, "problem", str(error), None))

    def _kept(
        self, tx: Tx, folder: str, digest: str, size: int, told: tuple[str, str, str, int | None]
    ) -> Taken:
        name, outcome, said, instance = told
        made = Taken(name, outcome, _report(name, said), instance, self._house.clock())
        row = {"file": self._house.keys(), "folder": folder, "digest": digest, "bytes": size}
        tx.insert(folder_files, row | made._asdict())
        return made


def _begun(house: House, tx: Tx, content: bytes, name: str) -> tuple[str, int | None, str]:
    """(outcome, case, what is said) of a file."""
    try:
        found = None if name.lower().endswith(".eml") else bank.read(content, name)
    except (UnreadableStatement, DocumentError, DocumentRefused):
        found = None
    if found is not None:
        arrived = bank.take_in(house, tx, SYSTEM, found, name)
        new = sum(len(one.taken_in.payment_nos) for one in arrived)
        said = f"A bank statement ({found.form}) with {new} new entries. · 银行对账单，新增 {new} 笔。"
        return "statement", next((one.instance for one in arrived if one.instance), None), said
    received = inquiries.receive(house, tx, SYSTEM, content, file_name=name, channel="folder")
    said = f"An inquiry: {received.inquiry_no}. · 询价：{received.inquiry_no}。"
    return "inquiry", received.instance, said


def _files(place: Path) -> Iterator[Path]:
    """The regular files directly in the folder that somebody meant to leave there, in their order."""
    for file in sorted(place.iterdir()):
        hidden = file.name.startswith((".", "~$")) or file.suffix.lower() in _PARTS
        if not hidden and stat.S_ISREG(file.lstat().st_mode):
            yield file


def _shape(file: Path) -> tuple[int, int]:
    about = file.lstat()
    return about.st_size, about.st_mtime_ns


def _bytes(file: Path) -> bytes:
    """The content, without following a link that came to lie there meanwhile.

    Raises:
        DocumentRefused: it is too large.
    """
    with os.fdopen(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as opened:
        content = opened.read(inquiries.MOST_BYTES + 1)
    if len(content) > inquiries.MOST_BYTES:
        said = f"the file has more than {inquiries.MOST_BYTES / 1e6:.0f} MB"
        raise DocumentRefused(said, where=file.name, mend="Split it.")
    return content


def _moved(file: Path, taken: Taken) -> Taken:
    """Move the file to where its outcome belongs, under a name that is free, and lay the report beside it."""
    folder = file.parent / (PROBLEM if taken.outcome == "problem" else DONE)
    folder.mkdir(exist_ok=True)
    target, number = folder / file.name, 2
    while target.exists() or target.with_name(f"{target.name}.txt").exists():
        target, number = folder / f"{file.stem} ({number}){file.suffix}", number + 1
    target.with_name(f"{target.name}.txt").write_text(taken.report, "utf-8")
    file.replace(target)
    return taken


def _report(name: str, said: str) -> str:
    return f"{name}\n{said}\n"
