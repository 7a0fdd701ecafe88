"""The digest of a made-up firm: what it says, that it is sent once, and the alarms of targets."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select
from tests.integration.web.offers import sent

from mainspring.app import post, targets
from mainspring.app.digest import drawing, sections, sending, settings
from mainspring.app.digest.collect import collected
from mainspring.app.digest.settings import Settings
from mainspring.app.digest.tables import alarms, digests
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.monthly import month
from mainspring.app.opening import open_or_create
from mainspring.engine.commands import CompleteTask
from mainspring.engine.events import SYSTEM, Actor
from mainspring.govern import identity, preferences
from mainspring.govern.principal import Principal
from mainspring.insight.own.cuts import period
from mainspring.runtime import queries
from mainspring.runtime.errors import Denied
from mainspring.services.tables.contact import outbox
from mainspring.services.tables.goods import products
from mainspring.services.tables.inquiries import inquiries
from mainspring.services.tables.money import invoices
from mainspring.services.tables.sales import order_lines, orders

OWNER = Principal("person", "owner", roles=frozenset({"worker", "process_owner"}))
DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


def invoice(number: int, due: datetime, *, settled: datetime | None = None) -> dict[str, Any]:
    open_ = Decimal(0) if settled else Decimal(100)
    return {
        "invoice_no": f"I-{number:06d}",
        "customer_id": "C-1",
        "order_no": "",
        "delivery_no": f"D-{number:06d}",
        "currency": "EUR",
        "net": Decimal(100),
        "tax": Decimal(0),
        "total": Decimal(100),
        "open": open_,
        "issued_at": due - timedelta(days=30),
        "due_at": due,
        "settled_at": settled,
        "dunning_level": 0,
    }


@pytest.fixture
def firm(house: House) -> House:
    """An order of yesterday with its margin, late by its customer's wish; invoices; a task."""
    quote_no = sent(house, "C-1")
    with house.store.write() as tx:
        tx.execute(products.update().values(cost=Decimal("1.50"), currency="EUR"))
        tx.execute(inquiries.update().values(requested_on="2026-03-01"))
        priced = {"sku": "D1", "description": "DEMO HINGE", "unit": "pcs", "unit_price": Decimal("2.50")}
        head = {
            "order_no": "O-000001",
            "customer_id": "C-1",
            "quote_no": quote_no,
            "source": "quote",
            "source_no": quote_no,
            "source_digest": "",
            "status": "open",
            "currency": "EUR",
            "net": Decimal(10),
            "tax": Decimal(0),
            "total": Decimal(10),
            "invoiced": Decimal(0),
            "ordered_at": NOON,
            "created_at": NOON,
            "changed_at": NOON,
            "reason": "",
        }
        tx.insert(orders, head)
        nothing = {name: Decimal(0) for name in ("reserved", "delivered", "cancelled", "tax_rate", "tax")}
        line = {"order_no": "O-000001", "line": 1, "quantity": Decimal(4), "net": Decimal(10)}
        tx.insert(order_lines, priced | nothing | line)
        rows = [
            invoice(one, NOON - timedelta(days=60), settled=NOON - timedelta(days=50)) for one in range(8)
        ]
        rows += [invoice(8, NOON - timedelta(days=8)), invoice(9, NOON + timedelta(days=4))]
        tx.insert(invoices, rows)
        values = {"question": "When?", "document": quote_no}
        house.runtime.start(
            "customer_question", values, actor=SYSTEM, business_key=f"question {quote_no}", tx=tx
        )
    return house


def test_a_month_says_what_its_orders_are_worth_in_all_and_a_head(firm: House) -> None:
    now = firm.clock()
    begin = period(now, "month")
    with firm.store.write() as tx:
        tx.execute(orders.update().values(created_at=now))
    (nobody,) = month(firm, begin)["sold"]
    assert (nobody["net"], nobody["margin"], nobody["net_a_head"]) == (Decimal(10), Decimal("4.00"), None)
    with firm.store.read() as tx:
        (task,) = queries.tasks(tx, limit=10)
    firm.runtime.execute(
        CompleteTask(task.key, {"answer": "Soon."}, "completed"), actor=Actor("person", "owner")
    )
    found = month(firm, begin)
    (sold,) = found["sold"]
    assert (found["heads"], sold["net_a_head"], sold["margin_a_head"]) == (1, Decimal(10), Decimal(4))
    with firm.store.write() as tx:
        tx.execute(products.update().values(cost=None))
    (unknown,) = month(firm, begin)["sold"]
    assert (unknown["margin"], unknown["margin_a_head"], unknown["unknown"]) == (None, None, 1)


def test_the_digest_says_what_is_late_expected_earned_and_to_decide(firm: House) -> None:
    content = collected(firm, "daily", DAY)
    (overdue,) = content["overdue"]
    assert (overdue["customer"], overdue["days_late"]) == ("Demo C-1", 8)
    assert Decimal(overdue["open"]) == 100
    (order,) = content["margins"]["rows"]
    assert (order["margin"], order["share"]) == ("4.00", "0.400")
    (late,) = content["late"]
    assert (late["order_no"], late["days_late"]) == ("O-000001", 9)
    assert Decimal(late["left"]) == 4
    (decision,) = content["decisions"]["rows"]
    assert "Answer the customer" in decision["what"]
    (cash,) = content["cash"]
    paid = [Decimal(week["expected"]) for week in cash["weeks"]]
    assert sum(paid) + Decimal(cash["later"]) + Decimal(cash["unknown"]) == 200
    assert paid == [100, 100, 0, 0], "always ten days late: one tomorrow, one in thirteen days"


