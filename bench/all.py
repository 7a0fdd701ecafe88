"""Every benchmark, one after the other, each in a process of its own.

python bench/all.py [NAME ...]

Without names all run. What needs the shared data beside the project and does not find it is skipped aloud.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"

BENCHES: dict[str, tuple[str, ...]] = {
    "lead_to_cash": (),
    "matching": (),
    "pricing": (),
    "payments": (),
    "inquiries": (),
    "gateway": ("--leaves", "200000"),
    "engine": (),
    "runtime": (),
    "dmn": (),
}
"""Module of this folder to its arguments."""

NEEDS = {
    "lead_to_cash": "online_retail",
    "matching": "online_retail",
    "pricing": "online_retail",
    "payments": "online_retail",
}
"""The folder of the shared data that a benchmark cannot do without."""


def ready(name: str) -> str:
    """Why a benchmark is skipped; empty when it can run."""
    if not (ROOT / "bench" / f"{name}.py").is_file():
        return "there is no such benchmark"
    folder = NEEDS.get(name)
    if folder and not (SHARED / folder).is_dir():
        return f"shared/data/{folder} is not beside the project"
    return ""


def run(name: str) -> bool:
    """Run one benchmark with its output passed through; whether it came to its end."""
    command = [sys.executable, "-m", f"bench.{name}", *BENCHES.get(name, ())]
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    print(f"\n{name}: {time.perf_counter() - begun:.0f} s", flush=True)
    return done.returncode == 0


def main() -> None:
    """Run what was asked for; status 1 when a benchmark broke."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    broken: list[str] = []
    for name in parser.parse_args().names or BENCHES:
        print(f"\n== {name} ==\n", flush=True)
        why_not = ready(name)
        if why_not:
            print(f"skipped: {why_not}", flush=True)
        elif not run(name):
            broken.append(name)
    if broken:
        raise SystemExit(f"broken: {', '.join(broken)}")


if __name__ == "__main__":
    main()
