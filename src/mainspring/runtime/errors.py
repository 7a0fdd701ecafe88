"""What the runtime refuses, grouped by who must act."""

from collections.abc import Sequence

from mainspring.base.errors import MainspringError
from mainspring.bpmn import Finding


class Denied(MainspringError):  # noqa: N818 - what the guard says, in its own word
    """The actor may not do this."""


class NotFound(MainspringError):  # noqa: N818 - the field's word
    """There is no such instance, job, task, process or version."""


class StaleLease(MainspringError):  # noqa: N818 - the field's word
    """The worker's lease ended and the job went to another; nothing was done."""


class DuplicateMessage(MainspringError):  # noqa: N818 - the field's word
    """A message with this id is buffered already; nothing was done."""


class EndlessError(MainspringError):
    """One command led to more messages and signals than can be meant; nothing was done."""


class DeploymentRefused(MainspringError):  # noqa: N818 - the field's word
    """Nothing of the package was deployed; `findings` say what is wrong where."""

    def __init__(self, message: str, findings: Sequence[Finding], *, where: str = "", mend: str = "") -> None:
        super().__init__(message, where=where, mend=mend)
        self.findings = tuple(findings)
