"""Simulated people: they answer tasks from the truth of the run, with seeded delays. A simulation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from mainspring.agents.inbox import Inbox
from mainspring.govern import identity
from mainspring.govern.principal import Principal
from mainspring.govern.tables import approval_answers
from mainspring.packs.lead_to_cash.world.agenda import Action, Agenda
from mainspring.packs.lead_to_cash.world.delays import Delays
from mainspring.runtime.queries import Task
from mainspring.store import Tx

Answer = tuple[str, dict[str, Any]]


class Truth(Protocol):
    """What people who know the cases would answer."""

    def answer(self, tx: Tx, task: Task, person: Principal) -> Answer:
        """Outcome and values for a task; may prepare what the answer needs, such as a new product."""


@dataclass(slots=True)
class Staff:
    """The people of the firm, each answering what they are asked.

    Args:
        leaves: the share of tasks that nobody answers, so that a visitor finds some.
    """

    inbox: Inbox
    agenda: Agenda
    delays: Delays
    truth: Truth
    leaves: float = 0.0
    _members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _answered: dict[int, set[str]] = field(default_factory=dict)

    def react(self, task: Task, case: str) -> None:
        """A task came up in a case: somebody will see to it, unless the staff leaves it to the visitor."""
        subject = f"{case}/{task.element}"
        if self.delays.draw(f"left {subject}").random() < self.leaves:
            return
        when = task.created_at + self.delays.hours(f"task {subject}", 0.1, 8)
        self.agenda.at(when, self._answering(task.key))

    def _answering(self, key: int) -> Action:
        def answer(tx: Tx, _: datetime) -> None:
            task = self.inbox.task(tx, key)
            person = self._someone(tx, task)
            outcome, values = self.truth.answer(tx, task, person)
            self.inbox.complete(tx, key, person, outcome, values)

        return answer

    def _someone(self, tx: Tx, task: Task) -> Principal:
        """A member of the group asked, who did not answer for the same job before nor prepared it."""
        (group,) = task.candidate_groups or ("sales",)
        if group not in self._members:
            self._members[group] = tuple(sorted(identity.holders(tx, (group,))))
        busy = self._answered.setdefault(task.job or task.key, set())
        barred = busy | {task.payload.get("prepared_by")} | _confirmed(tx, task)
        person = next(one for one in self._members[group] if one not in barred)
        busy.add(person)
        return identity.principal(tx, person)


def _confirmed(tx: Tx, task: Task) -> set[str]:
    """Who confirmed the same before, perhaps in an earlier process than this one."""
    if "approval" not in task.payload:
        return set()
    given, key = approval_answers.c, int(task.payload["approval"])
    query = select(given.person).where(given.tenant_id == tx.tenant, given.approval == key)
    return {row.person for row in tx.all(query)}


Planner = Callable[[Task, datetime], None]
