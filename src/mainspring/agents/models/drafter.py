"""Drafts by a model: hidden on the way out, checked on the way back, all of it recorded."""

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select

from mainspring.agents.models import answer as answers
from mainspring.agents.models import prompt
from mainspring.agents.models.errors import AnswerInvalid, BudgetSpent, Cancelled, ModelUnavailable
from mainspring.agents.models.profile import Profile
from mainspring.agents.models.prompt import Task
from mainspring.agents.models.request import SIGNS_A_TOKEN, Hear, Message, Reply, ask, never, silent
from mainspring.agents.privacy import StandIns
from mainspring.agents.tables import models_used
from mainspring.gateway.egress import Egress
from mainspring.store import Store, Tx
from mainspring.store.keys import Clock

_NS = 1_000_000


class Drafted(NamedTuple):
    """What a model drafted: values that fit the schema, by which profile, at what cost."""

    values: dict[str, Any]
    profile: str
    tokens: int
    cost: Decimal
    repaired: bool


class Asker(NamedTuple):
    """Who asks: the employee, its job, and the tokens it may spend in a month."""

    agent: str
    job: int | None = None
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Drafter:
    """Asks models for drafts.

    Args:
        store: where requests are recorded, each in a transaction of its own.
        egress: the way out.
        profiles: by name.
        clock, keys: the time (UTC) and fresh keys.
        secret: the tenant's key of stand-ins, 16 bytes or more.
        keep_prompts: whether prompts and answers are kept as evidence, as they went over the wire.
        timer: nanoseconds.
    """

    store: Store
    egress: Egress
    profiles: Mapping[str, Profile]
    clock: Clock
    keys: Callable[[], int]
    secret: bytes = field(repr=False)
    keep_prompts: bool = True
    timer: Callable[[], int] = time.perf_counter_ns

    def draft(
        self,
        task: Task,
        profile: str,
        asker: Asker,
        *,
        marked: Mapping[str, Iterable[str]] | None = None,
        hear: Hear = silent,
        called_off: Callable[[], bool] = never,
    ) -> Drafted:
        """Ask the profile, and its fall-backs when it does not answer.

        Args:
            task: what to draft.
            profile: whom to ask first.
            asker: for whom.
            marked: values that the company marks as confidential, by kind.
            hear: told each piece of an answer as it comes, with stand-ins in it.
            called_off: asked at each piece, and while nothing comes.

        Raises:
            ModelUnavailable: nobody in the chain answers; the last reason.
            AnswerInvalid: what came back does not fit the schema, twice.
            BudgetSpent: the month's tokens are spent.
            Cancelled: it was called off.
        """
        chain = (profile, *self.profiles[profile].fallback) if profile in self.profiles else ()
        failed = ModelUnavailable(
            "there is no such profile", where=profile, mend="Add it to the profiles of models."
        )
        for name in chain:
            exchange = _Exchange(self, name, self.profiles[name], asker, hear, called_off)
            try:
                return exchange.draft(task, marked)
            except ModelUnavailable as error:
                failed = error
        raise failed

    def spent(self, tx: Tx, agent: str, now: datetime) -> int:
        """Tokens that an employee spent in the month of `now` (UTC)."""
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        m = models_used.c
        mine = (m.tenant_id == tx.tenant) & (m.agent == agent) & (m.at >= month)
        total = tx.scalar(select(func.coalesce(func.sum(m.tokens_in + m.tokens_out), 0)).where(mine))
        return int(total)


@dataclass(slots=True)
class _Exchange:
    """The conversation with one model about one draft."""

    drafter: Drafter
    name: str
    profile: Profile
    asker: Asker
    hear: Hear
    called_off: Callable[[], bool]
    tokens: int = 0
    cost: Decimal = Decimal(0)
    began: int = 0

    def draft(self, task: Task, marked: Mapping[str, Iterable[str]] | None) -> Drafted:
        hiding = StandIns(self.drafter.secret, marked) if self.profile.outside else None
        told = hiding.hide(task.data) if hiding else task.data
        similar = [
            prompt.Similar(hiding.hide(one.draft), hiding.hide(one.answer)) if hiding else one
            for one in task.similar
        ]
        talk = prompt.messages(task._replace(data=told, similar=similar), secrets.token_hex(8))
        problem = ""
        for attempt in (1, 2):
            reply = self._asked(talk)
            values, problem = answers.read(reply.text, task.schema)
            if not reply.complete and values is None:
                problem = f"it was cut off after {reply.tokens_out} tokens; {problem}"
            self._record(talk, reply, "ok" if values is not None else "invalid", problem)
            if values is not None:
                restored = hiding.restore(values) if hiding else values
                return Drafted(restored, self.name, self.tokens, self.cost, repaired=attempt > 1)
            talk = prompt.again(talk, reply.text[:4000], problem)
        raise AnswerInvalid(
            f"the answer of {self.profile.model} does not fit, and asking again did not help: {problem}",
            where=self.name,
            mend="Do it by hand; if it happens often, change the instructions or the model.",
        )

    def _asked(self, talk: Sequence[Message]) -> Reply:
        self._afford()
        self.began = self.drafter.timer()
        heard: list[str] = []

        def hear(piece: str) -> None:
            heard.append(piece)
            self.hear(piece)

        try:
            reply = ask(self.drafter.egress, self.profile, talk, hear=hear, called_off=self.called_off)
        except (ModelUnavailable, Cancelled) as error:
            outcome = "called off" if isinstance(error, Cancelled) else "failed"
            self._record(talk, _part("".join(heard), talk), outcome, error.message)
            raise
        self.tokens += reply.tokens_in + reply.tokens_out
        self.cost += self.profile.cost(reply.tokens_in, reply.tokens_out)
        return reply

    def _afford(self) -> None:
        if self.asker.budget is None:
            return
        with self.drafter.store.read() as tx:
            spent = self.drafter.spent(tx, self.asker.agent, self.drafter.clock())
        if spent >= self.asker.budget:
            raise BudgetSpent(
                f"{spent} of {self.asker.budget} tokens of this month are spent",
                where=self.asker.agent,
                mend="Do it by hand, or raise the budget in the definition.",
            )

    def _record(self, talk: Sequence[Message], reply: Reply, outcome: str, problem: str) -> None:
        drafter = self.drafter
        kept = drafter.keep_prompts
        row = {
            "call": drafter.keys(),
            "at": drafter.clock(),
            "job": self.asker.job,
            "agent": self.asker.agent,
            "profile": self.name,
            "model": self.profile.model,
            "outcome": outcome,
            "tokens_in": reply.tokens_in,
            "tokens_out": reply.tokens_out,
            "cost": self.profile.cost(reply.tokens_in, reply.tokens_out),
            "milliseconds": (drafter.timer() - self.began) // _NS,
            "prompt": [message._asdict() for message in talk] if kept else None,
            "answer": reply.text if kept else None,
            "problem": problem[:1000],
        }
        with drafter.store.write() as tx:
            tx.insert(models_used, row)


def _part(heard: str, talk: Sequence[Message]) -> Reply:
    """What came of an answer that did not come to its end; its tokens by length, as nobody counted them."""
    told = sum(len(message.text) for message in talk) if heard else 0
    return Reply(heard, told // SIGNS_A_TOKEN, len(heard) // SIGNS_A_TOKEN, complete=False)
