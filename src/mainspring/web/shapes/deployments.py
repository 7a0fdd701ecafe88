"""Deploying: findings, versions, and what became of a case that was tried out."""

from typing import Literal

from mainspring.web.shapes.parts import KeyText, Shape, Values, When


class FindingShape(Shape):
    """One thing that is wrong (error) or doubtful (warning), at which element of which file."""

    severity: Literal["error", "warning"]
    rule: str
    element: str
    message: str
    source: str
    line: int
    mend: str


class Checked(Shape):
    """What is found in files; `deployable` when none of it refuses them.

    `needed`: by process the variables that its expressions read and its model writes nowhere.
    """

    deployable: bool
    findings: list[FindingShape]
    needed: dict[str, list[str]]


class VersionShape(Shape):
    """A version that a deployment made; not `new` when the same bytes were deployed before."""

    key: KeyText
    id: str
    version: int
    name: str
    file: str
    new: bool


class DeploymentShape(Shape):
    """What was deployed together, or why nothing was."""

    deployed: bool
    findings: list[FindingShape]
    versions: list[VersionShape]


class TrialElement(Shape):
    """Tokens in an element and those that left it."""

    active: int
    completed: int
    terminated: int


class TrialStep(Shape):
    """Something that happened in an element, by the virtual clock."""

    at: When
    type: str
    element: str


class TrialMessage(Shape):
    """An incident in an element, or the message that it waits for."""

    element: str
    message: str


class TrialShape(Shape):
    """What became of a case that was tried out; `stopped` names the limit that ended it, if one did."""

    state: str
    stopped: Literal["steps", "time"] | None
    variables: Values
    elements: dict[str, TrialElement]
    steps: list[TrialStep]
    incidents: list[TrialMessage]
    waits_for: list[TrialMessage]
