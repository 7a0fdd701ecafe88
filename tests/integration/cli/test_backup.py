"""Backup and restore: books and evidence come back equal, keys by wish, nothing is written over."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from mainspring.app import backup, imports
from mainspring.app.errors import SetUpError
from mainspring.app.evidence import key_file, signer
from mainspring.app.house import House, address_of
from mainspring.app.opening import open_existing, open_or_create
from mainspring.engine.events import SYSTEM
from mainspring.govern import tiles
from mainspring.govern.evidence import Sealer
from mainspring.govern.principal import Principal
from mainspring.services.ledger_check import findings
from mainspring.services.tables.money import invoices, ledger_postings
from mainspring.store import StoreError
from mainspring.store.tables import metadata

LAYOUTS = Path(__file__).parents[2] / "data" / "imports"
OWNER = Principal("person", "owner", roles=frozenset({"worker", "process_owner"}))
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}


@pytest.fixture
def lived_in(tmp_path: Path) -> str:
    """A house with customers and what they owe in its books, and two cases; its evidence sealed."""
    database = address_of(tmp_path / "firm" / "mainspring.db")
    house = open_or_create(database)
    for number in ("01", "11"):
        file = next(LAYOUTS.glob(f"{number}_*"))
        made = imports.open_file(house, OWNER, file.read_bytes(), file.name)
        imports.run(house, OWNER, {"import_no": made.import_no})
    for case in range(2):
        house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key=f"file-{case}")
    Sealer(house.store, signer(key_file(database))).seal(now=NOW)
    house.close()
    (tmp_path / "firm" / "mainspring.spent").write_text("1 main 7\n", "utf-8")
    return database


def rows(house: House) -> dict[str, int]:
    """How many rows each table has; numbers of processes are drawn at every opening."""
    with house.store.read() as tx:
        return {
            table.name: int(tx.scalar(select(func.count()).select_from(table)) or 0)
            for table in metadata.sorted_tables
        }


def booked(house: House) -> list[Any]:
    """Every line of the ledger and what every invoice still asks for."""
    with house.store.read() as tx:
        lines = tx.all(select(ledger_postings).order_by(*ledger_postings.primary_key))
        open_ = tx.all(select(invoices).order_by(invoices.c.invoice_no))
    return [tuple(row) for row in (*lines, *open_)]


def test_a_restored_house_has_the_same_books_and_the_same_evidence_tree(
    lived_in: str, tmp_path: Path
) -> None:
    backup.back_up(lived_in, tmp_path / "b.zip", NOW)
    elsewhere = address_of(tmp_path / "fresh" / "other.db")
    found = backup.restore(tmp_path / "b.zip", elsewhere)
    assert (found.contradictions, found.made_at) == ((), NOW)
    assert found.leaves > 0
    before, after = open_existing(lived_in), open_existing(elsewhere)
    with before.store.read() as old, after.store.read() as new:
        assert tiles.Tree(new).root(found.leaves) == tiles.Tree(old).root(found.leaves)
        assert findings(new) == findings(old) == []
    assert rows(after) == rows(before)
    assert len(booked(before)) >= 60, "thirty invoices, each booked on two sides"
    assert booked(after) == booked(before)
    before.close()
    after.close()


def test_a_backup_is_taken_while_another_house_writes(lived_in: str, tmp_path: Path) -> None:
    working = open_existing(lived_in)
    with working.store.write():
        made = backup.back_up(lived_in, tmp_path / "b.zip", NOW)
    working.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key="later")
    working.close()
    found = backup.restore(tmp_path / "b.zip", address_of(tmp_path / "fresh" / "other.db"))
    assert found.position == made.position


def test_used_approvals_come_with_it_and_none_that_is_known_there_is_forgotten(
    lived_in: str, tmp_path: Path
) -> None:
    backup.back_up(lived_in, tmp_path / "b.zip", NOW)
    remembered = tmp_path / "fresh" / "other.spent"
    remembered.parent.mkdir()
    remembered.write_text("1 main 9\n", "utf-8")
    backup.restore(tmp_path / "b.zip", address_of(tmp_path / "fresh" / "other.db"))
    assert remembered.read_text("utf-8").splitlines() == ["1 main 9", "1 main 7"]


def test_keys_come_only_when_asked(lived_in: str, tmp_path: Path) -> None:
    backup.back_up(lived_in, tmp_path / "without.zip", NOW)
    backup.back_up(lived_in, tmp_path / "with.zip", NOW, keys=True)
    without = backup.restore(tmp_path / "without.zip", address_of(tmp_path / "one" / "m.db"))
    with_keys = backup.restore(tmp_path / "with.zip", address_of(tmp_path / "two" / "m.db"))
    assert (without.keys, with_keys.keys) == (False, True)
    assert not (tmp_path / "one" / "evidence.key").exists()
    assert (tmp_path / "two" / "evidence.key").read_bytes() == key_file(lived_in).read_bytes()


def test_nothing_is_written_over(lived_in: str, tmp_path: Path) -> None:
    backup.back_up(lived_in, tmp_path / "b.zip", NOW, keys=True)
    with pytest.raises(SetUpError, match="there is such a file"):
        backup.back_up(lived_in, tmp_path / "b.zip", NOW)
    with pytest.raises(SetUpError, match="there is a database already"):
        backup.restore(tmp_path / "b.zip", lived_in)
    (tmp_path / "fresh").mkdir()
    (tmp_path / "fresh" / "evidence.key").write_bytes(b"x" * 32)
    with pytest.raises(SetUpError, match="another key"):
        backup.restore(tmp_path / "b.zip", address_of(tmp_path / "fresh" / "m.db"))
    assert [file.name for file in (tmp_path / "fresh").iterdir()] == ["evidence.key"]


def altered(change: Callable[[str, bytes], bytes | None]) -> Callable[[Path, Path], None]:
    def alter(source: Path, to: Path) -> None:
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(to, "w") as new:
            for name in old.namelist():
                data = change(name, old.read(name))
                if data is not None:
                    new.writestr(name, data)

    return alter


def with_manifest(**more: object) -> Callable[[str, bytes], bytes]:
    return lambda name, data: (
        json.dumps(json.loads(data) | more).encode() if name == backup.MANIFEST else data
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, data: data[:-9] + b"x" * 9 if name == backup.DATABASE else data, "is damaged"),
        (lambda name, data: None if name == backup.DATABASE else data, "is damaged"),
        (lambda name, data: None if name == backup.MANIFEST else data, "no backup"),
        (with_manifest(kind="another"), "no backup"),
        (with_manifest(files={backup.DATABASE: "", "../../x": ""}), "no backup"),
        (with_manifest(revision="9999"), "does not know"),
    ],
)
def test_what_is_damaged_foreign_or_newer_is_refused_and_leaves_nothing_behind(
    lived_in: str, tmp_path: Path, change: Callable[[str, bytes], bytes | None], said: str
) -> None:
    backup.back_up(lived_in, tmp_path / "b.zip", NOW)
    altered(change)(tmp_path / "b.zip", tmp_path / "c.zip")
    with pytest.raises((SetUpError, StoreError), match=said):
        backup.restore(tmp_path / "c.zip", address_of(tmp_path / "fresh" / "m.db"))
    assert not list((tmp_path / "fresh").glob("*"))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"no archive")
    with pytest.raises(SetUpError, match="no backup"):
        backup.restore(tmp_path / "b.zip", address_of(tmp_path / "m.db"))
    with pytest.raises(SetUpError, match="no such file"):
        backup.restore(tmp_path / "none.zip", address_of(tmp_path / "m.db"))


def test_a_database_server_is_left_to_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(SetUpError, match="SQLite") as error:
        backup.back_up("postgresql+psycopg://me:secret@127.0.0.1/main", tmp_path / "b.zip", NOW)
    assert "pg_dump" in error.value.mend
    assert "secret" not in str(error.value.as_dict())
