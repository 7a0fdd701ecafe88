"""Our own log is followed into Parquet without losing or repeating anything."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mainspring.engine.events import Actor
from mainspring.insight.errors import LogError
from mainspring.insight.log import follow
from mainspring.insight.log.follow import Follower, parts, read_own
from mainspring.runtime import AllowAll, Runtime
from mainspring.runtime.outcomes import Complete
from mainspring.runtime.worker import Worker
from mainspring.simulation import VirtualClock
from mainspring.store import Store
from mainspring.store.keys import KeyGenerator
from mainspring.testing.drawings import Drawing

PERSON = Actor("person", "ann")


class Doing:
    """A digital employee that does its work at once."""

    actor = Actor("agent", "clerk")

    def __call__(self, *_: object) -> Complete:
        return Complete({})


class Firm:
    """Two jobs in a row on a virtual clock."""

    def __init__(self, store: Store) -> None:
        self.clock = VirtualClock(datetime(2026, 1, 5, tzinfo=UTC))
        keys = KeyGenerator(self.clock, store.node())
        self.runtime = Runtime(store, clock=self.clock, keys=keys, guard=AllowAll())
        drawing = Drawing().line("draft", "send")
        drawing.job("draft")
        drawing.job("send")
        self.runtime.deploy({"p.bpmn": drawing.xml()}, PERSON)
        self.worker = Worker(self.runtime, {"draft": Doing(), "send": Doing()}, "worker")

    def case(self) -> None:
        self.runtime.start("p", {}, actor=PERSON)
        self.worker.run_once()
        self.clock.advance(timedelta(hours=1).total_seconds())
        self.worker.run_once()


def test_what_happened_is_there_at_the_next_step(store: Store, tmp_path: Path) -> None:
    firm, follower = Firm(store), Follower(store, tmp_path)
    firm.case()
    assert follower.advance() > 0
    log = read_own(tmp_path)
    assert log.dfg() == {("draft", "send"): 1}
    firm.case()
    follower.advance()
    assert read_own(tmp_path).dfg() == {("draft", "send"): 2}
    assert follower.advance() == 0


def test_a_new_follower_goes_on_where_the_last_one_stopped(store: Store, tmp_path: Path) -> None:
    firm = Firm(store)
    firm.case()
    Follower(store, tmp_path).advance()
    (tmp_path / "events" / "part-9.half").write_bytes(b"cut off by a crash")
    firm.case()
    again = Follower(store, tmp_path)
    again.advance()
    assert read_own(tmp_path).start_activities() == {"draft": 2}
    assert not list(tmp_path.rglob("*.half"))


def test_many_small_parts_become_one(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "_BATCH", 3)
    monkeypatch.setattr(follow, "_MOST_PARTS", 4)
    firm = Firm(store)
    for _ in range(4):
        firm.case()
    follower = Follower(store, tmp_path)
    follower.advance()
    there = parts(tmp_path / "events")
    assert len(there) <= 5
    assert all(one[1] < two[0] for one, two in pairwise(there))
    assert read_own(tmp_path).variants() == {("draft", "send"): 4}


def test_nothing_exported_is_said(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="nothing was exported"):
        read_own(tmp_path)
