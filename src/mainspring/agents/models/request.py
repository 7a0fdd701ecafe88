"""One request to a model, streamed, with a deadline, and called off when somebody asks for it.

The wire is loaded at the first request: its clients take 50 MB, and a house without models never needs them.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from mainspring.agents.models.profile import Profile
from mainspring.gateway.egress import Egress

Role = Literal["system", "user", "assistant"]
Hear = Callable[[str], None]
SIGNS_A_TOKEN = 4
"""What a token is taken for where nobody counted."""


class Message(NamedTuple):
    """One turn of a conversation."""

    role: Role
    text: str


class Reply(NamedTuple):
    """What a model said.

    Attributes:
        text: all of it.
        tokens_in, tokens_out: as the endpoint counted them; by length where it did not.
        complete: it came to its own end; False when it was cut off at its most tokens.
    """

    text: str
    tokens_in: int
    tokens_out: int
    complete: bool


def silent(_: str) -> None:
    """Nobody reads along."""


def never() -> bool:
    """Nobody calls it off."""
    return False


def ask(
    egress: Egress,
    profile: Profile,
    messages: Sequence[Message],
    *,
    hear: Hear = silent,
    called_off: Callable[[], bool] = never,
) -> Reply:
    """Ask a model and wait for its whole answer.

    Args:
        egress: the way out.
        profile: whom to ask.
        messages: the conversation so far.
        hear: told each piece of the answer as it comes.
        called_off: asked at each piece, and while nothing comes; True ends the request and its connection.

    Raises:
        ModelUnavailable: down, busy, too slow, or the key is refused.
        Cancelled: it was called off.
    """
    from mainspring.agents.models import wire  # heavy: loads the clients of models

    return asyncio.run(wire.ask(egress, profile, messages, hear, called_off))
