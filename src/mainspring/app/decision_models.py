"""Decision models as people look at them: what is deployed, what is doubtful, what it says to inputs."""

from collections.abc import Mapping
from typing import Any

from mainspring import dmn
from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.runtime import NotFound, queries
from mainspring.runtime.queries import Definition
from mainspring.store import Tx

Shown = dict[str, Any]


def found(tx: Tx, key: int) -> Definition:
    """A deployed version of a decision.

    Raises:
        NotFound: there is none of that key.
    """
    every = queries.deployed(tx, kind="decision", latest_only=False)
    one = next((each for each in every if each.key == key), None)
    if one is None:
        raise NotFound(f"there is no decision {key}", mend="GET /api/v1/decision-models lists them.")
    return one


def model(tx: Tx, one: Definition) -> dmn.Model:
    """Its model, with the newest other decision files that it may import."""
    return dmn.load(queries.source(tx, one.key), _beside(tx, one.file))


def _beside(tx: Tx, file: str) -> list[bytes]:
    """The newest other decision files."""
    others = {each.file: each.key for each in queries.deployed(tx, kind="decision") if each.file != file}
    return [queries.source(tx, key) for key in others.values()]


def findings(read: dmn.Model) -> list[Shown]:
    """Gaps, overlaps, rules that never decide and all else that a person should look at."""
    return [_shown(one) for one in dmn.analyse(read)]


def _shown(one: dmn.Finding) -> Shown:
    return {
        "kind": one.kind,
        "severity": one.severity,
        "where": one.where,
        "element": one.element,
        "message": one.message,
        "example": dmn.plain(one.example),
        "rule": one.rule,
        "column": one.column,
    }


def described(tx: Tx, key: int) -> Shown:
    """A decision with its inputs and findings."""
    one = found(tx, key)
    read = model(tx, one)
    return {
        "key": str(one.key),
        "id": one.id,
        "name": one.name,
        "version": one.version,
        "file": one.file,
        "inputs": [each.name for each in read.inputs],
        "findings": findings(read),
    }


def tried(house: House, tx: Tx, key: int, inputs: Mapping[str, Any]) -> Shown:
    """What the decision says to these inputs, and why, in both languages. Nothing is kept."""
    one = found(tx, key)
    result = model(tx, one).evaluate(one.id, inputs, now=house.clock())
    errors = tuple(str(error) for error in result.errors)
    return {
        "value": dmn.plain(result.value),
        "errors": list(errors),
        "explanation": {
            "en": dmn.explain(result.trace, "en", notes=errors),
            "zh": dmn.explain(result.trace, "zh", notes=errors),
        },
    }


def examined(tx: Tx, file: str, text: str, tests: str) -> Shown:
    """What is doubtful in a file that is being edited, and how its unit tests come out. Nothing is kept.

    Args:
        tx: where the deployed decision files are read.
        file: the name of the file, in whose place it is read among the deployed ones.
        text: the model as XML.
        tests: unit tests as YAML or JSON (docs/feel-and-dmn.md); nothing where there are none.
    """
    try:
        read = dmn.load(text.encode(), _beside(tx, file))
    except MainspringError as error:
        broken = dmn.Finding("syntax", "error", error.where or file, error.message)
        return {"findings": [_shown(broken)], "tests": []}
    return {"findings": findings(read), "tests": _outcomes(read, tests)}


def _outcomes(read: dmn.Model, tests: str) -> list[Shown]:
    if not tests.strip():
        return []
    try:
        cases = dmn.read_cases(tests.encode(), "tests")
    except MainspringError as error:
        return [{"name": "", "passed": False, "message": error.message}]
    failed = [next(iter(dmn.check(read, [case])), None) for case in cases]
    return [
        {
            "name": str(case.get("name") or number),
            "passed": fault is None,
            "message": "" if fault is None else fault.message,
        }
        for number, (case, fault) in enumerate(zip(cases, failed, strict=True), 1)
    ]
