"""Every event type has its words on the workbench's timeline, in both languages, and nothing else has."""

import re
from pathlib import Path

import pytest

from mainspring.engine.evolve import CHANGES
from mainspring.store import happenings

UI = Path(__file__).resolve().parents[3] / "ui" / "src"
TYPES = {kind.__name__ for kind in CHANGES} | set(happenings.NAMES)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_event_type_is_said_in_the_language(language: str) -> None:
    page = (UI / "i18n" / language / "events.ts").read_text("utf-8")
    assert set(re.findall(r'^  (\w+): "[^"]+",$', page, re.MULTILINE)) == TYPES


def test_the_timeline_tells_of_types_that_there_are() -> None:
    page = (UI / "pages" / "cases" / "Timeline.tsx").read_text("utf-8")
    told = set(re.findall(r'^  "(\w+)",$', page, re.MULTILINE))
    assert told
    assert told <= TYPES
