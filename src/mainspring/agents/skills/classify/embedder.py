"""Texts compared with examples: the port, and the embedder that needs no network."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"[\u3400-\u9fff]")
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "y")
_STEM = 3
"""Letters that must be left of a word."""
_JOINING_WORDS = (
    "a an the and or but if of at by for with about into to from in on off as is am are was wer be been "
    "being do doe did hav has had hav i me my min we us our you your he she it its they them their thi that "
    "thes thos her ther will would shall should can could may might must so than too ver just also then"
)
_JOINING = frozenset(_JOINING_WORDS.split())
"""English words without their endings that say nothing of what a text is about."""
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
    """Likeness of content words, of words with their neighbours, and of runs of characters.

    Weighs what is rare among the examples more (Sparck Jones 1972). Words are taken without their English
    endings, each Chinese sign is a word, and the content words leave out the words that only hold a sentence
    together. Runs of characters make it good for any script and for typing errors. The mean of the three
    likenesses is given.
    """

    name = "tf-idf/2"

    def beside(self, examples: Sequence[str]) -> Likeness:
        """Take in the examples, and give what compares texts with them."""
        # scikit-learn takes a second to import, which only those who train or load a classifier wait for
        from sklearn.feature_extraction.text import TfidfVectorizer

        parts: list[tuple[Any, Any]] = []
        for vectoriser in (
            TfidfVectorizer(analyzer=content, sublinear_tf=True),
            TfidfVectorizer(tokenizer=words, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True),
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


def words(text: str) -> list[str]:
    """The words of a text in small letters without their endings; each Chinese sign is one."""
    plain = _SIGN.sub(r" \g<0> ", text.lower().replace("'", "").replace("’", ""))
    return [_stem(word) for word in _WORD.findall(plain)]


def content(text: str) -> list[str]:
    """The words of a text without those that only hold an English sentence together."""
    return [word for word in words(text) if word not in _JOINING]


def _stem(word: str) -> str:
    """A word without its English ending, so that "transfers", "transferred" and "transferring" are near."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


class Vectors:
    """Likeness by vectors that another program gives, such as an `/embeddings` endpoint.

    Args:
        name: of the model, saved beside what is trained with it.
        embed: texts to rows of numbers, one row a text.
        sharpness: 0 for the cosine itself; more where the model's cosines are all near 1, for the likeness
            exp(sharpness * (cosine - 1)), which tells near from very near.
    """

    def __init__(
        self, name: str, embed: Callable[[Sequence[str]], Sequence[Sequence[float]]], sharpness: float = 0.0
    ) -> None:
        self.name = name if sharpness == 0.0 else f"{name} sharpened {sharpness:g}"
        self._embed = embed
        self._sharpness = sharpness

    def beside(self, examples: Sequence[str]) -> Likeness:
        """Take in the examples, and give what compares texts with them."""
        known = self._rows(examples)

        def likeness(texts: Sequence[str]) -> Floats:
            cosines: Floats = self._rows(texts) @ known.T
            return np.exp(self._sharpness * (cosines - 1)) if self._sharpness else cosines

        return likeness

    def _rows(self, texts: Sequence[str]) -> Floats:
        rows = np.asarray(self._embed(texts), dtype=np.float64)
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(length, 1e-12), dtype=np.float64)


class Blend:
    """The weighed mean of likenesses: vectors know meaning, words the terms that a small model never met.

    Args:
        parts: embedders with their weights, which make 1.
    """

    def __init__(self, *parts: tuple[float, Embedder]) -> None:
        self._parts = parts
        self.name = " + ".join(f"{weight:g} {embedder.name}" for weight, embedder in parts)

    def beside(self, examples: Sequence[str]) -> Likeness:
        """Take in the examples, and give what compares texts with them."""
        each = [(weight, embedder.beside(examples)) for weight, embedder in self._parts]

        def likeness(texts: Sequence[str]) -> Floats:
            return np.asarray(np.sum([weight * alike(texts) for weight, alike in each], axis=0))

        return likeness
