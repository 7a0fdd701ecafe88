"""Whether two records mean one thing, learned from labelled pairs: a logistic regression on named facts."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.pairs.features import IN_CHINESE, NAMES, Columns, Rarity, Record, features
from mainspring.base.bilingual import both

_FORM = "mainspring.pairs/1"
_FOLDS = 5
_TOLD = 4
_FEWEST = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two records mean one thing.

    Attributes:
        same: the answer.
        confidence: the probability of the answer, in [0, 1].
        evidence: the facts that weighed most, in sentences.
    """

    same: bool
    confidence: float
    evidence: tuple[str, ...]


class _Weight(NamedTuple):
    weight: float
    usual: float
    """The mean of the fact over all pairs of training."""


class PairMatcher:
    """Judges pairs of records like those it was trained on. Immutable; train anew when pairs are added.

    Args:
        columns: which columns of a record say what.
        rarity: how much a word says.
        weights: of each fact, in the order of `NAMES`.
        bias: log-odds of the average pair.
        threshold: the probability from which a pair is called the same.
    """

    def __init__(
        self, columns: Columns, rarity: Rarity, weights: Sequence[_Weight], bias: float, threshold: float
    ) -> None:
        self.columns = columns
        self.threshold = threshold
        self._rarity = rarity
        self._weights = tuple(weights)
        self._bias = bias

    @classmethod
    def train(cls, pairs: Iterable[tuple[Record, Record]], same: Iterable[bool], columns: Columns) -> Self:
        """Learn from labelled pairs; where to cut is found by cross-validation on them, for the best F1.

        Args:
            pairs: two records each.
            same: whether each pair means one thing.
            columns: which columns of a record say what.

        Raises:
            TrainingError: unequal lengths, or fewer than ten pairs of either kind.
        """
        # scikit-learn takes a second to import, which only those who train wait for
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold, cross_val_predict

        known, labels = list(pairs), np.array(list(same), dtype=bool)
        if len(known) != len(labels):
            raise TrainingError(
                f"{len(known)} pairs but {len(labels)} labels", where="pairs", mend="Label each pair."
            )
        if min(int(labels.sum()), int((~labels).sum())) < _FEWEST:
            raise TrainingError(
                f"{int(labels.sum())} pairs are the same and {int((~labels).sum())} are not",
                where="pairs",
                mend=f"Give at least {_FEWEST} of either kind.",
            )
        rarity = Rarity.of(str(one.get(columns.name) or "") for pair in known for one in pair)
        table = np.array([features(one, two, columns, rarity) for one, two in known])
        usual, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
        model = LogisticRegression(C=1.0, max_iter=2000)
        scaled = (table - usual) / spread
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
        held = cross_val_predict(model, scaled, labels, cv=folds, method="predict_proba")[:, 1]
        model.fit(scaled, labels)
        slopes = (model.coef_[0] / spread).tolist()
        weights = [_Weight(*each) for each in zip(slopes, usual.tolist(), strict=True)]
        return cls(columns, rarity, weights, float(model.intercept_[0]), _cut(held, labels))

    def judge(self, first: Record, second: Record) -> Judgement:
        """Whether two records mean one thing, and why."""
        facts = features(first, second, self.columns, self._rarity)
        parts = [
            (one.weight * (fact - one.usual), name, fact)
            for one, name, fact in zip(self._weights, NAMES, facts, strict=True)
        ]
        score = self._bias + sum(part for part, _, _ in parts)
        chance = 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))
        same = chance >= self.threshold
        strongest = sorted(parts, key=lambda part: -abs(part[0]))[:_TOLD]
        evidence = tuple(
            both(
                f"{name}: {{fact:.2f}} speaks {'for' if part > 0 else 'against'} it",
                f"{IN_CHINESE[name]}：{{fact:.2f}}，{'支持' if part > 0 else '反对'}",
                fact=fact,
            )
            for part, name, fact in strongest
        )
        return Judgement(same, chance if same else 1.0 - chance, evidence)

    def to_json(self) -> str:
        """The matcher as JSON text, for `from_json`."""
        return json.dumps(
            {
                "form": _FORM,
                "columns": [self.columns.name, self.columns.text, self.columns.amount],
                "records": self._rarity.records,
                "counts": self._rarity.counts,
                "weights": dict(zip(NAMES, self._weights, strict=True)),
                "bias": self._bias,
                "threshold": self.threshold,
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `to_json` wrote. Raises `TrainingError` when it is anything else."""
        try:
            saved: dict[str, Any] = json.loads(text)
            if saved["form"] != _FORM:
                raise TrainingError(
                    f"it is {saved['form']}, not {_FORM}", where="pairs", mend="Train it anew."
                )
            name, texts, amount = saved["columns"]
            weights = [_Weight(*map(float, saved["weights"][fact])) for fact in NAMES]
            rarity = Rarity(int(saved["records"]), {str(w): int(n) for w, n in saved["counts"].items()})
            columns = Columns(str(name), tuple(texts), str(amount))
            return cls(columns, rarity, weights, float(saved["bias"]), float(saved["threshold"]))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise TrainingError(
                f"this is no saved matcher of pairs: {wrong}", where="pairs", mend="Train it anew."
            ) from wrong


def _cut(chances: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """The probability from which calling a pair the same gives the best F1."""
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(same[order])
    scores = 2.0 * hits / (np.arange(1, len(order) + 1) + same.sum())
    best = int(scores.argmax())
    following = chances[order[min(best + 1, len(order) - 1)]]
    return float((chances[order[best]] + following) / 2)
