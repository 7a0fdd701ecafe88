"""Small decision models written in place."""

from collections.abc import Callable, Sequence

import pytest

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="test" namespace="urn:test">'
Columns = Sequence[tuple[str, str]]
MakeTable = Callable[..., bytes]
MakeModel = Callable[[str], bytes]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _model(inside: str) -> bytes:
    return f"{HEAD}{inside}</definitions>".encode()


def _table(
    inputs: Columns,
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    aggregation: str = "",
    outputs: Sequence[str] = ("",),
    values: str = "",
    default: str = "",
) -> bytes:
    """A model with a decision `D` that is a table; the last cell of a rule is its remark."""
    data = "".join(
        f'<inputData id="i{n}" name="{name}"><variable name="{name}" typeRef="{of}"/></inputData>'
        for n, (name, of) in enumerate(inputs)
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#i{n}"/></informationRequirement>'
        for n in range(len(inputs))
    )
    columns = "".join(
        f'<input><inputExpression typeRef="{of}"><text>{name}</text></inputExpression></input>'
        for name, of in inputs
    )
    ordered = f"<outputValues><text>{_escaped(values)}</text></outputValues>" if values else ""
    otherwise = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    columns += "".join(f'<output name="{name}">{ordered}{otherwise}</output>' for name in outputs)
    rows = "".join(
        f'<rule id="r{number}">'
        + "".join(f"<inputEntry><text>{_escaped(cell)}</text></inputEntry>" for cell in rule[: len(inputs)])
        + "".join(
            f"<outputEntry><text>{_escaped(cell)}</text></outputEntry>"
            for cell in rule[len(inputs) : len(inputs) + len(outputs)]
        )
        + "".join(
            f"<annotationEntry><text>{_escaped(cell)}</text></annotationEntry>"
            for cell in rule[len(inputs) + len(outputs) :]
        )
        + "</rule>"
        for number, rule in enumerate(rules, 1)
    )
    aggregated = f' aggregation="{aggregation}"' if aggregation else ""
    return _model(
        f'{data}<decision id="d" name="D"><variable name="D"/>{needs}'
        f'<decisionTable hitPolicy="{policy}"{aggregated}>{columns}<annotation name="Why"/>{rows}'
        "</decisionTable></decision>"
    )


@pytest.fixture
def model() -> MakeModel:
    """Wraps elements into a model."""
    return _model


@pytest.fixture
def table() -> MakeTable:
    """Makes a model of one decision table."""
    return _table
