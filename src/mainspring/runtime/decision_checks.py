"""What is found in decisions and expressions when they are deployed: wrong types, gaps, failed tests."""

from collections.abc import Iterator, Mapping
from typing import Literal

from mainspring import bpmn, dmn, feel
from mainspring.base.errors import MainspringError
from mainspring.bpmn import Finding
from mainspring.feel.inference import faults

_TEXTS = frozenset(
    {"conditionExpression", "condition", "timeDate", "timeDuration", "timeCycle", "loopCardinality"}
)
"""Elements whose text may be an expression."""


def of_model(file: str, model: dmn.Model) -> list[Finding]:
    """The static findings of a decision model; those of severity error hold for all data and refuse it."""
    return [_finding(file, found) for found in dmn.analyse(model)]


def of_tests(file: str, files: Mapping[str, bytes]) -> list[Finding]:
    """The unit tests beside a decision model that fail, and tests beside no model.

    Args:
        file: the file that is looked at.
        files: the package it belongs to.
    """
    if dmn.is_tests(file):
        known = any(file in dmn.beside(other) for other in files if other.endswith(".dmn"))
        return [] if known else [_refused(file, "there is no decision model of this name beside the tests")]
    if not file.endswith(".dmn"):
        return []
    model: dmn.Model | None = None
    found: list[Finding] = []
    for name in dmn.beside(file):
        if name not in files:
            continue
        try:
            others = [data for other, data in files.items() if other.endswith(".dmn") and other != file]
            model = model or dmn.load(files[file], others)
            cases = dmn.read_cases(files[name], name)
        except MainspringError as error:
            found.append(_refused(name, error.message))
            continue
        found.extend(_finding(name, failed) for failed in dmn.check(model, cases))
    return found


def of_expressions(model: bpmn.Model) -> list[Finding]:
    """Expressions of a process that can give nothing but null.

    They are warnings: what a variable holds is known to the process only.
    """
    return list(_doubts(model))


def _doubts(model: bpmn.Model) -> Iterator[Finding]:
    waiting = [model.root]
    while waiting:
        element = waiting.pop()
        waiting.extend(reversed(element.children))
        texts = list(element.attributes.values())
        if element.type in _TEXTS:
            texts.append(element.text)
        for text in texts:
            if not text.strip().startswith("="):
                continue
            try:
                node = feel.compile(text.strip()[1:]).node
            except feel.FeelSyntaxError:  # refused, or read with the model's own names, when it is compiled
                continue
            for fault in faults(node, {}):
                message = f"in the expression '{text}', character {fault.position + 1}: {fault.message}"
                yield Finding("warning", "type", _owner(element), message, model.source, element.line)


def _owner(element: bpmn.Element) -> str:
    """The id of the nearest element that has one."""
    found: bpmn.Element | None = element
    while found is not None and not found.id:
        found = found.parent
    return found.id if found is not None else element.label


def _finding(file: str, found: dmn.Finding) -> Finding:
    severity: Literal["error", "warning"] = "error" if found.refuses else "warning"
    shown = ", ".join(f"{name} = {value}" for name, value in found.example.items())
    where = f"{found.where}, character {found.position + 1}" if found.position else found.where
    message = f"{where}: {found.message}" + (f" (for instance {shown})" if shown else "")
    return Finding(severity, found.kind, found.element or found.where, message, file)


def _refused(file: str, message: str) -> Finding:
    return Finding("error", "test", file, message, file)
