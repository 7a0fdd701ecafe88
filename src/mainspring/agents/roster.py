"""Who works in which version: releases, candidates beside the live version, and stops.

The pack ships a version of each employee. A release puts another definition beside it: in **shadow** it
drafts and does nothing, on a **share** it does that part of the cases, in **full** it does all. A rollback
withdraws it, and a stop ends automatic work at once. Every step is a row that names who took it and why.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import select

from mainspring.agents.definition import AgentDefinition
from mainspring.agents.errors import NobodyThere, ReleaseRefused
from mainspring.agents.tables import releases
from mainspring.store import Tx

Stage = Literal["shadow", "share", "full", "withdrawn", "stopped", "resumed"]
_SCALE = float(1 << 64)
_FULL = 1.0


class Step(NamedTuple):
    """A step of a release: who took it, and why."""

    agent: str
    version: int
    stage: Stage
    share: float
    person: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """How one employee works at the moment.

    Attributes:
        live: the version that does the work.
        candidate: the version beside it, if there is one.
        stage: of the candidate: shadow or share.
        share: the part of the cases that the candidate does.
        stopped: no automatic work at all.
    """

    live: AgentDefinition
    candidate: AgentDefinition | None = None
    stage: str = "full"
    share: float = 0.0
    stopped: bool = False

    def doing(self, job: int) -> AgentDefinition:
        """The version that does this job; the same one each time the job comes back."""
        if self.candidate is None or self.stage != "share":
            return self.live
        said = f"{self.candidate.id} {self.candidate.version} share {job}".encode()
        place = int.from_bytes(hashlib.sha256(said).digest()[:8], "big") / _SCALE
        return self.candidate if place < self.share else self.live

    @property
    def shadow(self) -> AgentDefinition | None:
        """The version that drafts without effect."""
        return self.candidate if self.stage == "shadow" else None


class _Read:
    """The posts as this transaction found them."""

    def __init__(self, tx: Tx) -> None:
        self.by_agent = _rows(tx)

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


@dataclass(frozen=True, slots=True)
class Roster:
    """All digital employees of a tenant.

    Args:
        shipped: the versions of the pack.
        keys: fresh 64-bit keys.
    """

    shipped: Mapping[str, AgentDefinition]
    keys: Callable[[], int]

    def post(self, tx: Tx, agent: str) -> Post:
        """How an employee works, read once a transaction.

        Raises:
            NobodyThere: nobody of that id works here.
        """
        rows = tx.participant("roster", _Read).by_agent
        return _post(self._of_pack(agent), rows.get(agent, ()))

    def _of_pack(self, agent: str) -> AgentDefinition:
        if agent not in self.shipped:
            known = ", ".join(sorted(self.shipped))
            raise NobodyThere("no such digital employee works here", where=agent, mend=f"There are: {known}.")
        return self.shipped[agent]

    def release(
        self,
        tx: Tx,
        definition: AgentDefinition,
        stage: Literal["shadow", "share", "full"],
        *,
        person: str,
        now: datetime,
        share: float = _FULL,
        reason: str = "",
        evaluation: Mapping[str, Any] | None = None,
    ) -> None:
        """Put a version to work, or a step further.

        Args:
            tx: the transaction.
            definition: the version.
            stage: shadow, share or full.
            person: who releases it.
            now: when, UTC.
            share: for the stage share, the part of the cases that it does, in (0, 1).
            reason: why, for the record.
            evaluation: how it did on held-back cases.

        Raises:
            ReleaseRefused: it may call operations that the shipped version may not; its number was given to
                another definition before; or the share is none.
        """
        shipped = self._of_pack(definition.id)
        more = set(definition.operations) - set(shipped.operations)
        if more:
            raise ReleaseRefused(
                f"it may call {', '.join(sorted(more))}, which the policies do not grant "
                f"version {shipped.version} of the pack",
                where=definition.id,
                mend="Leave them out, or let the pack and its policies grant them.",
            )
        if stage == "share" and not 0 < share < 1:
            raise ReleaseRefused(
                f"a share of {share} is none", where="share", mend="Give one between 0 and 1."
            )
        said = definition.model_dump(mode="json")
        if definition.version == shipped.version and said != shipped.model_dump(mode="json"):
            raise _taken(definition)
        known = tx.participant("roster", _Read).by_agent.get(definition.id, ())
        for row in known:
            if (
                row.version == definition.version
                and row.definition is not None
                and _other(row.definition, said)
            ):
                raise _taken(definition)
        step = Step(definition.id, definition.version, stage, share, person, reason, now)
        self._write(tx, step, said, evaluation)

    def rollback(
        self, tx: Tx, agent: str, *, person: str, now: datetime, reason: str = ""
    ) -> AgentDefinition:
        """Withdraw the newest version that works or drafts; gives the one that works from now on.

        Raises:
            ReleaseRefused: only the shipped version works, so there is nothing to withdraw.
        """
        post = self.post(tx, agent)
        latest = post.candidate or post.live
        if latest.version == self._of_pack(agent).version:
            raise ReleaseRefused(
                "only the shipped version works here", where=agent, mend="Stop the employee instead."
            )
        self._write(tx, Step(agent, latest.version, "withdrawn", 0.0, person, reason, now), None, None)
        return self.post(tx, agent).live

    def stop(self, tx: Tx, agent: str, *, person: str, now: datetime, reason: str = "") -> None:
        """End automatic work: drafts go to people, and what asks nobody waits."""
        live = self.post(tx, agent).live
        self._write(tx, Step(agent, live.version, "stopped", 0.0, person, reason, now), None, None)

    def resume(self, tx: Tx, agent: str, *, person: str, now: datetime, reason: str = "") -> None:
        """Let a stopped employee work again."""
        live = self.post(tx, agent).live
        self._write(tx, Step(agent, live.version, "resumed", 0.0, person, reason, now), None, None)

    def history(self, tx: Tx, agent: str) -> list[Step]:
        """All steps of an employee's releases, oldest first."""
        self._of_pack(agent)
        rows = tx.participant("roster", _Read).by_agent.get(agent, ())
        return [
            Step(agent, row.version, row.stage, row.share, row.person, row.reason, row.at) for row in rows
        ]

    def _write(self, tx: Tx, step: Step, definition: Any, evaluation: Any) -> None:
        row = {**step._asdict(), "release": self.keys(), "definition": definition, "evaluation": evaluation}
        tx.insert(releases, row)
        tx.participant("roster", _Read).by_agent = _rows(tx)


