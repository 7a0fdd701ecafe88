"""A watched folder: each file is taken in once and moved, with a report beside it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.integration.mail.conftest import OWNER, letter

from mainspring.app import folder
from mainspring.app.errors import QuestionUnfit
from mainspring.app.folder import Watcher
from mainspring.app.house import House
from mainspring.services.tables.inquiries import inquiries
from mainspring.services.tables.money import payments

STATEMENT = """Date,Description,Amount,Balance
2026-03-02,Transfer DEMO BUYER,120.50,1120.50
2026-03-03,Transfer OTHER BUYER,80.00,1200.50
"""


@pytest.fixture
def place(house: House) -> Path:
    found = folder.watch(house, "inbox", OWNER)
    assert found is not None
    return found


def rows(house: House, table: Any) -> list[Any]:
    with house.store.read() as tx:
        return list(tx.all(select(table)))


def looked_twice(house: House) -> list[tuple[str, str]]:
    watcher = Watcher(house)
    assert watcher.round() == []
    return [(one.name, one.outcome) for one in watcher.round()]


def test_a_mail_becomes_a_case_and_lies_in_done_with_its_report(house: House, place: Path) -> None:
    (place / "order.eml").write_bytes(letter("Please send 4 pcs of DEMO HINGE."))
    assert looked_twice(house) == [("order.eml", "inquiry")]
    (inquiry,) = rows(house, inquiries)
    assert (place / "done" / "order.eml").is_file()
    assert inquiry.inquiry_no in (place / "done" / "order.eml.txt").read_text("utf-8")
    assert inquiry.channel == "folder"


def test_a_statement_is_told_by_what_is_in_it(house: House, place: Path) -> None:
    (place / "march.csv").write_text(STATEMENT, "utf-8")
    assert looked_twice(house) == [("march.csv", "statement")]
    assert len(rows(house, payments)) == 2
    assert rows(house, inquiries) == []


def test_the_same_file_again_starts_nothing(house: House, place: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (place / name).write_text("Please send 4 pcs of DEMO HINGE.", "utf-8")
    assert looked_twice(house) == [("a.txt", "inquiry"), ("b.txt", "known")]
    assert len(rows(house, inquiries)) == 1


def test_a_file_that_was_taken_in_before_a_crash_is_only_moved(
    house: House, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "a.txt").write_text("Please send 4 pcs of DEMO HINGE.", "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(folder, "_moved", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            looked_twice(house)
    assert looked_twice(house) == [("a.txt", "known")]
    assert len(rows(house, inquiries)) == 1
    assert (place / "done" / "a.txt").is_file()


def test_what_cannot_be_taken_in_goes_to_problem(house: House, place: Path) -> None:
    (place / "empty.pdf").write_bytes(b"")
    assert looked_twice(house) == [("empty.pdf", "problem")]
    assert "empty" in (place / "problem" / "empty.pdf.txt").read_text("utf-8")


def test_a_file_that_still_grows_and_a_hidden_one_are_left(house: House, place: Path) -> None:
    growing = place / "a.txt"
    growing.write_text("Please send", "utf-8")
    (place / "~$a.xlsx").write_text("lock", "utf-8")
    watcher = Watcher(house)
    watcher.round()
    growing.write_text("Please send 4 pcs of DEMO HINGE.", "utf-8")
    assert watcher.round() == []
    assert [one.name for one in watcher.round()] == ["a.txt"]


def test_a_link_is_not_followed(house: House, place: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("evidence.key", "utf-8")
    (place / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert looked_twice(house) == []


def test_only_an_opened_folder_can_be_watched(house: House) -> None:
    with pytest.raises(QuestionUnfit, match="no folder is opened"):
        folder.watch(house, "/etc", OWNER)
