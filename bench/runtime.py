"""How fast durable processes run: every completion a command of its own, on the disk before it is answered.

    python -m bench.runtime [--peers FOLDER] [--tasks 20000] [--at-once 500] [--callers 16]
                            [--postgres postgresql+psycopg://user@host/database]

SQLite runs with its write-ahead log and synchronous=FULL, PostgreSQL with its defaults. Commands of many
instances are committed together; each is decided, refused or done by itself. What is timed: starting every
instance by a command of its own, completing all its tasks, so many instances at once and then the next ones,
and sealing the evidence of all that while the work goes on; the time ends when the last event is sealed.
Sealing hashes in a process of its own, as `mainspring serve` does with long backlogs; the last column has it
in the same process.

SpiffWorkflow commits each task to its database (SQLite or the same PostgreSQL), bpmn-engine writes its state
to a file; the start of an instance is timed and written there too. The latency of fsync stands beside, before
and after, since it bounds what single commits can do.

Three ways: one caller with 256 commands on their way (`Runtime.submit`), callers in threads that wait for
each answer (`Runtime.execute`), and a worker that runs its handlers in the transaction of the completion.
"""

import argparse
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, TypeVar

from bench import disk
from bench.peers.beside import node_rate, spiff_rate
from bench.workloads import WORKLOADS

from mainspring.app.collector import settle
from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.govern.apart import Apart
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.runtime import AllowAll, Runtime
from mainspring.runtime.outcomes import Complete
from mainspring.runtime.worker import Worker
from mainspring.store import Store, open_store
from mainspring.store.keys import KeyGenerator, utc_now

ON_THEIR_WAY = 256
SEAL_EVERY = 0.25  # seconds; the server does it every 10
ANN = Actor("person", "ann")
_OPEN: dict[str, Callable[[int, dict[str, Any]], Any]] = {
    "SELECT key, root FROM jobs WHERE tenant_id = ?": c.CompleteJob,
    "SELECT key, root FROM tasks WHERE tenant_id = ?": c.CompleteTask,
}
"""Where open work stands, and the command that completes it; read on the driver, since it is timed, too."""
T = TypeVar("T")
SAME = "sealed in the same process"
TASKS_OF = {
    "sequence of 10": 10,
    "5 parallel branches": 5,
    "multi-instance of 300": 300,
    "multi-instance of 3,000": 3000,
    "waiting for a person": 1,
}


class Work(NamedTuple):
    """A completion to be sent, and the root instance it is for."""

    command: Any
    instance: int


class Amount(NamedTuple):
    """So many instances at once, so many times."""

    at_once: int
    times: int


class Way(NamedTuple):
    """How the work is done, and whether the evidence is hashed in a process of its own."""

    run: Callable[[Runtime, int], int]
    apart: bool = True


def fsync_latency(folder: Path, rounds: int = 100) -> float:
    """Median seconds of appending a page to a file and forcing it to the disk."""
    times = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(rounds):
            file.write(b"x" * 4096)
            file.flush()
            begun = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    return median(times)


def deployed(store: Store, model: str) -> Runtime:
    """A runtime that knows the model."""
    runtime = Runtime(store, clock=utc_now, keys=KeyGenerator(utc_now, store.node()), guard=AllowAll())
    runtime.deploy({"p.bpmn": model.encode()}, ANN)
    return runtime


def started(runtime: Runtime, instances: int) -> None:
    """Bring so many instances to their first tasks, each by a command of its own."""
    for first in range(0, instances, ON_THEIR_WAY):
        many = range(first, min(first + ON_THEIR_WAY, instances))
        answers = [runtime.hand_in(lambda tx: runtime.start("p", {}, actor=ANN, tx=tx)) for _ in many]
        for answer in answers:
            answer.result()


def open_work(store: Store) -> list[Work]:
    """All that can be completed now."""
    with store.read() as tx:
        return [
            Work(command(key, {}), root)
            for sql, command in _OPEN.items()
            for key, root in tx.raw(tx.statements.constant(sql), (tx.tenant,))
        ]


def by_one(runtime: Runtime, instances: int) -> int:
    """Start and complete everything with one caller that has many commands on their way."""
    started(runtime, instances)
    done = 0
    while work := open_work(runtime.store):
        for first in range(0, len(work), ON_THEIR_WAY):
            part = work[first : first + ON_THEIR_WAY]
            answers = [runtime.submit(one.command, actor=ANN, instance=one.instance) for one in part]
            for answer in answers:
                answer.result()
        done += len(work)
    return done


def by_callers(runtime: Runtime, instances: int, callers: int) -> int:
    """Start and complete everything from so many threads, each waiting for every answer."""
    each = range(instances)
    at_once(callers, each, lambda _: runtime.start("p", {}, actor=ANN))
    done = 0
    while work := open_work(runtime.store):
        at_once(callers, work, lambda one: runtime.execute(one.command, actor=ANN, instance=one.instance))
        done += len(work)
    return done


