"""Random work with crashes at any commit: nothing is lost or done twice, the projections equal the log.

A run is a function of its seed, which stands in the name of the test and in every failure.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.base.errors import MainspringError
from mainspring.base.jsonio import dumps
from mainspring.engine import commands as c
from mainspring.engine import snapshot
from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Job, Runtime, queries
from mainspring.runtime.outcomes import Complete, Fail, Handler, Outcome, Work
from mainspring.runtime.worker import Worker
from mainspring.simulation import VirtualClock
from mainspring.store import Store, Tx, UnavailableError, log, open_store
from mainspring.store.keys import KeyGenerator
from mainspring.store.rebuild import PROJECTIONS, rebuild
from mainspring.store.states import load
from mainspring.store.tables import counters
from mainspring.testing import drawing as d
from mainspring.testing.faults import Failures

ANN = Actor("person", "ann")
LEASED = {"worker", "fence", "due"}  # of jobs: the lease is not in the log
MODEL = d.sequence(
    "p",
    d.service("a", "work"),
    d.catch_message("paid", "m"),
    d.service("b", "work"),
    d.wait("later", "PT10M"),
    d.user("check", groups="sales,boss"),
    d.service("c", "slow"),
    tops=d.message("m", "paid", "=order"),
)
STARTED = d.sequence("s", d.service("a", "work"), tops=d.message("n", "asked"), start=d.on_message("n"))


class Crash(Exception):  # noqa: N818 - what happens
    """The process is killed here."""


class World:
    """A process on a database that crashes now and then, and whoever asks it for things, who tries again."""

    def __init__(self, seed: int, open_again: Callable[[], Store]) -> None:
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311 - seeded on purpose
        self.open_again = open_again
        self.clock = VirtualClock()
        self.chance = 0.0
        self.number = 0
        self.wanted: dict[str, str] = {}
        self.boot()
        self.runtime.deploy({"p.bpmn": MODEL, "s.bpmn": STARTED}, ANN)

    def boot(self) -> None:
        self.store = self.open_again()
        writing = self.store.write

        @contextmanager
        def write(*, durable: bool = True) -> Iterator[Tx]:
            with writing(durable=durable) as tx:
                yield tx
                self.perhaps("before the commit")
            self.perhaps("after the commit")

        self.store.write = write  # type: ignore[method-assign] # the fault is put in here
        keys = KeyGenerator(self.clock, self.calm(self.store.node))
        self.runtime = Runtime(self.store, clock=self.clock, keys=keys, guard=AllowAll(), capacity=3)
        handlers: dict[str, Handler] = {"work": self.work, "slow": Slow()}
        self.worker = Worker(self.runtime, handlers, "w", batch=self.random.choice([1, 3, 64]))

    def calm(self, do: Callable[[], Any]) -> Any:
        chance, self.chance = self.chance, 0.0
        try:
            return do()
        finally:
            self.chance = chance

    def perhaps(self, where: str) -> None:
        if self.random.random() < self.chance:
            raise Crash(where)

    def work(self, job: Job, work: Work) -> Outcome:
        work.tx.count(f"{job.instance}-{job.element}", 1)
        if self.random.random() < 0.1:
            raise RuntimeError("the handler fails now and then")
        if self.random.random() < 0.1:
            return Fail("busy", timedelta(seconds=5), retries=3)
        return Complete({job.element: "done"})

    def act(self) -> None:
        """One random thing; after a crash the process is started again and whoever asked asks again."""
        things = [
            self.start,
            self.ask,
            self.pay,
            self.run,
            self.run,
            self.tick,
            self.answer,
            self.stale,
            self.pause,
        ]
        thing = self.random.choice(things)
        self.number += 1
        name = str(self.number)
        for _ in range(50):
            try:
                thing(name)
            except Crash:
                self.store.close()
                self.boot()
            except UnavailableError:
                continue  # the same process asks again
            else:
                return
        raise AssertionError(f"seed {self.seed}: it crashes for ever")

    def start(self, name: str) -> None:
        self.runtime.start("p", {"order": name}, actor=ANN, idempotency_key=f"start-{name}")
        self.wanted[name] = "p"

    def ask(self, name: str) -> None:
        with self.swallowed():
            self.runtime.publish("asked", name, {}, actor=ANN, message_id=name)
        self.wanted[name] = "s"

    def pay(self, name: str) -> None:
        waiting = sorted(name for name, process in self.wanted.items() if process == "p")
        if waiting:
            order = waiting[int(name) % len(waiting)]
            with self.swallowed():
                ttl = timedelta(days=900)
                self.runtime.publish(
                    "paid", order, {}, actor=ANN, message_id=f"pay-{order}", time_to_live=ttl
                )

    def run(self, name: str) -> None:
        del name
        self.worker.run_once()

    def tick(self, name: str) -> None:
        self.clock.set(self.clock() + timedelta(seconds=int(name) % 7 * 100))
        self.runtime.tick(limit=3)

    def answer(self, name: str) -> None:
        with self.store.read() as tx:
            tasks = queries.tasks(tx, groups=("boss",))
        if tasks:
            with self.swallowed():  # a second time it is done already
                command = c.CompleteTask(tasks[int(name) % len(tasks)].key, {"ok": True})
                self.runtime.execute(command, actor=ANN)

    def stale(self, name: str) -> None:
        """A second worker takes a job and completes it twice, late: at most one of these counts."""
        del name
        jobs = self.runtime.activate(["slow"], worker="other", lease=timedelta(seconds=1), limit=1)
        for job in jobs * 2:
            self.clock.advance(self.random.choice([0, 2]))
            with self.swallowed():
                command = c.CompleteJob(job.key, {})
                self.runtime.execute(command, actor=ANN, instance=job.instance, fence=job.fence)

    def pause(self, name: str) -> None:
        with self.store.read() as tx:
            active = queries.instances(tx, state="active")
        if active:
            root = active[int(name) % len(active)].key
            with self.swallowed():
                self.runtime.execute(c.SuspendInstance(root), actor=ANN)
            with self.swallowed():
                self.runtime.execute(c.ResumeInstance(root), actor=ANN)

    @contextmanager
    def swallowed(self) -> Iterator[None]:
        try:
            yield
        except UnavailableError:
            raise
        except MainspringError:
            return  # refused, as it may be: it was done before

    def finish(self) -> None:
        """No more crashes: everything that was begun must come to its end."""
        self.chance = 0.0
        for root in self.instances("suspended"):
            self.runtime.execute(c.ResumeInstance(root), actor=ANN)
        for _ in range(400):
            self.mend()
            if not self.worker.run_once() and not self.instances("active"):
                return
            self.runtime.tick()
            self.number += 1
            self.answer(str(self.number))
            for number in range(len(self.wanted)):
                self.pay(str(number))
            self.clock.advance(60)
        raise AssertionError(f"seed {self.seed}: not all instances ended")

    def mend(self) -> None:
        with self.store.read() as tx:
            found = queries.incidents(tx)
        for incident in found:
            assert incident.job is not None, f"seed {self.seed}: {incident}"
            self.runtime.execute(c.SetJobRetries(incident.job, 3), actor=ANN)
            self.runtime.execute(c.ResolveIncident(incident.key), actor=ANN)

    def instances(self, state: str) -> list[int]:
        with self.store.read() as tx:
            return [one.key for one in queries.instances(tx, state=state, limit=10_000)]


class Slow:
    """A costly handler: it commits its steps by themselves."""

    costly = True

    def __call__(self, job: Job, work: Work) -> Outcome:
        return Complete({"answer": work.step("think", lambda: job.element, repeatable=True)})


def rows(tx: Tx) -> dict[str, list[str]]:
    found = {}
    for table in PROJECTIONS:
        columns = [column for column in table.c if not (table.name == "jobs" and column.name in LEASED)]
        mine = tx.all(select(*columns).where(table.c.tenant_id == tx.tenant))
        if table.name == "element_counts":
            mine = [row for row in mine if any(row[3:])]
        found[table.name] = sorted(repr(tuple(row)) for row in mine)
    return found


def check(world: World) -> None:
    """What must hold at every moment."""
    seed = f"seed {world.seed}"
    with world.store.write() as tx:
        before = rows(tx)
        rebuild(tx)
        tx.flush()
        after = rows(tx)
        for name, mine in before.items():
            assert mine == after[name], f"{seed}: {name} differs from the log"
        for one in queries.instances(tx, state="active", limit=10_000):
            cached = world.runtime.session(tx).stream(one.key)
            read = load(tx, one.key)
            assert read is not None
            assert dumps(snapshot(cached.state)) == dumps(snapshot(read.state)), f"{seed}: stale {one.key}"
            assert cached.seq == read.seq


def check_all_done_once(world: World) -> None:
    """What must hold at the end: everything asked for was done, and every effect came once."""
    seed = f"seed {world.seed}"
    with world.store.read() as tx:
        done = queries.instances(tx, limit=10_000)
        names = counters.c.name.contains("-")
        query = select(counters.c.name, counters.c.value).where(counters.c.tenant_id == tx.tenant, names)
        effects = {row.name: row.value for row in tx.all(query)}
        positions = [entry.position for entry in log.read(tx, 0, 100_000)]
    assert positions == list(range(1, len(positions) + 1)), f"{seed}: the log has gaps"
    started = Counter(one.process_id for one in done)
    assert started == Counter(world.wanted.values()), f"{seed}: begun twice or lost"
    elements = {"p": ("a", "b"), "s": ("a",)}
    expected = {f"{one.key}-{element}": 1 for one in done for element in elements[one.process_id]}
    assert {name: value for name, value in effects.items() if value != expected.get(name)} == {}, seed
    assert set(effects) == set(expected), seed


@pytest.mark.parametrize("seed", range(5))
def test_crashes_at_any_commit_lose_nothing_and_double_nothing(
    open_again: Callable[[], Store], seed: int
) -> None:
    world = World(seed, open_again)
    world.chance = 0.15
    for number in range(60):
        world.act()
        if number % 20 == 19:
            world.calm(lambda: check(world))
    world.finish()
    check(world)
    check_all_done_once(world)


@pytest.mark.parametrize("seed", range(4))
def test_a_disk_or_server_that_fails_now_and_then_loses_nothing_and_doubles_nothing(
    open_again: Callable[[], Store], seed: int
) -> None:
    failures = Failures(random.Random(seed))  # noqa: S311 - seeded on purpose
    with failures.under_every_store():
        world = World(seed, open_again)
        for number in range(40):
            failures.rate = 0.06
            world.act()
            failures.rate = 0.0
            if number % 20 == 19:
                check(world)
        world.finish()
        check(world)
    assert failures.count > 0, f"seed {seed}: nothing ever failed"
    check_all_done_once(world)


@pytest.mark.parametrize("seed", range(3))
def test_a_clock_that_jumps_forth_and_back_loses_nothing_and_doubles_nothing(
    open_again: Callable[[], Store], seed: int
) -> None:
    world = World(seed, open_again)
    jumps = random.Random(seed)  # noqa: S311 - seeded on purpose
    latest = world.clock()
    world.chance = 0.05
    for number in range(40):
        world.clock.set(world.clock() + timedelta(seconds=jumps.choice([-90_000, -60, 0, 60, 90_000])))
        latest = max(latest, world.clock())
        world.act()
        if number % 20 == 19:
            world.calm(lambda: check(world))
    world.clock.set(latest)  # what was put off on the day furthest ahead is due at last
    world.finish()
    check(world)
    check_all_done_once(world)


def test_a_full_disk_is_said_so_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'small.db'}", "t")
    clock = VirtualClock()
    runtime = Runtime(store, clock=clock, keys=KeyGenerator(clock, store.node()), guard=AllowAll())
    runtime.deploy({"p.bpmn": MODEL}, ANN)
    with store.write() as tx:
        pages = tx.raw("PRAGMA page_count")[0][0]
        tx.raw(f"PRAGMA max_page_count = {pages + 4}")
    started = []
    with pytest.raises(UnavailableError, match="full"):
        started += [runtime.start("p", {"order": "x" * 4000}, actor=ANN) for _ in range(100)]
    with store.read() as tx:
        before = len(queries.instances(tx, limit=1000))
    with store.write() as tx:
        tx.raw("PRAGMA max_page_count = 1000000")
        rebuilt = rows(tx)
        rebuild(tx)
        assert rows(tx) == rebuilt
    runtime.start("p", {"order": "y"}, actor=ANN)
    with store.read() as tx:
        assert len(queries.instances(tx, limit=1000)) == before + 1
    store.close()
