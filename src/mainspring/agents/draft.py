"""A draft: what a digital employee would do, how sure it is, and why."""

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """The result of generating, before anything was done.

    Args:
        values: what would be written or done (JSON).
        confidence: in [0, 1]; of the least sure part that matters.
        evidence: why, in sentences that a person can check.
        doubts: what a person must look at; any doubt sends the draft to review.
        seen: what the reviewer is shown beside the values (source text, alternatives).
    """

    values: dict[str, Any]
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    seen: dict[str, Any] = field(default_factory=dict)

    def doubting(self, *doubts: str) -> "Draft":
        """The same draft with further doubts."""
        return replace(self, doubts=self.doubts + doubts) if doubts else self
