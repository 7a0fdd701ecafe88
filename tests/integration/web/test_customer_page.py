"""The customer's page: a link shows a quote and its order; answering drives the process that waits."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from tests.integration.web.offers import PROCESS, link, sent, with_link

from mainspring.agents.tables import runs
from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.govern.principal import SYSTEM
from mainspring.govern.tables import acts
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

OFFER = "/api/v1/customer"


@pytest.fixture
def quote_no(house: House) -> str:
    return sent(house, "C-1", language="zh")


@pytest.fixture
def customer(house: House, stranger: Browser, quote_no: str) -> Browser:
    return with_link(stranger, link(house, quote_no))


def said(browser: Browser, *, accepted: bool) -> dict[str, Any]:
    return {"accepted": accepted, "seen": browser.get(OFFER).json()["quote"]["seen"]}


def test_a_link_shows_the_quote_in_the_customers_language(customer: Browser, quote_no: str) -> None:
    shown = customer.get(OFFER).json()
    assert (shown["language"], shown["customer"], shown["answerable"]) == ("zh", "Demo C-1", True)
    assert shown["quote"]["quote_no"] == quote_no
    assert [line["description"] for line in shown["quote"]["lines"]] == ["DEMO HINGE"]


def test_accepting_drives_the_process_that_waits_and_is_an_act_of_the_case(
    customer: Browser, house: House, quote_no: str
) -> None:
    after = customer.post(f"{OFFER}/answer", json=said(customer, accepted=True))
    assert (after.status_code, after.json()["quote"]["status"]) == (200, "accepted")
    with house.store.read() as tx:
        (case,) = queries.instances(tx, process_id=PROCESS)
        (act,) = tx.all(select(acts).where(acts.c.tenant_id == tx.tenant, acts.c.act == "quote_accept"))
        assert queries.variables(tx, case.key)["accepted"] is True
    assert case.state == "completed"
    assert (act.actor_kind, act.actor_id, act.instance, act.subject) == (
        "customer",
        "C-1",
        case.key,
        quote_no,
    )


def test_declining_keeps_the_reason(customer: Browser, house: House) -> None:
    given = said(customer, accepted=False) | {"reason": "too late"}
    assert customer.post(f"{OFFER}/answer", json=given).json()["quote"]["status"] == "declined"
    with house.store.read() as tx:
        (act,) = tx.all(
            select(acts.c.detail).where(acts.c.tenant_id == tx.tenant, acts.c.act == "quote_decline")
        )
    assert act.detail["reason"] == "too late"


def test_a_question_is_a_task_and_its_answer_stands_on_the_page(
    customer: Browser, signed_in: Callable[[str], Browser]
) -> None:
    customer.post(f"{OFFER}/questions", json={"text": "Do you have them in brass?"})
    customer.post(f"{OFFER}/questions", json={"text": "Do you have them in brass?"})
    seller = signed_in("sales-1")
    (task,) = [
        one for one in seller.get("/api/v1/tasks").json()["items"] if one["process_id"] == "customer_question"
    ]
    answer = {"answer": {"answer": "Yes, from May."}}
    assert seller.post(f"/api/v1/tasks/{task['key']}/complete", json=answer).status_code == 200
    (known,) = customer.get(OFFER).json()["questions"]
    assert (known["text"], known["answer"]) == ("Do you have them in brass?", "Yes, from May.")


def test_the_papers_of_the_link_open_as_pdf(customer: Browser, quote_no: str) -> None:
    paper = customer.get(f"{OFFER}/papers/quote/{quote_no}")
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF")


def test_whoever_works_with_quotes_makes_lists_and_takes_back_links(
    signed_in: Callable[[str], Browser], stranger: Browser, quote_no: str
) -> None:
    seller = signed_in("sales-1")
    made = seller.post("/api/v1/links", json={"document": quote_no}).json()
    with_link(stranger, made["address"].partition("#")[2])
    assert stranger.get(OFFER).status_code == 200
    assert seller.post(f"/api/v1/links/{made['key']}/revoke", json={"document": quote_no}).status_code == 200
    assert stranger.get(OFFER).json()["where"] == "revoked"
    (kept,) = seller.get(f"/api/v1/links?document={quote_no}").json()["items"]
    assert (kept["revoked"], kept["address"]) == (True, None)
    assert signed_in("governance").post("/api/v1/links", json={"document": quote_no}).status_code == 403


def test_an_order_behind_an_accepted_quote_shows_how_far_it_is(
    customer: Browser, house: House, quote_no: str
) -> None:
    customer.post(f"{OFFER}/answer", json=said(customer, accepted=True))
    with house.store.write() as tx:
        given = {"quote_no": quote_no, "source_no": quote_no}
        order = house.gateway.call(tx, Caller(SYSTEM), "orders.create", given)
    shown = customer.get(OFFER).json()
    assert shown["order"]["order_no"] == order.order_no
    assert [one["step"] for one in shown["order"]["steps"] if one["at"]] == ["ordered"]
    assert customer.get(f"{OFFER}/papers/order/{order.order_no}").content.startswith(b"%PDF")


def test_a_customer_appeals_against_a_decision_in_their_own_case(
    customer: Browser, house: House, signed_in: Callable[[str], Browser]
) -> None:
    with house.store.write() as tx:
        (case,) = queries.instances(tx, process_id=PROCESS)
        run = house.keys()
        empty: dict[str, Any] = {"doubts": [], "evidence": ["list price"], "steps": [], "draft": None}
        who = {"agent": "pricing_clerk", "version": 1, "skill": "price_lines", "element": "price"}
        when = {"run": run, "at": house.clock(), "job": house.keys(), "instance": case.key}
        tx.insert(runs, {**when, **who, **empty, "outcome": "done", "confidence": 0.9})
    assert [one["run"] for one in customer.get(OFFER).json()["decisions"]] == [str(run)]
    body = f'{{"run": {run}, "text": "too dear"}}'
    assert customer.post(f"{OFFER}/appeals", content=body).status_code == 200
    waiting = signed_in("owner").get("/api/v1/tasks").json()["items"]
    assert [one["process_id"] for one in waiting if one["process_id"] == "appeal"] == ["appeal"]
