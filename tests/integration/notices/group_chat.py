"""A group chat on loopback that checks tokens and signatures as DingTalk, WeCom and Feishu document them."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN, KEY = "canary-token-1234", "SECcanary-signing-key"
_LATE = 3600


class GroupChat:
    """The receiver; `said` are the bodies of the messages that were taken, `answer` overrules the next."""

    def __init__(self, flavour: str) -> None:
        self.flavour = flavour
        self.said: list[Any] = []
        self.answer: dict[str, Any] | None = None
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                content = json.dumps(chat.taken(self.path, body)).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        """The webhook address as the group shows it."""
        host = f"http://127.0.0.1:{self._server.server_address[1]}"
        return host + {
            "dingtalk": f"/robot/send?access_token={TOKEN}",
            "wecom": f"/cgi-bin/webhook/send?key={TOKEN}",
            "feishu": f"/open-apis/bot/v2/hook/{TOKEN}",
        }.get(self.flavour, "")

    def taken(self, path: str, body: Any) -> dict[str, Any]:
        """The answer to a message; only what is signed and has the token is kept."""
        if self.answer is not None:
            return self.answer
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        fault = getattr(self, f"_{self.flavour}")(parts.path, query, body)
        if fault is not None:
            return dict(fault)
        self.said.append(body)
        return {"code": 0, "msg": "success"} if self.flavour == "feishu" else {"errcode": 0, "errmsg": "ok"}

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()

    def _dingtalk(self, path: str, query: dict[str, str], _: Any) -> dict[str, Any] | None:
        if path != "/robot/send" or query.get("access_token") != TOKEN:
            return {"errcode": 300005, "errmsg": "token is not exist"}
        stamp = query.get("timestamp", "0")
        wanted = hmac.new(KEY.encode(), f"{stamp}\n{KEY}".encode(), hashlib.sha256).digest()
        late = abs(time.time() - int(stamp) / 1000) > _LATE
        if late or query.get("sign") != base64.b64encode(wanted).decode():
            return {"errcode": 310000, "errmsg": "sign not match"}
        return None

    def _wecom(self, path: str, query: dict[str, str], body: Any) -> dict[str, Any] | None:
        if path != "/cgi-bin/webhook/send" or query.get("key") != TOKEN:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        long = len(body["markdown"]["content"].encode()) > 4096
        return {"errcode": 40058, "errmsg": "markdown.content exceed max length 4096"} if long else None

    def _feishu(self, path: str, _: dict[str, str], body: Any) -> dict[str, Any] | None:
        if path != f"/open-apis/bot/v2/hook/{TOKEN}":
            return {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}
        wanted = hmac.new(f"{body.get('timestamp')}\n{KEY}".encode(), digestmod=hashlib.sha256).digest()
        late = abs(time.time() - int(body.get("timestamp", "0"))) > _LATE
        if late or body.get("sign") != base64.b64encode(wanted).decode():
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
        return None
