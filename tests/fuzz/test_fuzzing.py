"""Every fuzz target (bpmn_*, feel_*, dmn_*.py of this folder) runs for a while and must find nothing.

MAINSPRING_FUZZ_SECONDS says for how long; without it a reader of models gets a minute, others 20 seconds, all
from one seed, so that a change is judged by what it changed. MAINSPRING_FUZZ_SEED=0 searches anew each time.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TARGETS = sorted(path for kind in ("bpmn", "feel", "dmn") for path in HERE.glob(f"{kind}_*.py"))
DEFAULT = {"bpmn": 60}
SHOWN = 2000  # bytes of an input that broke a target


def seconds(target: Path) -> int:
    given = os.environ.get("MAINSPRING_FUZZ_SECONDS")
    return int(given) if given else DEFAULT.get(target.stem.partition("_")[0], 20)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.stem)
def test_no_input_breaks_it(target: Path, tmp_path: Path) -> None:
    seed = os.environ.get("MAINSPRING_FUZZ_SEED", "1")
    command = [sys.executable, str(HERE / "run.py"), str(target), str(tmp_path), str(seconds(target)), seed]
    run = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    broken = [path for path in tmp_path.iterdir() if path.is_file()]
    inputs = "\n".join(f"{path.name}: {path.read_bytes()[:SHOWN]!r}" for path in broken)
    said = run.stdout[-4000:] + run.stderr[-4000:]
    assert run.returncode == 0, f"{target.name} broke on\n{inputs}\n{said}"
    assert not broken, f"{target.name} broke on\n{inputs}\n{said}"