def _rows(tx: Tx) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in tx.all(select(releases).where(releases.c.tenant_id == tx.tenant).order_by(releases.c.release)):
        found.setdefault(row.agent, []).append(row)
    return found


def _post(shipped: AgentDefinition, rows: Any) -> Post:
    """Fold the steps: what was released and not withdrawn, in order."""
    line: list[tuple[AgentDefinition, str, float]] = [(shipped, "full", _FULL)]
    stopped = False
    for row in rows:
        if row.stage in {"stopped", "resumed"}:
            stopped = row.stage == "stopped"
        else:
            line = [one for one in line if one[0].version != row.version or one[0] is shipped]
            if row.stage != "withdrawn":
                line.append((AgentDefinition.model_validate(row.definition), row.stage, row.share))
    live = next(one[0] for one in reversed(line) if one[1] == "full")
    newest, stage, share = line[-1]
    if stage == "full":
        return Post(live, stopped=stopped)
    return Post(live, newest, stage, share, stopped)


def _other(one: Any, two: Any) -> bool:
    return bool(AgentDefinition.model_validate(one) != AgentDefinition.model_validate(two))


def _taken(definition: AgentDefinition) -> ReleaseRefused:
    return ReleaseRefused(
        f"version {definition.version} is another definition already",
        where=definition.id,
        mend="Raise the version: promises about errors begin anew with it.",
    )
