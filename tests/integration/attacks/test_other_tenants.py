"""Attack (IDOR): somebody of one firm asks for what is another's, by its keys and with an own session."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from mainspring.app.house import House, open_house
from mainspring.app.people import move_in
from mainspring.engine.commands import CancelInstance
from mainspring.engine.events import SYSTEM, Actor
from mainspring.govern import identity, sign_in
from mainspring.runtime import NotFound, queries
from mainspring.testing.browser import Browser
from mainspring.web.access import Visitor
from mainspring.web.application import create_app
from mainspring.web.mcp import house_resources, house_tools

OWNER = Actor("person", "owner")
SECRET = "the price we gave to nobody else"


class Firm(NamedTuple):
    """A tenant with its browser."""

    house: House
    browser: Browser


def _moved_in(database: str) -> House:
    house = open_house(database, tenant=f"t{uuid4().hex[:12]}")
    with house.store.write() as tx:
        move_in(tx, house.clock())
        house.runtime.deploy(house.pack.files, SYSTEM, tx=tx)
    return house


def _signed_in(house: House) -> Browser:
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, "owner", now=house.clock())
    browser = Browser(create_app(house))
    browser.get(f"/sign-in/{token}")
    return browser


@pytest.fixture(scope="module")
def firms(postgres_url: str) -> Iterator[tuple[Firm, Firm]]:
    """Two firms in one PostgreSQL database."""
    houses = [_moved_in(postgres_url) for _ in range(2)]
    one, other = (Firm(house, _signed_in(house)) for house in houses)
    yield one, other
    for house in houses:
        house.close()


@pytest.fixture(scope="module")
def case(firms: tuple[Firm, Firm]) -> int:
    """A case of the first firm, with something to hide and a task."""
    house = firms[0].house
    return house.runtime.start("ticket", {"ticket_no": SECRET}, actor=OWNER, business_key=SECRET)


@pytest.mark.postgres
def test_cases_of_another_firm_do_not_exist(firms: tuple[Firm, Firm], case: int) -> None:
    mine, theirs = firms
    assert SECRET in mine.browser.get(f"/api/v1/instances/{case}").text
    for path in (f"/api/v1/instances/{case}", f"/api/v1/instances/{case}/history"):
        answer = theirs.browser.get(path)
        assert (answer.status_code, SECRET in answer.text) == (404, False), path
    for path in (
        "/api/v1/instances",
        f"/api/v1/instances?business_key={SECRET}",
        "/api/v1/tasks?scope=all",
        "/api/v1/measures",
    ):
        assert SECRET not in theirs.browser.get(path).text, path
    assert str(case) not in theirs.browser.get("/api/v1/instances").text


@pytest.mark.postgres
def test_definitions_of_another_firm_are_not_read_by_their_keys(firms: tuple[Firm, Firm]) -> None:
    mine, theirs = firms
    keys = {one["key"] for one in mine.browser.get("/api/v1/processes").json()["items"]}
    own = {one["key"] for one in theirs.browser.get("/api/v1/processes").json()["items"]}
    assert keys
    for key in keys - own:
        assert theirs.browser.get(f"/api/v1/processes/{key}/xml").status_code == 404


@pytest.mark.postgres
def test_a_session_of_one_firm_is_worth_nothing_at_another(firms: tuple[Firm, Firm]) -> None:
    mine, theirs = firms
    thief = Browser(create_app(theirs.house))
    for cookie in mine.browser.cookies.jar:
        thief.cookies.set(cookie.name, cookie.value or "")
    assert thief.get("/api/v1/me").status_code == 401


@pytest.mark.postgres
def test_a_sign_in_link_of_one_firm_opens_no_other(firms: tuple[Firm, Firm]) -> None:
    mine, theirs = firms
    with mine.house.store.write() as tx:
        token = sign_in.issue_link(tx, "owner", now=mine.house.clock())
    thief = Browser(create_app(theirs.house))
    thief.get(f"/sign-in/{token}")
    assert thief.get("/api/v1/me").status_code == 401


@pytest.mark.postgres
@pytest.mark.parametrize("look", [house_tools.case_of, house_tools.task_of])
def test_mcp_finds_nothing_of_another_firm(
    firms: tuple[Firm, Firm], case: int, look: Callable[[Visitor, int], Any]
) -> None:
    theirs = firms[1].house
    with theirs.store.read() as tx:
        visitor = Visitor(theirs, identity.principal(tx, "owner"))
    with pytest.raises(NotFound):
        look(visitor, case)
    with pytest.raises(NotFound):
        house_resources.read(
            house_resources.TEMPLATES, visitor, frozenset({"*"}), f"mainspring://cases/{case}"
        )


@pytest.mark.postgres
def test_commands_reach_no_case_of_another_firm(firms: tuple[Firm, Firm], case: int) -> None:
    mine, theirs = firms
    with pytest.raises(NotFound):
        theirs.house.runtime.execute(CancelInstance(case), actor=OWNER, instance=case)
    with mine.house.store.read() as tx:
        assert queries.instance(tx, case).state == "active"
