"""The model is what runs: a change of the drawing changes the run, with no line of Python touched."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from mainspring.agents.inbox import Inbox
from mainspring.govern import identity
from mainspring.packs.lead_to_cash import pack
from mainspring.packs.lead_to_cash.world.customers import Market
from mainspring.runtime import queries
from mainspring.store import log

FILE = "lead_to_cash.bpmn"
APPROVAL = """<bpmn:userTask id="approval" name="Approve the quote"><bpmn:extensionElements><zeebe:userTask/>
<zeebe:assignmentDefinition candidateGroups="sales"/></bpmn:extensionElements>
<bpmn:incoming>f27_confirm_quote_send_quote</bpmn:incoming><bpmn:outgoing>f27_approved</bpmn:outgoing></bpmn:userTask>
<bpmn:sequenceFlow id="f27_approved" sourceRef="approval" targetRef="send_quote"/>"""
FOLLOWING_UP = (
    "follow_up_due",
    "follow_up",
    "followed_up",
    "f29_follow_up_due_follow_up",
    "f30_follow_up_followed_up",
)
PATH = frozenset(
    [
        "understand",
        "match_products",
        "check_credit",
        "price_lines",
        "write_quote",
        "confirm_quote",
        "send_quote",
        "customer_decides",
        "create_order",
        "reserve_stock",
        "deliver",
        "issue_invoice",
        "customer_pays",
        "reconcile",
        "close_order",
    ]
)
ALL = 1_000_000


def with_approval(model: str) -> str:
    """A person approves every quote before it is sent."""
    model = model.replace(
        'sourceRef="confirm_quote" targetRef="send_quote"', 'sourceRef="confirm_quote" targetRef="approval"'
    )
    begin, send = model.split('<bpmn:serviceTask id="send_quote"')
    send = send.replace(">f27_confirm_quote_send_quote</bpmn:incoming>", ">f27_approved</bpmn:incoming>", 1)
    return f'{begin}{APPROVAL}<bpmn:serviceTask id="send_quote"{send}'


def without_follow_up(model: str) -> str:
    """Nobody is reminded of a quote: the timer goes, and what hung on it."""
    for name in FOLLOWING_UP:
        model = model.replace(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>", "")
        model = re.sub(rf'<bpmndi:(\w+) id="{name}_di".*?</bpmndi:\1>\n', "", model, flags=re.DOTALL)
        model = re.sub(rf'<bpmn:sequenceFlow id="{name}"[^>]*/>', "", model)
        model = re.sub(rf'<bpmn:(\w+) id="{name}".*?</bpmn:\1>\n', "", model, flags=re.DOTALL)
    return model


@pytest.fixture
def deploy_instead(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put another drawing into the pack's folder, as its owner would."""
    shipped = pack.read()

    def call(change: Any) -> None:
        files = {**shipped.files, FILE: change(shipped.files[FILE].decode()).encode()}
        monkeypatch.setattr(pack, "read", lambda: replace(shipped, files=files))

    return call


@pytest.fixture
def silent_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Customers who never answer a quote."""
    monkeypatch.setattr(Market, "react", lambda *_: None)


def completed(world: Any) -> Counter[str]:
    """How often each element of lead to cash was completed, from the event log."""
    with world.house() as house, house.store.read() as tx:
        entries = log.read(tx, 0, ALL)
        return Counter(one.element for one in entries if one.element and one.type == "ElementCompleted")


def test_a_task_drawn_before_sending_waits_for_a_person(world: Any, deploy_instead: Any) -> None:
    deploy_instead(with_approval)

    waiting = world.run("none").as_dict()["waiting"]

    assert waiting["person: approval"] > 20
    assert completed(world)["send_quote"] == 0
    with world.house() as house, house.store.write() as tx:
        inbox, person = Inbox(house.runtime, house.gateway), identity.principal(tx, "sales-1")
        task = next(one for one in inbox.waiting(tx, person) if one.element == "approval")
        inbox.complete(tx, task.key, person)
    with world.house() as house:
        while house.worker().run_once():
            pass
    assert completed(world)["send_quote"] == 1


def test_a_timer_that_is_no_longer_drawn_reminds_nobody(
    world_on: Any, fresh_sqlite: str, deploy_instead: Any, silent_customers: None
) -> None:
    drawn, removed = world_on(fresh_sqlite), world_on(f"{fresh_sqlite}.removed")
    drawn.run("none")
    deploy_instead(without_follow_up)
    removed.run("none")

    before, after = completed(drawn), completed(removed)

    assert before["follow_up"] == before["send_quote"] > 20
    assert after["follow_up"] == 0
    assert after["expire_quote"] == before["expire_quote"] > 20


def test_every_activity_of_every_order_stands_in_the_event_log(world: Any) -> None:
    world.run("simulated")

    with world.house() as house, house.store.read() as tx:
        orders = queries.instances(tx, process_id="lead_to_cash", roots_only=True, limit=ALL)
        for order in orders:
            events = queries.history(tx, order.key)
            done = {one.element for one in events if one.type == "ElementCompleted"}
            if not str(order.business_key).startswith("C") and "written_off" not in done:
                assert done >= PATH, order.business_key
            assert all(one.actor.id and one.at.tzinfo for one in events)
    assert len(orders) == 31
