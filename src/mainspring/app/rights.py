"""Who may do what in this house, on one page: people, digital employees, service accounts, and the ladder."""

from collections.abc import Mapping
from typing import Any

from mainspring.app.house import House
from mainspring.base import xml
from mainspring.dmn.table import from_element
from mainspring.govern import clients, identity, who
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.govern.who import Holder
from mainspring.runtime import queries
from mainspring.store import Tx

Shown = dict[str, Any]
_MANY = 4


def holders(house: House, tx: Tx, only: str | None = None) -> tuple[Holder, ...]:
    """All principals of the house with what they may do; `only` names one."""
    named: list[tuple[Principal, str]] = [
        (identity.principal(tx, person.id), person.name) for person in identity.everybody(tx) if person.active
    ]
    named += [
        (Principal("agent", agent.id, frozenset({"agent"})), in_both_languages(agent.title))
        for agent in house.pack.agents
    ]
    named += [
        (Principal(client.kind, client.principal, client.roles), client.name)
        for client in clients.every(tx)
        if not client.closed
    ]
    named.append((SYSTEM, "The platform itself · 系统平台"))
    asked = [one for one in named if only is None or one[0].id == only]
    operations = [one.resource for one in house.gateway.registry.every()]
    processes = sorted({one.id for one in queries.deployed(tx, kind="process")})
    return who.holders(house.policies, asked, operations, processes)


def shown(house: House, tx: Tx, only: str | None = None) -> Shown:
    """The page as plain values."""
    return {
        "policies": house.policies.version,
        "holders": [_holder(one) for one in holders(house, tx, only)],
        "ladder": ladder(house),
        "titles": titles(house),
    }


def in_both_languages(title: Mapping[str, str]) -> str:
    """A title as names are written in both languages; one of them where they are alike."""
    english, chinese = title.get("en", ""), title.get("zh", "")
    return f"{english} · {chinese}" if english and chinese and english != chinese else english or chinese


def titles(house: House) -> dict[str, str]:
    """What business people call each operation, by its name."""
    known = house.gateway.registry.every()
    return {one.operation.name: in_both_languages(one.operation.title) for one in known}


def ladder(house: House) -> list[Shown]:
    """The rows of the authority ladder in force, as written; a dash tests nothing and is left out."""
    root = xml.parse(house.pack.files[f"{house.ladder}.dmn"], f"{house.ladder}.dmn")
    element = next(
        one
        for decision in root.iter("{*}decision")
        if decision.get("id") == house.ladder
        for one in decision.iter("{*}decisionTable")
    )
    table = from_element(element)
    return [
        {
            "rule": rule.id or f"row {number}",
            "when": {
                column.expression: test
                for column, test in zip(table.inputs, rule.inputs, strict=True)
                if test.strip() not in {"", "-"}
            },
            "then": {
                column.name: value
                for column, value in zip(table.outputs, rule.outputs, strict=True)
                if value.strip() not in {"", "null"}
            },
        }
        for number, rule in enumerate(table.rules, 1)
    ]


def markdown(house: House, tx: Tx, only: str | None = None) -> str:
    """The page as Markdown."""
    lines = [f"Policies {house.policies.version}.", ""]
    for one in holders(house, tx, only):
        principal = one.principal
        held = ", ".join((*sorted(principal.roles), *sorted(principal.groups))) or "no role"
        lines += [f"### {principal.kind} {principal.id} ({one.name})", "", f"Holds: {held}.", ""]
        lines += ["| may | on | because |", "|---|---|---|"]
        lines += [
            f"| {right.action} | {_on(right.on)} | `{right.policy}`: {right.reason} |" for right in one.rights
        ]
        lines.append("")
    lines += ["### The authority ladder", "", "| row | when | then |", "|---|---|---|"]
    for row in ladder(house):
        when = "; ".join(f"{name} {test}" for name, test in row["when"].items()) or "always"
        then = "; ".join(f"{name} {value}" for name, value in row["then"].items())
        lines.append(f"| {row['rule']} | {when} | {then} |".replace("\n", " "))
    return "\n".join([*lines, ""])


def _on(names: tuple[str, ...]) -> str:
    if len(names) <= _MANY:
        return ", ".join(names)
    return f"{len(names)}: {', '.join(names[:_MANY])}, ..."


def _holder(one: Holder) -> Shown:
    principal = one.principal
    return {
        "kind": principal.kind,
        "id": principal.id,
        "name": one.name,
        "roles": sorted(principal.roles),
        "groups": sorted(principal.groups),
        "may": [{**right._asdict(), "on": list(right.on)} for right in one.rights],
    }
