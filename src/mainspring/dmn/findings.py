"""What an examination of a model found: by static analysis, or by running its unit tests."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should look at.

    Attributes:
        kind: syntax, unknown name, type, gap, overlap, masked rule, unreachable rule, not examined, or test.
        severity: "error" where the model is wrong, "warning" where it may be meant.
        where: the element.
        message: what was found.
        example: an input that shows it, by column title or input name.
    """

    kind: str
    severity: str
    where: str
    message: str
    example: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = ", ".join(f"{name} = {value}" for name, value in self.example.items())
        return f"{self.severity}: {self.where}: {self.message}" + (
            f" (for instance {shown})" if shown else ""
        )
