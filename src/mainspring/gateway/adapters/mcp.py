"""MCP servers as services: every tool becomes an operation of the gateway (official SDK, as a client).

Over streamable HTTP the connection goes through the egress. A server that is a program of this machine is
started only when an administrator named it in a file of the installation: a registration holds its name,
never a command. What a server says of its own tools is not believed unless the service was registered so.
"""

import contextlib
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import anyio
import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import Implementation, ListToolsResult, TextContent, Tool
from pydantic import Field

from mainspring.base.errors import MainspringError
from mainspring.gateway.adapters.port import Config, Ports
from mainspring.gateway.described import Described, titled, unique, verb
from mainspring.gateway.document import plain
from mainspring.gateway.errors import GatewayError, RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.outgoing import Sending

_ME = Implementation(name="mainspring", version="1")
_CONTENT = {
    "type": "object",
    "properties": {"content": {"type": "array", "items": {"type": "object"}}},
    "required": ["content"],
}
_MOST_PAGES = 100
_SAID = 300


class McpConfig(Config):
    """An MCP server.

    Attributes:
        url: of its endpoint, for streamable HTTP.
        program: the name of a program that an administrator installed, for stdio. One of the two.
        believe_hints: take its tools for reads, or for repeatable, where it says so.
    """

    url: str = ""
    program: str = ""
    believe_hints: bool = False
    kind: Literal["mcp"] = Field(default="mcp", exclude=True)


