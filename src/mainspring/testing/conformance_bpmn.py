"""The judge of the public BPMN suites: execution, refusal of invalid models, interchange.

The execution suite says which tokens a run of a model must leave behind.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from mainspring import bpmn
from mainspring.base.errors import MainspringError
from mainspring.base.xml import parse
from mainspring.engine import commands as c
from mainspring.testing.memory import Handler, Memory, WaitingJob

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


def run(folder: Path, *, reload: bool = False) -> Report:
    """Run every case of `folder`/cases.json.

    Args:
        folder: the suite.
        reload: persist, drop and reload the instance between every two commands.
    """
    models = json.loads((folder / "cases.json").read_bytes())
    return Report(
        tuple(
            _judge(folder, model, number, case, reload=reload)
            for model in models
            for number, case in enumerate(model["cases"], 1)
        )
    )


def _judge(
    folder: Path, model: dict[str, Any], number: int, case: dict[str, Any], *, reload: bool
) -> Outcome:
    expected = sorted(case["expected"])
    memory = Memory(reload=reload)
    worker = _Tracer()
    handlers: dict[str, Handler] = {"trace": worker}
    note = ""
    try:
        memory.deploy((folder / model["file"]).read_bytes(), model["file"])
        if case["parallel"]:
            memory.start(PARALLEL_PROCESS, dict(case["variables"]))
            memory.run(handlers)
        memory.start(model["process"], dict(case["variables"]))
        memory.run(handlers)
        if case["advance_ms"]:
            memory.advance(case["advance_ms"] / 1000, handlers)
    except (MainspringError, RuntimeError) as error:
        note = str(error)
    failed = bool(note or memory.incidents)
    if memory.incidents and not note:
        note = memory.incidents[0].message
    got = sorted(worker.tokens)
    return Outcome(model["id"], number, expected, got, _equal(expected, got, failed=failed), note)


def _equal(expected: list[str], got: list[str], *, failed: bool) -> bool:
    """Tokens equal; a token ERROR... in the expectation stands for a run that ended in an error."""
    wanted = [token for token in expected if not token.startswith(ERROR)]
    if len(wanted) == len(expected):
        return expected == got and not failed
    return failed and wanted == [token for token in got if not token.startswith(ERROR)]


class _Tracer:
    """The worker of job type trace, as the suite's description says."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(
        self, job: WaitingJob, variables: dict[str, Any]
    ) -> c.CompleteJob | c.FailJob | c.ThrowJobError | None:
        token = job.created.headers.get("token", "")
        results: dict[str, Any] = {}
        if token.startswith("SCRIPT_"):
            self.tokens.append(token)
        elif token == "CREATE_MARKER_FILE":  # noqa: S105 - the suite's word for a trace mark
            self.tokens.append("MARKER_exists")
        elif token.startswith("INCREMENT_INTEGER_VARIABLE"):
            results["integerVariable"] = Decimal(variables.get("integerVariable", 0)) + 1
            if token.endswith("_AND_LOG"):
                self.tokens.append("INCREMENT_correct")
        elif token == "SET_STRING_DATA":  # noqa: S105 - likewise
            results["data"] = "String"
        elif token == "LOG_DATA":  # noqa: S105 - likewise
            if variables.get("data") == "String":
                self.tokens.append("DATA_correct")
        elif token == "THROW_ERROR":  # noqa: S105 - likewise
            self.tokens.append("ERROR_runtime")
            return c.FailJob(job.key, 0, "the worker failed as the model asks")
        return c.CompleteJob(job.key, results)


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
