"""Two versions on the same cases: which drafts come nearer to what people said is right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from mainspring.agents.draft import Draft

_BESIDE_THE_POINT = frozenset({"place", "confidence", "evidence"})
"""Fields that tell where a value came from: not part of what is right."""


class Sample(NamedTuple):
    """One case as one version drafts it: how many values are right, of how many; whether it passes unseen."""

    right: int
    values: int
    unseen: bool

    @property
    def wrong_unseen(self) -> bool:
        """An error that nobody would look at."""
        return self.unseen and self.right < self.values


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a candidate did beside the live version.

    Attributes:
        cases, corrected: how many were compared, and how many of these people had corrected.
        values: values in all answers; `live_right`, `candidate_right`: those drafted right.
        live_unseen, candidate_unseen: cases with an error that nobody would have looked at.
        better, worse: keys of cases with more, or fewer, right values than the live version had.
        failed: cases that could not be drafted anew.
        asked, tokens, cost: requests to language models that the comparison took, and what they cost.
    """

    cases: int
    corrected: int
    values: int
    live_right: int
    candidate_right: int
    live_unseen: int
    candidate_unseen: int
    better: tuple[int, ...]
    worse: tuple[int, ...]
    failed: int = 0
    asked: int = 0
    tokens: int = 0
    cost: Decimal = Decimal(0)

    @property
    def loses(self) -> bool:
        """It has fewer values right, or lets more errors pass unseen."""
        return self.candidate_right < self.live_right or self.candidate_unseen > self.live_unseen

    def as_dict(self) -> dict[str, Any]:
        """For JSON; keys as text."""
        figures = {name: getattr(self, name) for name in self.__slots__}
        told = {"better": [str(key) for key in self.better], "worse": [str(key) for key in self.worse]}
        return {**figures, **told, "loses": self.loses}


def sample(draft: Draft, answer: Mapping[str, Any], alone_from: float) -> Sample:
    """Hold a draft against what is right."""
    right, values = _agreement(draft.values, answer)
    return Sample(right, values, not draft.doubts and draft.confidence >= alone_from)


def compare(
    pairs: Sequence[tuple[int, bool, Sample, Sample]],
    failed: int = 0,
) -> Comparison:
    """Add up cases: key, whether people had corrected it, the live version's sample, the candidate's."""
    return Comparison(
        cases=len(pairs),
        corrected=sum(corrected for _, corrected, _, _ in pairs),
        values=sum(live.values for _, _, live, _ in pairs),
        live_right=sum(live.right for _, _, live, _ in pairs),
        candidate_right=sum(new.right for _, _, _, new in pairs),
        live_unseen=sum(live.wrong_unseen for _, _, live, _ in pairs),
        candidate_unseen=sum(new.wrong_unseen for _, _, _, new in pairs),
        better=tuple(key for key, _, live, new in pairs if new.right > live.right),
        worse=tuple(key for key, _, live, new in pairs if new.right < live.right),
        failed=failed,
    )


def _agreement(draft: Any, answer: Any) -> tuple[int, int]:
    """How many single values of an answer a draft has, and how many there are; a list's items in order."""
    if isinstance(answer, Mapping):
        mine = draft if isinstance(draft, Mapping) else {}
        fields = [name for name in answer if name not in _BESIDE_THE_POINT]
        return _sum(_agreement(mine.get(name), answer[name]) for name in fields)
    if isinstance(answer, list):
        items = draft if isinstance(draft, list) else []
        padded = [*items, *[None] * (len(answer) - len(items))]
        right, values = _sum(_agreement(one, two) for one, two in zip(padded, answer, strict=False))
        return right, values + max(0, len(items) - len(answer))  # what is too much is wrong
    return int(draft == answer), 1


def _sum(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    found = list(parts)
    return sum(right for right, _ in found), sum(values for _, values in found)
