"""Texts compared with examples: the port, and the embedder that needs no network."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

_WORD = r"(?u)\b\w+\b"
Floats = NDArray[np.float64]
Likeness = Callable[[Sequence[str]], Floats]
"""How alike texts are to the examples it was made for: (texts, examples), in [-1, 1], 1 for the same text."""


class Embedder(Protocol):
    """Compares texts with examples.

    Attributes:
        name: stands in what is saved; the same name must mean the same likeness.
    """

    @property
    def name(self) -> str:
        """What is saved beside a classifier trained with it."""
        ...

    def beside(self, examples: Sequence[str]) -> Likeness:
        """Take in the examples, and give what compares texts with them."""
        ...


class Tfidf:
    """Likeness of words with their neighbours, and of runs of characters.

    Weighs what is rare among the examples more (Sparck Jones 1972). Runs of characters make it good for any
    script and for typing errors; the mean of the two likenesses is given.
    """

    name = "tf-idf/1"

    def beside(self, examples: Sequence[str]) -> Likeness:
        """Take in the examples, and give what compares texts with them."""
        # scikit-learn takes a second to import, which only those who train or load a classifier wait for
        from sklearn.feature_extraction.text import TfidfVectorizer

        parts: list[tuple[Any, Any]] = []
        for vectoriser in (
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_WORD),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ):
            try:
                parts.append((vectoriser, vectoriser.fit_transform(examples).T.tocsr()))
            except ValueError:  # not one word in all examples
                continue

        def likeness(texts: Sequence[str]) -> Floats:
            total = np.zeros((len(texts), len(examples)))
            for vectoriser, known in parts:
                total += (vectoriser.transform(texts) @ known).toarray()
            return total / max(1, len(parts))

        return likeness


class Vectors:
    """Likeness as the cosine of vectors that another program gives, such as an `/embeddings` endpoint.

    Args:
        name: of the model, saved beside what is trained with it.
        embed: texts to rows of numbers, one row a text.
    """

    def __init__(self, name: str, embed: Callable[[Sequence[str]], Sequence[Sequence[float]]]) -> None:
        self.name = name
        self._embed = embed

    def beside(self, examples: Sequence[str]) -> Likeness:
        """Take in the examples, and give what compares texts with them."""
        known = self._rows(examples)
        return lambda texts: self._rows(texts) @ known.T

    def _rows(self, texts: Sequence[str]) -> Floats:
        rows = np.asarray(self._embed(texts), dtype=np.float64)
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(length, 1e-12), dtype=np.float64)
