"""Policies: allowed by a permit, denied by a forbid, by nothing, and by every doubt; each with its words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.govern import policy_tests, resources
from mainspring.govern.errors import PolicyError
from mainspring.govern.policies import Policies, default_policies, default_text
from mainspring.govern.principal import KINDS, Principal

SCHEMA = default_text("schema.cedarschema")
CLERK = Principal("agent", "clerk")
WEI = Principal("person", "wei", frozenset({"worker"}))
PAY = resources.operation("pay.refund", "money", reversible=False)
READ = resources.operation("orders.find", "read", reversible=True)
ALL_CALLS = '@id("all") @reason("Everything") permit(principal, action == Action::"call", resource);'


def test_the_tests_beside_the_default_policies_pass() -> None:
    found = policy_tests.check(default_policies(), default_text("policy_tests.yaml"))
    assert found == []


def test_a_wrong_expectation_is_a_finding() -> None:
    case = """
    - {name: wrong, principal: {kind: person, id: a}, action: deploy, company: true, expect: allow}
    """
    (found,) = policy_tests.check(default_policies(), case)
    assert (found.name, found.expected, found.answered) == ("wrong", "allow", "deny")


def test_tests_that_cannot_be_read_say_so() -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        policy_tests.check(default_policies(), "- {name: half}")


def test_without_any_policy_everything_is_denied() -> None:
    decision = Policies("", SCHEMA).decide(WEI, "call", READ)
    assert not decision.allowed
    assert decision.because == "no policy permits it"


def test_an_allow_names_its_permit_and_reason() -> None:
    decision = Policies(ALL_CALLS, SCHEMA).decide(CLERK, "call", READ)
    assert (decision.allowed, decision.because) == (True, "all (Everything)")


def test_a_denial_names_the_forbid() -> None:
    text = ALL_CALLS + '@id("no-pay") forbid(principal, action, resource == Operation::"pay.refund");'
    decision = Policies(text, SCHEMA).decide(CLERK, "call", PAY)
    assert (decision.allowed, decision.because, decision.policies) == (
        False,
        "forbidden by no-pay",
        ("no-pay",),
    )


@pytest.mark.parametrize(
    ("permit", "words"),
    [
        (
            '@id("p") permit(principal, action, resource is Operation) when { resource.effect == "read" };',
            "p nearly permits it, but its condition does not hold",
        ),
        (
            '@id("p") permit(principal in Role::"approver", action, resource);',
            "p nearly permits it, but it is for role approver",
        ),
        (
            '@id("p") permit(principal, action, resource == Operation::"orders.find");',
            "p nearly permits it, but it is for another resource",
        ),
    ],
)
def test_a_denial_says_which_permit_nearly_matched_and_why_not(permit: str, words: str) -> None:
    decision = Policies(permit, SCHEMA).decide(CLERK, "call", PAY)
    assert not decision.allowed
    assert words in decision.because


def test_a_policy_that_fails_denies_even_when_another_permits() -> None:
    overflow = '@id("f") forbid(principal, action, resource) when { 9223372036854775807 + 1 == 0 };'
    decision = Policies(ALL_CALLS + overflow, SCHEMA).decide(CLERK, "call", READ)
    assert not decision.allowed
    assert "could not be evaluated" in decision.because


def test_an_action_that_the_schema_does_not_know_is_denied() -> None:
    assert not Policies(ALL_CALLS, SCHEMA).decide(CLERK, "burn", READ).allowed


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), Decimal("1e30"), Decimal("1e15")])
def test_an_amount_that_cannot_be_judged_is_denied(amount: Decimal) -> None:
    text = ALL_CALLS + (
        '@id("cap") forbid(principal, action == Action::"call", resource) '
        'when { context has amount && context.amount.greaterThan(decimal("10.0")) };'
    )
    assert not Policies(text, SCHEMA).decide(CLERK, "call", PAY, {"amount": amount}).allowed


def test_an_amount_just_above_a_limit_is_not_rounded_to_it() -> None:
    text = ALL_CALLS + (
        '@id("cap") forbid(principal, action == Action::"call", resource) '
        'when { context has amount && context.amount.greaterThan(decimal("10.0")) };'
    )
    policies = Policies(text, SCHEMA)
    assert policies.decide(CLERK, "call", PAY, {"amount": Decimal(10)}).allowed
    assert not policies.decide(CLERK, "call", PAY, {"amount": Decimal("10.000001")}).allowed


def test_what_is_kept_is_kept_apart_for_what_a_policy_reads() -> None:
    text = ALL_CALLS + (
        '@id("only") forbid(principal, action == Action::"call", resource) '
        'unless { context has process && context.process == "l2c" };'
    )
    policies = Policies(text, SCHEMA)
    answers = [
        policies.decide(CLERK, "call", READ, {"process": name}).allowed for name in ("l2c", "other", "l2c")
    ]
    assert answers == [True, False, True]


def test_an_agent_calls_what_its_definition_names_and_nothing_else() -> None:
    policies = default_policies({"clerk": ["orders.*", "pay.refund"], "idle": []})
    assert policies.decide(CLERK, "call", READ).allowed
    assert policies.decide(CLERK, "call", PAY).allowed
    assert not policies.decide(
        CLERK, "call", resources.operation("pay.out", "money", reversible=False)
    ).allowed
    assert not policies.decide(Principal("person", "clerk"), "call", READ).allowed


def test_a_name_in_a_grant_cannot_become_policy_text() -> None:
    name = 'x"]) }; @id("evil") permit(principal, action, resource); //'
    policies = default_policies({"clerk": [name], name: ["orders.find"]})
    assert not policies.decide(CLERK, "call", READ).allowed
    assert policies.decide(Principal("agent", name), "call", READ).allowed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("permit(principal, action", "not valid Cedar"),
        ("permit(principal, action, resource);", "no @id"),
        ('@id("a") permit(principal, action, resource);@id("a") forbid(principal, action, resource);', "two"),
        ('@id("a") permit(principal, action, resource) when { context.nothing };', "do not fit the schema"),
        ('@id("a") permit(principal == Robot::"r", action, resource);', "do not fit the schema"),
        ('@id("a") permit(principal == ?principal, action, resource);', "templates"),
    ],
)
def test_policies_that_are_wrong_are_refused_with_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        Policies(text, SCHEMA)


def test_a_wrong_schema_is_refused() -> None:
    with pytest.raises(PolicyError, match="not a valid schema"):
        Policies("", "entity Person in [")


def test_another_policy_is_another_version() -> None:
    assert default_policies().version == default_policies().version
    assert default_policies().version != default_policies(extra=ALL_CALLS).version


@given(
    kind=st.sampled_from(KINDS),
    name=st.text(min_size=1, max_size=20),
    roles=st.frozensets(st.sampled_from(["worker", "approver", "auditor", "owner", "administrator"])),
    effect=st.sampled_from(["read", "write", "external", "money"]),
)
def test_only_people_with_the_role_ever_move_money_by_default(
    kind: str, name: str, roles: frozenset[str], effect: str
) -> None:
    principal = Principal(kind, name, roles)  # type: ignore[arg-type]  # drawn from KINDS
    target = resources.operation("any.thing", effect, reversible=True)
    if POLICIES.decide(principal, "call", target).allowed and effect == "money":
        assert kind == "person"
        assert "approver" in roles


POLICIES = default_policies()
