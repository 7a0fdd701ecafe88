"""Judge of the DMN Technology Compatibility Kit: runs its models and cases against `mainspring.dmn`.

A case passes when all its result nodes do. Numbers are equal within 1e-8, temporals must have the expected
type, lists their order, contexts their entries; a node that expects an error passes when an error was
reported for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from mainspring import dmn
from mainspring.base import xml
from mainspring.base.errors import MainspringError
from mainspring.feel import temporal
from mainspring.feel.api import evaluate
from mainspring.feel.functions import Run
from mainspring.feel.values import equal, kind

TOLERANCE = Decimal("1e-8")
NOW = datetime(2026, 1, 15, 12, 30, tzinfo=UTC)
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
Element = etree._Element  # noqa: SLF001  lxml's public type has no public name


class Expected(NamedTuple):
    """What a result node should be.

    Attributes:
        value: the value.
        error: whether an error must be reported instead.
    """

    value: Any
    error: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that failed.

    Attributes:
        folder: its folder.
        case: its id.
        node: the decision.
        expected: as text.
        got: as text.
        errors: what the engine reported.
    """

    folder: str
    case: str
    node: str
    expected: str
    got: str
    errors: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """The figures of a run.

    Attributes:
        values: passed and all cases that expect a value.
        nulls: passed and all cases that expect null or an error.
        folders: passed and all cases of each folder.
        failures: the cases that failed.
    """

    values: list[int] = field(default_factory=lambda: [0, 0])
    nulls: list[int] = field(default_factory=lambda: [0, 0])
    folders: dict[str, list[int]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """How many cases were run."""
        return self.values[1] + self.nulls[1]

    @property
    def value_share(self) -> float:
        """Share of the cases expecting a value that pass."""
        return _share(self.values)

    @property
    def null_share(self) -> float:
        """Share of the cases expecting null or an error that pass."""
        return _share(self.nulls)

    @property
    def folder_mean(self) -> float:
        """Mean over the folders of the share of cases that pass."""
        shares = [_share(counts) for counts in self.folders.values()]
        return sum(shares) / len(shares) if shares else 1.0

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "cases": self.cases,
            "value_cases": {"passed": self.values[0], "all": self.values[1], "share": self.value_share},
            "null_cases": {"passed": self.nulls[0], "all": self.nulls[1], "share": self.null_share},
            "folder_mean": self.folder_mean,
            "folders": {
                name: {"passed": counts[0], "all": counts[1]} for name, counts in self.folders.items()
            },
            "failures": [
                {
                    "folder": failure.folder,
                    "case": failure.case,
                    "node": failure.node,
                    "expected": failure.expected,
                    "got": failure.got,
                    "errors": list(failure.errors),
                }
                for failure in self.failures
            ],
        }

    def table(self) -> str:
        """The figures and the failing cases as Markdown."""
        lines = [
            "| cases | passed | of | share |",
            "|---|---:|---:|---:|",
            f"| that expect a value | {self.values[0]} | {self.values[1]} | {self.value_share:.2%} |",
            f"| that expect null or an error | {self.nulls[0]} | {self.nulls[1]} | {self.null_share:.2%} |",
            f"| mean over folders | | {len(self.folders)} | {self.folder_mean:.2%} |",
        ]
        if self.failures:
            lines += ["", "| folder | case | expected | got |", "|---|---|---|---|"]
            lines += [
                f"| {failure.folder} | {failure.case} | {failure.expected} | {failure.got} |"
                for failure in self.failures
            ]
        return "\n".join(lines)


def _share(counts: list[int]) -> float:
    return counts[0] / counts[1] if counts[1] else 1.0


def run(folder: Path) -> Report:
    """Run every test file under a folder.

    Args:
        folder: holds models (`*.dmn`) and tests (`*-test-*.xml`), at any depth; the models beside a test's
        own are
            offered to it as imports.
    """
    report = Report()
    for path in sorted(folder.rglob("*-test-*.xml")):
        tests = xml.parse(path.read_bytes(), path.name)
        model = _model(path, tests)
        name = path.parent.name
        for case in tests.iter("{*}testCase"):
            _judge(report, name, model, case)
    return report


def _model(path: Path, tests: Element) -> dmn.Model | MainspringError:
    named = tests.findtext("{*}modelName") or path.name.partition("-test-")[0] + ".dmn"
    source = path.parent / named.strip()
    siblings = [other for other in sorted(path.parent.glob("*.dmn")) if other != source]
    try:
        return dmn.load(source, siblings)
    except MainspringError as error:
        return error


