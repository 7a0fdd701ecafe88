"""Mailbox, folder, notices, digests and targets over HTTP, each with its permission."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.integration.gateway.imap_server import Mailbox

from mainspring.testing.browser import Browser

PASSWORD = "canary-word"
OFFICE = "office@firm.example"
OWNERS = (
    "/api/v1/mail",
    "/api/v1/mail/letters",
    "/api/v1/folder",
    "/api/v1/notices/robots",
    "/api/v1/digest/settings",
    "/api/v1/digest/daily",
    "/api/v1/targets",
)


@pytest.fixture
def owner(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("owner")


@pytest.fixture
def guest(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("sales-1")


@pytest.mark.parametrize("path", OWNERS)
def test_only_those_who_may_see_it(owner: Browser, guest: Browser, path: str) -> None:
    assert owner.get(path).status_code == 200
    assert guest.get(path).status_code == 403


def test_a_mailbox_is_connected_read_and_never_shows_its_password(owner: Browser) -> None:
    server = Mailbox(OFFICE, PASSWORD, [])
    try:
        address = f"imap://127.0.0.1:{server.port}"
        given = {"address": OFFICE, "password": PASSWORD, "imap": address, "tls": "off", "old": True}
        put = owner.request("PUT", "/api/v1/mail", json=given | {"networks": ["127.0.0.0/8"]})
        assert (put.status_code, put.json()["health"]) == (200, "well"), put.text
        server.put(b"From: ann@buyer.example\r\nSubject: Order\r\n\r\nPlease send 4 pcs.\r\n")
        assert owner.post("/api/v1/mail/fetch").json()["inquiries"] == 1
        (letter,) = owner.get("/api/v1/mail/letters").json()["items"]
        assert (letter["sender"], letter["outcome"]) == ("ann@buyer.example", "inquiry")
        of_case = owner.get(f"/api/v1/mail/cases/{letter['instance']}").json()["items"]
        assert [one["letter"] for one in of_case] == [letter["letter"]]
        assert PASSWORD not in put.text + owner.post("/api/v1/mail/check").text
    finally:
        server.close()
    assert owner.get("/api/v1/company").json()["mailbox"] == "mailbox"


def test_a_mailbox_that_is_out_of_reach_is_refused_in_words(owner: Browser) -> None:
    answer = owner.request("PUT", "/api/v1/mail", json={"address": "a@unknown.example"})
    assert answer.status_code == 422
    assert "not known" in answer.json()["message"]


def test_a_folder_is_watched_by_its_name_only(owner: Browser) -> None:
    assert owner.request("PUT", "/api/v1/folder", json={"folder": "/etc"}).status_code == 422
    assert owner.request("PUT", "/api/v1/folder", json={"folder": ""}).json()["place"] == ""


def test_everybody_says_what_they_get_by_mail(guest: Browser) -> None:
    mine = guest.get("/api/v1/notices/mine").json()
    assert mine == {"mail": ["alarm", "confirmation", "digest", "disagreement"], "address": ""}
    assert guest.request("PUT", "/api/v1/notices/mine", json={"mail": ["task"]}).json()["mail"] == ["task"]
    assert guest.request("PUT", "/api/v1/notices/mine", json={"mail": ["luck"]}).status_code == 422


def test_a_robot_is_connected_without_showing_its_token(owner: Browser) -> None:
    address = "https://chat.example/robot/send?access_token=canary-token-1"
    given = {"name": "sales", "flavour": "dingtalk", "address": address, "signing": "canary-key-1"}
    made = owner.post("/api/v1/notices/robots", json=given)
    assert made.status_code == 200, made.text
    assert [one["service"] for one in made.json()["items"]] == ["robot_sales"]
    assert "canary" not in made.text + owner.get("/api/v1/services/robot_sales").text
    assert owner.request("DELETE", "/api/v1/notices/robots/sales").json()["items"] == []


def test_a_digest_is_read_in_both_languages_and_as_pdf(owner: Browser) -> None:
    day = date(2026, 3, 10).isoformat()
    english = owner.get(f"/api/v1/digest/weekly?day={day}").json()
    chinese = owner.get(f"/api/v1/digest/weekly?day={day}&language=zh").json()
    assert english["title"] == f"The week before · {day}"
    assert chinese["title"] == f"上周摘要 · {day}"
    assert [one["name"] for one in english["sections"]][:2] == ["decisions", "targets"]
    assert owner.get(f"/api/v1/digest/daily/pdf?day={day}").content.startswith(b"%PDF")


def test_the_hour_of_the_digest_is_kept(owner: Browser) -> None:
    kept = owner.request("PUT", "/api/v1/digest/settings", json={"hour": 7, "time_zone": "Asia/Shanghai"})
    assert (kept.status_code, kept.json()["hour"]) == (200, 7)
    assert owner.request("PUT", "/api/v1/digest/settings", json={"time_zone": "Mars/Base"}).status_code == 422


def test_targets_are_put_in_force_and_show_how_measures_stand(owner: Browser) -> None:
    answer = owner.request(
        "PUT", "/api/v1/targets", json={"text": "targets: [{measure: cases, at_least: 5}]"}
    )
    assert answer.status_code == 200, answer.text
    assert [one["met"] for one in answer.json()["items"]] == [False]
    assert (
        owner.request("PUT", "/api/v1/targets", json={"text": "targets: [{measure: luck}]"}).status_code
        == 422
    )
