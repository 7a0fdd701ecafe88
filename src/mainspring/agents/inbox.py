"""The inbox: what waits for a person, and what becomes of their answer.

Drawn tasks, reviews of drafts and confirmations are all tasks of the process. An answer to a confirmation is
first given to the approval, which checks who may say yes to exactly these arguments; only then is the task
completed. Both happen in one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainspring.agents.errors import AnswerRefused
from mainspring.base.jsonio import normalise
from mainspring.engine.commands import ClaimTask, CompleteTask
from mainspring.engine.events import Actor
from mainspring.gateway import Gateway
from mainspring.govern import appeals
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY
from mainspring.runtime import Denied, NotFound, Runtime, queries
from mainspring.runtime.queries import Task
from mainspring.store import Tx

OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "task": ("completed", "approved", "rejected", "abstained"),
    "review": ("accepted", "edited", "rejected"),
    "approval": ("approved", "refused"),
}
"""What a person may answer, by kind of task."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Lists, claims and completes tasks for people.

    Args:
        runtime: where the tasks are.
        gateway: where confirmations are given.
    """

    runtime: Runtime
    gateway: Gateway

    def waiting(self, tx: Tx, person: Principal, *, after: int = 0, limit: int = 100) -> list[Task]:
        """The tasks that this person may take or has taken, oldest first."""
        names = tuple(sorted(person.roles | person.groups))
        user = person.on_behalf_of or person.id  # a stand-in sees what waits for the other
        return queries.tasks(tx, user=user, groups=names, after=after, limit=limit)

    def task(self, tx: Tx, key: int) -> Task:
        """One open task.

        Raises:
            NotFound: there is none of that key; it may have been answered by now.
        """
        found = queries.tasks(tx, key=key)
        if not found:
            raise NotFound(f"there is no open task {key}", mend="It may have been answered by someone else.")
        return found[0]

    def claim(self, tx: Tx, key: int, person: Principal) -> None:
        """Take a task for oneself.

        Raises:
            Denied: the task asks for others.
            CommandRejected: someone has it already.
        """
        self.runtime.execute(ClaimTask(key, person.id), actor=_actor(person), tx=tx)

    def complete(
        self,
        tx: Tx,
        key: int,
        person: Principal,
        outcome: str | None = None,
        answer: Mapping[str, Any] | None = None,
    ) -> None:
        """Answer a task.

        Args:
            tx: the transaction of the answer.
            key: of the task.
            person: who answers.
            outcome: one of `OUTCOMES` of the task's kind; None for the first of them.
            answer: the values; for a review those that differ from the draft.

        Raises:
            AnswerRefused: the outcome does not fit the kind of task.
            NotFound, Denied, CommandRejected, ApprovalError: as they say; nothing was done.
        """
        task = self.task(tx, key)
        outcome = outcome or OUTCOMES[task.kind][0]
        if outcome not in OUTCOMES[task.kind]:
            raise AnswerRefused(
                f"'{outcome}' is no answer to a task of kind {task.kind}",
                mend=f"Answer one of {', '.join(OUTCOMES[task.kind])}.",
            )
        values = normalise(dict(answer or {}))
        if task.kind == "approval" and self._expired(task):
            outcome = "refused"  # nobody said anything: the job comes back and asks anew
        elif task.kind == "approval":
            note = str(values.get("note", ""))
            approved = outcome == "approved"
            self.gateway.answer(
                tx,
                int(task.payload["approval"]),
                person,
                approved=approved,
                digest=task.payload["digest"],
                note=note,
            )
        elif task.process_id == appeals.PROCESS:
            self._answer_appeal(tx, task, person, values)
        self.runtime.execute(
            CompleteTask(key, values, outcome), actor=_actor(person), instance=task.instance, tx=tx
        )

    def _answer_appeal(self, tx: Tx, task: Task, person: Principal, values: Mapping[str, Any]) -> None:
        """Answer the appeal that a task is about: the appeal itself says who may not."""
        found = appeals.get(tx, int(queries.variables(tx, task.process_instance)["appeal"]))
        decision = self.gateway.judged(person, "answer_appeal", COMPANY, {"own": found.concerns(person.id)})
        if not decision.allowed:
            raise Denied(decision.because, where=f"appeal {found.key}", mend="Leave it to someone else.")
        overturned, text = values.get("overturned") is True, str(values.get("text") or "")
        appeals.answer(tx, found.key, person, overturned=overturned, text=text, now=self.runtime.clock())

    def _expired(self, task: Task) -> bool:
        """Whether the request behind a confirmation waited too long to be answered."""
        return datetime.fromisoformat(task.payload["expires_at"]) <= self.runtime.clock()


def _actor(person: Principal) -> Actor:
    return Actor(person.kind, person.id, person.on_behalf_of)
