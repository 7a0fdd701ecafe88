"""The tools and resources that the official suite asks a server for, so that it can drive ours."""

import base64
from typing import Any

import mcp_types as mcp
from pydantic import BaseModel, ConfigDict

from mainspring.runtime import NotFound
from mainspring.web.access import Visitor
from mainspring.web.mcp.asking import lacking
from mainspring.web.mcp.house_resources import Content, Template
from mainspring.web.mcp.tool import LOOKS, Question, Tool

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WAV = base64.b64decode("UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=")
TEXT = mcp.TextContent(text="This is a simple text response for testing.")
IMAGE = mcp.ImageContent(data=base64.b64encode(PNG).decode(), mime_type="image/png")
AUDIO = mcp.AudioContent(data=base64.b64encode(WAV).decode(), mime_type="audio/wav")


class Nothing(BaseModel):
    """No arguments."""

    model_config = ConfigDict(extra="forbid")


class Message(BaseModel):
    """A message for the person."""

    model_config = ConfigDict(extra="forbid")
    message: str


def _embedded(uri: str, media_type: str, text: str) -> mcp.EmbeddedResource:
    return mcp.EmbeddedResource(resource=mcp.TextResourceContents(uri=uri, mime_type=media_type, text=text))


def _fails(_: Visitor, __: Any) -> Any:
    raise NotFound("This tool intentionally returns an error for testing")


def _needs_sampling(_: Visitor, __: Any) -> Any:
    raise lacking("sampling", "this needs a model of the client, which this server never asks for")


def _tool(name: str, *content: Any, **more: Any) -> Tool:
    result = mcp.CallToolResult(content=list(content))
    given: dict[str, Any] = {"input": Nothing, "run": lambda _, __: result} | more
    return Tool(
        name=name,
        title=name,
        description=name,
        permission="see",
        effect=LOOKS,
        visible=lambda _: True,
        **given,
    )


TOOLS = (
    _tool("test_simple_text", TEXT),
    _tool("test_image_content", IMAGE),
    _tool("test_audio_content", AUDIO),
    _tool(
        "test_embedded_resource",
        _embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."),
    ),
    _tool(
        "test_multiple_content_types",
        mcp.TextContent(text="Multiple content types test:"),
        IMAGE,
        _embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ),
    _tool("test_error_handling", run=_fails),
    _tool("test_missing_capability", run=_needs_sampling),
    _tool(
        "test_elicitation",
        mcp.TextContent(text="User response: accepted"),
        input=Message,
        asks=lambda _, given: Question(given.message, {}),
    ),
    *(
        _tool(name, mcp.TextContent(text="done"), asks=lambda _, __: Question("What is your name?", {}))
        for name in (
            "test_streaming_elicitation",
            "test_input_required_result_elicitation",
            "test_input_required_result_capabilities",
            "test_input_required_result_tampered_state",
        )
    ),
    _tool("test_logging_tool", TEXT),
)


def _data(_: Visitor, name: str) -> Content:
    return Content("application/json", f'{{"id":"{name}","templateTest":true,"data":"Data for ID: {name}"}}')


def _static(_: Visitor, name: str) -> Content:
    if name == "static-text":
        return Content("text/plain", "This is the content of the static text resource.")
    if name == "static-binary":
        return Content("image/png", PNG)
    raise NotFound(f"there is no resource {name}")


TEMPLATES = (
    Template("test://template/{id}/data", "data", "application/json", "see", _data),
    Template("test://{id}", "static", "text/plain", "see", _static),
)
