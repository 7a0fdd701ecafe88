"""A web application served on loopback for as long as a context is open, at a free port."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

START = 20.0
"""Seconds that a server may take to start."""


class _Server(uvicorn.Server):
    """Tells when it serves; leaves the signals of the process alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.serving = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.serving.set()


def free_socket() -> tuple[socket.socket, str]:
    """A listening socket on loopback, and its address as `http://127.0.0.1:port`."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", 0))
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def live(make: Callable[[str], Any]) -> Iterator[str]:
    """Serve what `make` gives for an address; yields that address.

    Raises:
        RuntimeError: the application did not start.
    """
    listening, address = free_socket()
    config = uvicorn.Config(make(address), log_level="error", lifespan="on", timeout_graceful_shutdown=2)
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="live-server")
    thread.start()
    try:
        if not server.serving.wait(START):
            raise RuntimeError("the application did not start; its log says why")
        yield address
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
