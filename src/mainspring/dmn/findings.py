"""What an examination of a model found: by static analysis, or by running its unit tests."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should look at.

    Attributes:
        kind: syntax, unknown name, type, gap, overlap, masked rule, unreachable rule, not examined, or test.
        severity: "error" where the model is wrong whatever the data are (a deployment is refused), else
            "warning".
        where: the element in words.
        message: what was found.
        example: an input that shows it, by column title or input name.
        element: id of the decision or knowledge model, nothing where it is none.
        rule: the row of a table, counted from 1; 0 where it is none.
        column: the title of a table's column, nothing where it is none.
        position: offset in the text of the cell or expression, counted from 0.
    """

    kind: str
    severity: str
    where: str
    message: str
    example: dict[str, Any] = field(default_factory=dict)
    element: str = ""
    rule: int = 0
    column: str = ""
    position: int = 0

    @property
    def refuses(self) -> bool:
        """Whether a model with this finding is not deployed."""
        return self.severity == "error"

    def __str__(self) -> str:
        shown = ", ".join(f"{name} = {value}" for name, value in self.example.items())
        return f"{self.severity}: {self.where}: {self.message}" + (
            f" (for instance {shown})" if shown else ""
        )
