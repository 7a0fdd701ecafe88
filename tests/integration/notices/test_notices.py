"""Notices: robots of group chats and letters say once what waits, with a link, and no secret shows."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.integration.notices.group_chat import KEY, TOKEN, GroupChat

from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.notices import by_mail, robots
from mainspring.app.notices.robots import NewRobot, Telling
from mainspring.app.notices.tables import robot_messages
from mainspring.app.opening import open_or_create
from mainspring.engine.events import SYSTEM
from mainspring.gateway.errors import UpstreamRefused
from mainspring.gateway.tables import services as service_rows
from mainspring.govern import identity, preferences
from mainspring.govern.principal import Principal
from mainspring.services.tables.contact import outbox

OWNER = Principal("person", "owner", roles=frozenset({"worker", "administrator", "process_owner"}))
ADDRESS = "https://work.example.com"
FLAVOURS = ("dingtalk", "wecom", "feishu")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


@pytest.fixture(params=FLAVOURS)
def chat(request: pytest.FixtureRequest) -> Iterator[GroupChat]:
    made = GroupChat(request.param)
    yield made
    made.close()


def connected(house: House, chat: GroupChat, **more: Any) -> None:
    given = {
        "name": "sales",
        "flavour": chat.flavour,
        "address": chat.address,
        "signing": "" if chat.flavour == "wecom" else KEY,
        "networks": ("127.0.0.0/8",),
        "language": "en",
    }
    robots.connect(house, NewRobot.model_validate(given | more), OWNER)


def ask(house: House, number: int = 1) -> None:
    """A question that waits for somebody of sales."""
    with house.store.write() as tx:
        for one in range(number):
            values = {"question": "<@all> [x](http://evil.example)", "document": f"Q-{one:06d}"}
            house.runtime.start(
                "customer_question", values, actor=SYSTEM, business_key=f"question <@all>{one}", tx=tx
            )


def test_a_robot_says_once_what_waits_with_a_link(house: House, chat: GroupChat) -> None:
    connected(house, chat)
    ask(house)
    telling = Telling(house, ADDRESS)
    assert (telling.round(), telling.round()) == (1, 0)
    (said,) = chat.said
    text = json.dumps(said, ensure_ascii=False)
    assert f"{ADDRESS}/inbox/" in text
    assert "Answer the customer" in text
    assert "<@all>" not in text, "words of outsiders mention nobody"


def test_several_subjects_are_one_message(house: House, chat: GroupChat) -> None:
    connected(house, chat)
    ask(house, 15)
    assert Telling(house, ADDRESS).round() == 1
    assert len(chat.said) == 1


def test_a_robot_that_is_asked_too_often_is_left_alone_and_told_later(
    house: House, chat: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(house, chat)
    ask(house)
    chat.answer = {"code": 9499, "errcode": {"dingtalk": 130101, "wecom": 45009}.get(chat.flavour, 9499)}
    telling = Telling(house)
    assert telling.round() == 0
    chat.answer = None
    assert telling.round() == 0, "not at once again"
    later = house.clock() + timedelta(minutes=2)
    monkeypatch.setattr(house, "clock", lambda: later)
    assert telling.round() == 1


def test_a_wrong_key_is_refused_and_no_secret_shows(
    house: House, chat: GroupChat, capfd: pytest.CaptureFixture[str]
) -> None:
    if chat.flavour == "wecom":
        connected(house, chat, address=chat.address.replace(TOKEN, "wrong-token-99"))
    else:
        connected(house, chat, signing="another-signing-key")
    with pytest.raises(UpstreamRefused) as told:
        robots.try_out(house, "sales", OWNER)
    ask(house)
    Telling(house).round()
    with house.store.read() as tx:
        kept = [str(row) for table in (robot_messages, service_rows) for row in tx.all(select(table))]
    everything = " ".join([str(told.value), *kept, *capfd.readouterr()])
    assert "a robot did not speak" in everything
    for secret in (TOKEN, KEY, "wrong-token-99", "another-signing-key"):
        assert secret not in everything


def test_a_robot_tells_its_groups_and_kinds_alone(house: House, chat: GroupChat) -> None:
    connected(house, chat, groups=("finance",))
    ask(house)
    assert Telling(house).round() == 0
    connected(house, chat, kinds=("alarm",))
    assert Telling(house).round() == 0
    connected(house, chat, groups=("sales",), kinds=("task",))
    assert Telling(house).round() == 1


def test_a_robot_that_is_disconnected_says_nothing(house: House, chat: GroupChat) -> None:
    connected(house, chat)
    robots.disconnect(house, "sales", OWNER)
    ask(house)
    assert Telling(house).round() == 0
    with pytest.raises(QuestionUnfit):
        robots.disconnect(house, "sales", OWNER)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_an_address_without_a_token_is_refused(house: House, flavour: str) -> None:
    given = {"name": "sales", "flavour": flavour, "address": "https://chat.example/robot/send"}
    with pytest.raises(QuestionUnfit, match="no webhook address"):
        robots.connect(house, NewRobot.model_validate(given), OWNER)


def letters(house: House) -> list[Any]:
    with house.store.read() as tx:
        return list(tx.all(select(outbox).where(outbox.c.kind == "notice")))


def test_a_person_who_wishes_it_gets_one_letter_about_several_tasks(house: House) -> None:
    with house.store.write() as tx:
        one = identity.person(tx, "sales-1")._replace(email="s@firm.example", language="zh")
        identity.add_person(tx, one, now=house.clock())
    ask(house, 3)
    assert by_mail.write(house, ADDRESS) == 0, "nobody asked for it"
    with house.store.write() as tx:
        preferences.keep(tx, "sales-1", "notices", {"mail": ["task"]}, now=house.clock())
    assert (by_mail.write(house, ADDRESS), by_mail.write(house, ADDRESS)) == (1, 0)
    (letter,) = letters(house)
    assert letter.recipient == "s@firm.example"
    assert letter.subject == "您有 3 项待处理"
    assert letter.body.count(f"{ADDRESS}/inbox/") == 3


def test_letters_about_tasks_do_not_follow_each_other_closely(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.store.write() as tx:
        one = identity.person(tx, "sales-1")._replace(email="s@firm.example")
        identity.add_person(tx, one, now=house.clock())
        preferences.keep(tx, "sales-1", "notices", {"mail": ["task"]}, now=house.clock())
    ask(house)
    assert by_mail.write(house) == 1
    ask(house)
    assert by_mail.write(house) == 0
    later = house.clock() + timedelta(minutes=11)
    monkeypatch.setattr(house, "clock", lambda: later)
    assert by_mail.write(house) == 1
