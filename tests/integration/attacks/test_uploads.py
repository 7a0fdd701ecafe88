"""Attack: files that unpack to more than the machine has, or whose names lead elsewhere."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.knowledge import documents
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

SignIn = Callable[[str], Browser]
NAMES = (
    "../../../../etc/cron.d/evil",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\evil.exe",
    "a/../../b.txt",
    "....//....//x",
    "%2e%2e%2fx",
    "x\x00.txt",
    "~/.ssh/authorized_keys",
    "file:///etc/passwd",
    "a" * 5000,
    "con",
)


def _bomb(entry: str = "xl/worksheets/sheet1.xml", megabytes: int = 120) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(entry, "w") as sheet:
            for _ in range(megabytes):
                sheet.write(bytes(1_000_000))
    return packed.getvalue()


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return _bomb()


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("house.db")}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_upload_is_only_a_text(folder: Path, signed_in: SignIn, name: str) -> None:
    before = _files(folder)
    answer = signed_in("owner").post(
        "/api/v1/inquiries", files={"document": (name, b"10 pieces of " + name.encode())}
    )
    assert answer.status_code in {201, 400, 422}, answer.text
    assert _files(folder) == before


def test_a_spreadsheet_that_unpacks_to_more_than_the_limit_is_refused_unread(bomb: bytes) -> None:
    with pytest.raises(documents.DocumentError):
        documents.read(bomb, "prices.xlsx")


def test_names_inside_an_archive_lead_nowhere(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("../../escaped.txt", "out")
        archive.writestr(f"{tmp_path}/escaped-absolute.txt", "out")
    with pytest.raises(documents.DocumentError):
        documents.read(packed.getvalue(), "prices.xlsx")
    assert not list(tmp_path.parent.rglob("escaped*.txt"))


def test_a_bomb_that_arrives_goes_to_a_person_and_the_house_goes_on(
    house: House, signed_in: SignIn, bomb: bytes
) -> None:
    browser = signed_in("owner")
    evil = browser.post("/api/v1/inquiries", files={"document": ("prices.xlsx", bomb)}).json()
    good = browser.post(
        "/api/v1/inquiries", files={"document": ("mail.txt", b"Please quote 3 pieces")}
    ).json()
    Loop(house).once()
    with house.store.read() as tx:
        states = [queries.instance(tx, int(one["instance"])).state for one in (evil, good)]
        waiting = {task.instance for task in queries.tasks(tx)}
        stuck = {one.instance for one in queries.incidents(tx, instance=int(evil["instance"]))}
    assert states[0] == "active"
    assert int(evil["instance"]) in waiting | stuck
    assert int(good["instance"]) in waiting or states[1] == "completed"
