"""Likenesses of several embedders, weighed, are an embedder like any other."""

from collections.abc import Sequence

import numpy as np
import pytest

from mainspring.agents.skills.classify import Blend, Classifier, Tfidf, Vectors
from mainspring.agents.skills.errors import TrainingError

COLOURS = {"red": (1.0, 0.0), "pink": (0.9, 0.1), "blue": (0.0, 1.0)}


def colours(texts: Sequence[str]) -> list[tuple[float, float]]:
    """A vector that knows colours and nothing else."""
    return [next((vector for word, vector in COLOURS.items() if word in text), (0.5, 0.5)) for text in texts]


def test_a_blend_is_the_weighed_mean_of_its_parts() -> None:
    known, asked = ["red mug", "blue hat"], ["pink mug", "blue hat"]
    vectors, words = Vectors("colours", colours), Tfidf()
    whole = Blend((0.25, vectors), (0.75, words)).beside(known)(asked)
    parts = 0.25 * vectors.beside(known)(asked) + 0.75 * words.beside(known)(asked)
    assert whole == pytest.approx(parts)
    assert np.diag(Blend((0.25, vectors), (0.75, words)).beside(known)(known)) == pytest.approx(1.0)


def test_sharpened_likeness_keeps_the_order_and_tells_the_near_further_apart() -> None:
    plain = Vectors("colours", colours).beside(["red"])(["red", "pink", "mug"]).ravel()
    sharp = Vectors("colours", colours, 8.0).beside(["red"])(["red", "pink", "mug"]).ravel()
    assert list(np.argsort(sharp)) == list(np.argsort(plain))
    assert sharp[0] == pytest.approx(1.0)
    assert sharp[1] - sharp[2] > plain[1] - plain[2]


def test_a_classifier_is_read_back_only_with_the_blend_it_was_trained_with() -> None:
    moods = {"red": "warm", "pink": "warm", "blue": "cold"}
    examples = [(f"{colour} {thing}", mood) for colour, mood in moods.items() for thing in ("mug", "hat")]
    blend = Blend((0.5, Vectors("colours", colours)), (0.5, Tfidf()))
    trained = Classifier.train(examples, embedder=blend)
    assert [one[0] for one in trained.classify("pink hat").alternatives] == ["warm", "cold"]
    saved = trained.to_json()
    again = Classifier.from_json(saved, embedder=blend).classify("red mug")
    assert again.label == "warm"
    assert again.confidence == pytest.approx(trained.classify("red mug").confidence)
    with pytest.raises(TrainingError, match=r"not mainspring.classifier/1 of 0\.6"):
        Classifier.from_json(saved, embedder=Blend((0.6, Vectors("colours", colours)), (0.4, Tfidf())))
