"""What a server may not load before somebody needs it: start-up time and memory are paid by every house."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "a2a", "anthropic", "mcp", "mcp_types", "openai", "openpyxl", "PIL", "pyarrow", "pydantic_ai",
    "pypdfium2", "reportlab", "scipy", "sklearn", "zeep",
)  # fmt: skip
IMPORTED = "import mainspring.cli.serve"
SERVED = """
from fastapi.testclient import TestClient

from mainspring.app.opening import open_or_create
from mainspring.web.application import create_app

house = open_or_create("sqlite:///house.db")
with TestClient(create_app(house)) as client:
    assert client.get("/api/v1/health").status_code == 200
house.close()
"""


@pytest.mark.parametrize("code", [IMPORTED, SERVED], ids=["imported", "answering"])
def test_a_server_loads_no_heavy_library_before_it_is_needed(code: str, tmp_path: Path) -> None:
    said = f"{code}\nimport sys\nprint(*sorted(set(sys.modules) & {set(HEAVY)!r}))"
    run = subprocess.run(
        [sys.executable, "-c", said], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
