"""A draft: what a digital employee would do, how sure it is, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

WHOLE = "draft"
"""The output of a draft whose values are equally sure."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The result of generating, before anything was done.

    Args:
        values: what would be written or done (JSON).
        confidence: in [0, 1]; of the least sure part that matters.
        evidence: why, in sentences that a person can check.
        doubts: what a person must look at; any doubt sends the draft to review.
        sure: the confidence of single values where these differ; each is then promised on its own.
        seen: what the reviewer is shown beside the values (source text, alternatives).
    """

    values: dict[str, Any]
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    seen: dict[str, Any] = field(default_factory=dict)
    sure: dict[str, float] = field(default_factory=dict)

    @property
    def outputs(self) -> dict[str, float]:
        """What is promised, with its confidence: single values, or the draft as a whole."""
        return self.sure or {WHOLE: self.confidence}

    def right(self, output: str, answer: Mapping[str, Any]) -> bool:
        """Whether a person left an output as it was."""
        if output == WHOLE:
            return dict(answer) == self.values
        return bool(answer.get(output) == self.values.get(output))

    def doubting(self, *doubts: str) -> "Draft":
        """The same draft with further doubts."""
        return replace(self, doubts=self.doubts + doubts) if doubts else self

    def kept(self) -> dict[str, Any]:
        """As it is kept on record (JSON)."""
        return {
            "values": self.values,
            "confidence": self.confidence,
            "evidence": list(self.evidence),
            "doubts": list(self.doubts),
            "sure": self.sure,
        }

    @staticmethod
    def read(kept: Mapping[str, Any]) -> "Draft":
        """The draft of a record."""
        sure = {name: float(confidence) for name, confidence in kept.get("sure", {}).items()}
        evidence, doubts = tuple(kept["evidence"]), tuple(kept["doubts"])
        return Draft(dict(kept["values"]), float(kept["confidence"]), evidence, doubts, sure=sure)
