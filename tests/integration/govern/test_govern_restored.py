"""A database that was restored from a backup does not make used confirmations good again."""

import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from mainspring.govern.approval import Subject
from mainspring.govern.approvals import Approvals
from mainspring.govern.errors import ApprovalError
from mainspring.govern.principal import Principal
from mainspring.govern.requirement import Requirement
from mainspring.govern.spent import SpentFile, number_of
from mainspring.store import Store, open_store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CLERK = Principal("agent", "clerk")
ANNA = Principal("person", "anna", frozenset({"approver"}))
SUBJECT = Subject("pay.refund", {"total": 9}, None, None, CLERK, frozenset({"clerk"}))
NEEDED = Requirement("confirm", 1, "approver", "one", "money")
KEYS = count(1).__next__


def opened(folder: Path) -> tuple[Store, Approvals]:
    store = open_store(f"sqlite:///{folder / 'house.db'}", "t1")
    return store, Approvals(keys=KEYS, spent=SpentFile(folder / "house.spent", number_of(store)))


def test_an_approval_that_was_used_after_the_backup_is_refused_after_the_restore(tmp_path: Path) -> None:
    store, approvals = opened(tmp_path)
    with store.write() as tx:
        request = approvals.request(tx, SUBJECT, NEEDED, now=NOW)
        approvals.approve(tx, request.key, ANNA, digest=request.digest, now=NOW)
    store.close()
    shutil.copy(tmp_path / "house.db", tmp_path / "backup.db")

    store, approvals = opened(tmp_path)
    with store.write() as tx:
        held = approvals.get(tx, request.key)
        approvals.reserve(tx, held, request.digest, by=CLERK, now=NOW)
        approvals.consume(tx, held, by=CLERK, now=NOW)
    store.close()

    for extra in ("house.db-wal", "house.db-shm"):
        (tmp_path / extra).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", tmp_path / "house.db")
    store, approvals = opened(tmp_path)
    with store.write() as tx:
        held = approvals.get(tx, request.key)
        assert held.state == "approved", "the backup was taken before it was used"
        with pytest.raises(ApprovalError, match="used before"):
            approvals.reserve(tx, held, request.digest, by=CLERK, now=NOW)
        assert approvals.find(tx, SUBJECT, now=NOW) is None
        assert approvals.get(tx, request.key).state == "void"
        assert approvals.request(tx, SUBJECT, NEEDED, now=NOW).key != request.key
    store.close()


def test_a_use_that_came_to_nothing_is_not_remembered(tmp_path: Path) -> None:
    store, approvals = opened(tmp_path)
    with store.write() as tx:
        request = approvals.request(tx, SUBJECT, NEEDED, now=NOW)
        approvals.approve(tx, request.key, ANNA, digest=request.digest, now=NOW)

    def use() -> None:
        with store.write() as tx:
            held = approvals.get(tx, request.key)
            approvals.reserve(tx, held, request.digest, by=CLERK, now=NOW)
            approvals.consume(tx, held, by=CLERK, now=NOW)
            raise KeyError(request.key)

    with pytest.raises(KeyError):
        use()
    with store.write() as tx:
        approvals.reserve(tx, approvals.get(tx, request.key), request.digest, by=CLERK, now=NOW)
    store.close()


def test_another_database_in_the_same_place_shares_nothing(tmp_path: Path) -> None:
    one, other = SpentFile(tmp_path / "spent", 1), SpentFile(tmp_path / "spent", 2)
    one.add("t1", [7])
    assert one.holds("t1", 7)
    assert not one.holds("t2", 7)
    assert not other.holds("t1", 7)
