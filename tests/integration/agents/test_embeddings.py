"""An endpoint's embeddings under a classifier: what leaves, what comes back, what is said when it fails."""

from collections.abc import Sequence
from typing import Any

import pytest

from mainspring.agents.models import AnswerInvalid, ModelUnavailable, Profile
from mainspring.agents.models.embeddings import embedder
from mainspring.agents.skills.classify import Classifier, Vectors
from mainspring.agents.skills.errors import TrainingError
from mainspring.gateway.egress import Egress
from mainspring.testing.model_endpoint import Embeds, ModelEndpoint, Script, Slow, Status

EXAMPLES = [
    ("where is my parcel", "order"),
    ("parcel is late", "order"),
    ("the invoice is wrong", "bill"),
    ("invoice charged twice", "bill"),
]
KEY = b"0123456789abcdef"


def vectors(endpoint: ModelEndpoint, **more: Any) -> Vectors:
    given = {"seconds": 5.0, "networks": ("127.0.0.0/8",), **more}
    profile = Profile(base_url=endpoint.base_url, model="scripted", **given)
    return embedder(Egress(), profile, KEY)


def test_a_classifier_is_trained_saved_and_asked_on_vectors_of_an_endpoint() -> None:
    with ModelEndpoint([Embeds()]) as endpoint:
        known = vectors(endpoint)
        saved = Classifier.train(EXAMPLES, embedder=known).to_json()
        again = Classifier.from_json(saved, embedder=known)
        assert again.classify("my invoice is wrong").label == "bill"


def test_what_was_trained_on_an_endpoint_is_not_read_with_another_embedder() -> None:
    with ModelEndpoint([Embeds()]) as endpoint:
        saved = Classifier.train(EXAMPLES, embedder=vectors(endpoint)).to_json()
    with pytest.raises(TrainingError, match="embeddings/scripted"):
        Classifier.from_json(saved)


def test_texts_are_sent_in_batches_and_come_back_in_their_order() -> None:
    texts = [f"text number {place}" for place in range(100)]
    with ModelEndpoint([Embeds()]) as endpoint:
        likeness = vectors(endpoint).beside(texts)(texts)
        assert [len(one["input"]) for one in endpoint.received] == [64, 36, 64, 36]
    assert likeness.argmax(axis=1).tolist() == list(range(100))


def test_personal_values_leave_as_stand_ins_unless_the_model_is_the_firms_own() -> None:
    for outside, seen in ((True, False), (False, True)):
        with ModelEndpoint([Embeds()]) as endpoint:
            vectors(endpoint, outside=outside).beside(["write to ann@customer.example"])
            assert ("ann@customer.example" in endpoint.heard) is seen


@pytest.mark.parametrize(
    ("script", "error", "said"),
    [
        ([Status(429)], ModelUnavailable, "it answered 429"),
        ([Status(500)], ModelUnavailable, "it answered 500"),
        ([Slow(5.0)], ModelUnavailable, "within"),
        ([Embeds(missing=1)], AnswerInvalid, "3 vectors came for 4 texts"),
    ],
)
def test_an_endpoint_that_fails_is_told_with_its_reason(
    script: Sequence[Script], error: type[Exception], said: str
) -> None:
    with ModelEndpoint(script) as endpoint, pytest.raises(error, match=said):
        Classifier.train(EXAMPLES, embedder=vectors(endpoint, seconds=0.3))
