"""A decision table as data: what is read from XML or a sheet, analysed, compiled and written back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mainspring.dmn.document import Element, child, children, text_of, typeref
from mainspring.dmn.errors import ModelError

HIT_POLICIES = {
    "UNIQUE": "U",
    "ANY": "A",
    "PRIORITY": "P",
    "FIRST": "F",
    "OUTPUT ORDER": "O",
    "RULE ORDER": "R",
    "COLLECT": "C",
}
AGGREGATORS = {"SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}


@dataclass(frozen=True, slots=True)
class Input:
    """An input column.

    Attributes:
        expression: the FEEL text whose value the cells test.
        label: what people call it.
        type: its declared type, or nothing.
        values: unary tests that its value must pass, or nothing.
    """

    expression: str
    label: str = ""
    type: str = ""
    values: str = ""

    @property
    def title(self) -> str:
        """The label, or else the expression."""
        return self.label or self.expression


@dataclass(frozen=True, slots=True)
class Output:
    """An output column.

    Attributes:
        name: the entry of the result, where there are several columns.
        label: what people call it.
        type: its declared type, or nothing.
        values: the values it may have, best first; orders PRIORITY and OUTPUT ORDER.
        default: the FEEL text used when no rule matches, or nothing.
    """

    name: str = ""
    label: str = ""
    type: str = ""
    values: str = ""
    default: str = ""

    @property
    def title(self) -> str:
        """The label, or else the name."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Rule:
    """A row.

    Attributes:
        id: its id in the model, or nothing.
        inputs: unary tests, one a column; "-" passes everything.
        outputs: FEEL texts, one a column.
        annotations: remarks, one an annotation column.
    """

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision table.

    Attributes:
        hit_policy: a key of HIT_POLICIES.
        aggregation: a key of AGGREGATORS, or nothing; only with COLLECT.
        inputs: its input columns.
        outputs: its output columns.
        rules: its rows.
        annotations: names of the annotation columns.
        label: what people call the result.
    """

    hit_policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    annotations: tuple[str, ...] = ()
    label: str = ""


def from_element(element: Element, where: str = "") -> DecisionTable:
    """The table that a `decisionTable` element describes.

    Raises:
        ModelError: an unknown hit policy, or rows that do not fit the columns.
    """
    policy = element.get("hitPolicy") or "UNIQUE"
    aggregation = element.get("aggregation") or ""
    if policy not in HIT_POLICIES or (aggregation and aggregation not in AGGREGATORS):
        raise ModelError(f"unknown hit policy {policy} {aggregation}".strip(), where=where)
    inputs = tuple(_input(part) for part in children(element, "input"))
    outputs = tuple(_output(part) for part in children(element, "output"))
    rules = tuple(_rule(part) for part in children(element, "rule"))
    for number, rule in enumerate(rules, 1):
        if len(rule.inputs) != len(inputs) or len(rule.outputs) != len(outputs):
            raise ModelError(
                f"rule {number} has {len(rule.inputs)} inputs and {len(rule.outputs)} outputs, "
                f"the table has {len(inputs)} and {len(outputs)}",
                where=where,
                mend="Give every rule one cell a column.",
            )
    annotations = tuple(_annotation(part) for part in children(element, "annotation"))
    return DecisionTable(
        policy, aggregation, inputs, outputs, rules, annotations, element.get("outputLabel") or ""
    )


def _input(element: Element) -> Input:
    expression = child(element, "inputExpression")
    return Input(
        text_of(expression),
        element.get("label") or "",
        typeref(expression),
        text_of(child(element, "inputValues")),
    )


def _output(element: Element) -> Output:
    return Output(
        element.get("name") or "",
        element.get("label") or "",
        typeref(element),
        text_of(child(element, "outputValues")),
        text_of(child(element, "defaultOutputEntry")),
    )


def _rule(element: Element) -> Rule:
    return Rule(
        element.get("id") or "",
        tuple(text_of(part) or "-" for part in children(element, "inputEntry")),
        tuple(text_of(part) for part in children(element, "outputEntry")),
        tuple(text_of(part) for part in children(element, "annotationEntry")),
    )


def _annotation(element: Element) -> str:
    return element.get("name") or ""


READERS: dict[str, Callable[[Element], Any]] = {
    "input": _input,
    "output": _output,
    "annotation": _annotation,
    "rule": _rule,
}
"""What the parts of a `decisionTable` element say, by their tag, in the order of the schema."""
