"""What corrections teach: like cases at hand, rules proposed to people, contradictions, and forgetting.

A correction is a draft and what a person made of it. It is given back at the next similar case at once. When
several say the same, a rule is proposed with the cases for and against it; a person accepts or declines it.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select, update

from mainspring.agents.errors import LearningRefused
from mainspring.agents.tables import corrections, proposals
from mainspring.agents.words import words
from mainspring.base import jsonio
from mainspring.store import Tx

_SUPPORT = 3
"""Corrections that must agree before a rule is proposed."""
_HELD_BACK = 5
"""One correction in so many is never learned from: a rule must be right on these."""
_MOST = 2000
"""The latest corrections that are looked through."""


class Correction(NamedTuple):
    """What a person changed in a draft."""

    key: int
    at: datetime
    agent: str
    skill: str
    person: str
    draft: Mapping[str, Any]
    answer: Mapping[str, Any]


class Change(NamedTuple):
    """One value that was changed: what it stood beside, what it was, what it became, by which correction."""

    context: str
    field: str
    was: Any
    became: Any
    correction: Correction


class Rule(NamedTuple):
    """When `field` would be drafted as `was` beside `context`, it is to be `becomes`."""

    context: str
    field: str
    was: Any
    becomes: Any


class Proposal(NamedTuple):
    """A rule with the keys of the corrections for and against it, and how it does on those held back."""

    rule: Rule
    supporting: tuple[int, ...]
    contradicting: tuple[int, ...]
    held_back_right: int
    held_back_wrong: int

    @property
    def sound(self) -> bool:
        """No held-back correction speaks against it, and more support it than contradict it by far."""
        return self.held_back_wrong == 0 and len(self.supporting) >= _SUPPORT * max(
            1, len(self.contradicting)
        )

    def insist(self) -> None:
        """Return when the rule is sound.

        Raises:
            LearningRefused: cases contradict it.
        """
        if not self.sound:
            raise LearningRefused(
                f"{self.held_back_wrong} held-back and {len(self.contradicting)} other cases contradict it",
                where=f"{self.rule.context}: {self.rule.field}",
                mend="Let those who disagree settle it first, or withdraw the corrections that are wrong.",
            )


class Contradiction(NamedTuple):
    """Two or more people who made different things of the same."""

    context: str
    field: str
    was: Any
    answers: Mapping[str, tuple[str, ...]]
    """What it became (JSON) to the people who said so."""
    at: datetime
    """When the latest of them said so."""


def held_back(key: int) -> bool:
    """Whether a correction is kept for judging rules, decided by its key alone."""
    return sha256(str(key).encode()).digest()[0] % _HELD_BACK == 0


def changes(
    known: Iterable[Correction],
    context_of: Callable[[Mapping[str, Any]], str],
    fields: Container[str] | None = None,
) -> list[Change]:
    """The single values that corrections changed; lines of a list by their text.

    Args:
        known: corrections.
        context_of: what of a draft or a line a rule may look at, as one text.
        fields: those that a rule may set; None for all.
    """
    return [change for change in _seen(known, context_of, fields) if change.was != change.became]


def left(
    seen: Iterable[Correction],
    context_of: Callable[[Mapping[str, Any]], str],
    fields: Container[str] | None = None,
) -> list[Change]:
    """The single values that people saw and left: they speak against a rule that changes them."""
    return [change for change in _seen(seen, context_of, fields) if change.was == change.became]


def _seen(
    known: Iterable[Correction],
    context_of: Callable[[Mapping[str, Any]], str],
    fields: Container[str] | None,
) -> list[Change]:
    found: list[Change] = []
    for one in known:
        for draft, answer in _pairs(one.draft, one.answer):
            context = context_of(draft)
            found += [
                Change(context, field, draft.get(field), became, one)
                for field, became in answer.items()
                if not isinstance(became, list | Mapping) and (fields is None or field in fields)
            ]
    return found


def _pairs(
    draft: Mapping[str, Any], answer: Mapping[str, Any]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    pairs = [(draft, answer)]
    for name, value in answer.items():
        before = draft.get(name)
        if isinstance(value, list) and isinstance(before, list) and len(value) == len(before):
            pairs += [
                (was, now)
                for was, now in zip(before, value, strict=True)
                if isinstance(was, Mapping) and isinstance(now, Mapping)
            ]
    return pairs


def propose(found: Sequence[Change], untouched: Sequence[Change] = ()) -> list[Proposal]:
    """Rules that repeated changes suggest, each with what speaks for and against it, strongest first.

    Args:
        found: what people changed.
        untouched: what people saw and left as it was.
    """
    by: dict[tuple[str, str, str], list[Change]] = {}
    for change in found:
        by.setdefault((change.context, change.field, _said(change.was)), []).append(change)
    for change in untouched:
        same_place = by.get((change.context, change.field, _said(change.was)))
        if same_place is not None:
            same_place.append(change)
    proposed = []
    for (context, field, _), same in by.items():
        learned = [change for change in same if not held_back(change.correction.key)]
        counts = Counter(_said(change.became) for change in learned if change.became != change.was)
        if not counts:
            continue
        best, support = counts.most_common(1)[0]
        if support < _SUPPORT:
            continue
        kept = [change for change in same if held_back(change.correction.key)]
        right = sum(_said(change.became) == best for change in kept)
        example = next(change for change in learned if _said(change.became) == best)
        proposed.append(
            Proposal(
                Rule(context, field, example.was, example.became),
                tuple(change.correction.key for change in learned if _said(change.became) == best),
                tuple(change.correction.key for change in learned if _said(change.became) != best),
                right,
                len(kept) - right,
            )
        )
    return sorted(proposed, key=lambda one: (-len(one.supporting), one.rule.context, one.rule.field))


def contradictions(found: Sequence[Change]) -> list[Contradiction]:
    """Where different people made different things of the same; their lead decides."""
    by: dict[tuple[str, str, str], list[Change]] = {}
    for change in found:
        by.setdefault((change.context, change.field, _said(change.was)), []).append(change)
    told = []
    for (context, field, _), same in by.items():
        answers: dict[str, set[str]] = {}
        for change in same:
            answers.setdefault(_said(change.became), set()).add(change.correction.person)
        if len(answers) > 1 and len(set().union(*answers.values())) > 1:
            said = {became: tuple(sorted(people)) for became, people in sorted(answers.items())}
            latest = max(change.correction.at for change in same)
            told.append(Contradiction(context, field, same[0].was, said, latest))
    return told


def similar(known: Sequence[Correction], text: str, most: int = 3) -> list[Correction]:
    """The corrections of the likest cases, likest first: by the words that their drafts share with `text`."""
    asked = words(text)
    scored = []
    for one in known:
        theirs = words(_said(one.draft))
        shared = len(asked & theirs) / max(1, len(asked | theirs))
        if shared > 0:
            scored.append((shared, one.key, one))
    return [one for _, _, one in sorted(scored, key=lambda each: (-each[0], -each[1]))[:most]]


def _said(value: Any) -> str:
    return jsonio.dumps(value).decode()


@dataclass(frozen=True, slots=True)
class Learning:
    """Corrections and proposed rules of a tenant.

    Args:
        keys: fresh 64-bit keys.
    """

    keys: Callable[[], int]

    def known(
        self, tx: Tx, agent: str, skill: str | None = None, *, withdrawn: bool = False
    ) -> list[Correction]:
        """The latest corrections of an employee, oldest first; those withdrawn only when asked for."""
        c = corrections.c
        wanted = [c.tenant_id == tx.tenant, c.agent == agent]
        if skill is not None:
            wanted.append(c.skill == skill)
        if not withdrawn:
            wanted.append(c.withdrawn_at.is_(None))
        rows = tx.all(select(corrections).where(*wanted).order_by(c.correction.desc()).limit(_MOST))
        return [
            Correction(row.correction, row.at, row.agent, row.skill, row.person, row.draft, row.answer)
            for row in reversed(rows)
        ]

    def withdraw(self, tx: Tx, key: int, *, person: str, now: datetime) -> Correction:
        """Forget a correction: it stays on record, and teaches nothing from now on.

        Raises:
            LearningRefused: there is none, or it was withdrawn before.
        """
        c = corrections.c
        mine = (c.tenant_id == tx.tenant) & (c.correction == key)
        row = tx.one(select(corrections).where(mine))
        if row is None:
            raise LearningRefused("there is no such correction", where=str(key))
        if row.withdrawn_at is not None:
            raise LearningRefused(f"{row.withdrawn_by} withdrew it before", where=str(key))
        tx.execute(update(corrections).where(mine).values(withdrawn_at=now, withdrawn_by=person))
        return Correction(row.correction, row.at, row.agent, row.skill, row.person, row.draft, row.answer)

    def offer(self, tx: Tx, agent: str, skill: str, sound: Iterable[Proposal], now: datetime) -> list[int]:
        """Put proposals before people; one that is open or was decided before is not put again.

        Raises:
            LearningRefused: a proposal is not sound.
        """
        p = proposals.c
        mine = (p.tenant_id == tx.tenant) & (p.agent == agent) & (p.skill == skill)
        before = {_said(row.rule) for row in tx.all(select(p.rule).where(mine))}
        new: list[int] = []
        for one in sound:
            rule = one.rule._asdict()
            one.insist()
            if _said(rule) in before:
                continue
            new.append(self.put(tx, agent, skill, one, now))
        return new

    def put(self, tx: Tx, agent: str, skill: str, one: Proposal, now: datetime) -> int:
        """Write a proposal down, sound or not; gives its key."""
        key = self.keys()
        row = {
            "proposal": key,
            "at": now,
            "agent": agent,
            "skill": skill,
            "kind": "value",
            "rule": one.rule._asdict(),
            "supporting": [str(each) for each in one.supporting],
            "contradicting": [str(each) for each in one.contradicting],
            "state": "proposed",
            "person": None,
            "decided_at": None,
        }
        tx.insert(proposals, row)
        return key

    def decide(self, tx: Tx, key: int, *, accepted: bool, person: str, now: datetime) -> None:
        """A person accepts or declines a proposed rule.

        Raises:
            LearningRefused: there is none, or it was decided before.
        """
        p = proposals.c
        mine = (p.tenant_id == tx.tenant) & (p.proposal == key)
        row = tx.one(select(proposals).where(mine))
        if row is None or row.state != "proposed":
            said = "there is no such proposal" if row is None else f"{row.person} {row.state} it before"
            raise LearningRefused(said, where=str(key))
        state = "accepted" if accepted else "declined"
        tx.execute(update(proposals).where(mine).values(state=state, person=person, decided_at=now))

    def forget(self, tx: Tx, key: int, *, person: str, now: datetime) -> None:
        """Take an accepted rule back: it stays on record, and is followed no more.

        Raises:
            LearningRefused: no such rule is in force.
        """
        p = proposals.c
        mine = (p.tenant_id == tx.tenant) & (p.proposal == key)
        row = tx.one(select(p.state).where(mine))
        if row is None or row.state != "accepted":
            raise LearningRefused("no such rule is in force", where=str(key))
        tx.execute(update(proposals).where(mine).values(state="forgotten", person=person, decided_at=now))

    def rules(self, tx: Tx, agent: str, skill: str) -> list[Rule]:
        """The rules that people accepted, oldest first."""
        p = proposals.c
        mine = (p.tenant_id == tx.tenant) & (p.agent == agent) & (p.skill == skill) & (p.state == "accepted")
        return [Rule(**row.rule) for row in tx.all(select(p.rule).where(mine).order_by(p.proposal))]
