"""Every benchmark, one after the other, each in a process of its own.

python bench/all.py [NAME ...] [--no-peers]

Without names all run. What needs the shared data beside the project and does not find it is skipped aloud.
The other engines that stand beside ours are installed into a folder that is thrown away at the end; where
that is not possible, their columns stay empty.
"""

import argparse
import os
import subprocess
import sys
import tempfile
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
    "engine": ("--peers", "{peers}"),
    "runtime": ("--peers", "{peers}"),
    "dmn": ("--peers", "{peers}"),
    "insight": ("--peers", "{peers}/mining"),
    "evidence": (),
    "agents": ("--replays", "40"),
    "agents_overhead": (),
    "small_firm": ("match",),
    "simulation": ("--only", "recovered"),
    "waiting": (),
}
"""Module of this folder to its arguments; `{peers}` is the folder of the other engines."""

BESIDE_PEERS = ("engine", "runtime", "dmn", "insight")
"""Benchmarks whose arguments name the other engines, and are left out where there are none."""

PREPARE = (
    "import sys, pathlib; from bench import dmn, insight; from bench.peers.beside import install; "
    "folder = pathlib.Path(sys.argv[1]); dmn.prepare(folder); install(folder); "
    "insight.prepare(folder / 'mining')"
)

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


def python(*arguments: str) -> bool:
    """Run Python so that it finds this folder, its output passed through; whether it came to its end."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return (
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=False).returncode == 0
    )


def run(name: str, peers: Path | None) -> bool:
    """Run one benchmark; whether it came to its end."""
    arguments = BENCHES.get(name, ())
    if name in BESIDE_PEERS:
        arguments = tuple(one.format(peers=peers) for one in arguments) if peers else ()
    begun = time.perf_counter()
    done = python("-m", f"bench.{name}", *arguments)
    print(f"\n{name}: {time.perf_counter() - begun:.0f} s", flush=True)
    return done


def installed(folder: Path) -> Path | None:
    """The folder with the other engines in it; None, said aloud, where they cannot be installed."""
    print("installing the other engines ...", flush=True)
    if python("-c", PREPARE, str(folder)):
        return folder
    print("the other engines could not be installed: their columns stay empty", flush=True)
    return None


def main() -> None:
    """Run what was asked for; status 1 when a benchmark broke."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--no-peers", action="store_true", help="without other engines beside ours")
    options = parser.parse_args()
    names = options.names or list(BENCHES)
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        wanted = not options.no_peers and not set(BESIDE_PEERS).isdisjoint(names)
        peers = installed(Path(folder) / "peers") if wanted else None
        for name in names:
            print(f"\n== {name} ==\n", flush=True)
            why_not = ready(name)
            if why_not:
                print(f"skipped: {why_not}", flush=True)
            elif not run(name, peers):
                broken.append(name)
    if broken:
        raise SystemExit(f"broken: {', '.join(broken)}")


if __name__ == "__main__":
    main()