class Mcp:
    """Speaks to one MCP server over one connection, which is opened anew when it broke."""

    def __init__(self, config: McpConfig, ports: Ports) -> None:
        if bool(config.url) == bool(config.program):
            raise RegistryError("give an address or the name of a program", where="mcp configuration")
        if config.program and config.program not in ports.programs:
            said = f"no program was installed under the name {config.program}"
            raise RegistryError(
                said, where="program", mend="An administrator names it in the file of programs."
            )
        self._config = config
        self._ports = ports
        self._lock = threading.RLock()
        self._ending: contextlib.ExitStack | None = None
        self._portal: BlockingPortal | None = None
        self._client: Client | None = None

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Call a tool; gives its structured content, or its content where it has none."""
        del sending
        tool = operation.binding["tool"]
        result = self._ask(lambda client: client.call_tool(tool, plain(arguments)))
        if result.is_error:
            words = " ".join(one.text for one in result.content if isinstance(one, TextContent))
            said = f"the tool failed: {' '.join(words.split())[:_SAID] or 'no reason given'}"
            raise UpstreamRefused(said, where=operation.name, mend="Correct the arguments.")
        if result.structured_content is not None:
            return result.structured_content
        return {"content": [one.model_dump(mode="json", exclude_none=True) for one in result.content]}

    def tools(self) -> list[Tool]:
        """All tools of the server."""
        found: list[Tool] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page = self._ask(partial(_page, cursor))
            found += page.tools
            cursor = page.next_cursor
            if cursor is None:
                return found
        raise UpstreamUnavailable("it lists tools without end", where=self._place)

    def check(self) -> str:
        """Ask for its tools."""
        return f"has {len(self.tools())} tools"

    def close(self) -> None:
        """Close the connection, and end the program."""
        with self._lock:
            self._drop()

    def _ask(self, ask: Callable[[Client], Any]) -> Any:
        with self._lock:
            portal, client = self._connected()
        try:
            return portal.call(self._within, ask, client)
        except MCPError as error:
            if error.code in {-32602, -32601}:
                raise UpstreamRefused(
                    f"the server refused: {error.error.message[:_SAID]}", where=self._place
                ) from None
            raise self._down(error) from None
        except Exception as error:  # noqa: BLE001 - whatever broke the connection, it is opened anew
            raise self._down(error) from None

    async def _within(self, ask: Callable[[Client], Any], client: Client) -> Any:
        with anyio.fail_after(self._config.seconds):
            return await ask(client)

    def _connected(self) -> tuple[BlockingPortal, Client]:
        if self._portal is not None and self._client is not None:
            return self._portal, self._client
        ending = contextlib.ExitStack()
        try:
            portal = ending.enter_context(start_blocking_portal())
            transport = self._transport(portal, ending)
            made = Client(transport, read_timeout_seconds=self._config.seconds, client_info=_ME, cache=None)
            client = ending.enter_context(portal.wrap_async_context_manager(made))
        except Exception as error:  # noqa: BLE001 - likewise
            with contextlib.suppress(Exception):
                ending.close()
            raise self._down(error) from None
        self._ending, self._portal, self._client = ending, portal, client
        return portal, client

    def _transport(self, portal: BlockingPortal, ending: contextlib.ExitStack) -> Any:
        if self._config.url:
            reach = self._config.reach(self._config.url)
            reach.demand(self._config.url)
            http = self._ports.egress.async_client(reach)
            ending.enter_context(portal.wrap_async_context_manager(http))
            return streamable_http_client(self._config.url, http_client=http)
        program = self._ports.programs[self._config.program]
        secrets = {name: self._ports.egress.secret(secret, "") for name, secret in program.secrets.items()}
        return StdioServerParameters(
            command=program.command,
            args=list(program.arguments),
            env={**program.environment, **secrets},
        )

    def _down(self, error: BaseException) -> GatewayError:
        """What a failure of the connection means; it is opened anew the next time."""
        with self._lock:
            self._drop()
        for one in _inner(error):
            if isinstance(one, GatewayError):
                return one
            if isinstance(one, MainspringError):
                return GatewayError(one.message, where=one.where, mend=one.mend)
        kinds = sorted(
            {type(one).__name__ for one in _inner(error) if not isinstance(one, BaseExceptionGroup)}
        )
        said = f"the MCP server does not answer ({', '.join(kinds)})"
        return UpstreamUnavailable(said, where=self._place, mend="Try again later.")

    def _drop(self) -> None:
        ending, self._ending = self._ending, None
        self._portal = self._client = None
        if ending is not None:
            with contextlib.suppress(Exception, httpx2.HTTPError):
                ending.close()

    @property
    def _place(self) -> str:
        return self._config.url or self._config.program


async def _page(cursor: str | None, client: Client) -> ListToolsResult:
    return await client.list_tools(cursor=cursor)


def discover(config: McpConfig, ports: Ports) -> tuple[Described, ...]:
    """An operation for each tool."""
    speaker = Mcp(config, ports)
    try:
        tools = speaker.tools()
    finally:
        speaker.close()
    names = unique([verb(tool.name) for tool in tools])
    return tuple(
        _described(tool, name, believe=config.believe_hints) for tool, name in zip(tools, names, strict=True)
    )


def _described(tool: Tool, name: str, *, believe: bool) -> Described:
    hints = tool.annotations
    reads = bool(believe and hints and hints.read_only_hint)
    repeatable = reads or bool(believe and hints and hints.idempotent_hint)
    return Described(
        name=name,
        title=titled(tool.title or (hints.title if hints and hints.title else tool.name)),
        effect="read" if reads else "external",
        input=_closed(tool.input_schema),
        output={key: value for key, value in (tool.output_schema or _CONTENT).items() if key != "$schema"},
        binding={"tool": tool.name},
        idempotent=repeatable,
        reversible=reads,
    )


def _closed(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a tool's arguments; what it does not name does not pass, unless it says otherwise."""
    known = {key: value for key, value in schema.items() if key != "$schema"}
    if not {"allOf", "anyOf", "oneOf", "patternProperties", "$ref"} & set(known):
        known.setdefault("additionalProperties", False)
    return known


def _inner(error: BaseException) -> list[BaseException]:
    """The error, those it was raised from, and those of a group."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or any(one is each for each in found):
            continue
        found.append(one)
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
        waiting += [one.__cause__, one.__context__]
    return found
