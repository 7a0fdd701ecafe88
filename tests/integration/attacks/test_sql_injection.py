"""Attack: SQL in every field that a request has."""

from collections.abc import Callable

import pytest

from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.govern import identity
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

SignIn = Callable[[str], Browser]
INJECTIONS = (
    "' OR '1'='1",
    "'; DROP TABLE events; --",
    '" OR ""="',
    "1) UNION SELECT token_hash FROM sessions --",
    "x' AND (SELECT COUNT(*) FROM people) > 0 --",
    "%' OR name LIKE '%",
    "\\'; SELECT pg_sleep(5); --",
    "$$; SELECT 1; $$",
    "ticket%00",
)


def _counts(house: House) -> tuple[int, int]:
    with house.store.read() as tx:
        return len(identity.everybody(tx)), len(queries.deployed(tx, latest_only=False))


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_parameter_of_a_list_becomes_sql(house: House, signed_in: SignIn, text: str) -> None:
    browser, before = signed_in("owner"), _counts(house)
    for path, field in (
        ("/api/v1/instances", "process_id"),
        ("/api/v1/instances", "business_key"),
        ("/api/v1/instances", "state"),
    ):
        answer = browser.get(path, params={field: text})
        assert answer.status_code in {200, 422}
        if answer.status_code == 200:
            assert answer.json()["items"] == []
    assert browser.get("/api/v1/instances", params={"after": text}).status_code == 422
    assert browser.get("/api/v1/tasks", params={"scope": text}).status_code == 422
    assert _counts(house) == before


@pytest.mark.parametrize("text", INJECTIONS)
def test_texts_are_kept_and_found_as_they_came(house: House, signed_in: SignIn, text: str) -> None:
    answer = signed_in("owner").post("/api/v1/messages", json={"name": text, "message_id": text})
    assert answer.status_code == 201
    again = signed_in("owner").post("/api/v1/messages", json={"name": text, "message_id": text})
    assert again.status_code == 409  # the very same name and id, and no other


@pytest.mark.parametrize("text", INJECTIONS)
def test_arguments_of_operations_become_no_sql(house: House, text: str) -> None:
    before = _counts(house)
    with house.store.read() as tx:
        caller = Caller(identity.principal(tx, "owner"))
    for operation, arguments in (
        ("products.search", {"text": text}),
        ("customers.find", {"name": text}),
        ("leads.list", {"status": text}),
    ):
        try:
            found = house.gateway.perform(house.store, caller, operation, arguments)
        except Exception as error:  # noqa: BLE001 - whatever it says, it must not be the database speaking
            said = f"{type(error).__module__} {error}".lower()
            assert not any(word in said for word in ("sqlalchemy", "sqlite", "psycopg", "syntax")), said
        else:
            assert found.model_dump_json().count('"token_hash"') == 0
    assert _counts(house) == before


def test_a_person_of_that_name_is_simply_unknown(stranger: Browser) -> None:
    for text in INJECTIONS:
        answer = stranger.get("/api/v1/me", headers={"Cookie": f"mainspring_session={text[:20]!a}"})
        assert answer.status_code == 401
