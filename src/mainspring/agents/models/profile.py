"""Profiles of models: where one answers, as whom, at what price, how long, and what may be told to it."""

from collections.abc import Mapping
from decimal import Decimal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mainspring.agents.models.errors import ProfileError
from mainspring.gateway.egress import Credential, Reach

_MILLION = Decimal(1_000_000)


class Profile(BaseModel):
    """One model behind an OpenAI-compatible endpoint (DeepSeek, Qwen, OpenAI, Ollama, vLLM, llama.cpp, ...).

    Args:
        base_url: of the endpoint, such as https://api.example/v1.
        model: the name that the endpoint knows it by.
        secret: name of the secret with its key; None where none is asked for.
        networks: networks beyond the public ones that it may be in, such as 127.0.0.0/8.
        outside: what leaves for it is stripped of personal and confidential values first.
        price_in, price_out: of a million tokens, in the currency of the cost table.
        seconds: for a whole answer.
        most_tokens: of an answer.
        fallback: profiles to ask, in order, when this one does not answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str
    model: str
    secret: str | None = None
    networks: tuple[str, ...] = ()
    outside: bool = True
    price_in: Decimal = Field(default=Decimal(0), ge=0)
    price_out: Decimal = Field(default=Decimal(0), ge=0)
    seconds: float = Field(default=60, gt=0, le=600)
    most_tokens: int = Field(default=2000, gt=0)
    fallback: tuple[str, ...] = ()

    @property
    def reach(self) -> Reach:
        """Where the egress may go for it.

        Raises:
            EgressRefused: the address or a network is none.
        """
        credential = Credential(self.secret) if self.secret else None
        return Reach.to(self.base_url, networks=self.networks, credential=credential, seconds=self.seconds)

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal:
        """What so many tokens cost."""
        return (self.price_in * tokens_in + self.price_out * tokens_out) / _MILLION


def read(text: str, source: str) -> dict[str, Profile]:
    """Read profiles from YAML: a mapping of name to profile.

    Raises:
        ProfileError: not YAML, a field is wrong, or a fall-back names no profile.
    """
    try:
        given = yaml.safe_load(text) or {}
        if not isinstance(given, Mapping):
            raise ProfileError("a mapping of names to profiles is needed", where=source)
        profiles = {str(name): Profile.model_validate(one) for name, one in given.items()}
    except yaml.YAMLError as error:
        raise ProfileError(f"not valid YAML: {error}", where=source) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ProfileError(first["msg"], where=f"{source}, {field}", mend="Correct the field.") from error
    for name, profile in profiles.items():
        unknown = set(profile.fallback) - set(profiles)
        if unknown:
            said = f"the fall-back {', '.join(sorted(unknown))} is no profile"
            raise ProfileError(said, where=f"{source}, {name}", mend="Name profiles of this file.")
    return profiles
