"""A lead scorer: logistic regression on readable facts, trained by Newton's method, explained fact by fact.

The model is the ridge logistic regression of le Cessie and van Houwelingen (1992). The contribution of a fact
is its weight against the average lead, so that contributions and the base rate add up to the score.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from mainspring.agents.skills.score.errors import ScoreError
from mainspring.agents.skills.score.features import Column, Layout, Row, in_words, learn_layout
from mainspring.base.bilingual import both, joined

_RIDGES = (3.0, 30.0)
_ROWS_A_RIDGE = 200
"""The penalty grows by one with so many rows, within its bounds."""
_STEPS = 50
_DONE = 1e-8
_TOLD = 4  # reasons put into words
_USUAL = 0.5  # share of rows from which a fact is what one expects
_FORM = "mainspring.lead-scorer/1"


class Reason(NamedTuple):
    """What one fact adds to the log-odds of a good outcome, against the average row."""

    fact: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Score:
    """The chance of a good outcome.

    Attributes:
        value: probability in [0, 1].
        confidence: probability that the likelier outcome comes true, so at least 0.5.
        evidence: the strongest reasons in sentences.
        reasons: all reasons, strongest first.
    """

    value: float
    confidence: float
    evidence: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


class Weight(NamedTuple):
    """What is known of a fact: weight, share of rows it is true of, and share of good outcomes among them."""

    weight: float
    share: float
    rate: float


class LeadScorer:
    """Scores rows like those it was trained on. Immutable; train anew when outcomes are added."""

    def __init__(self, layout: Layout, weights: Mapping[str, Weight], bias: float, rows: int) -> None:
        self._layout = layout
        self._weights = dict(weights)
        self._bias = bias
        self.rows = rows

    @classmethod
    def train(cls, rows: Iterable[Row], outcomes: Iterable[bool], *, ignore: Iterable[str] = ()) -> Self:
        """Learn from rows whose outcome is known.

        Args:
            rows: columns by name; numbers, categories and texts are told apart by their values.
            outcomes: whether each turned out well.
            ignore: columns that must not be used, such as those filled in after the outcome.

        Raises:
            ScoreError: fewer than two rows, unequal lengths, or all outcomes the same.
        """
        known, good = list(rows), [bool(outcome) for outcome in outcomes]
        if len(known) != len(good):
            raise ScoreError(
                f"{len(known)} rows but {len(good)} outcomes", where="training", mend="Give one outcome a row"
            )
        if len(set(good)) < 2:  # noqa: PLR2004 - a good and a bad outcome
            raise ScoreError(
                "all outcomes are the same, so that nothing tells good from bad",
                where="training",
                mend="Add rows with the other outcome",
            )
        layout = learn_layout(known, ignore)
        said = [layout.facts(row) for row in known]
        names = sorted({fact for facts in said for fact in facts})
        place = {name: number for number, name in enumerate(names)}
        table = np.zeros((len(known), len(names)))
        for line, facts in enumerate(said):
            table[line, [place[fact] for fact in facts]] = 1.0
        outcome = np.array(good, dtype=np.float64)
        bias, values = _fit(table, outcome, _penalty(len(table)))
        share = table.mean(axis=0)
        rate = (table * outcome[:, None]).sum(axis=0) / np.maximum(table.sum(axis=0), 1.0)
        columns = zip(values.tolist(), share.tolist(), rate.tolist(), strict=True)
        weights = {name: Weight(*figures) for name, figures in zip(names, columns, strict=True)}
        return cls(layout, weights, bias, len(known))

    def score(self, row: Row) -> Score:
        """The chance that `row` turns out well, and why."""
        true = set(self._layout.facts(row))
        parts = {fact: w.weight * ((fact in true) - w.share) for fact, w in self._weights.items()}
        value = 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self._bias + sum(parts.values())))))
        # That a fact most rows have is not true of this one is a reason too; what is seldom true is none by
        # absence.
        reasons = [
            Reason(fact if fact in true else f"not: {fact}", part)
            for fact, part in parts.items()
            if fact in true or self._weights[fact].share > _USUAL
        ]
        ranked = tuple(sorted(reasons, key=lambda reason: (-abs(reason.contribution), reason.fact)))
        return Score(value, max(value, 1.0 - value), tuple(self._sentences(ranked, true)), ranked)

    def _sentences(self, reasons: tuple[Reason, ...], true: set[str]) -> Iterable[str]:
        for reason in [reason for reason in reasons if reason.fact in true][:_TOLD]:
            raises = reason.contribution > 0
            yield both(
                "{fact}: "
                + ("raises" if raises else "lowers")
                + " the chance ({rate:.0%} of such leads turned out well)",
                "{fact}：" + ("提高" if raises else "降低") + "可能性（这类线索有 {rate:.0%} 成交）",
                fact=in_words(reason.fact),
                rate=self._weights[reason.fact].rate,
            )
        if new := sorted(fact for fact in true if fact not in self._weights):
            yield both(
                "never seen in training: {facts}",
                "训练时从未出现：{facts}",
                facts=joined(map(in_words, new), ", ", "、"),
            )

    def to_json(self) -> str:
        """The scorer as JSON text, for `from_json`."""
        return json.dumps(
            {
                "form": _FORM,
                "rows": self.rows,
                "bias": self._bias,
                "columns": [column._asdict() for column in self._layout.columns],
                "weights": self._weights,
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `to_json` wrote. Raises `ScoreError` when it is anything else."""
        try:
            saved: dict[str, Any] = json.loads(text)
            if saved["form"] != _FORM:
                raise ScoreError(f"the form is {saved['form']!r}", where="form", mend=f"Save it as {_FORM}")
            columns = tuple(
                Column(each["name"], each["kind"], tuple(each["edges"]), tuple(each["values"]))
                for each in saved["columns"]
            )
            weights = {fact: Weight(*map(float, figures)) for fact, figures in saved["weights"].items()}
            return cls(Layout(columns), weights, float(saved["bias"]), int(saved["rows"]))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise ScoreError(
                f"this is no saved scorer: {wrong}",
                where="scorer",
                mend="Train it anew and save it with to_json",
            ) from wrong


def _penalty(rows: int) -> float:
    """More rows show more facts that come and go by chance, which a stronger penalty holds down."""
    return max(_RIDGES[0], min(_RIDGES[1], rows / _ROWS_A_RIDGE))


def _fit(
    table: NDArray[np.float64], outcome: NDArray[np.float64], penalty: float
) -> tuple[float, NDArray[np.float64]]:
    """Weights of the columns and log-odds of the average row: Newton steps on the penalised likelihood."""
    centred = np.hstack([np.ones((len(table), 1)), table - table.mean(axis=0)])
    ridge = np.full(centred.shape[1], penalty)
    ridge[0] = 1e-6
    weights = np.zeros(centred.shape[1])
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(centred @ weights, -30, 30)))
        slope = centred.T @ (outcome - chance) - ridge * weights
        curve = (centred * (chance * (1 - chance))[:, None]).T @ centred + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights += step
        if float(np.abs(step).max()) < _DONE:
            break
    return float(weights[0]), weights[1:]
