"""A hundred crashes at random moments: no step that was finished and no operation is done twice."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.agents import thinking as thinking_module
from mainspring.agents.models import drafter as drafter_module
from mainspring.agents.models import request
from mainspring.agents.thinking import Thinking
from mainspring.govern.tables import calls
from mainspring.runtime import queries
from mainspring.runtime.journal import Journal
from mainspring.runtime.worker import Worker
from mainspring.testing.model_endpoint import ModelEndpoint

NOTES, CRASHES = 40, 100


class _Power(BaseException):
    """It is gone."""


class _Fate:
    """Raises before or after calls, until it has done so often enough."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a seeded fate
        self.left = CRASHES
        self.drafting = False
        self.during_draft = 0

    def around(self, do: Callable[..., Any]) -> Callable[..., Any]:
        def fated(*given: Any, **named: Any) -> Any:
            self.perhaps()
            result = do(*given, **named)
            self.perhaps()
            return result

        return fated

    def perhaps(self) -> None:
        if self.left and self.rng.random() < 0.2:
            self.left -= 1
            self.during_draft += self.drafting
            raise _Power


def test_a_hundred_crashes_repeat_no_finished_step_and_no_operation(
    thinking: Any, endpoint: ModelEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    fate = _Fate(7)
    instances = [thinking.note(f"note {number}", 0.1) for number in range(NOTES)]
    draft = Thinking._draft

    def drafting(self: Any, *given: Any) -> Any:
        fate.drafting = True
        try:
            return draft(self, *given)
        finally:
            fate.drafting = False

    monkeypatch.setattr(thinking_module.Thinking, "_draft", drafting)
    monkeypatch.setattr(Journal, "_begin", fate.around(Journal._begin))
    monkeypatch.setattr(Journal, "_end", fate.around(Journal._end))
    monkeypatch.setattr(Worker, "_finish", fate.around(Worker._finish))
    monkeypatch.setattr(drafter_module, "ask", fate.around(request.ask))
    ended = _until_done(thinking)

    assert fate.left == 0
    assert ended >= CRASHES
    states = {thinking.read(lambda tx, key=key: queries.instance(tx, key)).state for key in instances}
    assert states == {"completed"}
    rows = thinking.read(
        lambda tx: tx.all(select(calls.c.job, calls.c.retry).where(calls.c.tenant_id == tx.tenant))
    )
    done = Counter(row.job for row in rows if not row.retry)
    assert len(done) == NOTES
    assert set(done.values()) == {1}
    assert NOTES <= len(endpoint.received) <= NOTES + CRASHES


def _until_done(office: Any) -> int:
    """Work on after every crash, an hour later; gives how often power went."""
    crashes = 0
    while True:
        try:
            office.work()
        except _Power:
            crashes += 1
            office.clock.advance(3600)
        else:
            return crashes
