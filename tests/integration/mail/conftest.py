"""A house whose mailbox is on real servers of this machine: IMAP (two of them) and SMTP."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Protocol

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from tests.integration.gateway.imap_server import Mailbox
from tests.integration.mail.dovecot import Dovecot, missing

from mainspring.app.house import House
from mainspring.app.mail import account
from mainspring.app.mail.account import Account
from mainspring.app.opening import open_or_create
from mainspring.govern.principal import Principal

OWNER = Principal("person", "owner")
PASSWORD = "canary-word"
OFFICE = "office@firm.example"
ANN = "ann@buyer.example"


def _signed_in(_: Any, __: Any, ___: Any, ____: Any, data: LoginPassword) -> AuthResult:
    return AuthResult(success=data.password.decode() == PASSWORD)


class Server(Protocol):
    """An IMAP server with one mailbox."""

    port: int

    def put(self, letter: bytes, *, days_ago: int = 0) -> None: ...

    def renumber(self) -> None: ...

    def close(self) -> None: ...


class Received:
    """Keeps the letters that the SMTP server was given."""

    def __init__(self, port: int) -> None:
        self.letters: list[Any] = []
        self.port = port

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture(params=["small", "dovecot"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    if request.param == "dovecot" and missing():
        pytest.skip(missing())
    made: Any = Dovecot(PASSWORD) if request.param == "dovecot" else Mailbox(OFFICE, PASSWORD, [])
    yield made
    made.close()


@pytest.fixture
def received() -> Iterator[Received]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = Received(port)
    controller = Controller(
        kept, hostname="127.0.0.1", port=port, authenticator=_signed_in, auth_require_tls=False
    )
    controller.start()
    yield kept
    controller.stop()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


def mailbox(server: Server, received: Received | None = None, **more: Any) -> Account:
    """The account on these servers."""
    smtp = f"smtp://127.0.0.1:{received.port}" if received is not None else ""
    given = {
        "address": OFFICE,
        "password": PASSWORD,
        "imap": f"imap://127.0.0.1:{server.port}",
        "smtp": smtp,
        "tls": "off",
        "networks": ("127.0.0.0/8",),
    }
    return Account.model_validate(given | more)


def connected(house: House, server: Server, received: Received | None = None, **more: Any) -> None:
    """Connect the mailbox."""
    account.connect(house, mailbox(server, received, **more), OWNER)


def letter(text: str, *, subject: str = "Inquiry", number: str = "1", **headers: str) -> bytes:
    """A letter of Ann's."""
    lines = {
        "From": f"Ann <{ANN}>",
        "To": OFFICE,
        "Subject": subject,
        "Message-ID": f"<{number}@buyer.example>",
        "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    head = lines | {name.replace("_", "-"): value for name, value in headers.items()}
    return "\r\n".join([*(f"{name}: {value}" for name, value in head.items()), "", text, ""]).encode()
