"""Tests that stand beside policies: a question each, and the answer its author expects."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from mainspring.govern.errors import PolicyError
from mainspring.govern.policies import Policies
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY, Resource, field, operation, process


class Finding(NamedTuple):
    """A question that the policies answer otherwise than expected."""

    name: str
    expected: str
    answered: str
    because: str


def check(policies: Policies, cases: str, where: str = "policy tests") -> list[Finding]:
    """Ask every question of a YAML list; what is answered otherwise is returned.

    A case: ``name``, ``principal`` (kind, id, roles, groups), ``action``, one of ``operation`` (name,
    effect, reversible), ``process`` (id), ``field`` (name, personal) or ``company: true``, ``context``,
    ``expect`` (allow or deny) and ``because`` (the id of a policy that must be among the deciding ones).

    Raises:
        PolicyError: the tests cannot be read.
    """
    try:
        listed = yaml.safe_load(cases)
        return [finding for case in listed if (finding := _check_one(policies, case))]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        said = f"the tests cannot be read: {error!r}"
        raise PolicyError(said, where=where, mend="Compare with policy_tests.yaml.") from error


def _check_one(policies: Policies, case: Mapping[str, Any]) -> Finding | None:
    who = case["principal"]
    principal = Principal(
        who["kind"], who["id"], frozenset(who.get("roles", ())), frozenset(who.get("groups", ()))
    )
    context = {name: _value(name, value) for name, value in case.get("context", {}).items()}
    decision = policies.decide(principal, case["action"], _resource(case), context)
    answered = "allow" if decision.allowed else "deny"
    named = case.get("because")
    if answered != case["expect"] or (named and named not in decision.policies):
        expected = f"{case['expect']} by {named}" if named else case["expect"]
        return Finding(case["name"], expected, answered, decision.because)
    return None


def _value(name: str, value: Any) -> Any:
    if name in {"amount", "confidence"}:
        return Decimal(str(value))
    return frozenset(value) if isinstance(value, list) else value


def demand(policies: Policies, cases: str, where: str = "policy tests") -> None:
    """Run the tests before policies are put in force.

    Raises:
        PolicyError: with every question that is answered otherwise than its author expects.
    """
    found = check(policies, cases, where)
    if found:
        said = "; ".join(
            f"{one.name}: expected {one.expected}, got {one.answered} ({one.because})" for one in found
        )
        raise PolicyError(
            f"{len(found)} of the tests fail: {said}", where=where, mend="Correct the policies, or the tests."
        )


def _resource(case: Mapping[str, Any]) -> Resource:
    if "operation" in case:
        asked = case["operation"]
        return operation(asked["name"], asked["effect"], reversible=asked.get("reversible", True))
    if "process" in case:
        return process(case["process"])
    if "field" in case:
        asked = case["field"]
        return field(asked["name"], personal=asked["personal"], process_id=asked.get("process"))
    return COMPANY
