"""Attack: a delivery that its sender never made, or made long ago, or that was changed on the way."""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mainspring.app import services
from mainspring.app.house import House
from mainspring.gateway.hooks import signature
from mainspring.govern import identity
from mainspring.store.message_tables import messages
from mainspring.testing.browser import Browser

SECRET = "whsec_" + base64.b64encode(b"the secret of the bank's webhook").decode()
BODY = json.dumps({"payment": "P-1", "amount": 100}).encode()
PATH = "/hooks/bank"


@pytest.fixture(scope="module", autouse=True)
def hook(house: House) -> None:
    """A webhook of a bank, which says that a payment came."""
    now = house.clock()
    with house.store.write() as tx:
        owner = identity.principal(tx, "owner")
        house.outside.secrets.set(tx, "bank.hook", SECRET, by="owner", now=now)
    config = {"secret": "bank.hook", "message": "payment_came", "correlation": "body.payment"}
    services.add(house, services.Registration("bank", "webhook", config, owner="owner"), owner)


def _signed(house: House, body: bytes = BODY, delivery: str = "d-1", age: float = 0) -> dict[str, str]:
    stamp = int((house.clock() - timedelta(seconds=age)).timestamp())
    return {
        "webhook-id": delivery,
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature(SECRET, delivery, stamp, body),
    }


def _taken(house: House) -> int:
    with house.store.read() as tx:
        return int(tx.scalar(select(func.count()).where(messages.c.tenant_id == tx.tenant)))


def _refused(house: House, stranger: Browser, headers: Mapping[str, str], body: bytes = BODY) -> None:
    before = _taken(house)
    answer = stranger.post(PATH, content=body, headers=dict(headers))
    assert 400 <= answer.status_code < 500, answer.text
    assert SECRET not in answer.text
    assert _taken(house) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1," + base64.b64encode(bytes(32)).decode()},
        {"webhook-signature": "none"},
        {"webhook-id": "d-other"},
        {"webhook-id": ""},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "1e9"},
        {"webhook-timestamp": "9" * 11},
        {"webhook-timestamp": "0"},
    ],
)
def test_a_delivery_without_its_own_signature_is_refused(
    house: House, stranger: Browser, changed: dict[str, str]
) -> None:
    _refused(house, stranger, _signed(house) | changed)


def test_a_body_that_was_changed_on_the_way_is_refused(house: House, stranger: Browser) -> None:
    headers = _signed(house)
    for body in (BODY + b" ", BODY.replace(b"100", b"999"), b"", b"{}"):
        _refused(house, stranger, headers, body)


def test_another_scheme_over_the_right_bytes_is_refused(house: House, stranger: Browser) -> None:
    headers = _signed(house)
    _refused(
        house, stranger, headers | {"webhook-signature": headers["webhook-signature"].replace("v1", "v0")}
    )


def test_an_old_delivery_and_one_from_the_future_are_refused(house: House, stranger: Browser) -> None:
    for age in (3600, -3600):
        _refused(house, stranger, _signed(house, delivery=f"d{age}", age=age))


def test_an_unknown_webhook_answers_like_a_wrong_signature(house: House, stranger: Browser) -> None:
    unknown = stranger.post("/hooks/none", content=BODY, headers=_signed(house))
    wrong = stranger.post(PATH, content=BODY, headers=_signed(house) | {"webhook-signature": "v1,AAAA"})
    assert unknown.status_code == wrong.status_code


def test_a_true_delivery_is_taken_once_however_often_it_is_replayed(house: House, stranger: Browser) -> None:
    before, headers = _taken(house), _signed(house, delivery="d-true")
    answers = [stranger.post(PATH, content=BODY, headers=headers).status_code for _ in range(3)]
    assert all(each < 300 for each in answers), answers
    assert _taken(house) == before + 1
