"""A small HTTP server on loopback that plays an outside service: each path answers in its own way."""

import gzip
import json
import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answers = Callable[["Asked"], tuple[int, dict[str, str], bytes]]


class Asked:
    """A request that came in."""

    def __init__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Upstream:
    """The server; `asked` holds what came in, `answer` may be replaced by a test."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.answer: Answers = standard
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                size = int(self.headers.get("content-length", 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                one = Asked(self.command, self.path, headers, self.rfile.read(size))
                outer.asked.append(one)
                if one.path == "/drip":
                    return self._drip()
                status, more, body = outer.answer(one)
                self.send_response(status)
                for name, value in {"content-length": str(len(body)), **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                return None

            def _drip(self) -> None:
                self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
                try:
                    while not outer.closing.wait(0.02):
                        self.wfile.write(b"x")
                        self.wfile.flush()
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"):
            setattr(Handler, f"do_{method}", Handler._any)
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def of_json(value: Any, status: int = 200) -> tuple[int, dict[str, str], bytes]:
    return status, {"content-type": "application/json"}, json.dumps(value).encode()


def standard(asked: Asked) -> tuple[int, dict[str, str], bytes]:
    path = asked.path.partition("?")[0]
    if path == "/bomb":
        return 200, {"content-encoding": "gzip"}, gzip.compress(bytes(50_000_000))
    if path == "/packed":
        return 200, {"content-encoding": "gzip"}, gzip.compress(b"unpacked")
    if path == "/large":
        return 200, {}, bytes(2_000_000)
    if path == "/slow":
        time.sleep(1)
        return of_json({})
    if path.startswith("/to/"):
        return 302, {"location": path.removeprefix("/to/")}, b""
    return of_json({"path": asked.path, "headers": asked.headers})
