"""Rules at work: what people accepted changes drafts from the next case on, and every use is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from mainspring.agents.draft import Draft
from mainspring.agents.learning import Rule
from mainspring.agents.skill import Teaches
from mainspring.agents.tables import proposals, rule_uses
from mainspring.base.bilingual import both
from mainspring.store import Tx


class Accepted(NamedTuple):
    """A rule in force: its key, what it says, who accepted it and when."""

    key: int
    rule: Rule
    person: str
    at: datetime


@dataclass(slots=True)
class _Read:
    """The rules in force as this transaction found them."""

    by_skill: dict[tuple[str, str], list[Accepted]]

    def flush(self) -> None:
        """Nothing is buffered."""

    def mark(self) -> None:
        """Nothing to remember."""

    def restore(self, mark: None) -> None:
        """Nothing to forget."""

    def committed(self) -> None:
        """Nothing follows."""

    def abandoned(self) -> None:
        """Nothing follows."""


def _read(tx: Tx) -> _Read:
    p = proposals.c
    mine = select(proposals).where(p.tenant_id == tx.tenant, p.state == "accepted").order_by(p.proposal)
    found: dict[tuple[str, str], list[Accepted]] = {}
    for row in tx.all(mine):
        one = Accepted(row.proposal, Rule(**row.rule), row.person or "", row.decided_at or row.at)
        found.setdefault((row.agent, row.skill), []).append(one)
    return _Read(found)


def in_force(tx: Tx, agent: str, skill: str) -> Sequence[Accepted]:
    """The rules that an employee follows in a skill, oldest first; read once a transaction."""
    return tx.participant("rules", _read).by_skill.get((agent, skill), ())


def apply(draft: Draft, rules: Sequence[Accepted], teaches: Teaches) -> tuple[Draft, list[Accepted]]:
    """The draft with the rules followed, and those that changed something; each says so in the evidence."""
    used: list[Accepted] = []
    values = _followed(draft.values, rules, teaches, used)
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = [
                _followed(one, rules, teaches, used) if isinstance(one, Mapping) else one for one in value
            ]
    if not used:
        return draft, []
    said = [_followed_because(one) for one in used]
    return replace(draft, values=values, evidence=(*draft.evidence, *said)), list(dict.fromkeys(used))


def _followed(
    values: Mapping[str, Any], rules: Sequence[Accepted], teaches: Teaches, used: list[Accepted]
) -> dict[str, Any]:
    changed = dict(values)
    context = str(values.get(teaches.beside, ""))
    for one in rules:
        rule = one.rule
        if rule.field in changed and rule.context == context and changed[rule.field] == rule.was:
            changed[rule.field] = rule.becomes
            used.append(one)
    return changed


def _followed_because(one: Accepted) -> str:
    return both(
        "{field} by a rule that {person} accepted: {context!r}",
        "{field} 依据 {person} 采纳的规则：“{context}”",
        field=one.rule.field,
        person=one.person,
        context=one.rule.context,
    )


def note(tx: Tx, used: Sequence[Accepted], job: int, now: datetime) -> None:
    """Count the uses of rules in a job, each once however often the job comes back."""
    for one in used:
        r = rule_uses.c
        same = (r.tenant_id == tx.tenant) & (r.proposal == one.key) & (r.job == job)
        if tx.one(select(r.job).where(same)) is None:
            tx.insert(rule_uses, {"proposal": one.key, "job": job, "at": now})


def uses(tx: Tx, proposal: int) -> int:
    """In how many jobs a rule changed the draft."""
    r = rule_uses.c
    mine = (r.tenant_id == tx.tenant) & (r.proposal == proposal)
    return int(tx.scalar(select(func.count()).select_from(rule_uses).where(mine)))
