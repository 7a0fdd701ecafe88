"""How fast the engine runs in memory, beside SpiffWorkflow and bpmn-engine in the same run.

    python -m bench.engine [--peers FOLDER] [--seconds 3]

FOLDER holds the other engines (`python -m bench.peers.beside FOLDER` makes it); without it their columns stay
empty. A task is one job, or one person's task, completed by a command of its own. How fast it is with every
commit on the disk says `bench.runtime`, on the same processes.
"""

import argparse
import gc
import sys
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.peers.beside import node_rate, spiff_rate
from bench.workloads import WORKLOADS, multi_instance

from mainspring import bpmn, engine
from mainspring.engine import commands as c
from mainspring.testing.memory import EPOCH

SIZES = (30, 300, 3000)
TIMES_ALLOWED = 1.5


class OneProcess:
    """A library with one definition."""

    def __init__(self, definition: engine.Definition) -> None:
        self._definition = definition

    def definition(self, key: int) -> engine.Definition:
        """The one definition."""
        del key
        return self._definition

    def process(self, *_: Any) -> None:
        """Nothing is called."""

    def decision(self, *_: Any) -> None:
        """Nothing is decided."""


def ours(xml: str, seconds: float) -> tuple[float, float]:
    """Tasks a second over whole instances, and microseconds of one completion, starts not counted."""
    definition = engine.compile(bpmn.read(xml.encode()), "p")
    library, keys = OneProcess(definition), count(1).__next__
    done, completing = 0, 0.0
    gc.collect()
    begin = perf_counter()
    while perf_counter() - begin < seconds:
        state = engine.State()
        start = c.StartInstance(1, {})
        engine.decide(state, start, library=library, now=EPOCH, keys=keys)
        before = perf_counter()
        while state.outcome is None:
            for command in completions(state):
                engine.decide(state, command, library=library, now=EPOCH, keys=keys)
                done += 1
        completing += perf_counter() - before
        if state.outcome != "completed":
            raise RuntimeError(f"the instance is {state.outcome}")
    return done / (perf_counter() - begin), completing / done * 1e6


def completions(state: engine.State) -> Iterable[Any]:
    """A command for every open job and task."""
    yield from [c.CompleteJob(job, {}) for job in state.jobs]
    yield from [c.CompleteTask(task, {}) for task in state.tasks]


def print_rates(peers: Path | None, seconds: float) -> None:
    """All workloads, all engines."""
    print("| workload | tasks/s | SpiffWorkflow | times | bpmn-engine | times |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, build in WORKLOADS.items():
        rate, _ = ours(build(), seconds)
        cells = [f"{rate:,.0f}"]
        for other in (spiff_rate(peers, build(), seconds), node_rate(peers, build(), seconds)):
            cells += [f"{other:,.0f}", f"{rate / other:.1f}"] if other else ["-", "-"]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def print_growth(seconds: float) -> None:
    """What one completion costs as the multi-instance grows."""
    print("\n| multi-instance of | one completion, us | times that of 30 |\n|---:|---:|---:|")
    costs = {size: min(ours(multi_instance(size), seconds / 3)[1] for _ in range(3)) for size in SIZES}
    for size, cost in costs.items():
        print(f"| {size:,} | {cost:.2f} | {cost / costs[SIZES[0]]:.2f} |")
    print(f"\nallowed: {TIMES_ALLOWED} times")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="the folder of the other engines")
    parser.add_argument("--seconds", type=float, default=3.0)
    given = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, in memory, {given.seconds:g} s a workload\n")
    print_rates(given.peers, given.seconds)
    print_growth(given.seconds)


if __name__ == "__main__":
    main()
