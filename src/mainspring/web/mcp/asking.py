"""Putting a question to the person behind the client, by elicitation, in both generations of the protocol.

Up to 2025-11-25 the server asks while the call waits. From 2026-07-28 on the call ends with the question, and
the client calls again with the answer and a sealed state, which binds it to caller, tool and arguments.
"""

from typing import Any

import mcp_types as mcp
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from mainspring.base import jsonio
from mainspring.web.mcp.tool import Question

KEY = "confirm"
MOST_TEXT = 4000
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "confirm": {
            "type": "boolean",
            "title": "Yes, do exactly this · 是的，就这样做",
            "description": "Nothing is done unless this is set. · 不勾选则什么也不做。",
            "default": False,
        }
    },
    "required": ["confirm"],
}


class NobodyToAsk(Exception):  # noqa: N818 - says what is the matter
    """The client cannot put a question to its person."""


class SaidNo(Exception):  # noqa: N818 - says what happened
    """The person declined, or gave no answer."""


def lacking(capability: str, said: str) -> MCPError:
    """The error of 2026-07-28 for a call that needs what the client has not declared."""
    return MCPError(mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, said, {"requiredCapabilities": {capability: {}}})


async def confirmed(
    context: ServerRequestContext[Any, Any], params: mcp.CallToolRequestParams, question: Question
) -> mcp.InputRequiredResult | None:
    """None once the person has said yes to this very question; otherwise what the client must do first.

    Raises:
        NobodyToAsk, MCPError: the client has not declared that it can ask its person.
        SaidNo: the person declined.
    """
    capabilities = context.session.client_capabilities
    modern = context.protocol_version in MODERN_PROTOCOL_VERSIONS
    if capabilities is None or capabilities.elicitation is None:
        if modern:  # the protocol has an error of its own for it
            said = "this needs your own yes: use a client with elicitation, or do it in the workbench"
            raise lacking("elicitation", said)
        raise NobodyToAsk
    if not modern:
        answer = await context.session.elicit_form(
            _text(question), SCHEMA, related_request_id=context.request_id
        )
        _insist_on_yes(answer)
        return None
    given = (params.input_responses or {}).get(KEY)
    if given is None or params.request_state != question.digest:
        form = mcp.ElicitRequestFormParams(message=_text(question), requested_schema=SCHEMA)
        return mcp.InputRequiredResult(
            input_requests={KEY: mcp.ElicitRequest(params=form)}, request_state=question.digest
        )
    _insist_on_yes(given)
    return None


def _insist_on_yes(answer: Any) -> None:
    """Only an explicit yes counts: the form was sent, and the box in it is set."""
    content: dict[str, Any] = dict(answer.content or {}) if isinstance(answer, mcp.ElicitResult) else {}
    if (
        not isinstance(answer, mcp.ElicitResult)
        or answer.action != "accept"
        or content.get("confirm") is not True
    ):
        raise SaidNo


def _text(question: Question) -> str:
    lines = [question.text, ""]
    for name, value in question.about.items():
        shown = value if isinstance(value, str) else jsonio.dumps(value).decode()
        lines.append(f"{name}: {shown}")
    text = "\n".join(lines)
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"
