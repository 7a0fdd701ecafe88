"""Robots of group chats: DingTalk, WeCom and Feishu, each by its documented webhook with its signature.

A robot's address holds its token, so only the part before it is configuration; the token and the key that
signs are secrets. Words that come from outside cannot form links, mentions or headings in a message.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import Field

from mainspring.base import jsonio
from mainspring.gateway.adapters.port import Config, Ports
from mainspring.gateway.adapters.web import Web, body_of, demand_success
from mainspring.gateway.described import Described
from mainspring.gateway.egress.reach import split
from mainspring.gateway.errors import UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.outgoing import Sending
from mainspring.gateway.rate import Rate

Flavour = Literal["dingtalk", "wecom", "feishu"]
_HARMLESS = str.maketrans("<>[]`*#\n\r", "＜＞［］'＊＃  ")
_MOST_LINES = 30


class _Way(NamedTuple):
    """What is particular to one: its rate, the codes with which it says "too often", bytes it takes."""

    rate: Rate
    too_often: frozenset[int]
    most: int


_WAYS: Mapping[Flavour, _Way] = {
    # at most 20 a minute, which a full bucket and a minute's refill never exceed
    "dingtalk": _Way(Rate(0.25, 5), frozenset({130101, 410100, 660026}), 15_000),
    "wecom": _Way(Rate(0.25, 5), frozenset({45009, 45033}), 4096),
    # at most 5 a second and 100 a minute
    "feishu": _Way(Rate(1.5, 3), frozenset({9499, 11232}), 15_000),
}


class RobotConfig(Config):
    """A robot.

    Attributes:
        flavour: whose robot it is.
        url: its address without the token, as ``https://oapi.dingtalk.com/robot/send``.
        token: the secret that holds the token: what follows ``access_token=``, ``key=`` or ``hook/``.
        signing: the secret that holds the key of its signature; empty: it asks for none.
    """

    flavour: Flavour
    url: str = Field(pattern="^https?://")
    token: str = Field(min_length=1)
    signing: str = ""


class Robot:
    """Says things in a group."""

    def __init__(self, config: RobotConfig, ports: Ports) -> None:
        self._config = config
        self._ports = ports
        self._web = Web(ports, config.reach(config.url))
        self._host = split(config.reach(config.url).demand(config.url))[1]

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Say it.

        Raises:
            UpstreamUnavailable: it is failing, or was spoken to too often.
            UpstreamRefused: token or signature are wrong, or it will not say this.
        """
        del operation
        config, way = self._config, _WAYS[self._config.flavour]
        token = self._ports.egress.secret(config.token, self._host)
        key = self._ports.egress.secret(config.signing, self._host) if config.signing else ""
        url, params, body = _request(config, token, key, arguments, sending.at.timestamp())
        headers = {"content-type": "application/json"}
        answer = self._web.send("POST", url, params=params, headers=headers, content=jsonio.dumps(body))
        said = body_of(demand_success(answer))
        fields: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
        code = fields.get("errcode", fields.get("code"))
        if code == 0:
            return {"said": True}
        words = " ".join(str(fields.get("errmsg", fields.get("msg", "no reason given"))).split())[:200]
        if code in way.too_often:
            told = f"the robot was spoken to too often ({code})"
            raise UpstreamUnavailable(told, where=config.url, mend="Try again later.", unknown=False)
        mend = "Check its token and the key of its signature."
        raise UpstreamRefused(f"the robot refused ({code}): {words}", where=config.url, mend=mend)

    def check(self) -> str:
        """Look whether its secrets are there; whether it answers only a message can tell."""
        for name in filter(None, (self._config.token, self._config.signing)):
            self._ports.egress.secret(name, self._host)
        return "its secrets are there"

    def close(self) -> None:
        """The egress keeps the connections."""


def signature(flavour: Flavour, key: str, seconds: float) -> tuple[str, str]:
    """(timestamp, signature) as the robot asks for it.

    DingTalk: milliseconds, and HMAC-SHA256 by the key over "timestamp, line feed, key". Feishu: seconds, and
    HMAC-SHA256 over nothing by "timestamp, line feed, key". Both in base64. WeCom signs nothing.
    """
    stamp = str(int(seconds * 1000)) if flavour == "dingtalk" else str(int(seconds))
    text = f"{stamp}\n{key}".encode()
    made = (
        hmac.new(key.encode(), text, hashlib.sha256)
        if flavour == "dingtalk"
        else hmac.new(text, digestmod=hashlib.sha256)
    )
    return stamp, base64.b64encode(made.digest()).decode()


def harmless(text: str) -> str:
    """Text that is shown as it stands: no link, mention, heading or emphasis, on one line."""
    return text.translate(_HARMLESS)


def _request(
    config: RobotConfig, token: str, key: str, arguments: Mapping[str, Any], seconds: float
) -> tuple[str, list[tuple[str, str]] | None, dict[str, Any]]:
    """(address, query, body) of a message."""
    flavour, most = config.flavour, _WAYS[config.flavour].most
    title = harmless(arguments["title"])
    lines = [(harmless(one["text"]), one.get("link") or "") for one in arguments["lines"]]
    if flavour == "feishu":
        body: dict[str, Any] = {"msg_type": "post", "content": {"post": {"zh_cn": _post(title, lines)}}}
        if key:
            body["timestamp"], body["sign"] = signature(flavour, key, seconds)
        return f"{config.url.rstrip('/')}/{token}", None, body
    text = _markdown(title, lines, most)
    if flavour == "wecom":
        return config.url, [("key", token)], {"msgtype": "markdown", "markdown": {"content": text}}
    query = [("access_token", token)]
    if key:
        stamp, sign = signature(flavour, key, seconds)
        query += [("timestamp", stamp), ("sign", sign)]
    return config.url, query, {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def _markdown(title: str, lines: list[tuple[str, str]], most: int) -> str:
    """The message within so many bytes; what does not fit is left out line by line, never cut in two."""
    made = f"### {title}"
    for text, link in lines:
        longer = f"{made}\n\n" + (f"[{text}]({link})" if link else text)
        if len(longer.encode()) > most:
            break
        made = longer
    return made


def _post(title: str, lines: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "title": title,
        "content": [
            [{"tag": "a", "text": text, "href": link} if link else {"tag": "text", "text": text}]
            for text, link in lines
        ],
    }


def discover(config: RobotConfig, ports: Ports) -> tuple[Described, ...]:
    """Saying something."""
    Robot(config, ports)
    link = {"type": "string", "maxLength": 2000, "pattern": r"^(https?://[^\s()\[\]<>]+)?$"}
    line = {
        "type": "object",
        "properties": {"text": {"type": "string", "maxLength": 500}, "link": link},
        "required": ["text"],
        "additionalProperties": False,
    }
    shape = {
        "type": "object",
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 100},
            "lines": {"type": "array", "items": line, "maxItems": _MOST_LINES},
        },
        "required": ["title", "lines"],
        "additionalProperties": False,
    }
    answer = {"type": "object", "properties": {"said": {"type": "boolean"}}, "required": ["said"]}
    return (
        Described(
            name="send",
            title={"en": "Say something in the group", "zh": "发送群消息"},
            effect="external",
            input=shape,
            output=answer,
            reversible=False,
            rate=_WAYS[config.flavour].rate,
            retries=0,
        ),
    )
