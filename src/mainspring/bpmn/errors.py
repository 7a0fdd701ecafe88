"""What can be wrong with a process model, and the error that refuses it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from mainspring.base.errors import MainspringError


class Finding(NamedTuple):
    """One thing that is wrong (severity error) or doubtful (warning) in a model.

    `rule` is the stable name of the rule, `element` the id of the element (or its type where it has none).
    """

    severity: Literal["error", "warning"]
    rule: str
    element: str
    message: str
    source: str
    line: int = 0
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.source}, line {self.line}" if self.line else self.source
        text = f"{place}: {self.element}: {self.message} [{self.rule}]"
        return f"{text}. {self.mend}" if self.mend else text


class ModelError(MainspringError):
    """A model that cannot be used; `findings` say where and why, one by one."""

    def __init__(
        self, message: str, *, where: str = "", mend: str = "", findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(message, where=where, mend=mend)
        self.findings = tuple(findings)


def refusal(source: str, findings: Sequence[Finding]) -> ModelError:
    """The error that refuses the model `source` for its findings of severity error."""
    errors = [finding for finding in findings if finding.severity == "error"]
    listed = "; ".join(f"{finding.element}: {finding.message} [{finding.rule}]" for finding in errors[:5])
    more = f" and {len(errors) - 5} more" if len(errors) > 5 else ""  # noqa: PLR2004 - what fits a message
    return ModelError(
        f"the model breaks {len(errors)} rule(s): {listed}{more}",
        where=source,
        mend="Mend the named elements in the modeller and deploy again.",
        findings=errors,
    )
