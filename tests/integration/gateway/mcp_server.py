"""An MCP server of the official SDK, for tests: over HTTP on loopback, or as a program on stdio."""

import os
import socket
import sys
import threading
from typing import Any

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations
from pydantic import BaseModel


class Sum(BaseModel):
    """A sum."""

    total: int


def server() -> MCPServer[Any]:
    made: MCPServer[Any] = MCPServer("calculator")

    @made.tool(annotations=ToolAnnotations(read_only_hint=True))
    def add(a: int, b: int) -> Sum:
        """Add two numbers."""
        return Sum(total=a + b)

    @made.tool()
    def fail() -> str:
        """Fail always."""
        raise ValueError("not today")

    @made.tool()
    def told() -> str:
        """Say what the environment holds."""
        return os.environ.get("WORD", "nothing")

    return made


class Served:
    """The server on loopback."""

    def __init__(self) -> None:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
        self._socket = listening
        application = server().streamable_http_app()
        self._server = uvicorn.Server(uvicorn.Config(application, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, args=([listening],), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


if __name__ == "__main__":
    sys.exit(server().run("stdio"))
