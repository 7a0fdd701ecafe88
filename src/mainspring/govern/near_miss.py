"""Why nothing permitted: the permits that would have applied but for their condition, people or target.

Each permit is relaxed in one place at a time; one evaluation of all the relaxed permits says which place was
in the way. Only a denial pays for it.
"""

from collections.abc import Iterable, Mapping

import cedarpy

from mainspring.govern.policy_source import Json, Source, compiled

_PLACES: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("conditions", {"conditions": []}),
    ("principal", {"principal": {"op": "All"}}),
    ("resource", {"resource": {"op": "All"}}),
)
_SAYS = {
    "conditions": "its condition does not hold",
    "principal": "it is for {scope}",
    "resource": "it is for another resource",
}
_MOST = 3


def relaxed(source: Source) -> cedarpy.PolicySet:
    """Every permit three times, each time with one of its demands dropped."""
    variants: dict[str, Json] = {}
    for name, policy in source.policies.items():
        if policy["effect"] == "permit":
            for place, change in _PLACES:
                variants[f"{place}:{name}"] = {**policy, **change}
    return compiled(variants)


def explain(source: Source, matched: Iterable[str]) -> str:
    """The sentence for the relaxed permits that matched, the closest first."""
    order = [place for place, _ in _PLACES]
    found = sorted((order.index(place), name) for place, _, name in (each.partition(":") for each in matched))
    said: list[str] = []
    named: set[str] = set()
    for rank, name in found:
        if name not in named and len(named) < _MOST:
            named.add(name)
            says = _SAYS[order[rank]].format(scope=_scope(source.policies[name]["principal"]))
            said.append(f"{name} nearly permits it, but {says}")
    return "no policy permits it" + (": " + "; ".join(said) if said else "")


def _scope(constraint: Json) -> str:
    entity = constraint.get("entity") or constraint.get("in", {}).get("entity")
    if entity:
        return f"{entity['type'].lower()} {entity['id']}"
    return f"{constraint.get('entity_type', 'another principal')}".lower()
