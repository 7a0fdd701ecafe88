"""The wire of a request to a model: pydantic-ai's and the OpenAI client's, loaded at the first request.

The connection is the gateway's egress, which puts in the key, and goes nowhere but to the profile's address.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from openai import AsyncOpenAI
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import AgentRunError, ModelHTTPError
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    SystemPromptPart,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings

from mainspring.agents.models.errors import Cancelled, ModelError, ModelUnavailable
from mainspring.agents.models.profile import Profile
from mainspring.agents.models.request import SIGNS_A_TOKEN, Hear, Message, Reply
from mainspring.gateway.egress import Egress
from mainspring.gateway.errors import GatewayError

_MOST_SIGNS_A_TOKEN = 16
"""An answer longer than this times its tokens is a loop that the endpoint does not end."""
_CALLED_OFF = "the request was called off"
_LOOK = 0.2
"""Seconds between two looks whether a request was called off, while its endpoint says nothing."""


async def ask(
    egress: Egress, profile: Profile, messages: Sequence[Message], hear: Hear, called_off: Callable[[], bool]
) -> Reply:
    """Ask and wait for the whole answer; arguments and errors are those of `request.ask`."""
    asking = asyncio.create_task(_heard(egress, profile, messages, hear, called_off))
    watching = asyncio.create_task(_until(called_off))
    try:
        await asyncio.wait({asking, watching}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        watching.result()
    finally:
        for task in (asking, watching):
            task.cancel()
        with suppress(asyncio.CancelledError, ModelError):
            await asking
    raise Cancelled(_CALLED_OFF, where=profile.model)


async def _until(called_off: Callable[[], bool]) -> None:
    """Wait until somebody calls it off, also while nothing comes."""
    while not called_off():  # noqa: ASYNC110 - what is looked at lies in the store
        await asyncio.sleep(_LOOK)


async def _heard(
    egress: Egress, profile: Profile, messages: Sequence[Message], hear: Hear, called_off: Callable[[], bool]
) -> Reply:
    """The whole answer, piece by piece."""
    http = egress.async_client(profile.reach)
    # The true key is put in by the egress; the client insists on having one.
    client = AsyncOpenAI(base_url=profile.base_url, api_key="egress", http_client=http, max_retries=0)
    model = OpenAIChatModel(profile.model, provider=OpenAIProvider(openai_client=client))
    settings = ModelSettings(max_tokens=profile.most_tokens, temperature=0.0)
    heard: list[str] = []
    most = profile.most_tokens * _MOST_SIGNS_A_TOKEN
    try:
        async with (
            asyncio.timeout(profile.seconds),
            http,
            model_request_stream(model, _wire(messages), model_settings=settings) as stream,
        ):
            async for event in stream:
                piece = _text(event)
                if piece:
                    heard.append(piece)
                    hear(piece)
                if called_off():
                    raise Cancelled(_CALLED_OFF, where=profile.model)
                if sum(map(len, heard)) > most:
                    return Reply("".join(heard), 0, profile.most_tokens, complete=False)
            response = stream.get()
    except TimeoutError:
        raise _unavailable(profile, f"no whole answer within {profile.seconds:g} seconds") from None
    except ModelHTTPError as error:
        raise _unavailable(profile, f"it answered {error.status_code}") from error
    except (AgentRunError, GatewayError) as error:
        raise _unavailable(profile, str(error)[:300]) from error
    except OSError as error:
        raise _unavailable(profile, f"the connection failed ({type(error).__name__})") from error
    return _reply("".join(heard), response, messages)


def _reply(text: str, response: ModelResponse, messages: Sequence[Message]) -> Reply:
    usage = response.usage
    counted_in = usage.input_tokens or sum(len(message.text) for message in messages) // SIGNS_A_TOKEN
    return Reply(
        text,
        counted_in,
        usage.output_tokens or len(text) // SIGNS_A_TOKEN,
        response.finish_reason != "length",
    )


def _wire(messages: Sequence[Message]) -> list[ModelMessage]:
    wire: list[ModelMessage] = []
    for message in messages:
        if message.role == "assistant":
            wire.append(ModelResponse(parts=[TextPart(message.text)]))
        elif message.role == "system":
            wire.append(ModelRequest(parts=[SystemPromptPart(message.text)]))
        else:
            wire.append(ModelRequest(parts=[UserPromptPart(message.text)]))
    return wire


def _text(event: object) -> str:
    if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
        return event.part.content
    if isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
        return event.delta.content_delta
    return ""


def _unavailable(profile: Profile, said: str) -> ModelUnavailable:
    return ModelUnavailable(
        said, where=profile.model, mend="Try again later, or name a fall-back in its profile."
    )
