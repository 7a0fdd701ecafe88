"""The interface against its description: made-up requests find no fault and nothing of another firm."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mainspring.app.house import House, open_house
from mainspring.app.people import move_in
from mainspring.engine.events import SYSTEM, Actor
from mainspring.govern import sign_in
from mainspring.testing.browser import Browser
from mainspring.testing.live import live
from mainspring.web.application import create_app

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CANARY = "canary-of-the-other-firm-5b1e"
ENDS_SESSION = ".*(sign-out|sign-in|session|password|oidc|oauth).*"
ENDLESS = ".*(/events|/live).*"
EXAMPLES = 8
LEAST = 10
"""Fewer operations than this were not the interface."""


class Served(NamedTuple):
    """Where the first firm is served, and the cookies of its owner."""

    address: str
    cookies: dict[str, str]


def _moved_in(database: str) -> House:
    house = open_house(database, tenant=f"t{uuid4().hex[:12]}")
    with house.store.write() as tx:
        move_in(tx, house.clock())
        house.runtime.deploy(house.pack.files, SYSTEM, tx=tx)
    return house


@pytest.fixture(scope="module")
def houses(postgres_url: str) -> Iterator[tuple[House, House]]:
    """Two firms in one database; the second has something to hide."""
    one, other = _moved_in(postgres_url), _moved_in(postgres_url)
    owner = Actor("person", "owner")
    one.runtime.start("ticket", {"ticket_no": "ours"}, actor=owner)
    other.runtime.start("ticket", {"ticket_no": CANARY}, actor=owner, business_key=CANARY)
    other.runtime.publish(CANARY, CANARY, {"what": CANARY}, actor=owner)
    yield one, other
    one.close()
    other.close()


@pytest.fixture(scope="module")
def served(houses: tuple[House, House]) -> Iterator[Served]:
    house = houses[0]
    with live(lambda at: create_app(house, address=at)) as address:
        with house.store.write() as tx:
            token = sign_in.issue_link(tx, "owner", now=house.clock())
        browser = Browser(create_app(house))
        browser.get(f"/sign-in/{token}")
        yield Served(address, {cookie.name: cookie.value or "" for cookie in browser.cookies.jar})


@pytest.mark.postgres
@pytest.mark.timeout(600)
def test_no_fault_no_undocumented_answer_and_nothing_of_another_firm(
    houses: tuple[House, House], served: Served
) -> None:
    schema = schemathesis.openapi.from_dict(create_app(houses[0]).openapi())
    schema.config.update(base_url=served.address)
    tried, faults = 0, []
    operations: Any = schema.exclude(path_regex=ENDS_SESSION).exclude(path_regex=ENDLESS).get_all_operations()
    for found in operations:
        operation = found.ok()
        tried += 1
        try:
            _probed(operation, served)
        except (Exception, BaseExceptionGroup) as fault:  # noqa: BLE001 - all faults are told at the end
            faults.append(f"{operation.label}: {str(fault)[:1500]}")
    assert not faults, "\n\n".join(faults)
    assert tried > LEAST


def _probed(operation: Any, served: Served) -> None:
    """Send made-up requests to one operation and hold each answer against the description."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def probe(case: Any) -> None:
        answer = case.call(cookies=served.cookies, headers={"X-Mainspring": "1"}, timeout=60)
        assert CANARY.encode() not in answer.content
        case.validate_response(answer, checks=CHECKS)

    probe()
