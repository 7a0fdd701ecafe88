"""An operation of an outside service as the registry keeps it: plain data, whatever protocol is behind it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mainspring.gateway.rate import Rate
from mainspring.services.operation import Vouched

Verb = Annotated[str, StringConstraints(pattern=r"^[a-z][a-zA-Z0-9_]{0,79}$")]
_OTHER = re.compile(r"[^a-zA-Z0-9]+")
_MOST_NAME = 80


class Described(BaseModel):
    """One operation.

    Attributes:
        name: the verb; with the service's name before it, the name of the operation.
        title: by language.
        effect: as of all operations; what is not known to be a read is `external`.
        input, output: JSON Schemas.
        binding: what the adapter needs to carry it out.
        idempotent: doing it twice is as doing it once, so it may be tried again.
        reversible: a later operation can undo it without loss.
        result: FEEL over `response` and `arguments` that gives the answer; none takes it as it came.
        amount, counterparty: FEEL over the arguments, for operations that move money.
        cost: price of a call. `tokens`: how many a call may use at most, reserved before it.
        cache_seconds: how long an answer to a read may be given again.
        stale_seconds: how old an answer may be that stands in while the service is down.
        degraded: the answer while the service is down, when no older one can stand in.
        retries: further attempts, where an attempt may be repeated.
        rate: so many calls a second for each caller, agent, process, department, or the company.
        steering, outsiders, private: as of all operations (see `services.operation`). None for outsiders:
            the whole answer holds words of outsiders, unless the service is the company's own database or
            folder.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Verb
    title: Mapping[str, str]
    effect: Literal["read", "write", "external", "money"]
    input: Mapping[str, Any]
    output: Mapping[str, Any] = {}
    binding: Mapping[str, Any] = {}
    idempotent: bool = False
    reversible: bool = True
    result: str | None = None
    amount: str | None = None
    counterparty: str | None = None
    cost: Decimal = Field(default=Decimal(0), ge=0)
    tokens: int = Field(default=0, ge=0)
    cache_seconds: int = Field(default=0, ge=0, le=86_400)
    stale_seconds: int = Field(default=0, ge=0, le=604_800)
    degraded: Any = None
    retries: int = Field(default=2, ge=0, le=5)
    rate: Rate | None = None
    steering: Mapping[str, Vouched] = {}
    outsiders: tuple[str, ...] | None = None
    private: tuple[str, ...] = ()


def verb(text: str) -> str:
    """A name for an operation from what its service calls it."""
    words = [word for word in _OTHER.split(text) if word]
    joined = "_".join(words) or "call"
    first = joined[0].lower()
    return (first if first.isalpha() else f"call_{first}")[:_MOST_NAME] + joined[1 : _MOST_NAME - 6]


def unique(names: list[str]) -> list[str]:
    """The names, where one comes again with a number behind it."""
    seen: dict[str, int] = {}
    given = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        given.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return given


def titled(text: str) -> dict[str, str]:
    """A title that its service gives in one language."""
    line = " ".join(text.split())[:200]
    return {"en": line, "zh": line}
