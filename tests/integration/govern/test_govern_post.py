"""Letters leave through the firm's mailbox: a real SMTP server on loopback takes them, each once."""

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select
from tests.integration.web.offers import sent

from mainspring.app import confirmation_mail, post, services
from mainspring.app.chores import chores_of
from mainspring.app.customer import links
from mainspring.app.house import House
from mainspring.app.mail import account
from mainspring.app.opening import open_or_create
from mainspring.app.services import Registration
from mainspring.govern import identity
from mainspring.govern.approval import Subject
from mainspring.govern.principal import Principal
from mainspring.govern.requirement import Requirement
from mainspring.services.tables.contact import outbox

NEEDED = Requirement("confirm", 1, "approver", "one", "Money needs a second person")
ADDRESS = "https://work.example.com"
OWNER = Principal("person", "owner")


class Received:
    """Keeps the letters that the server was given."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def received() -> Received:
    return Received()


@pytest.fixture
def house(tmp_path: Path, received: Received) -> Iterator[House]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(received, hostname="127.0.0.1", port=port)
    server.start()
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    config = {
        "smtp": f"smtp://127.0.0.1:{port}",
        "sender": "office@firm.example",
        "tls": "off",
        "networks": ("127.0.0.0/8",),
    }
    services.add(opened, Registration("letters", "mail", config, "owner"), OWNER)
    yield opened
    opened.close()
    server.stop()


def asked(house: House) -> int:
    """A request for a confirmation, with a letter about it in the outbox; gives its key."""
    subject = Subject(
        "refunds.approve",
        {"total": 9},
        None,
        None,
        Principal("person", "finance-1"),
        frozenset({"finance-1"}),
    )
    with house.store.write() as tx:
        manager = identity.person(tx, "finance-manager-1")._replace(email="manager@firm.example")
        identity.add_person(tx, manager, now=house.clock())
        key = house.approvals.request(tx, subject, NEEDED, now=house.clock()).key
    confirmation_mail.write(house, ADDRESS)
    return key


def test_a_letter_about_a_confirmation_arrives_once_and_its_link_bears_nothing(
    house: House, received: Received
) -> None:
    key = asked(house)
    office = post.Post(house, "letters", ADDRESS)
    assert (office.send(), office.send()) == (1, 0)
    (letter,) = received.letters
    assert letter["To"] == "manager@firm.example"
    assert f"{ADDRESS}/approvals/{key}" in letter.get_content()
    assert "#" not in letter.get_content()
    with house.store.read() as tx:
        assert [row.sent_at is not None for row in tx.all(select(outbox))] == [True]


def test_a_quote_goes_out_with_the_link_to_its_page_in_the_customers_language(
    house: House, received: Received
) -> None:
    quote_no = sent(house, "C-1", language="zh")
    assert post.Post(house, "letters", ADDRESS).send() == 1
    (letter,) = received.letters
    assert letter["Subject"] == f"报价单 {quote_no}"
    token = re.search(r"/offer#(\S+)", letter.get_content())
    assert token is not None
    assert links.opened(house, links.signing_key(house), token[1]).document == quote_no


def test_a_letter_that_is_not_taken_waits_and_goes_out_later(
    house: House, received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(house)
    office = post.Post(house, "letters")
    received.answer = "451 try later"
    assert office.send() == 0
    received.answer = "250 OK"
    assert office.send() == 0, "not at once again"
    later = house.clock() + timedelta(minutes=2)
    monkeypatch.setattr(house, "clock", lambda: later)
    assert office.send() == 1, office._waits


def test_the_mailbox_is_a_setting(house: House, monkeypatch: pytest.MonkeyPatch, received: Received) -> None:
    asked(house)
    chores_of(house).once()
    assert received.letters == []
    monkeypatch.setenv(account.MAILBOX, "letters")
    assert "post" in chores_of(house).once()
    assert len(received.letters) == 1
