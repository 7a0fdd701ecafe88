"""An agent's job asks for a confirmation, a person gives it, the job goes on, and the case is proved."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from mainspring.engine import commands
from mainspring.engine.events import SYSTEM, Actor
from mainspring.gateway import Caller
from mainspring.gateway.errors import Waiting
from mainspring.govern import identity, verifier
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.govern.export import export_case, hand_over
from mainspring.govern.guard import RuntimeGuard
from mainspring.govern.identity import Person
from mainspring.govern.policies import default_policies
from mainspring.govern.principal import Principal
from mainspring.runtime import Job, Runtime, queries
from mainspring.runtime.errors import Denied
from mainspring.runtime.outcomes import Ask, Complete, Outcome, Work
from mainspring.runtime.worker import Worker
from mainspring.store.keys import KeyGenerator

if TYPE_CHECKING:
    from tests.integration.gateway.conftest import Bank

MODEL = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:t">
  <bpmn:process id="refunds" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="pay"/>
    <bpmn:serviceTask id="pay" name="Pay back">
      <bpmn:extensionElements><zeebe:taskDefinition type="pay"/></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="pay" targetRef="e"/>
    <bpmn:endEvent id="e"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>"""
CLERK = Principal("agent", "clerk")
ANNA = Actor("person", "anna")
WEI = Actor("person", "wei")


class Company:
    """A runtime with its guard, a worker for the clerk, and the people."""

    def __init__(self, bank: "Bank") -> None:
        self.bank = bank
        store = bank.store
        keys = KeyGenerator(lambda: bank.now, store.node())
        guard = RuntimeGuard(default_policies())
        self.runtime = Runtime(store, clock=lambda: bank.now, keys=keys, guard=guard)
        with store.write() as tx:
            identity.add_person(tx, Person("anna", "Anna", roles=frozenset({"approver"})), now=bank.now)
            identity.add_person(tx, Person("wei", "Wei", roles=frozenset({"worker"})), now=bank.now)
        self.runtime.deploy({"refunds.bpmn": MODEL}, SYSTEM)
        self.worker = Worker(self.runtime, {"pay": self.pay}, "w", actor=Actor("agent", "clerk"))

    def pay(self, job: Job, work: Work) -> Outcome:
        caller = Caller(
            CLERK,
            job.process_id,
            job.instance,
            job.process_instance,
            job.element,
            job.element_key,
            job.key,
            Decimal("0.95"),
        )
        arguments = {"customer_id": job.variables["customer"], "total": job.variables["total"]}
        try:
            self.bank.gateway.call(work.tx, caller, "pay.refund", arguments)
        except Waiting as needed:
            request = needed.request
            task = commands.TaskSpec(
                "Confirm", candidate_groups=(request.requirement.role,), payload=request.payload()
            )
            return Ask("approval", (task,) * request.missing)
        return Complete({"paid": True})

    def start(self, **variables: Any) -> int:
        return self.runtime.start("refunds", variables, actor=WEI)

    def task(self, case: int) -> queries.Task:
        with self.bank.store.read() as tx:
            return queries.tasks(tx, instance=case)[0]

    def answer(self, task: queries.Task, actor: Actor, *, approved: bool) -> None:
        payload = task.payload
        with self.bank.store.write() as tx:
            person = identity.principal(tx, actor.id)
            outcome = "approved" if approved else "refused"
            command = commands.CompleteTask(task.key, {}, outcome)
            self.runtime.execute(command, actor=actor, tx=tx)
            self.bank.gateway.answer(
                tx, int(payload["approval"]), person, approved=approved, digest=payload["digest"]
            )


@pytest.fixture
def company(bank: "Bank") -> Company:
    return Company(bank)


def test_a_small_refund_goes_straight_through(company: Company) -> None:
    company.start(customer="c-1", total=20)
    company.worker.run_once()
    assert company.bank.effects() == 1


def test_a_refund_waits_for_its_confirmation_and_goes_on(company: Company) -> None:
    case = company.start(customer="c-1", total=120)
    company.worker.run_once()
    assert company.bank.effects() == 0
    company.answer(company.task(case), ANNA, approved=True)
    company.worker.run_once()
    assert company.bank.effects() == 1
    assert [(row.outcome, row.instance, row.element) for row in company.bank.rows()] == [
        ("confirmation", case, "pay"),
        ("ok", case, "pay"),
    ]


def test_a_refused_refund_never_runs(company: Company) -> None:
    case = company.start(customer="c-1", total=120)
    company.worker.run_once()
    company.answer(company.task(case), ANNA, approved=False)
    company.worker.run_once()
    assert company.bank.effects() == 0
    assert company.bank.rows()[-1].outcome == "denied"


def test_a_person_without_the_role_cannot_take_the_task(company: Company) -> None:
    case = company.start(customer="c-1", total=120)
    company.worker.run_once()
    with pytest.raises(Denied):
        company.answer(company.task(case), WEI, approved=True)
    company.worker.run_once()
    assert company.bank.effects() == 0


def test_saying_approved_in_the_task_alone_moves_no_money(company: Company) -> None:
    case = company.start(customer="c-1", total=120)
    company.worker.run_once()
    command = commands.CompleteTask(company.task(case).key, {}, "approved")
    company.runtime.execute(command, actor=ANNA)
    company.worker.run_once()
    assert company.bank.effects() == 0


def test_changing_the_amount_after_the_confirmation_asks_again(company: Company) -> None:
    case = company.start(customer="c-1", total=120)
    company.worker.run_once()
    company.answer(company.task(case), ANNA, approved=True)
    company.runtime.guard = RuntimeGuard(
        default_policies(
            extra='@id("t") permit(principal is System, action == Action::"change_run", resource);'
        )
    )
    company.runtime.execute(commands.SetVariables(case, {"total": 121}), actor=SYSTEM, instance=case)
    company.worker.run_once()
    assert company.bank.effects() == 0
    assert company.task(case).payload["arguments"]["total"] == 121


def test_an_expired_confirmation_is_asked_again(company: Company) -> None:
    case = company.start(customer="c-1", total=120)
    company.worker.run_once()
    first = company.task(case)
    company.answer(first, ANNA, approved=True)
    company.bank.now += timedelta(days=8)
    company.worker.run_once()
    assert company.bank.effects() == 0
    assert company.task(case).payload["approval"] != first.payload["approval"]


def test_events_calls_and_approvals_of_the_case_are_proved_together(company: Company) -> None:
    case = company.start(customer="c-1", total=120)
    company.start(customer="c-2", total=20)
    company.worker.run_once()
    company.answer(company.task(case), ANNA, approved=True)
    company.worker.run_once()
    signer = Signer(bytes(32))
    with company.bank.store.write() as tx:
        hand_over(tx, case, {}, by=Principal("system", "mainspring"), now=company.bank.now)
    Sealer(company.bank.store, signer).seal(now=company.bank.now)
    with company.bank.store.read() as tx:
        archive = zipfile.ZipFile(io.BytesIO(export_case(tx, case)))
    found = verifier.check(archive.read, set(archive.namelist()), signer.public_key)
    assert found["call"] == 2
    assert found["approval"] == 4  # requested, approved, reserved, consumed
    assert int(str(found["event"])) > 10