def test_text_html_and_pdf_say_the_same_in_both_languages(firm: House) -> None:
    content = collected(firm, "weekly", DAY)
    for language, word in (("en", "Overdue by customer"), ("zh", "逾期应收")):
        made = sections.said(content, "zh" if language == "zh" else "en")
        page = PdfDocument(drawing.pdf(made))[0].get_textpage().get_text_range()
        for shown in (drawing.text(made), drawing.html(made), page):
            assert word in shown
            assert "Demo C-1" in shown


def test_words_of_outsiders_are_no_markup(firm: House) -> None:
    content = collected(firm, "daily", DAY)
    content["overdue"][0]["customer"] = "<script>alert(1)</script>"
    made = sections.said(content, "en")
    assert "<script>" not in drawing.html(made)
    assert drawing.pdf(made).startswith(b"%PDF")


def test_the_digest_is_sent_once_at_eight_to_owners_who_wish_it(
    firm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.put(firm, Settings(time_zone="Asia/Shanghai", weekly=False), OWNER)
    with firm.store.write() as tx:
        owner = identity.person(tx, "owner")._replace(email="owner@firm.example", language="zh")
        identity.add_person(tx, owner, now=firm.clock())
    monkeypatch.setattr(firm, "clock", lambda: datetime(2026, 3, 9, 23, 59, tzinfo=UTC))
    assert sending.send_due(firm) == 0, "a minute before eight in Shanghai"
    monkeypatch.setattr(firm, "clock", lambda: datetime(2026, 3, 10, 0, 1, tzinfo=UTC))
    assert (sending.send_due(firm), sending.send_due(firm)) == (1, 0)
    with firm.store.read() as tx:
        (kept,) = tx.all(select(digests))
        letters = tx.all(select(outbox).where(outbox.c.kind == "digest"))
        parts = sending.beside(tx, letters[0].document)
    assert (kept.kind, kept.day) == ("daily", "2026-03-10")
    assert [one.recipient for one in letters] == ["owner@firm.example"]
    assert letters[0].subject.startswith("昨日摘要")
    assert parts["html"].startswith("<!doctype html>")
    assert parts["attachments"][0]["name"] == "daily-2026-03-10.pdf"


def test_nobody_gets_a_digest_who_does_not_wish_it(firm: House) -> None:
    with firm.store.write() as tx:
        owner = identity.person(tx, "owner")._replace(email="owner@firm.example")
        identity.add_person(tx, owner, now=firm.clock())
        preferences.keep(tx, "owner", "notices", {"mail": []}, now=firm.clock())
    assert sending.write(firm, "daily", DAY) == 0


def test_a_target_that_is_missed_raises_one_alarm_until_it_is_met(firm: House) -> None:
    targets.put(firm, "targets: [{measure: cases, at_least: 1}]", OWNER)
    assert (targets.watch(firm), targets.watch(firm)) == (1, 0)
    (stands,) = targets.standing(firm)[1]
    assert (stands.measure, stands.met, stands.target) == ("cases", False, ">= 1")
    assert stands.since is not None
    targets.put(firm, "targets: [{measure: cases, at_most: 1}]", OWNER)
    assert targets.watch(firm) == 0
    with firm.store.read() as tx:
        (alarm,) = tx.all(select(alarms))
    assert alarm.cleared_at is not None


def test_a_measure_without_data_is_neither_met_nor_missed(house: House) -> None:
    targets.put(house, "targets: [{measure: straight_through, at_least: 0.6}]", OWNER)
    assert targets.watch(house) == 0
    assert targets.standing(house)[1][0].met is None


@pytest.mark.parametrize(
    "text",
    [
        "targets: [{measure: luck, at_least: 1}]",
        "targets: [{measure: aar}]",
        "targets: [{measure: aar, at_least: 0, at_most: 1}]",
        "targets: [",
        "days: 0",
        "!!python/object:os.system {}",
    ],
)
def test_targets_that_do_not_fit_are_refused(house: House, text: str) -> None:
    with pytest.raises(QuestionUnfit):
        targets.put(house, text, OWNER)


def test_only_planners_set_targets(house: House) -> None:
    with pytest.raises(Denied):
        targets.put(house, "targets: []", Principal("person", "guest"))


def test_the_letter_leaves_with_html_and_pdf(firm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with firm.store.write() as tx:
        owner = identity.person(tx, "owner")._replace(email="owner@firm.example")
        identity.add_person(tx, owner, now=firm.clock())
    sending.write(firm, "daily", DAY, "http://pc.firm.example")
    given: list[Any] = []

    def perform(_: Any, __: Any, name: str, arguments: Any) -> Any:
        given.append((name, arguments))
        raise QuestionUnfit("seen enough")

    monkeypatch.setattr(firm.gateway, "perform", perform)
    post.Post(firm, "letters", inside="http://pc.firm.example/").send()
    (letter,) = [arguments for _, arguments in given if "html" in arguments]
    assert letter["automatic"] is True
    (task,) = collected(firm, "daily", DAY)["decisions"]["rows"]
    assert f'href="http://pc.firm.example/inbox/{task["task"]}"' in letter["html"]
    assert letter["attachments"][0]["type"] == "application/pdf"
    assert f"http://pc.firm.example/inbox/{task['task']}\n" in letter["text"]
    assert "http://pc.firm.example/digest?kind=daily&day=2026-03-10" in letter["text"]
