"""Files and sheets of one folder; nothing leads out of it."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.integration.gateway.outside import Outward

from mainspring.gateway import ArgumentsInvalid
from mainspring.gateway.errors import GatewayError, RegistryError, UpstreamRefused
from mainspring.store import open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "open"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("outside")
    (inside / "a.txt").write_text("hello")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "up").symlink_to(tmp_path)
    return inside


@pytest.fixture
def house(folder: Path) -> Iterator[Outward]:
    store = open_store("sqlite://", "files")
    made = Outward(store, {"folders": {"desk": folder}})
    made.register("files", {"folder": "desk", "writable": True, "most_bytes": 100_000})
    yield made
    made.close()
    store.close()


def call(house: Outward, verb: str, **arguments: Any) -> Any:
    return house.call(f"crm.{verb}", arguments).root


def test_a_file_is_listed_and_read(house: Outward) -> None:
    names = [entry["name"] for entry in call(house, "list")["entries"]]
    assert names == ["a.txt"]  # links are not shown
    assert call(house, "read", path="a.txt") == {"content": "hello", "bytes": 5}


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "/etc/hostname",
        "link.txt",
        "up/secret.txt",
        "x/../../secret.txt",
        "..\\secret.txt",
        "C:\\x",
    ],
)
@pytest.mark.parametrize("verb", ["read", "write"])
def test_no_path_leads_out_of_the_folder(house: Outward, folder: Path, path: str, verb: str) -> None:
    arguments = {"path": path} | ({"content": "x", "replace": True} if verb == "write" else {})
    try:
        call(house, verb, **arguments)
    except GatewayError:
        pass
    else:
        assert (verb, path) == ("write", "link.txt")  # the link itself was replaced by a file
        assert not (folder / "link.txt").is_symlink()
    assert (folder.parent / "secret.txt").read_text() == "outside"


def test_a_file_is_written_whole_and_replaced_only_when_asked(house: Outward, folder: Path) -> None:
    assert call(house, "write", path="sub/b.txt", content="one") == {"bytes": 3}
    with pytest.raises(UpstreamRefused, match="already"):
        call(house, "write", path="sub/b.txt", content="two")
    call(house, "write", path="sub/b.txt", content="two", replace=True)
    assert (folder / "sub" / "b.txt").read_text() == "two"
    assert [path.name for path in (folder / "sub").iterdir()] == ["b.txt"]


def test_rows_of_a_sheet_come_with_their_types(house: Outward, folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["sku", "n", None])  # type: ignore[union-attr]  # a new workbook has a sheet
    book.active.append(["a", 2.5, True])  # type: ignore[union-attr]
    book.save(folder / "book.xlsx")
    answer = call(house, "rows", path="book.xlsx", skip=1)
    assert answer["rows"] == [["a", 2.5, True]]
    with pytest.raises(UpstreamRefused, match="no sheet"):
        call(house, "rows", path="book.xlsx", sheet="Other")
    (folder / "c.csv").write_text("a;b\n1;2\n")
    assert call(house, "rows", path="c.csv", limit=1) == {"rows": [["a", "b"]], "more": True}


def test_a_workbook_that_unpacks_to_an_immense_size_is_refused(house: Outward, folder: Path) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("big.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(210):
            part.write(bytes(1_000_000))
    house.register("files", {"folder": "desk", "most_bytes": 10_000_000})
    (folder / "bomb.xlsx").write_bytes(packed.getvalue())
    with pytest.raises(UpstreamRefused, match="immense"):
        call(house, "rows", path="bomb.xlsx")


def test_what_is_too_large_or_no_workbook_is_told(house: Outward, folder: Path) -> None:
    (folder / "large.txt").write_bytes(bytes(100_001))
    (folder / "no.xlsx").write_text("no")
    with pytest.raises(UpstreamRefused, match="too large"):
        call(house, "read", path="large.txt")
    with pytest.raises(UpstreamRefused, match="no Excel"):
        call(house, "rows", path="no.xlsx")
    with pytest.raises(UpstreamRefused, match="no such file"):
        call(house, "read", path="none.txt")
    with pytest.raises(ArgumentsInvalid):
        call(house, "write", path="x", content="***", encoding="base64")


def test_a_folder_that_no_administrator_opened_cannot_be_registered(house: Outward) -> None:
    with pytest.raises(RegistryError, match="no folder"):
        house.register("files", {"folder": "other"})
