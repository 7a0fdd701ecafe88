"""Robots of group chats: connected as services of the gateway, told what waits for their groups.

What a robot is to say is written together with what it is about, then said under a key of its own: after a
crash it is not said twice. A robot that was spoken to too often is left alone for a while, and several
subjects are one message, so that the rates of these robots hold.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import structlog
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select, update

from mainspring.app import services
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.measures import element_names
from mainspring.app.notices.subjects import KINDS, Kind, Subject, fresh
from mainspring.app.notices.tables import robot_messages, told_subjects
from mainspring.app.services import Registration
from mainspring.base import jsonio
from mainspring.base.errors import MainspringError
from mainspring.gateway import Caller
from mainspring.gateway.adapters.robot import Flavour
from mainspring.gateway.errors import InDoubt, UpstreamRefused
from mainspring.govern import acts, company_texts
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.store import Tx

NAME = "notices"
SAID_AT_ONCE = 20
"""Subjects of one message."""
PAUSE = timedelta(minutes=10)
"""How long a robot that will not speak is left alone: DingTalk is silent for so long when asked too often."""
GIVEN_UP = timedelta(days=1)
_TITLES = {"en": "Mainspring: {count} waiting", "zh": "Mainspring：{count} 项待处理"}
log = structlog.get_logger(__name__)


class Robot(BaseModel):
    """A robot that tells a group; `groups` are the roles and groups whose subjects it tells (none: all)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: str = Field(pattern="^[a-z][a-z0-9_]{0,39}$")
    flavour: Flavour
    groups: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = KINDS
    language: Literal["en", "zh"] = "zh"
    since: datetime


