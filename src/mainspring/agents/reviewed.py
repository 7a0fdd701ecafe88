"""Cases that people looked at, with what they said is right: the measure of a new version."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, select

from mainspring.agents.learning import Correction, held_back
from mainspring.agents.tables import corrections, runs
from mainspring.base import jsonio
from mainspring.engine import codec
from mainspring.store import Tx
from mainspring.store.log import events

_MOST = 200
"""The latest cases of a kind that are looked at."""


class Golden(NamedTuple):
    """A case whose right answer a person gave.

    Attributes:
        key: of the correction, or of the run whose draft was left as it was.
        answer: what is right.
        corrected: a person changed the draft; otherwise they left it.
    """

    key: int
    at: datetime
    skill: str
    job: int
    instance: int
    element: str
    answer: dict[str, Any]
    corrected: bool


def left_as_drafted(tx: Tx, agent: str, skill: str | None = None, most: int = _MOST) -> list[Golden]:
    """The latest drafts that a person was shown and changed nothing in, oldest first."""
    r, done = runs.c, runs.alias("done")
    c = corrections.c
    wanted = [r.tenant_id == tx.tenant, r.agent == agent, r.outcome == "review"]
    if skill is not None:
        wanted.append(r.skill == skill)
    finished = exists().where(
        and_(done.c.tenant_id == tx.tenant, done.c.job == r.job, done.c.outcome == "done")
    )
    changed = exists().where(and_(c.tenant_id == tx.tenant, c.job == r.job))
    found = select(runs).where(*wanted, finished, ~changed).order_by(r.run.desc()).limit(most)
    return [
        Golden(row.run, row.at, row.skill, row.job, row.instance, row.element, row.draft["values"], False)
        for row in reversed(tx.all(found))
    ]


def held_back_corrections(tx: Tx, agent: str, most: int = _MOST) -> list[Golden]:
    """The latest corrections that nothing is learned from, oldest first."""
    c, r = corrections.c, runs.c
    mine = (c.tenant_id == tx.tenant) & (c.agent == agent) & c.withdrawn_at.is_(None)
    element = (
        select(r.element).where(r.tenant_id == tx.tenant, r.job == c.job).limit(1).scalar_subquery()
    ).label("element")
    rows = tx.all(select(corrections, element).where(mine).order_by(c.correction.desc()).limit(5 * most))
    kept = [row for row in rows if held_back(row.correction)][:most]
    return [
        Golden(row.correction, row.at, row.skill, row.job, row.instance, row.element or "", row.answer, True)
        for row in reversed(kept)
    ]


def variables_then(tx: Tx, case: Golden) -> dict[str, Any]:
    """What was visible at the activity when its job was made: later the case holds the answer itself."""
    e = events.c
    kinds = ("ElementActivated", "VariableSet", "JobCreated")
    stream = (e.tenant_id == tx.tenant) & (e.instance == case.instance) & e.type.in_(kinds)
    around: dict[int, int] = {}
    held: dict[int, dict[str, Any]] = {}
    for row in tx.all(select(e.type, e.body).where(stream).order_by(e.seq)):
        event: Any = codec.decode(row.type, jsonio.loads(row.body))
        if row.type == "VariableSet":
            held.setdefault(event.scope, {})[event.name] = event.value
        elif row.type == "ElementActivated":
            around[event.key] = event.scope
        elif event.job == case.job:
            scopes = [event.key]
            while scopes[-1] in around:
                scopes.append(around[scopes[-1]])
            return {name: value for scope in reversed(scopes) for name, value in held.get(scope, {}).items()}
    return {}


def as_corrections(cases: list[Golden], agent: str) -> list[Correction]:
    """Drafts that were left alone, as corrections that changed nothing."""
    return [
        Correction(one.key, one.at, agent, one.skill, "", one.answer, one.answer)
        for one in cases
        if not one.corrected
    ]
