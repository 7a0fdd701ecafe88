"""The judge of the public BPMN suites: execution, refusal of invalid models, interchange.

The execution suite says which tokens a run of a model must leave behind.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from lxml import etree

from mainspring import bpmn
from mainspring.base.errors import MainspringError
from mainspring.base.xml import parse
from mainspring.engine import commands as c
from mainspring.runtime import Job
from mainspring.testing.memory import Handler, Memory, WaitingJob
from mainspring.testing.simulation import JobFailure, Simulation

PARALLEL_PROCESS = "ParallelProcess"
ERROR = "ERROR"


class Outcome(NamedTuple):
    """One case: what was expected and what happened; `note` says why a model was refused or stopped."""

    model: str
    case: int
    expected: list[str]
    got: list[str]
    passed: bool
    note: str


class Report(NamedTuple):
    """All cases of a suite, run straight or with a reload between every two commands."""

    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(outcome.passed for outcome in self.outcomes)

    @property
    def failures(self) -> list[Outcome]:
        """The cases that did not pass."""
        return [outcome for outcome in self.outcomes if not outcome.passed]

    def table(self) -> str:
        """The figures per folder as a Markdown table."""
        folders: dict[str, list[bool]] = {}
        for outcome in self.outcomes:
            folders.setdefault(outcome.model.split("/")[0], []).append(outcome.passed)
        rows = [f"| {name} | {sum(found)} | {len(found)} |" for name, found in sorted(folders.items())]
        total = f"| all | {self.passed} | {len(self.outcomes)} |"
        return "\n".join(["| folder | passed | cases |", "|---|---|---|", *rows, total])


def run(folder: Path, *, reload: bool = False, runtime: bool = True) -> Report:
    """Run every case of `folder`/cases.json.

    Args:
        folder: the suite.
        reload: persist, drop and reload the instance between every two commands.
        runtime: on the whole runtime with its store; else on the engine alone, where a reload also checks
            that the fold of the log equals the snapshot.
    """
    models = json.loads((folder / "cases.json").read_bytes())
    return Report(
        tuple(
            _judge(
                folder,
                model,
                number,
                case,
                _OnRuntime(reload=reload) if runtime else _OnEngine(reload=reload),
            )
            for model in models
            for number, case in enumerate(model["cases"], 1)
        )
    )


class _Runner(Protocol):
    """What a case needs of whatever runs it; `trace` works on the jobs."""

    def deploy(self, file: Path) -> None: ...

    def start(self, process_id: str, variables: dict[str, Any]) -> None: ...

    def advance(self, seconds: float) -> None: ...

    def incident(self) -> str: ...

    @property
    def tokens(self) -> list[str]: ...


class _OnRuntime:
    """A case on the runtime, with a store of its own in memory."""

    def __init__(self, *, reload: bool) -> None:
        self._simulation = Simulation(reload_every_command=reload)
        self.tokens: list[str] = []
        self._simulation.on("trace", self._work)

    def _work(self, job: Job) -> dict[str, Any]:
        return trace(job.headers, job.variables, self.tokens)

    def deploy(self, file: Path) -> None:
        self._simulation.deploy(file)

    def start(self, process_id: str, variables: dict[str, Any]) -> None:
        self._simulation.start(process_id, variables)
        self._simulation.run()

    def advance(self, seconds: float) -> None:
        self._simulation.advance(seconds)

    def incident(self) -> str:
        roots = [one.root for one in self._simulation.instances() if one.parent is None]
        found = [incident for root in roots for incident in self._simulation.instance(root).incidents]
        self._simulation.close()
        return found[0].message if found else ""


class _OnEngine:
    """A case on the engine alone."""

    def __init__(self, *, reload: bool) -> None:
        self._memory = Memory(reload=reload)
        self.tokens: list[str] = []
        self._handlers: dict[str, Handler] = {"trace": self._work}

    def _work(self, job: WaitingJob, variables: dict[str, Any]) -> c.CompleteJob | c.FailJob:
        try:
            return c.CompleteJob(job.key, trace(job.created.headers, variables, self.tokens))
        except JobFailure as failure:
            return c.FailJob(job.key, 0, failure.message)

    def deploy(self, file: Path) -> None:
        self._memory.deploy(file.read_bytes(), file.name)

    def start(self, process_id: str, variables: dict[str, Any]) -> None:
        self._memory.start(process_id, variables)
        self._memory.run(self._handlers)

    def advance(self, seconds: float) -> None:
        self._memory.advance(seconds, self._handlers)

    def incident(self) -> str:
        return self._memory.incidents[0].message if self._memory.incidents else ""


def _judge(
    folder: Path, model: dict[str, Any], number: int, case: dict[str, Any], runner: _Runner
) -> Outcome:
    expected = sorted(case["expected"])
    note = ""
    try:
        runner.deploy(folder / model["file"])
        if case["parallel"]:
            runner.start(PARALLEL_PROCESS, dict(case["variables"]))
        runner.start(model["process"], dict(case["variables"]))
        if case["advance_ms"]:
            runner.advance(case["advance_ms"] / 1000)
    except (MainspringError, RuntimeError) as error:
        note = str(error)
    note = note or runner.incident()
    got = sorted(runner.tokens)
    return Outcome(model["id"], number, expected, got, _equal(expected, got, failed=bool(note)), note)


def _equal(expected: list[str], got: list[str], *, failed: bool) -> bool:
    """Tokens equal; a token ERROR... in the expectation stands for a run that ended in an error."""
    wanted = [token for token in expected if not token.startswith(ERROR)]
    if len(wanted) == len(expected):
        return expected == got and not failed
    return failed and wanted == [token for token in got if not token.startswith(ERROR)]


def trace(headers: Mapping[str, str], variables: Mapping[str, Any], tokens: list[str]) -> dict[str, Any]:
    """The worker of job type trace, as the suite's description says; gives variables, leaves tokens.

    Raises:
        JobFailure: where the model asks for it.
    """
    mark = headers.get("token", "")
    if mark.startswith("SCRIPT_"):
        tokens.append(mark)
    elif mark == "CREATE_MARKER_FILE":
        tokens.append("MARKER_exists")
    elif mark.startswith("INCREMENT_INTEGER_VARIABLE"):
        if mark.endswith("_AND_LOG"):
            tokens.append("INCREMENT_correct")
        return {"integerVariable": Decimal(variables.get("integerVariable", 0)) + 1}
    elif mark == "SET_STRING_DATA":
        return {"data": "String"}
    elif mark == "LOG_DATA" and variables.get("data") == "String":
        tokens.append("DATA_correct")
    elif mark == "THROW_ERROR":
        tokens.append("ERROR_runtime")
        raise JobFailure("the worker failed as the model asks")
    return {}


def refused(folder: Path) -> dict[str, tuple[bpmn.Finding, ...]]:
    """The models below a folder that break a rule, by their path in it, with what refuses them."""
    found: dict[str, tuple[bpmn.Finding, ...]] = {}
    for file in sorted(folder.rglob("*.bpmn")):
        findings = tuple(f for f in bpmn.validate(bpmn.load(file)) if f.severity == "error")
        if findings:
            found[str(file.relative_to(folder))] = findings
    return found


def changed(folder: Path) -> list[str]:
    """The models of a folder that do not come back with equal canonical XML after reading and writing."""
    return [
        file.name
        for file in sorted(folder.glob("*.bpmn"))
        if _canonical(bpmn.write(bpmn.load(file))) != _canonical(file.read_bytes())
    ]


def _canonical(data: bytes) -> bytes:
    return bytes(etree.tostring(parse(data), method="c14n2"))


def page(folder: Path) -> str:
    """The figures of the suites in `folder` (bpmn-execution, bpmn-invalid, bpmn-interchange) as Markdown.

    A folder that is one of these suites itself gives its own figures.
    """
    parts: list[str] = []
    for name, figures in SUITES.items():
        suite = folder if folder.name == name else folder / name
        if suite.is_dir():
            parts.append(figures(suite))
    return "\n".join(parts)


def _execution(folder: Path) -> str:
    straight, reloaded = run(folder), run(folder, reload=True)
    deployed = len(list(folder.rglob("*.bpmn"))) - len(refused(folder))
    parts = [f"## Execution: {deployed} models deploy", ""]
    for name, report in (("straight", straight), ("reloaded between every two commands", reloaded)):
        parts.extend((f"### {name}", "", report.table(), ""))
        parts.extend(
            f"- {o.model} case {o.case}: expected {o.expected}, got {o.got} {o.note}".rstrip()
            for o in report.failures
        )
        parts.append("")
    return "\n".join(parts)


def _invalid(folder: Path) -> str:
    files = {str(file.relative_to(folder)) for file in folder.rglob("*.bpmn")}
    found = refused(folder)
    missed = "".join(f"\n- {name} is not refused" for name in sorted(files - set(found)))
    return f"## Invalid models: {len(found)} of {len(files)} refused\n{missed}\n"


def _interchange(folder: Path) -> str:
    files, lost = list(folder.glob("*.bpmn")), changed(folder)
    missed = "".join(f"\n- {name} comes back changed" for name in lost)
    return f"## Interchange: {len(files) - len(lost)} of {len(files)} round trips\n{missed}\n"


SUITES: dict[str, Callable[[Path], str]] = {
    "bpmn-execution": _execution,
    "bpmn-invalid": _invalid,
    "bpmn-interchange": _interchange,
}
