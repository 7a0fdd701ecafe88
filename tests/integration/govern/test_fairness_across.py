"""Every automatic decision of the house is compared across groups of customers, from the records it left."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from mainspring.agents.tables import runs
from mainspring.app import fairness
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.cli import main
from mainspring.engine.events import Actor
from mainspring.gateway import Caller
from mainspring.gateway.call import Call
from mainspring.gateway.meter import row
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.govern.record import record
from mainspring.govern.tables import calls
from mainspring.services import customers
from mainspring.services.operation import Context
from mainspring.services.tables.parties import leads
from mainspring.store import Tx
from mainspring.testing import drawing

ANN = Actor("person", "owner")
EACH = 30
"""Cases of each tier."""
RULE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="t" namespace="urn:t" id="t">
<inputData id="c" name="credit"><variable name="credit"/></inputData>
<decision id="terms" name="terms"><variable name="terms"/>
<informationRequirement><requiredInput href="#c"/></informationRequirement><decisionTable hitPolicy="UNIQUE">
<input id="i"><inputExpression id="e"><text>credit</text></inputExpression></input>
<output id="o" name="way"/><output id="p" name="reason"/>
<rule id="a"><inputEntry id="a1"><text>&gt;= 10</text></inputEntry>
<outputEntry id="a2"><text>"account"</text></outputEntry>
<outputEntry id="a3"><text>"a good name"</text></outputEntry></rule>
<rule id="b"><inputEntry id="b1"><text>&lt; 10</text></inputEntry>
<outputEntry id="b2"><text>"prepay"</text></outputEntry>
<outputEntry id="b3"><text>"not known yet"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
DECIDES = (
    '<businessRuleTask id="decide"><extensionElements>'
    '<zeebe:calledDecision decisionId="terms" resultVariable="terms"/></extensionElements></businessRuleTask>'
)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/house.db"


@pytest.fixture
def house(database: str) -> Iterator[House]:
    opened = open_or_create(database)
    yield opened
    opened.close()


def live(house: House, tx: Tx) -> None:
    """Cases of two tiers; those of C fare worse in everything but the reminders, where all fare alike."""
    house.runtime.deploy(
        {"p.bpmn": drawing.sequence("p", DECIDES, drawing.user("wait")), "terms.dmn": RULE.encode()},
        ANN,
        tx=tx,
    )
    context = Context(tx, house.clock(), house.keys, SYSTEM)
    for tier in "AC":
        given = {"customer_id": f"C-{tier}", "name": tier, "tier": tier, "country": "NL"}
        customers.save(context, [customers.Customer.model_validate(given)])
    numbers = count(1)
    for place in range(EACH):
        for tier in "AC":
            well = tier == "A" or place < EACH // 3
            variables = {"customer_id": f"C-{tier}", "credit": Decimal(20 if well else 1)}
            case = house.runtime.start("p", variables, actor=ANN, tx=tx)
            work(house, tx, case, next(numbers), "done" if well else "review")
            called(house, tx, case, "quotes.confirm", confirmed=not well)
            called(house, tx, case, "dunning.remind", confirmed=False)
            lead(house, tx, next(numbers), f"C-{tier}", Decimal("0.9") if well else Decimal("0.1"))


def work(house: House, tx: Tx, case: int, number: int, outcome: str) -> None:
    texts = {"element": "price", "agent": "pricing_clerk", "skill": "quotes.price", "outcome": outcome}
    numbers = {"run": number, "job": number, "instance": case, "version": 1, "confidence": 0.9}
    tx.insert(
        runs,
        {"at": house.clock(), "doubts": [], "evidence": {}, "steps": [], "draft": None} | texts | numbers,
    )


def called(house: House, tx: Tx, case: int, operation: str, *, confirmed: bool) -> None:
    """A call as the meter records it; one that people confirm is there twice."""
    caller = Caller(Principal("agent", "clerk"), process_id="p", instance=case, element_key=case)
    for outcome, approval in (("confirmation", 5), ("ok", 5)) if confirmed else (("ok", None),):
        call = Call(tx, caller, operation, {}, house.keys(), house.clock(), effect="money")
        call.outcome, call.approval = outcome, approval
        record(tx).add(calls, row(call, 1))


def lead(house: House, tx: Tx, number: int, customer: str, score: Decimal) -> None:
    texts = {"name": "x", "email": "", "source": "fair", "interest": "", "status": "scored", "reason": ""}
    times = dict.fromkeys(("created_at", "changed_at"), house.clock())
    tx.insert(leads, {"lead_no": f"L-{number}", "score": score, "customer_id": customer} | texts | times)


def compared(house: House, by: str = "tier") -> dict[tuple[str, str], dict[str, Any]]:
    with house.store.write() as tx:
        live(house, tx)
    with house.store.read() as tx:
        return {(one["decision"], one["outcome"]): one for one in fairness.compared(tx, by)}


def test_every_kind_of_automatic_decision_is_compared(house: House) -> None:
    found = compared(house)
    assert {key: one["kind"] for key, one in found.items()} == {
        ("pricing_clerk/quotes.price", "settled at once"): "employee",
        ("quotes.confirm", "without confirmation"): "ladder",
        ("dunning.remind", "without confirmation"): "ladder",
        ("terms", "way = account"): "table",
        ("terms", "way = prepay"): "table",
        ("leads.score", "not below the median"): "lead",
    }
    for one in found.values():
        assert [group["decisions"] for group in one["groups"]] == [EACH, EACH]


def test_a_warning_names_the_group_that_fares_worse(house: House) -> None:
    found = compared(house)
    worse = {
        key: [group["group"] for group in one["groups"] if group["warning"]] for key, one in found.items()
    }
    assert worse.pop(("dunning.remind", "without confirmation")) == []
    assert worse.pop(("terms", "way = prepay")) == ["A"], "who gets an account is seldom asked to prepay"
    assert set(map(tuple, worse.values())) == {("C",)}
    (rates,) = [[group["rate"] for group in found["terms", "way = account"]["groups"]]]
    assert rates == [pytest.approx(1 / 3), 1.0]


def test_a_decision_that_people_confirmed_is_counted_once_and_as_not_automatic(house: House) -> None:
    groups = {
        one["group"]: one for one in compared(house)["quotes.confirm", "without confirmation"]["groups"]
    }
    assert (groups["C"]["decisions"], groups["C"]["favourable"]) == (EACH, EACH // 3)


def test_leads_are_compared_by_their_source_too(house: House) -> None:
    ((name, one),) = compared(house, "source").items()
    assert name == ("leads.score", "not below the median")
    assert [group["group"] for group in one["groups"]] == ["fair"]


def test_an_attribute_that_customers_do_not_have_is_refused(house: House) -> None:
    with pytest.raises(QuestionUnfit, match="no tax_id"), house.store.read() as tx:
        fairness.compared(tx, "tax_id")


def test_the_command_prints_what_differs(
    house: House, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    compared(house)
    assert main.call(["audit", "fairness", "--database", database]) == 0
    assert "6 decisions, 5 with a warning" in capsys.readouterr().out
    assert main.call(["audit", "fairness", "--database", database, "--by", "country", "--json"]) == 0
    items = json.loads(capsys.readouterr().out)["items"]
    assert [one["warning"] for one in items] == [False] * 6
