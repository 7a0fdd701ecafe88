"""Decision models: what is doubtful in them, and what they say to given inputs."""

from typing import Any, Literal

from mainspring.web.shapes.parts import KeyText, Shape, Titles, Values


class DecisionFinding(Shape):
    """One thing to look at; `rule` is the row of the table, counted from 1, 0 where it is none."""

    kind: str
    severity: Literal["error", "warning"]
    where: str
    element: str
    message: str
    example: Values
    rule: int
    column: str


class DecisionModel(Shape):
    """A deployed decision with the names of its inputs and what was found in it."""

    key: KeyText
    id: str
    name: str
    version: int
    file: str
    inputs: list[str]
    findings: list[DecisionFinding]


class DecisionTest(Shape):
    """A unit test of a decision: whether it came out as expected, or what came instead."""

    name: str
    passed: bool
    message: str


class DecisionExamined(Shape):
    """What was found in a decision model that is being edited, and how its unit tests came out."""

    findings: list[DecisionFinding]
    tests: list[DecisionTest]


class DecisionTried(Shape):
    """What a decision says to given inputs, and why in both languages."""

    value: Any
    errors: list[str]
    explanation: Titles
