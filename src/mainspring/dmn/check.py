"""Unit tests of decisions, kept beside them as inputs and expected outputs, and run at deployment.

`discount.tests.yaml` or `discount.tests.json` holds those of `discount.dmn`.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import yaml

from mainspring.dmn.errors import DmnError, UnknownDecisionError
from mainspring.dmn.findings import Finding
from mainspring.dmn.model import Model
from mainspring.dmn.trace import shorten
from mainspring.feel.api import finished
from mainspring.feel.functions import Run
from mainspring.feel.values import equal

ENDINGS = (".tests.yaml", ".tests.json")


def beside(file: str) -> tuple[str, ...]:
    """The names under which the unit tests of a DMN file may stand beside it."""
    stem = file.removesuffix(".dmn")
    return tuple(stem + ending for ending in ENDINGS)


def is_tests(file: str) -> bool:
    """Whether a file's name is that of unit tests."""
    return file.endswith(ENDINGS)


class CasesError(DmnError):
    """The list of cases is not what it should be."""


def read_cases(data: bytes, source: str = "cases") -> list[dict[str, Any]]:
    """Cases from YAML or JSON: a list of `{name, decision, inputs, expected, now}`.

    Raises:
        CasesError: it is no such list.
    """
    try:
        given = yaml.safe_load(data)
    except yaml.YAMLError as error:
        raise CasesError(f"neither YAML nor JSON: {error}", where=source) from error
    if not isinstance(given, list) or not all(
        isinstance(case, dict) and "decision" in case for case in given
    ):
        raise CasesError(
            "the cases must be a list, each with a decision", where=source, mend="See docs/feel-and-dmn.md."
        )
    return [finished(case) for case in given]


def check(model: Model, cases: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """The cases that do not come out as expected.

    Args:
        model: the model.
        cases: each with `decision` (name or id, of a service likewise), `inputs`, `expected`, and, where it
            looks at the clock, `now` (ISO 8601). Temporals may be written as strings. `error` in place
            of `expected`: true, or a part of the message that must be reported.
    """
    findings: list[Finding] = []
    for number, case in enumerate(cases, 1):
        name = str(case.get("name") or f"case {number}")
        inputs = dict(case.get("inputs") or {})
        message = _differs(model, case, inputs)
        if message:
            findings.append(Finding("test", "error", f"{case['decision']}, {name}", message, inputs))
    return findings


def _differs(model: Model, case: Mapping[str, Any], inputs: dict[str, Any]) -> str:
    """What a case should have given and what it gave; nothing where they agree."""
    decision, now = str(case["decision"]), _moment(case.get("now"))
    services = {name for service in model.services for name in service}
    try:
        ask = model.invoke if decision in services else model.evaluate
        result = ask(decision, inputs, now=now)
    except UnknownDecisionError as error:
        return f"{error.message}. {error.mend}"
    reported = "; ".join(str(error) for error in result.errors)
    if case.get("error"):
        wanted = case["error"] if isinstance(case["error"], str) else ""
        if result.errors and wanted in reported:
            return ""
        return f"expected the error {wanted!r}, got {shorten(result.value)}; {reported or 'no error'}"
    if _same(finished(case.get("expected")), result.value):
        return ""
    reason = f"; {result.errors[0]}" if result.errors and result.value is None else ""
    return f"expected {shorten(case.get('expected'))}, got {shorten(result.value)}{reason}"


def _moment(given: Any) -> datetime | None:
    if given is None:
        return None
    moment = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _same(expected: Any, got: Any) -> bool:
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(
            _same(value, got[key]) for key, value in expected.items()
        )
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(_same, expected, got))
    if isinstance(expected, str) and not isinstance(got, str):
        return expected == shorten(got).removeprefix('@"').removesuffix('"')
    if isinstance(expected, float):
        return equal(Decimal(repr(expected)), got, Run()) is True
    return equal(expected, got, Run()) is True
