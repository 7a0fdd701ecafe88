"""What a digital employee learned: corrections, rules that they suggest, and the use of rules in force."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from mainspring.agents import reviewed, rules
from mainspring.agents.errors import LearningRefused
from mainspring.agents.learning import (
    Change,
    Contradiction,
    Learning,
    Proposal,
    Rule,
    changes,
    contradictions,
    left,
    propose,
)
from mainspring.agents.skill import Skill, Teaches
from mainspring.agents.tables import corrections, proposals
from mainspring.app.house import House
from mainspring.base import jsonio
from mainspring.govern import acts
from mainspring.govern.principal import Principal
from mainspring.packs.lead_to_cash import learning as pack
from mainspring.packs.lead_to_cash import skills
from mainspring.packs.lead_to_cash.knowhow import Knowhow
from mainspring.store import Tx

_SHOWN = 100
"""The latest corrections that are shown one by one."""


def name_of(rule: Rule) -> str:
    """A short name of a rule, made of what it says."""
    return hashlib.sha256(jsonio.dumps(rule._asdict())).hexdigest()[:16]


def learned(house: House, tx: Tx, agent: str) -> dict[str, Any]:
    """All that an employee learned, and what it might.

    Raises:
        ReleaseRefused: nobody of that id works here.
    """
    house.roster.post(tx, agent)
    suggested, told = [], []
    for skill, teaches in _teaching(house, tx, agent).items():
        found, untouched = _changes(house, tx, agent, skill, teaches)
        decided = _decided(tx, agent, skill)
        suggested += [
            _proposal(one, skill, found)
            for one in propose(found, untouched)
            if name_of(one.rule) not in decided
        ]
        told += [_contradiction(one) for one in contradictions(found)]
    return {
        "rules": _rules(house, tx, agent),
        "proposals": suggested,
        "contradictions": told,
        "corrections": _corrections(tx, agent),
    }


def disagreements(house: House, tx: Tx, since: datetime) -> list[tuple[str, Contradiction]]:
    """Where people came to disagree since a moment (UTC) about what an employee should have said."""
    c = corrections.c
    lately = select(c.agent).where(c.tenant_id == tx.tenant, c.at >= since, c.withdrawn_at.is_(None))
    return [
        (row.agent, one)
        for row in tx.all(lately.distinct().order_by(c.agent))
        for skill, teaches in _teaching(house, tx, row.agent).items()
        for one in contradictions(_changes(house, tx, row.agent, skill, teaches)[0])
        if one.at >= since
    ]


def decide(house: House, agent: str, name: str, *, accepted: bool, by: Principal) -> None:
    """Accept or decline a suggested rule; one that held-back cases speak against is refused.

    Raises:
        LearningRefused: there is no such suggestion, or cases contradict it.
        ReleaseRefused: nobody of that id works here.
    """
    with house.store.write() as tx:
        house.roster.post(tx, agent)
        skill, one = _suggested(house, tx, agent, name)
        learning = Learning(house.keys)
        now = house.clock()
        if accepted:
            one.insist()
        key = learning.put(tx, agent, skill, one, now)
        learning.decide(tx, key, accepted=accepted, person=by.id, now=now)
        act = "agent.accept_rule" if accepted else "agent.decline_rule"
        acts.note(tx, act, by, agent, now=now, detail={"rule": one.rule._asdict()})
    if accepted and house.knowhow is not None:
        house.learn()


def forget_rule(house: House, agent: str, key: int, *, by: Principal) -> None:
    """Take a rule back that was accepted.

    Raises:
        LearningRefused: no such rule is in force.
        ReleaseRefused: nobody of that id works here.
    """
    with house.store.write() as tx:
        house.roster.post(tx, agent)
        Learning(house.keys).forget(tx, key, person=by.id, now=house.clock())
        acts.note(tx, "agent.forget_rule", by, agent, now=house.clock(), detail={"rule": str(key)})


def withdraw(house: House, agent: str, key: int, *, by: Principal) -> None:
    """Withdraw a correction: it stays on record and teaches nothing more.

    Raises:
        LearningRefused: there is none, it is another employee's, or it was withdrawn before.
    """
    with house.store.write() as tx:
        taken = Learning(house.keys).withdraw(tx, key, person=by.id, now=house.clock())
        if taken.agent != agent:
            raise LearningRefused(f"it corrected {taken.agent}", where=str(key))
        acts.note(
            tx, "agent.withdraw_correction", by, agent, now=house.clock(), detail={"correction": str(key)}
        )


def _suggested(house: House, tx: Tx, agent: str, name: str) -> tuple[str, Proposal]:
    for skill, teaches in _teaching(house, tx, agent).items():
        found, untouched = _changes(house, tx, agent, skill, teaches)
        for one in propose(found, untouched):
            if name_of(one.rule) == name and name not in _decided(tx, agent, skill):
                return skill, one
    raise LearningRefused("there is no such suggestion", where=name, mend="It may have been decided before.")


def _teaching(house: House, tx: Tx, agent: str) -> dict[str, Teaches]:
    known: Mapping[str, Skill] = skills.skills(Knowhow(house.pack.decisions))
    c = corrections.c
    mine = (c.tenant_id == tx.tenant) & (c.agent == agent)
    used = sorted(row.skill for row in tx.all(select(c.skill).where(mine).distinct()))
    return {name: known[name].teaches for name in used if name in known and known[name].teaches}  # type: ignore[misc]


def _changes(
    house: House, tx: Tx, agent: str, skill: str, teaches: Teaches
) -> tuple[list[Change], list[Change]]:
    known = Learning(house.keys).known(tx, agent, skill)
    alone = reviewed.as_corrections(reviewed.left_as_drafted(tx, agent, skill), agent)

    def beside(draft: Mapping[str, Any]) -> str:
        return str(draft.get(teaches.beside, ""))

    found = changes(known, beside, teaches.fields)
    untouched = [*left(known, beside, teaches.fields), *left(alone, beside, teaches.fields)]
    return [one for one in found if one.context], [one for one in untouched if one.context]


def _decided(tx: Tx, agent: str, skill: str) -> set[str]:
    p = proposals.c
    mine = (p.tenant_id == tx.tenant) & (p.agent == agent) & (p.skill == skill) & (p.state != "proposed")
    return {name_of(Rule(**row.rule)) for row in tx.all(select(p.rule).where(mine))}


def _proposal(one: Proposal, skill: str, found: list[Change]) -> dict[str, Any]:
    people = {change.correction.key: change.correction.person for change in found}
    return {
        "name": name_of(one.rule),
        "skill": skill,
        **one.rule._asdict(),
        "supporting": [{"correction": str(key), "person": people.get(key, "")} for key in one.supporting],
        "contradicting": [
            {"correction": str(key), "person": people.get(key, "")} for key in one.contradicting
        ],
        "held_back_right": one.held_back_right,
        "held_back_wrong": one.held_back_wrong,
        "sound": one.sound,
    }


def _contradiction(one: Contradiction) -> dict[str, Any]:
    answers = [{"became": became, "people": list(people)} for became, people in one.answers.items()]
    return {"context": one.context, "field": one.field, "was": one.was, "answers": answers}


def _rules(house: House, tx: Tx, agent: str) -> list[dict[str, Any]]:
    """Rules in force: what each says, from whose corrections, who accepted it, its use, and its effect."""
    p = proposals.c
    mine = (p.tenant_id == tx.tenant) & (p.agent == agent) & (p.state == "accepted")
    told = []
    for row in tx.all(select(proposals).where(mine).order_by(p.proposal.desc())):
        rule = Rule(**row.rule)
        told.append(
            {
                "rule": str(row.proposal),
                "skill": row.skill,
                **rule._asdict(),
                "accepted_by": row.person,
                "accepted_at": row.decided_at,
                "learned_from": _people(tx, [int(key) for key in row.supporting]),
                "supporting": len(row.supporting),
                "uses": rules.uses(tx, row.proposal) + pack.uses(tx, row.skill, rule, row.decided_at),
                "corrected_since": _corrected_since(house, tx, agent, row, rule),
            }
        )
    return told


def _people(tx: Tx, keys: list[int]) -> list[str]:
    c = corrections.c
    mine = (c.tenant_id == tx.tenant) & c.correction.in_(keys)
    return sorted({row.person for row in tx.all(select(c.person).where(mine))})


def _corrected_since(house: House, tx: Tx, agent: str, row: Any, rule: Rule) -> int:
    """How often people changed what the rule sets, after it was accepted."""
    known = skills.skills(Knowhow(house.pack.decisions)).get(row.skill)
    if known is None or known.teaches is None:
        return 0
    found, _ = _changes(house, tx, agent, row.skill, known.teaches)
    return sum(
        one.context == rule.context
        and one.field == rule.field
        and one.was == rule.becomes
        and one.correction.at >= row.decided_at
        for one in found
    )


def _corrections(tx: Tx, agent: str) -> dict[str, Any]:
    c = corrections.c
    mine = (c.tenant_id == tx.tenant) & (c.agent == agent)
    rows = tx.all(select(corrections).where(mine).order_by(c.correction.desc()).limit(_SHOWN))
    number = tx.scalar(select(func.count()).select_from(corrections).where(mine))
    items = [
        {
            "correction": str(row.correction),
            "at": row.at,
            "skill": row.skill,
            "instance": str(row.instance),
            "person": row.person,
            "changes": _single(row.draft, row.answer),
            "withdrawn_by": row.withdrawn_by,
        }
        for row in rows
    ]
    return {"number": int(number), "items": items}


def _single(draft: Any, answer: Any, where: str = "") -> list[dict[str, Any]]:
    """The single values in which an answer differs from its draft, with the place of each."""
    if isinstance(draft, Mapping) and isinstance(answer, Mapping):
        beside = str(answer.get("text") or "")
        parts = [
            _single(draft.get(name), answer[name], beside if beside and name != "text" else where)
            for name in answer
        ]
        named = zip(answer, parts, strict=True)
        return [{**one, "field": one["field"] or name} for name, found in named for one in found]
    if isinstance(draft, list) and isinstance(answer, list) and len(draft) == len(answer):
        return [one for was, now in zip(draft, answer, strict=True) for one in _single(was, now, where)]
    if draft == answer:
        return []
    if isinstance(draft, list) and isinstance(answer, list):
        draft, answer = len(draft), len(answer)  # lines were added or left out
    return [{"field": "", "beside": where, "was": draft, "became": answer}]
