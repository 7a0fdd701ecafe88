"""The public execution suite through the whole runtime: log, projections, jobs, messages, timers, worker."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mainspring.base.errors import MainspringError
from mainspring.runtime import Job
from mainspring.store import Store
from mainspring.testing import JobFailure, Simulation

ENOUGH = 116  # of 122, the aim of the project


class Tracer:
    """The worker of job type trace, as the suite describes it."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(self, job: Job) -> dict[str, Any]:
        token = job.headers.get("token", "")
        if token.startswith("SCRIPT_"):
            self.tokens.append(token)
        elif token == "CREATE_MARKER_FILE":
            self.tokens.append("MARKER_exists")
        elif token.startswith("INCREMENT_INTEGER_VARIABLE"):
            if token.endswith("_AND_LOG"):
                self.tokens.append("INCREMENT_correct")
            return {"integerVariable": Decimal(job.variables.get("integerVariable", 0)) + 1}
        elif token == "SET_STRING_DATA":
            return {"data": "String"}
        elif token == "LOG_DATA" and job.variables.get("data") == "String":
            self.tokens.append("DATA_correct")
        elif token == "THROW_ERROR":
            self.tokens.append("ERROR_runtime")
            raise JobFailure("the worker failed as the model asks")
        return {}


def cases(folder: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for model in json.loads((folder / "cases.json").read_bytes()):
        for case in model["cases"]:
            yield model, case


def passes(folder: Path, model: dict[str, Any], case: dict[str, Any], sim: Simulation) -> bool:
    tracer = Tracer()
    sim.on("trace", tracer)
    failed = False
    try:
        sim.deploy(folder / model["file"])
        if case["parallel"]:
            sim.start("ParallelProcess", case["variables"])
            sim.run()
        sim.start(model["process"], case["variables"])
        sim.run()
        if case["advance_ms"]:
            sim.advance(case["advance_ms"] / 1000)
    except MainspringError:
        failed = True
    failed = failed or any(sim.instance(one.key).incidents for one in sim.instances() if one.parent is None)
    wanted = sorted(token for token in case["expected"] if not token.startswith("ERROR"))
    got = sorted(token for token in tracer.tokens if not token.startswith("ERROR"))
    return wanted == got and failed == (len(wanted) < len(case["expected"]))


@pytest.mark.shared
@pytest.mark.parametrize("reload_every_command", [False, True], ids=["straight", "reloaded"])
def test_the_execution_suite_passes_through_the_runtime(shared: Path, *, reload_every_command: bool) -> None:
    folder = shared / "conformance" / "bpmn-execution"
    failures, total = [], 0
    for model, case in cases(folder):
        total += 1
        with Simulation(reload_every_command=reload_every_command) as sim:
            if not passes(folder, model, case, sim):
                failures.append((model["id"], case["expected"]))
    assert total - len(failures) >= ENOUGH, failures


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["SequentialMultiInstance", "ParallelMultiInstance", "Timer", "EventSubProcess"]
)
def test_models_of_the_suite_run_the_same_on_both_stores(shared: Path, store: Store, name: str) -> None:
    folder = shared / "conformance" / "bpmn-execution"
    chosen = [pair for pair in cases(folder) if name.lower() in pair[0]["id"].lower()]
    results = []
    for model, case in chosen:
        with Simulation() as sim:
            results.append(passes(folder, model, case, sim))
    again = [passes(folder, model, case, Simulation(store)) for model, case in chosen[:1]]
    assert again == results[:1]
