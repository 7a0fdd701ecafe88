"""Attack: one text that two parsers read differently, so that what is checked is not what is used."""

from collections.abc import Callable

import pytest

from mainspring.testing.browser import Browser

SignIn = Callable[[str], Browser]
PATH = "/api/v1/messages"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "harmless", "name": "quote_answered"}',
        b'{"name": "a", "variables": {"amount": 1, "amount": 1000000}}',
        b'{"name": "a", "\\u006eame": "b"}',
        b'{"name": "a"} {"name": "b"}',
        b'{"name": "a", "time_to_live": NaN}',
        b'{"name": "a", "time_to_live": Infinity}',
        b'{"name": "a", // comment\n "correlation_key": "b"}',
        b"{'name': 'a'}",
        b'{"name": "a",}',
        b'\xef\xbb\xbf{"name": "a"}',
        '{"name": "a"}'.encode("utf-16"),
        '{"name": "a"}'.encode("utf-32"),
        b'{"name": "\xff\xfe"}',
        b'{"name": "\\ud800"}',
        b'{"name": "a\\u0000b"}',
        b"[" * 100_000,
        b'{"a":' * 20_000,
    ],
)
def test_json_that_can_be_read_in_two_ways_is_refused(signed_in: SignIn, body: bytes) -> None:
    answer = signed_in("owner").post(PATH, content=body, headers=JSON)
    assert answer.status_code in {400, 422}, answer.text
    assert set(answer.json()) == {"error", "message", "where", "mend"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/xml", b"<name>quote_answered</name>"),
        ("application/x-www-form-urlencoded", b"name=quote_answered"),
        ("application/yaml", b"name: quote_answered"),
        ("application/x-python-pickle", b"\x80\x04\x95"),
    ],
)
def test_a_body_of_another_kind_is_no_json(signed_in: SignIn, kind: str, body: bytes) -> None:
    answer = signed_in("owner").post(PATH, content=body, headers={"Content-Type": kind})
    assert answer.status_code in {400, 415, 422}


def test_two_documents_in_one_form_are_not_two_inquiries(signed_in: SignIn) -> None:
    browser = signed_in("owner")
    files = [("document", ("a.txt", b"one")), ("document", ("b.txt", b"two"))]
    answer = browser.post("/api/v1/inquiries", files=files)
    assert answer.status_code in {201, 400, 422}
    if answer.status_code == 201:
        assert isinstance(answer.json()["inquiry_no"], str)


def test_a_key_is_read_as_digits_only(signed_in: SignIn) -> None:
    browser = signed_in("owner")
    for key in ("1.0", "1e3", "0x1", "１", "+1", "%2B1", "1_000", " 1", "-1", "1;2", str(2**64)):
        answer = browser.get(f"/api/v1/instances/{key}")
        assert answer.status_code in {404, 422}, key
