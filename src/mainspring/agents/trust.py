"""Promises at work: what is done alone, what is drawn for audit, and what people's answers change."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select, update

from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.draft import Draft
from mainspring.agents.promise import Judged, Plan, Standing, audited, plan, settles
from mainspring.agents.promise.drift import EVERY, LONGEST, broken
from mainspring.agents.promise.threshold import look
from mainspring.agents.tables import judged, promises
from mainspring.store import Tx

_SCALE = float(1 << 64)


class Verdict(NamedTuple):
    """What may be done with a draft: `alone` at once, or after a review, and why."""

    alone: bool
    why: str


class Case(NamedTuple):
    """A draft that people looked at."""

    job: int
    now: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Trust:
    """The promises of one duty of one version of an employee.

    Args:
        agent, activity, duty: whose duty it is, and which.
        keys: fresh 64-bit keys.
    """

    agent: AgentDefinition
    activity: str
    duty: Duty
    keys: Callable[[], int]

    def verdict(self, tx: Tx, draft: Draft, job: int) -> Verdict:
        """Whether a draft without doubts may be done alone."""
        if draft.confidence < self.duty.alone_from:
            return Verdict(False, "less sure than its owner asks for")
        if self.duty.risk_target is None:
            return Verdict(True, "")
        known = self._known(tx)
        for output, confidence in draft.outputs.items():
            row = known.get(output)
            if not _trusts(row, confidence):
                return Verdict(
                    False, f"{output}: {'stopped' if row and row.state == 'stopped' else 'not yet trusted'}"
                )
        if any(self.drawn(job, settled=row.settled) for row in known.values()):
            return Verdict(False, "drawn for audit")
        return Verdict(True, "")

    def drawn(self, job: int, *, settled: bool) -> bool:
        """Whether a case is drawn for audit: by its key, and fewer once the promise is settled."""
        said = f"{self.agent.id} {self.agent.version} {job}".encode()
        share = int.from_bytes(hashlib.sha256(said).digest()[:8], "big") / _SCALE
        return share < self._audited(settled=settled)

    def _audited(self, *, settled: bool) -> float:
        return audited(float(self.agent.audit_share), self.plan.target, settled=settled)

    def judge(self, tx: Tx, draft: Draft, answer: Mapping[str, Any], case: Case) -> None:
        """Take in what a person made of a draft, output by output."""
        if self.duty.risk_target is None:
            return
        known = self._known(tx)
        for output, confidence in draft.outputs.items():
            said = Judged(0.0 if draft.doubts else confidence, draft.right(output, answer))
            self._judge(tx, known.get(output), output, said, case)

    def _judge(self, tx: Tx, row: Row[Any] | None, output: str, said: Judged, case: Case) -> None:
        sampled = row is None or row.threshold is None or self.drawn(case.job, settled=row.settled)
        trusted = _trusts(row, said.confidence)
        new = {
            "case": self.keys(),
            "at": case.now,
            "job": case.job,
            **self._key(output),
            "confidence": said.confidence,
            "sampled": sampled,
            "trusted": trusted,
            "right": said.right,
            "person": case.person,
        }
        tx.insert(judged, new)
        values = _counted(row, audit=sampled and trusted, right=said.right) | {"changed_at": case.now}
        values |= self._looked(tx, row, output, values["reviewed"])
        if sampled and trusted and values["audited"] % EVERY == 0 and self._broken(tx, output):
            values["state"] = "stopped"
        if row is None:
            tx.insert(promises, {**self._key(output), "cases": 0, "errors": 0, "bound": None, **values})
        else:
            tx.execute(update(promises).where(*self._this(tx, promises, output)).values(**values))

    def _looked(self, tx: Tx, row: Row[Any] | None, output: str, reviewed: int) -> dict[str, Any]:
        """What a look changes, if one is due."""
        looks = row.looks if row else 0
        due = self.plan.due(reviewed, looks)
        if due is None:
            return {} if row else {"looks": 0, "threshold": None, "settled": False}
        cases, before = self._reviewed(tx, output), row.threshold if row else None
        found = look(cases, before, self.plan.target, due.risk)
        now = found.threshold if found else before
        values = {"looks": due.number, "threshold": now, "settled": settles(cases, self.plan.target, now)}
        if found is None:
            return values
        state = "stopped" if row and row.state == "stopped" else "open"
        return {
            **values,
            "state": state,
            "cases": found.cases,
            "errors": found.errors,
            "bound": found.bound,
        }

    @property
    def plan(self) -> Plan:
        """The looks of the promise."""
        return plan(float(self.duty.risk_target or 0))

    def standings(self, tx: Tx) -> dict[str, Standing]:
        """Where each output's promise stands."""
        return {output: self._standing(row) for output, row in sorted(self._known(tx).items())}

    def _standing(self, row: Row[Any]) -> Standing:
        return Standing(
            state=row.state,
            target=self.plan.target,
            version=row.version,
            reviewed=row.reviewed,
            next_look=self.plan.look(row.looks + 1).cases,
            audit_share=self._audited(settled=row.settled),
            threshold=row.threshold,
            cases=row.cases,
            errors=row.errors,
            bound=row.bound,
            audited=row.audited,
            audit_errors=row.audit_errors,
        )

    def _known(self, tx: Tx) -> dict[str, Row[Any]]:
        p = promises.c
        mine = (p.tenant_id == tx.tenant) & (p.agent == self.agent.id) & (p.version == self.agent.version)
        return {row.output: row for row in tx.all(select(promises).where(mine, p.activity == self.activity))}

    def _reviewed(self, tx: Tx, output: str) -> list[Judged]:
        j = judged.c
        mine = select(j.confidence, j.right, j.sampled).where(*self._this(tx, judged, output))
        rows = tx.all(mine.order_by(j.case))
        return [Judged(row.confidence, row.right, row.sampled) for row in rows]

    def _broken(self, tx: Tx, output: str) -> bool:
        j = judged.c
        mine = (*self._this(tx, judged, output), j.sampled.is_(True), j.trusted.is_(True))
        rows = tx.all(select(j.right).where(*mine).order_by(j.case.desc()).limit(LONGEST))
        return broken([row.right for row in reversed(rows)], self.plan.target)

    def _key(self, output: str) -> dict[str, Any]:
        agent = self.agent
        return {"agent": agent.id, "version": agent.version, "activity": self.activity, "output": output}

    def _this(self, tx: Tx, table: Any, output: str) -> tuple[Any, ...]:
        return (
            table.c.tenant_id == tx.tenant,
            *(table.c[name] == value for name, value in self._key(output).items()),
        )


def _trusts(row: Row[Any] | None, confidence: float) -> bool:
    return (
        row is not None and row.state == "open" and row.threshold is not None and confidence >= row.threshold
    )


def _counted(row: Row[Any] | None, *, audit: bool, right: bool) -> dict[str, Any]:
    return {
        "state": row.state if row else "learning",
        "reviewed": (row.reviewed if row else 0) + 1,
        "audited": (row.audited if row else 0) + audit,
        "audit_errors": (row.audit_errors if row else 0) + (audit and not right),
    }
