"""Vectors of texts from any OpenAI-compatible `/embeddings`, by the gateway's egress, as an `Embedder`."""

import json
from collections.abc import Sequence
from typing import Any

from mainspring.agents.models.errors import AnswerInvalid, ModelUnavailable
from mainspring.agents.models.profile import Profile
from mainspring.agents.privacy import StandIns
from mainspring.agents.skills.classify import Vectors
from mainspring.gateway.egress import Egress
from mainspring.gateway.errors import GatewayError

_BATCH = 64
_LONGEST = 8000
"""Signs of a text that are sent; models cut off what is longer in any case."""
_OK = 200


def embedder(egress: Egress, profile: Profile, secret: bytes) -> Vectors:
    """An embedder for `Classifier.train(..., embedder=...)`.

    Args:
        egress: the way out; it puts in the key and goes nowhere but to the profile's address.
        profile: the model; unless it says `outside: false`, personal values leave as stand-ins.
        secret: the tenant's key of stand-ins, 16 bytes or more.

    The embedder raises `ModelUnavailable` when the endpoint is down, busy, slow or refuses, and
    `AnswerInvalid` when it does not answer as many vectors of one length as texts were sent.
    """

    def embed(texts: Sequence[str]) -> list[list[float]]:
        said = [text[:_LONGEST] or " " for text in texts]
        if profile.outside:
            said = StandIns(secret).hide(said)
        found: list[list[float]] = []
        for start in range(0, len(said), _BATCH):
            found += _asked(egress, profile, said[start : start + _BATCH])
        return found

    return Vectors(f"embeddings/{profile.model}", embed)


def _asked(egress: Egress, profile: Profile, texts: Sequence[str]) -> list[list[float]]:
    url = f"{profile.base_url.rstrip('/')}/embeddings"
    body = json.dumps({"model": profile.model, "input": list(texts), "encoding_format": "float"})
    headers = {"content-type": "application/json", "accept": "application/json"}
    try:
        answer = egress.request(profile.reach, "POST", url, headers=headers, content=body.encode())
    except GatewayError as error:
        raise ModelUnavailable(error.message, where=profile.model, mend=error.mend) from error
    if answer.status != _OK:
        raise ModelUnavailable(
            f"it answered {answer.status}", where=profile.model, mend="Try again later, or mend its profile."
        )
    return _vectors(answer.content, len(texts), profile.model)


def _vectors(content: bytes, count: int, where: str) -> list[list[float]]:
    """The vectors of an answer, in the order in which the texts were sent."""
    try:
        data: list[dict[str, Any]] = json.loads(content)["data"]
        ordered = sorted(data, key=lambda one: int(one["index"]))
        found = [[float(number) for number in one["embedding"]] for one in ordered]
    except (ValueError, KeyError, TypeError) as error:
        raise AnswerInvalid(f"this is no answer of /embeddings: {error}"[:200], where=where) from error
    if len(found) != count or len({len(vector) for vector in found}) != 1 or not found[0]:
        raise AnswerInvalid(
            f"{len(found)} vectors came for {count} texts, or of different lengths", where=where
        )
    return found
