"""A scripted endpoint that speaks as OpenAI-compatible models do, well and badly, on loopback.

    with ModelEndpoint([Says('{"label": "bill"}'), Status(429), Slow(2.0), Loops()]) as endpoint:
        ...  # endpoint.base_url; what arrived stands in endpoint.received

The replies are given in order; the last one is repeated. `/embeddings` is answered by `Embeds`.
"""

import json
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from types import TracebackType
from typing import Any, NamedTuple, Self


class Says(NamedTuple):
    """An answer in pieces; `finish` is "length" for one that was cut off."""

    text: str
    finish: str = "stop"


class Status(NamedTuple):
    """An HTTP error such as 429 or 500."""

    code: int


class Slow(NamedTuple):
    """Nothing for so many seconds, then an answer; ends early when the endpoint is closed."""

    seconds: float
    text: str = "{}"


class Loops(NamedTuple):
    """The same words without end."""

    text: str = "and so on "


class Breaks(NamedTuple):
    """The connection is closed in the middle of this answer."""

    text: str


class Embeds(NamedTuple):
    """A vector for each text: counts of its pairs of letters, so that texts alike have vectors alike.

    Attributes:
        size: of a vector.
        missing: how many vectors are left out, as a broken endpoint would.
    """

    size: int = 64
    missing: int = 0


Script = Says | Status | Slow | Loops | Breaks | Embeds
_PIECE = 12
_MOST_PIECES = 100_000


class ModelEndpoint:
    """The endpoint; a context manager.

    Args:
        script: the replies, in order.

    Attributes:
        received: the bodies of all requests, in order.
        keys: their authorisation headers.
        asked: set when the first request has arrived.
    """

    def __init__(self, script: Sequence[Script]) -> None:
        self.script = list(script)
        self.received: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.asked, self.closing = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def base_url(self) -> str:
        """What a profile names."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def heard(self) -> str:
        """All that arrived, as one text."""
        return json.dumps(self.received, ensure_ascii=False)

    def next(self, body: dict[str, Any], key: str) -> Script:
        """Keep a request, and give the reply to it."""
        with self._lock:
            self.received.append(body)
            self.keys.append(key)
            self.asked.set()
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """The server, with its script at hand."""

    daemon_threads = True

    def __init__(self, endpoint: ModelEndpoint) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint = endpoint


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length) or b"{}")
        reply = self.server.endpoint.next(body, self.headers.get("authorization", ""))
        with suppress(BrokenPipeError, ConnectionResetError):
            if isinstance(reply, Status):
                self._error(reply.code)
            elif isinstance(reply, Embeds):
                self._json(200, _embedded(reply, body))
            else:
                self._answer(reply)

    def _answer(self, reply: Says | Slow | Loops | Breaks) -> None:
        closing = self.server.endpoint.closing
        if isinstance(reply, Slow):
            closing.wait(reply.seconds)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for piece in _pieces(reply):
            delta = {"role": "assistant", "content": piece}
            self._event({"delta": delta, "index": 0, "finish_reason": None})
            if closing.is_set():
                return
        if isinstance(reply, Breaks):
            self.connection.close()
            return
        finish = reply.finish if isinstance(reply, Says) else "stop"
        self._event({"delta": {}, "index": 0, "finish_reason": finish})
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        self._data({**_frame(), "choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, choice: dict[str, Any]) -> None:
        self._data({**_frame(), "choices": [choice]})

    def _data(self, value: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def _error(self, code: int) -> None:
        self._json(code, {"error": {"message": f"scripted {code}", "type": "scripted"}})

    def _json(self, code: int, value: dict[str, Any]) -> None:
        said = json.dumps(value).encode()
        self.send_response(code)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives
        """Tests are silent."""


def _frame() -> dict[str, Any]:
    return {"id": "scripted", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}


def _pieces(reply: Says | Slow | Loops | Breaks) -> Iterator[str]:
    if isinstance(reply, Loops):
        yield from (reply.text for _ in range(_MOST_PIECES))
        return
    text = reply.text if not isinstance(reply, Breaks) else reply.text[: len(reply.text) // 2]
    for place in range(0, len(text), _PIECE):
        yield text[place : place + _PIECE]


def _embedded(reply: Embeds, body: dict[str, Any]) -> dict[str, Any]:
    """The answer of /embeddings, its vectors in no particular order, as the protocol allows."""
    data = []
    for index, text in enumerate(body["input"]):
        vector = [0.0] * reply.size
        for pair in pairwise(f" {text.lower()} "):
            vector[zlib.crc32("".join(pair).encode()) % reply.size] += 1.0
        data.append({"object": "embedding", "index": index, "embedding": vector})
    kept = data[: len(data) - reply.missing]
    return {"object": "list", "model": "scripted", "data": kept[::-1]}
