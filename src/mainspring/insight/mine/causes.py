"""Root causes: a small tree of attribute values that says where cases of a kind (late, failed) gather."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import MiningError

if TYPE_CHECKING:
    from mainspring.insight.log import Attribute, Log

Mask = NDArray[np.bool_]
_MOST_VALUES = 50
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Branch:
    """Cases with something in common.

    Attributes:
        rule: what they have in common beyond the branch above; empty at the root.
        cases: how many, and the `share` of them that is of the kind in question.
        examples: names of cases of that kind.
        branches: the two parts that the best question splits them into; none where no question helps.
    """

    rule: str
    cases: int
    share: float
    examples: tuple[str, ...]
    branches: tuple["Branch", ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """As indented text."""
        own = f"{'  ' * depth}{self.rule or 'all'}: {self.share:.0%} of {self.cases:,} cases"
        return [own, *(line for branch in self.branches for line in branch.lines(depth + 1))]


def causes(
    log: "Log", kind: Mask, *, depth: int = 3, fewest: int = 20, leave_out: tuple[str, ...] = ()
) -> Branch:
    """Grow the tree.

    Args:
        log: the cases; attributes are those of a case's first event.
        kind: which cases (by number) are of the kind to be explained.
        depth: how many questions at most, one after the other.
        fewest: cases a branch must have.
        leave_out: columns that would explain nothing, because they follow from the kind.

    Raises:
        MiningError: all cases are of the kind, or none.
    """
    if not kind.any() or kind.all():
        raise MiningError("there must be cases of the kind and others")
    firsts = log.offsets[:-1]
    questions: dict[tuple[str, str], Mask] = {}
    for name in log.columns.names:
        if not name.endswith(("concept:name", "time:timestamp")) and name not in leave_out:
            questions |= _questions(name, log.attribute(name), firsts)
    return _grow(log, kind, np.ones(len(kind), bool), questions, "", depth, fewest)


def _questions(name: str, column: "Attribute", firsts: NDArray[np.int64]) -> dict[tuple[str, str], Mask]:
    values = column.values[firsts]
    if column.names is None:
        finite = values[~np.isnan(values)]
        if not len(finite):
            return {}
        cuts = np.unique(np.quantile(finite, np.linspace(0.1, 0.9, 9)))
        return {(f"{name} > {cut:g}", f"{name} <= {cut:g}"): values > cut for cut in cuts}
    if len(column.names) > _MOST_VALUES:
        return {}
    return {
        (f"{name} = {text}", f"{name} is not {text}"): values == code
        for code, text in enumerate(column.names)
    }


def _grow(
    log: "Log",
    kind: Mask,
    inside: Mask,
    questions: dict[tuple[str, str], Mask],
    rule: str,
    depth: int,
    fewest: int,
) -> Branch:
    cases, share = int(inside.sum()), float(kind[inside].mean())
    numbers = np.flatnonzero(inside & kind)[:_EXAMPLES].tolist()
    examples = tuple(log.cases[number] for number in numbers)
    best, gain = None, 3.84 / 2  # a chi-square of one degree of freedom at 5%, in nats
    if depth:
        for words, answer in questions.items():
            yes = inside & answer
            count = int(yes.sum())
            if min(count, cases - count) < fewest:
                continue
            won = _surprise(share, cases) - _surprise(float(kind[yes].mean()), count)
            rest = inside & ~answer
            won -= _surprise(float(kind[rest].mean()), cases - count)
            if won > gain + np.log(len(questions)):
                best, gain = words, won - np.log(len(questions))
    if best is None:
        return Branch(rule, cases, share, examples)
    parts = ((best[0], inside & questions[best]), (best[1], inside & ~questions[best]))
    branches = [_grow(log, kind, part, questions, words, depth - 1, fewest) for words, part in parts]
    branches.sort(key=lambda branch: -branch.share)
    return Branch(rule, cases, share, examples, tuple(branches))


def _surprise(share: float, cases: int) -> float:
    """Nats to tell of each case whether it is of the kind."""
    if share in {0.0, 1.0}:
        return 0.0
    return float(-cases * (share * np.log(share) + (1 - share) * np.log(1 - share)))
