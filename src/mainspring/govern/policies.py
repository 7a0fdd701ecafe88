"""Who may do what: Cedar policies, parsed and validated once, asked with only the entities in question.

Closed on every doubt: what no permit names is denied, a forbid beats every permit, and any error in
evaluating any policy denies (Cedar alone would skip a forbid that failed, and allow).

A decision depends on nothing but the principal, the action, the resource and those context attributes that
some policy reads. Exactly these are the key under which it is kept, so that keeping it changes no answer.
"""

import functools
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from importlib import resources
from typing import Any, NamedTuple

import cedarpy

from mainspring.govern import near_miss, policy_source
from mainspring.govern.errors import PolicyError
from mainspring.govern.principal import Principal
from mainspring.govern.resources import Resource

Value = str | bool | int | Decimal | frozenset[str] | None
_KEPT = 50_000
_TYPES = {
    "person": "Person",
    "agent": "Agent",
    "system": "System",
    "customer": "Customer",
    "service": "Account",
}
_FOUR_PLACES = Decimal("0.0001")
_LARGEST = Decimal(900_000_000_000_000)  # what Cedar's decimals hold


class Decision(NamedTuple):
    """An answer of the policies.

    Attributes:
        allowed: whether it may be done.
        because: the deciding policies in words: the permit, the forbid, or the permits that nearly matched.
        policies: their ids.
    """

    allowed: bool
    because: str
    policies: tuple[str, ...]


class Policies:
    """An immutable set of policies; a change is a new object with another `version`.

    Args:
        cedar_text: policies in Cedar, each with an ``@id`` and better also a ``@reason``.
        schema: the Cedar schema that they are validated against.
        operations_by_agent: for each agent the operations its definition names (``orders.*``: a service).
        where: the name used in messages.

    Raises:
        PolicyError: the text or the schema is wrong, with what and where.
    """

    def __init__(
        self,
        cedar_text: str,
        schema: str,
        *,
        operations_by_agent: Mapping[str, Iterable[str]] | None = None,
        where: str = "policies",
    ) -> None:
        try:
            self._schema = cedarpy.Schema.from_str(schema)
        except ValueError as error:
            said = f"not a valid schema: {error}"
            raise PolicyError(said, where=where, mend="Check the schema.") from error
        parsed = policy_source.parse(cedar_text, where)
        granted = policy_source.grants(operations_by_agent or {})
        self._source = policy_source.Source({**parsed, **granted})
        policy_source.validate(self._source, self._schema, where)
        self._set = self._source.compiled()
        self._reads = self._source.context_read()
        self._kept: dict[tuple[Any, ...], Decision] = {}
        self.version = hashlib.sha256(f"{schema}\n{self._set}".encode()).hexdigest()[:16]

    def reads(self, attribute: str) -> bool:
        """Whether any policy looks at this attribute of the context."""
        return attribute in self._reads or policy_source.EVERYTHING in self._reads

    @property
    def sources(self) -> Mapping[str, policy_source.Json]:
        """The policies by their ids, each in Cedar's JSON form."""
        return self._source.policies

    def reason(self, policy_id: str) -> str:
        """The reason that a policy's author gave."""
        return self._source.reason(policy_id)

    def decide(
        self,
        principal: Principal,
        action: str,
        resource: Resource,
        context: Mapping[str, Value] | None = None,
    ) -> Decision:
        """Answer one question; context values of None count as absent."""
        context = context or {}
        key = (principal, action, resource, self._seen(context))
        decision = self._kept.get(key)
        if decision is None:
            decision = self._evaluate(principal, action, resource, context)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = decision
        return decision

    def _seen(self, context: Mapping[str, Value]) -> tuple[Any, ...]:
        """The part of the context that can make a difference; types are kept apart, as True equals 1."""
        if not context:
            return ()
        names = context if policy_source.EVERYTHING in self._reads else self._reads
        return tuple((name, type(context[name]), context[name]) for name in names if name in context)

    def _evaluate(
        self, principal: Principal, action: str, resource: Resource, context: Mapping[str, Value]
    ) -> Decision:
        try:
            request = _request(principal, action, resource, context)
        except PolicyError as error:
            return Decision(False, str(error), ())
        entities = _entities(principal, resource)
        answer = cedarpy.is_authorized(request, self._set, entities, self._schema)
        if answer.diagnostics.errors:
            said = "; ".join(answer.diagnostics.errors)
            return Decision(False, f"a policy could not be evaluated, which denies: {said}", ())
        reasons = tuple(sorted(answer.diagnostics.reasons))
        if answer.allowed:
            return Decision(True, self._words(reasons), reasons)
        if reasons:
            return Decision(False, f"forbidden by {self._words(reasons)}", reasons)
        nearly = cedarpy.is_authorized(request, self._relaxed, entities, self._schema)
        return Decision(False, near_miss.explain(self._source, nearly.diagnostics.reasons), ())

    @functools.cached_property
    def _relaxed(self) -> cedarpy.PolicySet:
        return near_miss.relaxed(self._source)

    def _words(self, policy_ids: Iterable[str]) -> str:
        return "; ".join(
            f"{name} ({reason})" if (reason := self._source.reason(name)) else name for name in policy_ids
        )


def default_policies(
    operations_by_agent: Mapping[str, Iterable[str]] | None = None, extra: str = ""
) -> Policies:
    """The policies that a company starts with, its agents' operations, and the company's own Cedar text."""
    core, schema = default_text("core.cedar"), default_text("schema.cedarschema")
    return Policies(core + "\n" + extra, schema, operations_by_agent=operations_by_agent, where="core.cedar")


def default_text(name: str) -> str:
    """A file of ``govern/defaults``."""
    return resources.files("mainspring.govern").joinpath("defaults", name).read_text(encoding="utf-8")


def _request(
    principal: Principal, action: str, resource: Resource, context: Mapping[str, Value]
) -> dict[str, Any]:
    if principal.kind not in _TYPES:
        raise PolicyError(f"{principal.kind!r} is no kind of principal")
    return {
        "principal": {"type": _TYPES[principal.kind], "id": principal.id},
        "action": {"type": "Action", "id": action},
        "resource": {"type": resource.type, "id": resource.id},
        "context": {name: _encoded(value) for name, value in context.items() if value is not None},
    }


def _entities(principal: Principal, resource: Resource) -> list[dict[str, Any]]:
    held = [("Role", role) for role in sorted(principal.roles)]
    held += [("Group", group) for group in sorted(principal.groups)]
    return [
        _entity((_TYPES[principal.kind], principal.id), {}, held),
        _entity((resource.type, resource.id), dict(resource.attributes), resource.parents),
    ]


def _entity(
    uid: tuple[str, str], attributes: Mapping[str, Any], parents: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    return {
        "uid": {"type": uid[0], "id": uid[1]},
        "attrs": dict(attributes),
        "parents": [{"type": kind, "id": name} for kind, name in parents],
    }


def _encoded(value: Value) -> Any:
    """A context value in Cedar's JSON, whose decimals have four places: longer ones are rounded up."""
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value) > _LARGEST:
            raise PolicyError(f"the number {value} cannot be judged")
        return {"__extn": {"fn": "decimal", "arg": f"{value.quantize(_FOUR_PLACES, 'ROUND_UP'):f}"}}
    if isinstance(value, frozenset):
        return sorted(value)
    return value