def _judge(report: Report, folder: str, model: dmn.Model | MainspringError, case: Element) -> None:
    nodes = [
        node for node in case if isinstance(node.tag, str) and etree.QName(node).localname == "resultNode"
    ]
    if not nodes:
        return
    inputs = {
        node.get("name") or "": value_of(node)
        for node in case
        if isinstance(node.tag, str) and etree.QName(node).localname == "inputNode"
    }
    passed = True
    expects_value = False
    for node in nodes:
        inner = node.find("{*}expected")
        expected = Expected(
            value_of(inner) if inner is not None else None, node.get("errorResult") in {"true", "1"}
        )
        expects_value = expects_value or (expected.value is not None and not expected.error)
        value, errors = _answer(model, case, node, inputs)
        if not _passes(expected, value, errors):
            passed = False
            report.failures.append(
                Failure(
                    folder,
                    case.get("id") or "",
                    node.get("name") or "",
                    "an error" if expected.error else _shown(expected.value),
                    _shown(value),
                    errors,
                )
            )
    for counts in (
        report.values if expects_value else report.nulls,
        report.folders.setdefault(folder, [0, 0]),
    ):
        counts[0] += passed
        counts[1] += 1


def _answer(
    model: dmn.Model | MainspringError, case: Element, node: Element, inputs: dict[str, Any]
) -> tuple[Any, tuple[str, ...]]:
    if isinstance(model, MainspringError):
        return None, (str(model),)
    name = node.get("name") or ""
    service = case.get("invocableName")
    try:
        result = model.invoke(service, inputs, now=NOW) if service else model.evaluate(name, inputs, now=NOW)
    except MainspringError as error:
        return None, (str(error),)
    value = result.value
    if service and isinstance(value, dict) and len(_outputs(model, service)) > 1:
        value = value.get(name)
    return value, tuple(str(error) for error in result.errors)


def _outputs(model: dmn.Model, service: str) -> list[Element]:
    found = model.document.root.iterfind("{*}decisionService")
    return [
        output
        for each in found
        if each.get("name") == service
        for output in each.iterfind("{*}outputDecision")
    ]


def _passes(expected: Expected, value: Any, errors: tuple[str, ...]) -> bool:
    return bool(errors) if expected.error else same(expected.value, value)


def same(expected: Any, got: Any) -> bool:
    """Whether a result is the expected one."""
    if kind(expected) != kind(got):
        return False
    if isinstance(expected, Decimal):
        return bool(abs(expected - got) <= TOLERANCE)
    if isinstance(expected, list):
        return len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, dict):
        return expected.keys() == got.keys() and all(same(value, got[key]) for key, value in expected.items())
    return equal(expected, got, Run()) is True and bool(_zone(expected) == _zone(got))


def _zone(value: Any) -> Any:
    return temporal.offset(value) if kind(value) in {"time", "date and time"} else None


def value_of(element: Element) -> Any:
    """The value that an input node, a component, an item or an expectation stands for."""
    for part in _parts(element):
        name = etree.QName(part).localname
        if name == "value":
            return _scalar(part)
        if name == "list":
            if part.get(_NIL) == "true":
                return None
            return [value_of(item) for item in _parts(part)]
        if name == "component":
            return {
                inner.get("name") or "": value_of(inner)
                for inner in _parts(element)
                if etree.QName(inner).localname == "component"
            }
    return None


def _parts(element: Element) -> Iterator[Element]:
    return (part for part in element if isinstance(part.tag, str))


def _scalar(element: Element) -> Any:
    if element.get(_NIL) == "true":
        return None
    text = element.text or ""
    of_type = (element.get(_TYPE) or "string").rpartition(":")[2]
    if of_type == "string":
        return text
    if of_type == "boolean":
        return text.strip() in {"true", "1"}
    if of_type in {"decimal", "double", "integer", "int", "float", "long"}:
        return _number(text.strip())
    name = {"dateTime": "date and time"}.get(of_type, of_type)
    return evaluate(f"{'duration' if 'uration' in name else name}(text)", {"text": text.strip()})


def _number(text: str) -> Any:
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _shown(value: Any) -> str:
    return "null" if value is None else str(value)[:120]
