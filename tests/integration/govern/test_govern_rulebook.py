"""A company's own policies: in force when valid and tested; duties kept apart over the history of a case."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mainspring.govern import history, rulebook
from mainspring.govern.errors import PolicyError
from mainspring.govern.policies import Policies, default_policies
from mainspring.govern.policies_in_force import PoliciesInForce
from mainspring.govern.principal import Principal
from mainspring.govern.record import record
from mainspring.govern.resources import operation
from mainspring.govern.tables import acts, calls
from mainspring.store import Store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LEAD = Principal("person", "lena", frozenset({"governance_lead"}))
ANNA = Principal("person", "anna", frozenset({"approver"}))
PAY = operation("payments.pay", "money", reversible=False)
APART = """
@id("who-created-may-not-pay")
@reason("Two people for one sum of money")
forbid (principal, action == Action::"call", resource == Operation::"payments.pay")
when { context has did && context.did.contains("orders.create") };
"""
TESTS = """
- name: who created does not pay
  principal: {kind: person, id: anna, roles: [approver]}
  action: call
  operation: {name: payments.pay, effect: money}
  context: {did: [orders.create]}
  expect: deny
  because: who-created-may-not-pay
"""


def build(own: str) -> Policies:
    return default_policies(extra=own)


def put(store: Store, text: str, tests: str = "") -> Policies:
    with store.write() as tx:
        return rulebook.put(tx, text, tests, by=LEAD, now=NOW, build=build)[1]


def test_a_version_is_kept_with_who_put_it_in_force_and_stands_in_the_record(store: Store) -> None:
    put(store, "")
    built = put(store, APART, TESTS)
    with store.read() as tx:
        found = rulebook.in_force(tx)
        said = [row.detail["text"] for row in tx.all(select(acts).order_by(acts.c.position))]
        numbers = [one.number for one in rulebook.versions(tx)]
    assert found is not None
    assert (found.number, found.by, found.text, found.digest) == (2, "lena", APART, built.version)
    assert said == ["", APART]
    assert numbers == [1, 2]


@pytest.mark.parametrize(
    ("text", "tests", "match"),
    [
        ("permit (principal, action, resource);", "", "no @id"),
        ('@id("x") permit (principal, action == Action::"fly", resource);', "", "schema"),
        ("this is no policy", "", "not valid Cedar"),
        (APART, TESTS.replace("deny", "allow"), "who created does not pay: expected allow"),
        ('@id("all") permit (principal, action, resource);', "", "of the tests fail"),
        ("", "- nonsense", "cannot be read"),
    ],
)
def test_what_does_not_fit_or_fails_a_test_is_not_kept(
    store: Store, text: str, tests: str, match: str
) -> None:
    with pytest.raises(PolicyError, match=match):
        put(store, text, tests)
    with store.read() as tx:
        assert rulebook.newest(tx) == 0


def test_a_newer_version_answers_from_then_on() -> None:
    policies = PoliciesInForce(build(""))
    context = {"did": frozenset({"orders.create"})}
    assert policies.decide(ANNA, "call", PAY, context).allowed
    before = policies.version
    policies.put(build(APART))
    answer = policies.decide(ANNA, "call", PAY, context)
    assert not answer.allowed
    assert answer.policies == ("who-created-may-not-pay",)
    assert policies.version != before
    assert policies.reads("did")


def call(
    actor: str, name: str, *, instance: int = 7, outcome: str = "ok", lent: str | None = None
) -> dict[str, object]:
    row: dict[str, object] = {column.name: None if column.nullable else 0 for column in calls.c}
    del row["tenant_id"], row["position"]
    given = {
        "key": 1,
        "at": NOW,
        "operation": name,
        "effect": "write",
        "actor_kind": "person",
        "actor_id": actor,
        "on_behalf_of": lent,
        "instance": instance,
        "outcome": outcome,
    }
    return {**row, **given, "cached": False, "retry": False}


def test_the_history_of_a_case_holds_what_one_did_in_it_and_in_another_s_place(store: Store) -> None:
    with store.write() as tx:
        for row in (
            call("anna", "orders.create"),
            call("anna", "orders.cancel", outcome="denied"),
            call("anna", "orders.ship", instance=8),
            call("bo", "orders.price", lent="anna"),
            call("bo", "orders.find"),
        ):
            record(tx).add(calls, row)
    with store.read() as tx:
        assert history.did(tx, 7, ANNA) == {"orders.create", "orders.price"}
        lent = Principal("person", "cai", on_behalf_of="anna")
        assert history.did(tx, 7, lent) == {"orders.create", "orders.price"}
        assert history.did(tx, 7, Principal("person", "dan")) == frozenset()