def at_once(callers: int, work: Sequence[T], do: Callable[[T], object]) -> None:
    """Do all of the work from so many threads."""

    def call(number: int) -> None:
        for one in work[number::callers]:
            do(one)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def by_worker(runtime: Runtime, instances: int) -> int:
    """Start as one caller, complete all jobs with one worker."""
    started(runtime, instances)
    worker = Worker(runtime, {"work": lambda _job, _work: Complete()}, "bench", batch=ON_THEIR_WAY)
    done = 0
    while count := worker.run_once():
        done += count
    return done


@contextmanager
def sealed(store: Store, apart: Apart | None) -> Iterator[None]:
    """The evidence follows the log; at the end all of it is sealed."""
    sealer = Sealer(store, Signer(secrets.token_bytes(32)), apart)
    ended = threading.Event()

    def follow() -> None:
        while not ended.wait(SEAL_EVERY):
            sealer.seal(now=utc_now())

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        sealer.seal(now=utc_now())


def amount(name: str, given: argparse.Namespace) -> Amount:
    """What makes up the tasks wanted of a workload."""
    at_once = max(1, min(given.at_once, given.tasks // TASKS_OF[name]))
    return Amount(at_once, max(1, given.tasks // (at_once * TASKS_OF[name])))


def rate(store: Store, model: str, wanted: Amount, way: Way) -> float:
    """Tasks a second."""
    runtime = deployed(store, model)
    apart = Apart(store) if way.apart else None
    if apart is not None:
        apart.grown(0, 0)  # the process of a server is there already
    begun = time.perf_counter()
    with sealed(store, apart):
        done = sum(way.run(runtime, wanted.at_once) for _ in range(wanted.times))
    seconds = time.perf_counter() - begun
    if apart is not None:
        apart.close()
    store.close()
    return done / seconds


def ways(callers: int) -> dict[str, Way]:
    """Column to how the work is done."""
    return {
        f"one caller, {ON_THEIR_WAY} on their way": Way(by_one),
        f"{callers} callers": Way(partial(by_callers, callers=callers)),
        "worker": Way(by_worker),
        f"one caller, {SAME}": Way(by_one, apart=False),
    }


def print_table(
    title: str, opened: Callable[[], Store], given: argparse.Namespace, address: str = ""
) -> None:
    """One store: all workloads, all ways; SpiffWorkflow in the same, an SQLite file where no address is."""
    columns = ways(given.callers)
    print(f"\n{title}, tasks a second\n")
    ratios = f"SpiffWorkflow | times | times, {SAME} | bpmn-engine | times"
    print(f"| workload | {' | '.join(columns)} | {ratios} |")
    print("|---|" + "---:|" * (len(columns) + 5))
    for name, build in WORKLOADS.items():
        wanted = amount(name, given)
        before = others(given, build(), address)
        rates: dict[str, float] = {}
        for way, how in columns.items():
            if how.run is not by_worker or name != "waiting for a person":
                found = [rate(opened(), build(), wanted, how) for _ in range(given.rounds)]
                rates[way] = median(found)
        after = others(given, build(), address)
        spiff, node = ((one + two) / 2 for one, two in zip(before, after, strict=True))
        first, *_, last = rates.values()
        cells = [f"{rates[way]:,.0f}" if way in rates else "-" for way in columns]
        cells += [f"{spiff:,.0f}", f"{first / spiff:.1f}", f"{last / spiff:.1f}"] if spiff else ["-"] * 3
        cells += [f"{node:,.0f}", f"{first / node:.1f}"] if node else ["-"] * 2
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def others(given: argparse.Namespace, xml: str, address: str) -> tuple[float, float]:
    """What SpiffWorkflow and bpmn-engine reach with each task durable."""
    spiff = spiff_rate(given.peers, xml, given.seconds, durable=address or True)
    return spiff, 0.0 if address else node_rate(given.peers, xml, given.seconds, durable=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="the folder of the other engines")
    parser.add_argument("--tasks", type=int, default=20_000)
    parser.add_argument("--at-once", type=int, default=500, help="instances; the next follow when they ended")
    parser.add_argument("--callers", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3, help="of each measurement; the median counts")
    parser.add_argument("--seconds", type=float, default=3.0, help="for the others, twice")
    parser.add_argument("--postgres", help="address of a database, as a role that row-level security binds")
    given = parser.parse_args()
    settle()  # as the server does
    with disk.folder() as folder:
        place = Path(folder)
        files = iter(range(1000))
        print(f"fsync of a page: {fsync_latency(place) * 1e6:.0f} us (median of 100)")
        opened = lambda: open_store(f"sqlite:///{place / f'{next(files)}.db'}", "bench")  # noqa: E731
        print_table("SQLite, synchronous=FULL", opened, given)
        if given.postgres:
            tenants = iter(range(int(time.time()), int(time.time()) + 1000))
            opened = lambda: open_store(given.postgres, f"bench-{next(tenants)}")  # noqa: E731
            print_table("PostgreSQL", opened, given, given.postgres)
        print(f"\nfsync of a page: {fsync_latency(place) * 1e6:.0f} us (median of 100)")


if __name__ == "__main__":
    main()
