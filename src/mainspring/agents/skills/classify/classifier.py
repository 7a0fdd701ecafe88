"""A classifier of texts that is its examples: trained in seconds, explained by the cases that decided."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np

from mainspring.agents.skills.classify.embedder import Embedder, Floats, Tfidf
from mainspring.agents.skills.classify.regression import chances, fit
from mainspring.agents.skills.errors import TrainingError
from mainspring.base.bilingual import both

_FORM = "mainspring.classifier/1"
_STRENGTH = 20.0
_FEW = 30
"""Examples of a class on average, below which likeness is spread."""
_REACH = 4.0
"""How far it is spread; chosen on training questions outside the draws that are reported."""
_STRANGE = 0.01
"""The share of examples that would themselves be called out of scope."""
_TOLD = 3
_MOST = 8000
"""Examples beyond these make training slower than a coffee; the latest are kept."""


class Example(NamedTuple):
    """A text whose class is known."""

    text: str
    label: str


class Case(NamedTuple):
    """An example that spoke for or against a class, and by how much (log-odds)."""

    text: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Classification:
    """What class a text has.

    Attributes:
        label: the class, or None where the text is like no example.
        confidence: the probability of the class, in [0, 1]; 0 out of scope.
        evidence: why, in sentences for the person who reviews it.
        alternatives: classes with their probability, likeliest first.
        cases: the examples that decided, strongest first.
    """

    label: str | None
    confidence: float
    evidence: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class _Weights:
    examples: Floats
    bias: Floats
    nearest: float


class Classifier:
    """Sorts texts into classes. Immutable; train anew when examples are added or withdrawn.

    Args:
        examples, labels: what it knows: the texts and, by place, their classes.
        embedder: compares texts.
    """

    def __init__(self, examples: Sequence[Example], embedder: Embedder, weights: _Weights) -> None:
        self.examples = tuple(examples)
        self.labels = tuple(sorted({example.label for example in self.examples}))
        self.embedder = embedder
        self._weights = weights
        self._likeness = embedder.beside([example.text for example in self.examples])

    @classmethod
    def train(
        cls,
        examples: Iterable[tuple[str, str]],
        *,
        titles: Mapping[str, str] | None = None,
        embedder: Embedder | None = None,
    ) -> Self:
        """Learn from texts whose class is known.

        Args:
            examples: text and class of each.
            titles: what the classes are called in words; a title counts as one more example.
            embedder: how texts are compared; TF-IDF unless given.

        Raises:
            TrainingError: no examples, or all of one class.
        """
        known = [Example(text, label) for text, label in examples if text.strip()][-_MOST:]
        known += [
            Example(title, label)
            for label, title in (titles or {}).items()
            if any(one.label == label for one in known)
        ]
        labels = sorted({example.label for example in known})
        if len(labels) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            raise TrainingError(
                f"{len(known)} examples of {len(labels)} class(es) tell nothing apart",
                where="training",
                mend="Give examples of at least two classes.",
            )
        embedder = embedder or Tfidf()
        texts = [example.text for example in known]
        kernel = embedder.beside(texts)(texts)
        kernel = (kernel + kernel.T) / 2
        classes = np.array([labels.index(example.label) for example in known])
        spread = _spread(kernel, len(labels))
        weights, bias = fit(kernel @ spread, classes, len(labels), _STRENGTH)
        weights = spread @ weights  # texts are asked with plain likeness; evidence stays a sum over examples
        return cls(known, embedder, _Weights(weights, bias, _strange(kernel)))

    def classify(self, text: str) -> Classification:
        """The class of one text."""
        return self.classify_all([text])[0]

    def classify_all(self, texts: Sequence[str]) -> list[Classification]:
        """The classes of many texts, faster than one by one."""
        if not texts:
            return []
        likeness = self._likeness(texts)
        likely = chances(likeness, self._weights.examples, self._weights.bias)
        return [self._told(row, chance) for row, chance in zip(likeness, likely, strict=True)]

    def _told(self, likeness: Floats, chance: Floats) -> Classification:
        order = np.argsort(-chance, kind="stable")
        nearest = int(likeness.argmax())
        alternatives = tuple((self.labels[place], float(chance[place])) for place in order[:_TOLD])
        if likeness[nearest] < self._weights.nearest:
            why = both(
                "like no example; the nearest is {text!r}",
                "与任何样例都不像；最近的是“{text}”",
                text=self.examples[nearest].text[:80],
            )
            return Classification(None, 0.0, (why,), alternatives)
        best = int(order[0])
        cases = self._deciding(likeness, best)
        evidence = tuple(
            both(
                "like {text!r}, which is {label}",
                "与“{text}”相似，其类别为 {label}",
                text=case.text[:80],
                label=case.label,
            )
            for case in cases
        )
        return Classification(self.labels[best], float(chance[best]), evidence, alternatives, cases)

    def _deciding(self, likeness: Floats, label: int) -> tuple[Case, ...]:
        parts: Floats = likeness * self._weights.examples[:, label]
        strongest = np.argsort(-np.abs(parts), kind="stable")[:_TOLD]
        chosen = ((self.examples[place], float(parts[place])) for place in strongest)
        return tuple(Case(example.text, example.label, weight) for example, weight in chosen)

    def without(self, text: str, label: str) -> Self:
        """The classifier trained anew without an example, such as a correction that was withdrawn.

        Raises:
            TrainingError: nothing to tell apart is left.
        """
        rest = [one for one in self.examples if one != (text, label)]
        return type(self).train(rest, embedder=self.embedder)

    def to_json(self) -> str:
        """The classifier as JSON text, for `from_json`."""
        return json.dumps(
            {
                "form": _FORM,
                "embedder": self.embedder.name,
                "examples": self.examples,
                "weights": np.round(self._weights.examples, 9).tolist(),
                "bias": self._weights.bias.tolist(),
                "nearest": self._weights.nearest,
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str | bytes, *, embedder: Embedder | None = None) -> Self:
        """Read what `to_json` wrote. Raises `TrainingError` when it is anything else."""
        embedder = embedder or Tfidf()
        try:
            saved: dict[str, Any] = json.loads(text)
            if (saved["form"], saved["embedder"]) != (_FORM, embedder.name):
                raise TrainingError(
                    f"it is {saved['form']} of {saved['embedder']}, not {_FORM} of {embedder.name}",
                    where="classifier",
                    mend="Train it anew.",
                )
            examples = [Example(str(said), str(label)) for said, label in saved["examples"]]
            table: Floats = np.array(saved["weights"], dtype=np.float64)
            bias: Floats = np.array(saved["bias"], dtype=np.float64)
            if table.shape != (len(examples), len(bias)) or len({one.label for one in examples}) != len(bias):
                raise TrainingError(
                    "its parts do not fit each other", where="classifier", mend="Train it anew."
                )
            return cls(examples, embedder, _Weights(table, bias, float(saved["nearest"])))
        except (ValueError, KeyError, TypeError) as wrong:
            raise TrainingError(
                f"this is no saved classifier: {wrong}", where="classifier", mend="Train it anew."
            ) from wrong


def _spread(kernel: Floats, classes: int) -> Floats:
    """What likeness is multiplied with so that it reaches examples of examples: (n, n).

    Where examples are few, two texts of a class often share no word, but both share one with a third
    (diffusion of likeness; Kandola, Shawe-Taylor and Cristianini 2003). Where there are many, it is idle.
    """
    size = len(kernel)
    if size >= _FEW * classes:
        return np.eye(size)
    from scipy.linalg import eigh  # heavy, and only training needs it

    (largest,) = eigh(kernel, eigvals_only=True, subset_by_index=[size - 1, size - 1])
    spread: Floats = np.eye(size) + _REACH * kernel / max(float(largest), 1e-12)
    return spread


def _strange(kernel: Floats) -> float:
    """Likeness to the nearest example below which a text is out of scope: as unlike as the oddest example."""
    others = kernel - 2.0 * np.eye(len(kernel))
    return float(np.quantile(others.max(axis=1), _STRANGE)) / 2
