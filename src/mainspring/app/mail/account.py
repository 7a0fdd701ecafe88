"""The firm's mailbox: registered as a service of the kind mail, its password a secret of the gateway.

Which service that is, and which folder is read, is a text of the company (`govern.company_texts`). The
setting `MAINSPRING_MAILBOX` names another service and comes first.
"""

import os
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field

from mainspring.app import services
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.services import Registration
from mainspring.gateway import services as register
from mainspring.gateway.errors import NoSuchService
from mainspring.gateway.services import Service
from mainspring.govern import acts, company_texts
from mainspring.govern.principal import Principal
from mainspring.store import Tx

MAIL = "mail"
MAILBOX = "MAINSPRING_MAILBOX"
"""Setting: a registered service of the kind mail that is the mailbox, whatever was connected."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""By so much the clock of a mail server may be behind ours."""
_SERVICE = "mailbox"
_SECRET = "mailbox.password"  # noqa: S105 - its name


class Settings(BaseModel):
    """The mailbox in use: the service, the folder that is read; `service` "" while there is none.

    `since`: letters that came before that are left alone; None: none are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: str = ""
    folder: str = "INBOX"
    fetch: bool = True
    since: datetime | None = None


class Account(BaseModel):
    """A mailbox to connect; servers that are not named are those of the address's provider, if it is known.

    `old`: letters that lie in the folder already are taken in, too; otherwise reading begins now.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str = Field(min_length=3, max_length=320, pattern=r"^[^@\s<>]+@[^@\s<>]+$")
    password: str = Field(default="", max_length=1000, repr=False)
    user: str = Field(default="", max_length=320)
    imap: str = Field(default="", max_length=300, pattern="^(imaps?://.+)?$")
    smtp: str = Field(default="", max_length=300, pattern="^(smtps?://.+)?$")
    folder: str = Field(default="INBOX", max_length=200)
    tls: Literal["required", "off"] = "required"
    networks: tuple[str, ...] = ()
    old: bool = False


class Standing(NamedTuple):
    """How the mailbox stands: its settings, its health, and how far it was read.

    Attributes:
        health: unknown, well or ill.
        said: what the last check said.
        read_at: when it was read last; None before. `problem`: why that came to nothing.
    """

    settings: Settings
    sender: str
    health: str
    said: str
    read_at: Any
    problem: str


def settings_of(tx: Tx) -> Settings:
    """The mailbox in use."""
    found = company_texts.newest(tx, MAIL)
    kept = Settings() if found is None else Settings.model_validate_json(found.text)
    named = os.environ.get(MAILBOX)
    return kept.model_copy(update={"service": named}) if named else kept


def connect(house: House, given: Account, by: Principal) -> Service:
    """Register the mailbox, keep its password, sign in to each server, and use it from now on.

    Raises:
        QuestionUnfit: nobody knows the servers of this address.
        GatewayError: it cannot be registered, or a server does not let us in; then it is not used.
    """
    known = _provider(given.address)
    imap, smtp = given.imap or known.get("imap", ""), given.smtp or known.get("smtp", "")
    if not imap and not smtp:
        domain = given.address.rpartition("@")[2]
        mend = "Name them: your provider says which, such as imaps://imap.example.com."
        raise QuestionUnfit(f"the servers of {domain} are not known here", where="imap", mend=mend)
    secret = _kept_password(house, given, (imap, smtp), by)
    config = {
        "imap": imap,
        "smtp": smtp,
        "sender": given.address,
        "user": given.user or (given.address if secret else ""),
        "secret": secret,
        "tls": given.tls,
        "networks": given.networks,
        "folders": (given.folder,),
    }
    title = {"en": f"Mailbox {given.address}", "zh": f"邮箱 {given.address}"}
    services.add(house, Registration(_SERVICE, "mail", config, by.id, title=title, share=100), by)
    made = services.check(house, _SERVICE)
    version = made.versions[-1]
    if version.health == "ill":
        mend = "Correct the password or the servers; many providers want a code of their own for programs."
        raise QuestionUnfit(f"the mailbox does not let us in: {version.health_said}", where="mail", mend=mend)
    since = None if given.old else (house.clock() - CLOCKS_DIFFER).replace(microsecond=0)
    use(house, Settings(service=_SERVICE, folder=given.folder, fetch=bool(imap), since=since), by)
    return made


def use(house: House, settings: Settings, by: Principal) -> None:
    """Use a registered mailbox, or none; the same again makes no new version."""
    with house.store.write() as tx:
        found = company_texts.newest(tx, MAIL)
        if found is None or Settings.model_validate_json(found.text) != settings:
            company_texts.put(tx, MAIL, settings.model_dump_json(), by=by, now=house.clock())


def check(house: House) -> Standing:
    """Sign in to the servers of the mailbox, and say how it stands.

    Raises:
        QuestionUnfit: there is no mailbox.
    """
    with house.store.read() as tx:
        settings = settings_of(tx)
    if not settings.service:
        raise QuestionUnfit(
            "no mailbox is connected", where="mail", mend="Connect one: mainspring mail connect."
        )
    services.check(house, settings.service)
    return standing(house)


def standing(house: House) -> Standing:
    """How the mailbox stands, without asking it."""
    from mainspring.app.mail.room import mark_of  # the room reads these settings

    with house.store.read() as tx:
        settings = settings_of(tx)
        mark = mark_of(tx, settings)
        try:
            version = register.one(tx, settings.service).versions[-1] if settings.service else None
        except NoSuchService:
            version = None
    if version is None:
        missing = f"there is no service {settings.service}" if settings.service else ""
        return Standing(settings, "", "unknown", missing, None, "")
    sender = str(version.config.get("sender", ""))
    said = version.health_said or ""
    problem = mark.problem if mark is not None else ""
    return Standing(
        settings, sender, version.health, said, mark.read_at if mark is not None else None, problem
    )


def _kept_password(house: House, given: Account, servers: tuple[str, ...], by: Principal) -> str:
    """The name of the secret; "" where the mailbox asks for none."""
    if not given.password:
        return ""
    hosts = tuple(dict.fromkeys(urlsplit(one).hostname or "" for one in servers if one))
    with house.store.write() as tx:
        now = house.clock()
        version = house.outside.secrets.set(tx, _SECRET, given.password, hosts=hosts, by=by.id, now=now)
        detail = {"version": version, "hosts": list(hosts)}
        acts.note(tx, "secret_set", by, _SECRET, now=now, detail=detail)
    return _SECRET


def _provider(address: str) -> dict[str, str]:
    listed: dict[str, dict[str, str]] = yaml.safe_load(
        files("mainspring.app.mail").joinpath("providers.yaml").read_text("utf-8")
    )
    return listed.get(address.rpartition("@")[2].lower(), {})
