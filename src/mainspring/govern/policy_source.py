"""Policies as data: parsed, named, validated against the schema, and asked what of a request they look at.

Works on Cedar's own JSON form of policies, so that a grant made from data is never pasted into text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import cedarpy

from mainspring.govern.errors import PolicyError

EVERYTHING = "*"
"""Stands for the whole context, where a policy looks at it in another way than attribute by attribute."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A set of policies by their ``@id``, each in Cedar's JSON form."""

    policies: Mapping[str, Json]

    def reason(self, policy_id: str) -> str:
        """The ``@reason`` of a policy, in its author's words, or nothing."""
        return str(self.policies[policy_id].get("annotations", {}).get("reason") or "")

    def effect(self, policy_id: str) -> str:
        """``permit`` or ``forbid``."""
        return str(self.policies[policy_id]["effect"])

    def compiled(self) -> cedarpy.PolicySet:
        """The engine's own form, in which every policy bears its ``@id``."""
        return compiled(self.policies)

    def context_read(self) -> frozenset[str]:
        """The context attributes that any condition looks at, or EVERYTHING."""
        found: set[str] = set()
        for policy in self.policies.values():
            for condition in policy.get("conditions", ()):
                found.update(_context_uses(condition["body"]))
        return frozenset(found)


def compiled(policies: Mapping[str, Json]) -> cedarpy.PolicySet:
    """Policies in JSON form, ready to be asked."""
    return cedarpy.PolicySet.from_json_str(
        json.dumps({"templates": {}, "staticPolicies": dict(policies), "templateLinks": []})
    )


def parse(text: str, where: str = "policies") -> dict[str, Json]:
    """Read Cedar text; every policy must bear an ``@id`` of its own.

    Raises:
        PolicyError: the text is no Cedar, holds a template, or a policy has no id or another's.
    """
    try:
        data = json.loads(cedarpy.policies_to_json_str(text))
    except ValueError as error:
        raise PolicyError(f"not valid Cedar: {error}", where=where, mend="Check the policy text.") from error
    if data.get("templates"):
        raise PolicyError("templates are not used here", where=where, mend="Write a policy without slots.")
    policies: dict[str, Json] = {}
    for policy in data["staticPolicies"].values():
        name = policy.get("annotations", {}).get("id")
        if not name:
            raise PolicyError(
                "a policy has no @id, so that no decision could name it", where=where, mend='Add @id("...").'
            )
        if name in policies:
            raise PolicyError(f"two policies are called {name!r}", where=where, mend="Rename one.")
        policies[name] = policy
    return policies


def grants(operations_by_agent: Mapping[str, Iterable[str]]) -> dict[str, Json]:
    """One permit for each agent: to list and call the operations that its definition names.

    ``orders.*`` names a whole service.
    """
    policies = {}
    for agent, operations in operations_by_agent.items():
        targets = [_target(name) for name in operations]
        if targets:
            name = f"agent:{agent}"
            policies[name] = {
                "effect": "permit",
                "principal": {"op": "==", "entity": {"type": "Agent", "id": agent}},
                "action": {"op": "in", "entities": [_entity("Action", "list"), _entity("Action", "call")]},
                "resource": {"op": "All"},
                "conditions": [{"kind": "when", "body": _any_of(targets)}],
                "annotations": {"id": name, "reason": f"The definition of {agent} names the operation"},
            }
    return policies


def validate(source: Source, schema: cedarpy.Schema, where: str) -> None:
    """Check every policy against the schema.

    Raises:
        PolicyError: with all that the schema does not know, each with its policy.
    """
    result = cedarpy.validate_policies(str(source.compiled()), schema)
    if not result.validation_passed:
        said = "; ".join(error.error for error in result.errors)
        raise PolicyError(f"the policies do not fit the schema: {said}", where=where, mend="Check the names.")


def _entity(kind: str, name: str) -> Json:
    return {"type": kind, "id": name}


def _target(name: str) -> Json:
    if name.endswith(".*"):
        return _entity("Service", name[:-2])
    return _entity("Operation", name)


def _any_of(targets: list[Json]) -> Json:
    """``resource in [...] || resource in [...]``: one list an entity type, as the schema's types demand."""
    lists = []
    for kind in ("Operation", "Service"):
        named = [{"Value": {"__entity": target}} for target in targets if target["type"] == kind]
        if named:
            lists.append({"in": {"left": {"Var": "resource"}, "right": {"Set": named}}})
    return lists[0] if len(lists) == 1 else {"||": {"left": lists[0], "right": lists[1]}}


def _context_uses(node: Any) -> Iterator[str]:
    """Attribute names that an expression reads of the context."""
    if isinstance(node, list):
        for item in node:
            yield from _context_uses(item)
    elif isinstance(node, dict):
        if node == {"Var": "context"}:
            yield EVERYTHING
            return
        for key, value in node.items():
            if key in {".", "has"} and value.get("left") == {"Var": "context"}:
                yield str(value["attr"])
            elif key != "Value":
                yield from _context_uses(value)
