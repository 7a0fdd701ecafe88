"""How fast durable processes run: every completion a command of its own, on the disk before it is answered.

    python -m bench.runtime [--peers FOLDER] [--tasks 3000] [--callers 16]
                            [--postgres postgresql+psycopg://user@host/database]

SQLite runs with its write-ahead log and synchronous=FULL, PostgreSQL with its defaults. Commands of many
instances are committed together; each is decided, refused or done by itself. The evidence is sealed by the
same process while the work goes on, and the time ends when the last event is sealed. SpiffWorkflow
commits each task to SQLite, bpmn-engine writes its state to a file. The latency of fsync stands beside,
before and after, since it bounds what single commits can do.

Three ways: one caller with 256 commands on their way (`Runtime.submit`), callers in threads that wait for
each answer (`Runtime.execute`), and a worker that runs its handlers in the transaction of the completion.
"""

import argparse
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.peers.beside import node_rate, spiff_rate
from bench.workloads import WORKLOADS
from sqlalchemy import select

from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.runtime import AllowAll, Runtime
from mainspring.runtime.outcomes import Complete
from mainspring.runtime.worker import Worker
from mainspring.store import Store, open_store
from mainspring.store.keys import KeyGenerator, utc_now
from mainspring.store.log import last_position
from mainspring.store.process_tables import jobs, tasks

ON_THEIR_WAY = 256
SEAL_EVERY = 0.1  # seconds
ANN = Actor("person", "ann")
Rates = dict[str, float]
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


def started(store: Store, model: str, instances: int) -> Runtime:
    """A runtime with so many instances at their first tasks."""
    runtime = Runtime(store, clock=utc_now, keys=KeyGenerator(utc_now, store.node()), guard=AllowAll())
    runtime.deploy({"p.bpmn": model.encode()}, ANN)
    with store.write() as tx:
        for _ in range(instances):
            runtime.start("p", {}, actor=ANN, tx=tx)
    return runtime


def open_work(store: Store) -> list[Work]:
    """All that can be completed now."""
    with store.read() as tx:
        own = select(jobs.c.key, jobs.c.root).where(jobs.c.tenant_id == tx.tenant)
        people = select(tasks.c.key, tasks.c.root).where(tasks.c.tenant_id == tx.tenant)
        found = [Work(c.CompleteJob(int(row.key), {}), int(row.root)) for row in tx.all(own)]
        return found + [Work(c.CompleteTask(int(row.key), {}), int(row.root)) for row in tx.all(people)]


def by_one(runtime: Runtime) -> int:
    """Complete everything with one caller that has many commands on their way."""
    done = 0
    while work := open_work(runtime.store):
        for first in range(0, len(work), ON_THEIR_WAY):
            part = work[first : first + ON_THEIR_WAY]
            answers = [runtime.submit(one.command, actor=ANN, instance=one.instance) for one in part]
            for answer in answers:
                answer.result()
        done += len(work)
    return done


def by_callers(runtime: Runtime, callers: int) -> int:
    """Complete everything from so many threads, each waiting for every answer."""
    done = 0
    while work := open_work(runtime.store):

        def call(number: int, work: list[Work] = work) -> None:
            for one in work[number::callers]:
                runtime.execute(one.command, actor=ANN, instance=one.instance)

        threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        done += len(work)
    return done


def by_worker(runtime: Runtime) -> int:
    """Complete all jobs with one worker."""
    worker = Worker(runtime, {"work": lambda _job, _work: Complete()}, "bench", batch=ON_THEIR_WAY)
    done = 0
    while count := worker.run_once():
        done += count
    return done


@contextmanager
def sealed(store: Store) -> Iterator[None]:
    """The evidence follows the log in this process; at the end all of it is sealed."""
    sealer = Sealer(store, Signer(secrets.token_bytes(32)))
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


def rate(store: Store, model: str, instances: int, run: Callable[[Runtime], int]) -> tuple[float, float]:
    """Tasks a second, and microseconds an event."""
    runtime = started(store, model, instances)
    with store.read() as tx:
        before = last_position(tx)
    begun = time.perf_counter()
    with sealed(store):
        done = run(runtime)
    seconds = time.perf_counter() - begun
    with store.read() as tx:
        events = last_position(tx) - before
    store.close()
    return done / seconds, seconds / events * 1e6


def ways(callers: int) -> dict[str, Callable[[Runtime], int]]:
    """Column to how the work is done."""
    return {
        f"one caller, {ON_THEIR_WAY} on their way": by_one,
        f"{callers} callers": partial(by_callers, callers=callers),
        "worker": by_worker,
    }


def print_table(title: str, opened: Callable[[], Store], given: argparse.Namespace, peers: Rates) -> None:
    """One store: all workloads, all ways; `peers` holds what the others reach, measured beside."""
    columns = ways(given.callers)
    print(f"\n{title}, tasks a second\n")
    print(f"| workload | {' | '.join(columns)} | SpiffWorkflow | times | bpmn-engine | times |")
    print("|---|" + "---:|" * (len(columns) + 4))
    for name, build in WORKLOADS.items():
        instances = max(1, given.tasks // TASKS_OF[name])
        cells, best = [], 0.0
        for way, run in columns.items():
            if run is by_worker and name == "waiting for a person":
                cells.append("-")
                continue
            found, _ = rate(opened(), build(), instances, run)
            cells.append(f"{found:,.0f}")
            best = found if way == next(iter(columns)) else best
        for peer in ("spiff", "node"):
            other = peers.get(f"{peer} {name}") or measured(peers, peer, name, given)
            cells += [f"{other:,.0f}", f"{best / other:.1f}"] if other else ["-", "-"]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def measured(peers: Rates, peer: str, name: str, given: argparse.Namespace) -> float:
    """What another engine reaches with each task durable; kept for the next table."""
    run = spiff_rate if peer == "spiff" else node_rate
    found = run(given.peers, WORKLOADS[name](), given.seconds, durable=True)
    return peers.setdefault(f"{peer} {name}", found)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="the folder of the other engines")
    parser.add_argument("--tasks", type=int, default=3000)
    parser.add_argument("--callers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=3.0, help="for the other engines")
    parser.add_argument("--postgres", help="address of a database, as a role that row-level security binds")
    given = parser.parse_args()
    peers: Rates = {}
    with tempfile.TemporaryDirectory(dir=".") as folder:
        place = Path(folder)
        files = iter(range(1000))
        print(f"fsync of a page: {fsync_latency(place) * 1e6:.0f} us (median of 100)")
        opened = lambda: open_store(f"sqlite:///{place / f'{next(files)}.db'}", "bench")  # noqa: E731
        print_table("SQLite, synchronous=FULL", opened, given, peers)
        if given.postgres:
            tenants = iter(range(int(time.time()), int(time.time()) + 1000))
            opened = lambda: open_store(given.postgres, f"bench-{next(tenants)}")  # noqa: E731
            print_table("PostgreSQL", opened, given, peers)
        print(f"\nfsync of a page: {fsync_latency(place) * 1e6:.0f} us (median of 100)")


if __name__ == "__main__":
    main()