class NewRobot(BaseModel):
    """A robot to connect, by the address that the group chat shows, which holds its token."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern="^[a-z][a-z0-9_]{0,33}$")
    flavour: Flavour
    address: str = Field(min_length=10, max_length=1000, repr=False)
    signing: str = Field(default="", max_length=500, repr=False)
    groups: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = KINDS
    language: Literal["en", "zh"] = "zh"
    networks: tuple[str, ...] = ()


def robots(tx: Tx) -> tuple[Robot, ...]:
    """The robots that are connected."""
    found = company_texts.newest(tx, NAME)
    if found is None:
        return ()
    return tuple(Robot.model_validate(one) for one in jsonio.loads(found.text)["robots"])


def connect(house: House, given: NewRobot, by: Principal) -> Robot:
    """Register a robot and keep token and signing key as secrets; it tells what comes up from now on.

    Raises:
        QuestionUnfit: the address is not one of this flavour.
        GatewayError: it cannot be registered.
    """
    url, token = _split(given)
    host = urlsplit(url).hostname or ""
    service = f"robot_{given.name}"
    secrets = {f"{service}.token": token}
    if given.signing:
        secrets[f"{service}.signing"] = given.signing
    with house.store.write() as tx:
        for name, value in secrets.items():
            now = house.clock()
            version = house.outside.secrets.set(tx, name, value, hosts=(host,), by=by.id, now=now)
            acts.note(tx, "secret_set", by, name, now=now, detail={"version": version, "hosts": [host]})
    config = {
        "flavour": given.flavour,
        "url": url,
        "token": f"{service}.token",
        "signing": f"{service}.signing" if given.signing else "",
        "networks": given.networks,
    }
    title = {"en": f"Group robot {given.name}", "zh": f"群机器人 {given.name}"}
    services.add(house, Registration(service, "robot", config, by.id, title=title, share=100), by)
    made = Robot(
        service=service,
        flavour=given.flavour,
        groups=given.groups,
        kinds=given.kinds,
        language=given.language,
        since=house.clock(),
    )
    with house.store.write() as tx:
        _keep(house, tx, [*(one for one in robots(tx) if one.service != service), made], by)
    return made


def disconnect(house: House, name: str, by: Principal) -> None:
    """Leave a robot out from now on, and take its service out of use.

    Raises:
        QuestionUnfit: there is none of that name.
    """
    service = f"robot_{name}"
    with house.store.write() as tx:
        known = robots(tx)
        rest = [one for one in known if one.service != service]
        if len(rest) == len(known):
            raise QuestionUnfit(f"there is no robot {name[:50]}", where="name", mend="List them.")
        _keep(house, tx, rest, by)
    services.retire(house, service, "disconnected", by)


def try_out(house: House, name: str, by: Principal) -> None:
    """Let a robot say that it is connected.

    Raises:
        GatewayError: it cannot; the message says why.
    """
    words = [{"text": "Connected. · 已连接。", "link": ""}]
    arguments = {"title": "Mainspring", "lines": words}
    house.gateway.perform(house.store, Caller(by), f"robot_{name}.send", arguments)


class Telling:
    """Tells the robots what came up.

    Args:
        house: whose.
        address: of the workbench, for links; None: without.
    """

    def __init__(self, house: House, address: str | None = None) -> None:
        self._house = house
        self._address = (address or "").rstrip("/")
        self._silent: dict[str, datetime] = {}

    def round(self) -> int:
        """Write down what is new and say what was not said yet; gives how many messages were said."""
        names = element_names(self._house)
        with self._house.store.read() as tx:
            known = robots(tx)
            news = fresh(self._house, tx, names) if known else []
        for robot in known:
            self._write(robot, [one for one in news if _for(robot, one)])
        return self._say()

    def _write(self, robot: Robot, news: Sequence[Subject]) -> None:
        house, channel = self._house, f"robot {robot.service}"
        with house.store.write() as tx:
            new = untold(tx, channel, news)[:SAID_AT_ONCE]
            if not new:
                return
            now = house.clock()
            title = _TITLES[robot.language].format(count=len(new))
            lines = [
                {"text": one.words[robot.language][:500], "link": self._address and self._address + one.path}
                for one in new
            ]
            row = {"message": house.keys(), "service": robot.service, "at": now, "sent_at": None}
            tx.insert(robot_messages, row | {"arguments": {"title": title, "lines": lines}, "problem": ""})
            told(tx, channel, new, now)

    def _say(self) -> int:
        house, m = self._house, robot_messages.c
        now = house.clock()
        with house.store.read() as tx:
            query = select(robot_messages).where(m.tenant_id == tx.tenant, m.sent_at.is_(None))
            waiting = tx.all(query.order_by(m.message))
        said = 0
        for row in waiting:
            if self._silent.get(row.service, now) > now:
                continue
            problem = self._said(row) if now - row.at < GIVEN_UP else "given up after a day"
            ended = problem is None or now - row.at >= GIVEN_UP
            with house.store.write() as tx:
                mine = (m.tenant_id == tx.tenant) & (m.message == row.message)
                values = {"problem": problem or "", "sent_at": now if ended else None}
                tx.execute(update(robot_messages).where(mine).values(values))
            said += problem is None
        return said

    def _said(self, row: Any) -> str | None:
        """Say one message; None when it was said (or may have been), else why not."""
        house = self._house
        caller = Caller(SYSTEM, idempotency_key=f"robot {row.message}")
        try:
            house.gateway.perform(house.store, caller, f"{row.service}.send", row.arguments)
        except InDoubt:
            return None  # a notice less is better than one twice: the inbox has it
        except MainspringError as error:
            refused = isinstance(error, UpstreamRefused)
            self._silent[row.service] = house.clock() + (PAUSE if refused else PAUSE / 10)
            log.warning("a robot did not speak", service=row.service, why=error.message)
            return error.message
        return None


def untold(tx: Tx, channel: str, subjects: Sequence[Subject]) -> list[Subject]:
    """Those that this channel was not told of."""
    t = told_subjects.c
    ids = [one.id for one in subjects]
    query = select(t.subject).where(t.tenant_id == tx.tenant, t.channel == channel, t.subject.in_(ids))
    known = {row.subject for row in tx.all(query)}
    return [one for one in subjects if one.id not in known]


def told(tx: Tx, channel: str, subjects: Sequence[Subject], now: datetime) -> None:
    """The channel is told of these."""
    tx.insert(told_subjects, [{"channel": channel, "subject": one.id, "at": now} for one in subjects])


def _for(robot: Robot, one: Subject) -> bool:
    return one.kind in robot.kinds and (not robot.groups or bool(one.groups & set(robot.groups)))


def _keep(house: House, tx: Tx, kept: Sequence[Robot], by: Principal) -> None:
    text = jsonio.dumps({"robots": [one.model_dump(mode="json") for one in kept]}).decode()
    company_texts.put(tx, NAME, text, by=by, now=house.clock())


_TOKEN_IN: Mapping[Flavour, str] = {"dingtalk": "access_token", "wecom": "key"}


def _split(given: NewRobot) -> tuple[str, str]:
    """(address without the token, token)."""
    parts = urlsplit(given.address.strip())
    origin = f"{parts.scheme}://{parts.netloc}"
    if given.flavour == "feishu":
        path, _, token = parts.path.rstrip("/").rpartition("/")
        found = token if path.endswith("/hook") else ""
    else:
        path, found = parts.path, parse_qs(parts.query).get(_TOKEN_IN[given.flavour], [""])[0]
    if parts.scheme not in {"http", "https"} or not found:
        mend = "Copy the whole webhook address that the group chat shows."
        raise QuestionUnfit(f"this is no webhook address of {given.flavour}", where="address", mend=mend)
    return origin + path, found
