"""The official suite and reference servers of the protocol: npm packages, installed on demand.

    python -m tests.integration.mcp.official URL REVISION

runs the suite of a revision against a server, with the baseline beside.

They go into `.venv/npm/mcp`, from the lock file in `official/`.
"""

import filecmp
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "official"
FOLDER = Path(__file__).parents[3] / ".venv" / "npm" / "mcp"
FILES = ("package.json", "package-lock.json", ".npmrc")
REVISIONS = {"2025-11-25": "@modelcontextprotocol/conformance", "2026-07-28": "conformance-next"}
"""The suite for each revision: the released one, and the next one, which is the first to know 2026-07-28."""


class Missing(Exception):  # noqa: N818 - says what is the matter
    """They cannot be run here; the message says why."""


class Run(NamedTuple):
    """What the suite said."""

    well: bool
    said: str


def installed() -> Path:
    """The folder with the packages.

    Raises:
        Missing: there is no Node 20, or they cannot be fetched.
    """
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise Missing("there is no Node with npm on this machine")
    if not all(_same(name) for name in FILES):
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(HERE / name, FOLDER / name)
        command = [npm, "ci", "--silent", "--prefix", str(FOLDER)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=FOLDER)
        if done.returncode:
            (FOLDER / FILES[0]).unlink()
            raise Missing(f"npm could not fetch the packages: {done.stderr[-300:]}")
    return FOLDER / "node_modules"


def _same(name: str) -> bool:
    kept = FOLDER / name
    return kept.is_file() and filecmp.cmp(HERE / name, kept, shallow=False)


def run(url: str, revision: str, results: Path) -> Run:
    """Run the suite of a revision against a server, with the committed baseline of expected failures."""
    suite = installed() / REVISIONS[revision] / "dist" / "index.js"
    which = ["--requirements", revision] if revision == "2026-07-28" else []
    command = ["node", "--import", str(HERE / "node20.mjs"), str(suite), "server", "--url", url, *which]
    command += ["--expected-failures", str(HERE / f"baseline-{revision}.yml")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=results, env=os.environ | {"NO_COLOR": "1"}
    )
    _, _, summary = done.stdout.partition("=== SUMMARY ===")
    _, _, rest = summary.partition("Unexpected failures")
    failed = re.findall(r"✗ ([\w-]+)", rest)
    if done.returncode and failed:
        # Some scenarios wait 600 ms for an answer: on a busy machine each gets a second chance, alone.
        again = [_alone(suite, url, revision, one, results) for one in failed]
        return Run(all(again), summary)
    return Run(done.returncode == 0, summary or done.stdout[-2000:] + done.stderr[-2000:])


def _alone(suite: Path, url: str, revision: str, scenario: str, results: Path) -> bool:
    command = ["node", "--import", str(HERE / "node20.mjs"), str(suite), "server", "--url", url]
    command += ["--scenario", scenario, *(["--spec-version", revision] if revision == "2026-07-28" else [])]
    return subprocess.run(command, capture_output=True, check=False, cwd=results).returncode == 0


if __name__ == "__main__":
    found = run(sys.argv[1], sys.argv[2], Path.cwd())
    sys.stdout.write(found.said)
    sys.exit(not found.well)
