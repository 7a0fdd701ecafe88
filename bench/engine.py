"""How fast the engine runs in memory, beside SpiffWorkflow in the same run.

    python bench/engine.py [--peer PYTHON] [--seconds 3]

PYTHON is an interpreter of a throw-away environment with SpiffWorkflow 3.2 (`python -m venv X`, then
`X/bin/pip install "SpiffWorkflow==3.2.*"`); without it the peer's column stays empty.
A task is one job completed by a command of its own.
"""

import argparse
import gc
import json
import subprocess
import sys
from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

from mainspring import bpmn, engine
from mainspring.engine import commands as c
from mainspring.testing.memory import EPOCH

HERE = Path(__file__).parent
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">'
    '<bpmn:process id="p" isExecutable="true">'
)
TAIL = "</bpmn:process></bpmn:definitions>"
WORK = '<bpmn:extensionElements><zeebe:taskDefinition type="work"/></bpmn:extensionElements>'


def task(name: str, inside: str = "") -> str:
    """A service task."""
    return f'<bpmn:serviceTask id="{name}">{WORK}{inside}</bpmn:serviceTask>'


def flows(*pairs: tuple[str, str]) -> str:
    """Sequence flows between these elements."""
    return "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{source}" targetRef="{target}"/>'
        for n, (source, target) in enumerate(pairs)
    )


def sequence(length: int = 10) -> str:
    """Tasks one after the other."""
    names = ["s", *(f"t{n}" for n in range(length)), "e"]
    tasks = "".join(task(name) for name in names[1:-1])
    ends = '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>'
    return HEAD + ends + tasks + flows(*pairwise(names)) + TAIL


def parallel(branches: int = 5) -> str:
    """Branches side by side, one task each, joined."""
    names = [f"t{n}" for n in range(branches)]
    ends = (
        '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>'
        '<bpmn:parallelGateway id="g"/><bpmn:parallelGateway id="j"/>'
    )
    pairs = [("s", "g"), *(("g", n) for n in names), *((n, "j") for n in names), ("j", "e")]
    return HEAD + ends + "".join(task(name) for name in names) + flows(*pairs) + TAIL


def multi_instance(size: int) -> str:
    """One task repeated in parallel."""
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics>"
        f"<bpmn:loopCardinality>={size}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    )
    ends = '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>'
    return HEAD + ends + task("t", loop) + flows(("s", "t"), ("t", "e")) + TAIL


WORKLOADS: dict[str, Callable[[], str]] = {
    "sequence of 10": sequence,
    "5 parallel branches": parallel,
    "multi-instance of 30": lambda: multi_instance(30),
    "multi-instance of 300": lambda: multi_instance(300),
    "multi-instance of 3,000": lambda: multi_instance(3000),
}


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
    """Tasks a second over whole instances, and microseconds of one job completion, starts not counted."""
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
        while state.jobs:
            for job in list(state.jobs):
                command = c.CompleteJob(job, {})
                engine.decide(state, command, library=library, now=EPOCH, keys=keys)
                done += 1
        completing += perf_counter() - before
        if state.outcome != "completed":
            raise RuntimeError(f"the instance is {state.outcome}")
    return done / (perf_counter() - begin), completing / done * 1e6


def peer(python: str, xml: str, seconds: float) -> float:
    """Tasks a second of SpiffWorkflow on the same model, its service tasks being manual ones."""
    answer = subprocess.run(
        [python, str(HERE / "peers" / "spiff_engine.py"), str(seconds)],
        input=xml.replace("serviceTask", "manualTask").replace(WORK, "").replace(">=", ">"),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(json.loads(answer.stdout)["tasks_per_second"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="an interpreter with SpiffWorkflow 3.2")
    parser.add_argument("--seconds", type=float, default=3.0)
    given = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {given.seconds:g} s a workload\n")
    print("| workload | tasks/s | completion | SpiffWorkflow tasks/s | times |")
    print("|---|---:|---:|---:|---:|")
    for name, build in WORKLOADS.items():
        rate, cost = ours(build(), given.seconds)
        other = peer(given.peer, build(), given.seconds) if given.peer else 0.0
        beside = f"{other:,.0f} | {rate / other:.1f}" if other else "- | -"
        print(f"| {name} | {rate:,.0f} | {cost:.2f} us | {beside} |")


if __name__ == "__main__":
    main()
