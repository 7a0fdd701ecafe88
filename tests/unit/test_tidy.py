"""The house rules that a machine can check."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400
SOURCES = sorted(path for top in ("src", "tests", "bench", "tools") for path in (ROOT / top).rglob("*.py"))
OURS = [path for path in SOURCES if "migrations/versions" not in path.as_posix()]
UNFINISHED = re.compile(r"#\s*(TODO|FIXME|XXX)\b|raise NotImplementedError")
VAGUE = re.compile(r"class \w*(Manager|Helper|Util)s?\b|class \w+\d\b\s*[:(]")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", OURS, ids=named)
def test_a_file_says_its_subject_first_and_stays_short(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = len(text.splitlines())
    assert lines <= MOST_LINES, f"{named(path)} has {lines} lines; is it still one subject?"
    assert ast.get_docstring(ast.parse(text)), (
        f"{named(path)} does not say what it is about in its first line"
    )


@pytest.mark.parametrize("path", [p for p in OURS if p != Path(__file__)], ids=named)
def test_nothing_unfinished_or_vaguely_named_lands(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not UNFINISHED.search(text), f"{named(path)} holds something unfinished"
    assert not VAGUE.search(text), f"{named(path)} names a class after nothing in the field"


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns],  # noqa: S607 - the git of the machine
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_no_lock_file_names_a_download_address() -> None:
    address = re.compile(r"https?://|file:|--index-url|--find-links")
    found = [named(path) for path in tracked("*.lock", "*.npmrc") if address.search(path.read_text("utf-8"))]
    for path in tracked("*package-lock.json"):  # it also names where packages ask for donations
        packages = json.loads(path.read_text("utf-8"))["packages"]
        found += [f"{named(path)}: {name}" for name, one in packages.items() if "resolved" in one]
    assert not found


def test_no_document_names_a_path_of_a_machine() -> None:
    machine = re.compile(r"(?<![\w.])/(work|tmp/ms|home|root)/\w")
    found = [
        named(path)
        for path in tracked("*.md", "*.py", "*.toml", "*.yaml", "Makefile")
        if path.exists() and path != Path(__file__) and machine.search(path.read_text("utf-8"))
    ]
    assert not found
