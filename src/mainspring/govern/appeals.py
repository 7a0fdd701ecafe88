"""Appeals: somebody asks that a person looks again at what a digital employee decided.

An appeal is open until a person answers it who had no hand in the decision: not the digital employee, nobody
who reviewed, corrected or confirmed it, nobody in whose name it was made, and not the one who appeals.
Raising and answering are acts of the case, and so part of its evidence.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import select, update

from mainspring.govern import acts
from mainspring.govern.errors import AppealError
from mainspring.govern.principal import Principal
from mainspring.govern.tables import appeals
from mainspring.store import Tx

PROCESS = "appeal"
"""The process whose task an appeal is."""
State = Literal["open", "upheld", "overturned"]
"""Upheld: the decision stands. Overturned: it was wrong, and the one who answers puts it right."""


class Appeal(NamedTuple):
    """An appeal as it now stands."""

    key: int
    run: int
    instance: int
    decided_by: str
    involved: frozenset[str]
    raised_kind: str
    raised_by: str
    raised_at: datetime
    text: str
    state: State = "open"
    answered_by: str | None = None
    answered_at: datetime | None = None
    answer: str | None = None

    def concerns(self, person: str | None) -> bool:
        """Whether this person decided, had a hand in it, or appeals themselves."""
        return person is not None and person in {*self.involved, self.decided_by, self.raised_by}


def raise_(
    tx: Tx,
    *,
    run: int,
    instance: int,
    decided_by: str,
    involved: Iterable[str],
    by: Principal,
    text: str,
    now: datetime,
    keys: Callable[[], int],
) -> Appeal:
    """Appeal against a decision; the same person appeals once against the same decision.

    Raises:
        AppealError: nothing is said, or an appeal of this person against it is open or was answered.
    """
    if not text.strip():
        raise AppealError("an appeal says what is wrong", mend="Write a sentence.")
    before = _read(tx, appeals.c.run == run, appeals.c.raised_by == by.id, appeals.c.raised_kind == by.kind)
    if before:
        raise AppealError(
            f"{by.id} has appealed already", where=f"decision {run}", mend="Wait for the answer."
        )
    made = Appeal(keys(), run, instance, decided_by, frozenset(involved), by.kind, by.id, now, text)
    tx.insert(appeals, {**made._asdict(), "involved": sorted(made.involved)})
    detail = {"appeal": str(made.key), "run": str(run), "text": text}
    acts.note(tx, "appeal_raised", by, f"decision {run}", now=now, instance=instance, detail=detail)
    return made


def answer(tx: Tx, key: int, person: Principal, *, overturned: bool, text: str, now: datetime) -> Appeal:
    """Answer an appeal. The caller has asked the policies.

    Raises:
        AppealError: there is none, it is answered, the person had a hand in it, or gives no reason.
    """
    found = get(tx, key)
    if person.kind != "person":
        raise AppealError(f"only a person answers an appeal, not {person.kind} {person.id}")
    if found.concerns(person.id) or found.concerns(person.on_behalf_of):
        raise AppealError(
            f"{person.id} had a hand in the decision or appeals themselves",
            where=f"appeal {key}",
            mend="Leave it to someone else.",
        )
    if not text.strip():
        raise AppealError("an answer gives its reason", where=f"appeal {key}", mend="Write a sentence.")
    state: State = "overturned" if overturned else "upheld"
    changed = tx.execute(
        update(appeals)
        .where(appeals.c.tenant_id == tx.tenant, appeals.c.key == key, appeals.c.state == "open")
        .values(state=state, answered_by=person.id, answered_at=now, answer=text)
    )
    if changed.rowcount != 1:
        raise AppealError(f"the appeal is {found.state} already", where=f"appeal {key}")
    detail = {"appeal": str(key), "state": state, "text": text}
    acts.note(
        tx,
        "appeal_answered",
        person,
        f"decision {found.run}",
        now=now,
        instance=found.instance,
        detail=detail,
    )
    return found._replace(state=state, answered_by=person.id, answered_at=now, answer=text)


def get(tx: Tx, key: int) -> Appeal:
    """The appeal of this key.

    Raises:
        AppealError: there is none.
    """
    found = _read(tx, appeals.c.key == key)
    if not found:
        raise AppealError(f"there is no appeal {key}", mend="List them again.")
    return found[0]


def every(tx: Tx, *, state: str | None = None, instance: int | None = None) -> list[Appeal]:
    """Appeals, the oldest first; of one state, of one case."""
    conditions = [appeals.c.state == state] if state is not None else []
    if instance is not None:
        conditions.append(appeals.c.instance == instance)
    return _read(tx, *conditions)


def _read(tx: Tx, *conditions: Any) -> list[Appeal]:
    query = select(appeals).where(appeals.c.tenant_id == tx.tenant, *conditions).order_by(appeals.c.key)
    return [
        Appeal(
            row.key,
            row.run,
            row.instance,
            row.decided_by,
            frozenset(row.involved),
            row.raised_kind,
            row.raised_by,
            row.raised_at,
            row.text,
            row.state,
            row.answered_by,
            row.answered_at,
            row.answer,
        )
        for row in tx.all(query)
    ]
