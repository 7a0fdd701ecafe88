"""Mail goes out over SMTP and comes in over IMAP, against real servers on loopback."""

import base64
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from tests.integration.gateway.imap_server import Mailbox
from tests.integration.gateway.outside import HERE, Outward

from mainspring.gateway import ArgumentsInvalid, GatewayError
from mainspring.gateway.errors import UpstreamRefused
from mainspring.store import open_store

PASSWORD = "canary-word"
LETTER = (
    b"From: Ann <ann@example.com>\r\nTo: us@example.com\r\nSubject: =?utf-8?q?Bestellung_f=C3=BCr_uns?=\r\n"
    b"Message-ID: <1@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nFive bolts\r\n"
    b"--x\r\nContent-Type: text/csv\r\n"
    b"Content-Disposition: attachment; filename=a.csv\r\n\r\na,b\r\n--x--\r\n"
)


class Received:
    """Keeps what the SMTP server was given."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.envelopes.append(envelope)
        return self.answer


@pytest.fixture
def received() -> Received:
    return Received()


@pytest.fixture
def smtp(received: Received) -> Iterator[int]:
    def signed_in(_: Any, __: Any, ___: Any, ____: Any, data: LoginPassword) -> AuthResult:
        return AuthResult(success=data.password.decode() == PASSWORD)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(
        received, hostname="127.0.0.1", port=port, authenticator=signed_in, auth_require_tls=False
    )
    server.start()
    yield port
    server.stop()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    server = Mailbox("us", PASSWORD, [LETTER, LETTER.replace(b"Ann", b"Bo")])
    yield server
    server.close()


@pytest.fixture
def house() -> Iterator[Outward]:
    store = open_store("sqlite://", "mail")
    made = Outward(store)
    made.put_secret("mail.key", PASSWORD)
    yield made
    made.close()
    store.close()


def register(house: Outward, **more: Any) -> None:
    config = {
        "user": "us",
        "secret": "mail.key",
        "tls": "off",
        "networks": HERE,
        "sender": "Us <us@example.com>",
    }
    house.register("mail", config | more)


def send(house: Outward, **more: Any) -> Any:
    letter = {"to": ["ann@example.com"], "subject": "Angebot für Sie", "text": "Guten Tag"} | more
    return house.call("crm.send", letter).root


def test_a_letter_is_sent_with_its_attachment(house: Outward, smtp: int, received: Received) -> None:
    register(house, smtp=f"smtp://127.0.0.1:{smtp}")
    content = base64.b64encode(b"a,b").decode()
    answer = send(
        house, bcc=["bo@example.com"], attachments=[{"name": "a.csv", "type": "text/csv", "content": content}]
    )
    (envelope,) = received.envelopes
    assert envelope.mail_from == "us@example.com"
    assert envelope.rcpt_tos == ["ann@example.com", "bo@example.com"]
    assert b"bo@example.com" not in envelope.content
    assert answer["message_id"].encode() in envelope.content
    assert answer["refused"] == []


@pytest.mark.parametrize("subject", ["a\r\nBcc: evil@example.com", "a\nX: y"])
def test_no_argument_adds_a_header(house: Outward, smtp: int, received: Received, subject: str) -> None:
    register(house, smtp=f"smtp://127.0.0.1:{smtp}")
    with pytest.raises(ArgumentsInvalid):
        send(house, subject=subject)
    assert not received.envelopes


def test_letters_go_only_where_the_service_may_write(house: Outward, smtp: int, received: Received) -> None:
    register(house, smtp=f"smtp://127.0.0.1:{smtp}", recipients=["@example.com"])
    with pytest.raises(ArgumentsInvalid, match="nothing is sent"):
        send(house, cc=["x@elsewhere.test"])
    assert not received.envelopes


def test_a_refused_letter_is_told(house: Outward, smtp: int, received: Received) -> None:
    register(house, smtp=f"smtp://127.0.0.1:{smtp}")
    received.answer = "554 no"
    with pytest.raises(UpstreamRefused, match="554"):
        send(house)


def test_letters_are_listed_read_and_marked(house: Outward, mailbox: Mailbox) -> None:
    register(house, imap=f"imap://127.0.0.1:{mailbox.port}")
    listed = house.call("crm.list", {"unseen": True}).root["messages"]
    assert [(one["uid"], one["from"]) for one in listed] == [
        (1, "Ann <ann@example.com>"),
        (2, "Bo <ann@example.com>"),
    ]
    read = house.call("crm.read", {"uid": 1}).root
    assert (read["subject"], read["text"].strip()) == ("Bestellung für uns", "Five bolts")
    assert base64.b64decode(read["attachments"][0]["content"]).strip() == b"a,b"
    house.call("crm.mark_seen", {"uid": 1})
    assert [one["uid"] for one in house.call("crm.list", {"unseen": True}).root["messages"]] == [2]
    assert house.call("crm.list", {"after": 2}).root == {"messages": [], "uidvalidity": 1}
    raw = house.call("crm.fetch", {"uid": 2}).root
    assert base64.b64decode(raw["content"]) == LETTER.replace(b"Ann", b"Bo")


def test_letters_since_a_day_are_listed(house: Outward, mailbox: Mailbox) -> None:
    register(house, imap=f"imap://127.0.0.1:{mailbox.port}")
    assert len(house.call("crm.list", {"since": "2026-01-31"}).root["messages"]) == 2
    with pytest.raises(ArgumentsInvalid, match="no day"):
        house.call("crm.list", {"since": "31.01."})


def test_a_wrong_password_is_told_without_repeating_it(house: Outward, mailbox: Mailbox) -> None:
    house.put_secret("mail.key", "another word")
    register(house, imap=f"imap://127.0.0.1:{mailbox.port}")
    with pytest.raises(UpstreamRefused) as refused:
        house.call("crm.list", {})
    assert "another word" not in str(refused.value)


def test_a_folder_that_was_not_opened_is_not_read(house: Outward, mailbox: Mailbox) -> None:
    register(house, imap=f"imap://127.0.0.1:{mailbox.port}")
    with pytest.raises(ArgumentsInvalid):
        house.call("crm.list", {"folder": 'x" (UID'})
    with pytest.raises(GatewayError):
        house.call("crm.read", {"uid": 99})
