"""Every event type and every request to the guard stands in docs/events.md, with its fields in order."""

from pathlib import Path
from typing import Any

import pytest

from mainspring.engine.evolve import CHANGES
from mainspring.runtime.guard import Broadcast, Delete, Deploy, Publish, Start
from mainspring.store import happenings

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "events.md").read_text("utf-8")
HAPPENINGS = [getattr(happenings, name) for name in sorted(happenings.NAMES)]


@pytest.mark.parametrize(
    "kind", [*CHANGES, *HAPPENINGS, Deploy, Start, Publish, Broadcast, Delete], ids=lambda kind: kind.__name__
)
def test_the_event_or_request_is_documented_with_its_fields(kind: Any) -> None:
    fields = ", ".join(f"`{name}`" for name in kind._fields)
    line = next((line for line in PAGE.splitlines() if line.startswith(f"| `{kind.__name__}` |")), "")
    assert fields in line, f"docs/events.md lacks `{kind.__name__}` with {fields}"
    assert len(line.split("|")[3].strip()) > 10, f"docs/events.md does not say what {kind.__name__} means"
