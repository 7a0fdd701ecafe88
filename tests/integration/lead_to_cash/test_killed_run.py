"""Killed at any moment and started again, lead to cash ends with the books of a run that nobody disturbed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("killed_run.py")
KILLS = 20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@pytest.mark.parametrize("seed", [1])
def test_a_run_killed_twenty_times_ends_with_the_books_of_an_undisturbed_one(
    world_on: Callable[[str], Any], fresh_sqlite: str, seed: int
) -> None:
    calm, killed = world_on(fresh_sqlite), world_on(f"{fresh_sqlite}.killed")
    calm.run("simulated")
    files = [killed.database, str(killed.orders), str(killed.history)]

    said = subprocess.run(
        [sys.executable, str(SCRIPT), *files, str(seed), str(KILLS)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )

    assert said.returncode == 0, said.stderr[-2000:]
    assert len(json.loads(said.stdout)) == KILLS, "it came to its end before it was killed often enough"
    books = killed.books()
    assert books.findings == []
    assert books == calm.books()
