"""How fast durable processes run: ten service tasks in a row, every commit on the disk before it counts.

Two ways of completing jobs: a worker that does them in batches, and callers in threads of whom each sends
every completion as a command of its own (group commit puts those together that wait at the same time). The
latency of fsync on this disk stands beside, since it bounds what single commits can do.

python bench/runtime.py [--instances 500] [--callers 16] [--postgres
postgresql+psycopg://user@host/database]
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Runtime
from mainspring.runtime.outcomes import Complete
from mainspring.runtime.worker import Worker
from mainspring.store import Store, open_store
from mainspring.store.keys import KeyGenerator, utc_now
from mainspring.store.log import last_position
from mainspring.testing import drawing

STEPS = 10
ANN = Actor("person", "ann")
MODEL = drawing.sequence("p", *(drawing.service(f"t{n}", "work") for n in range(STEPS)))


class Figures(NamedTuple):
    """One line of the table."""

    store: str
    way: str
    jobs: int
    seconds: float
    events: int


def fsync_latency(folder: Path, rounds: int = 200) -> float:
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


def started(store: Store, instances: int) -> Runtime:
    """A runtime with so many instances at their first task."""
    runtime = Runtime(store, clock=utc_now, keys=KeyGenerator(utc_now, store.node()), guard=AllowAll())
    runtime.deploy({"p.bpmn": MODEL}, ANN)
    with store.write() as tx:
        for number in range(instances):
            runtime.start("p", {"order": number}, actor=ANN, tx=tx)
    return runtime


def in_batches(runtime: Runtime, batch: int) -> int:
    """Complete all jobs with one worker."""
    worker = Worker(runtime, {"work": lambda job, _: Complete({"last": job.element})}, "bench", batch=batch)
    done = 0
    while count := worker.run_once():
        done += count
    return done


def by_callers(runtime: Runtime, callers: int) -> int:
    """Complete all jobs one by one from so many threads."""
    counts = [0] * callers

    def call(number: int) -> None:
        name = f"caller-{number}"
        while taken := runtime.activate(("work",), worker=name, lease=timedelta(minutes=5), limit=32):
            for job in taken:
                command = c.CompleteJob(job.key, {"last": job.element})
                runtime.execute(command, actor=ANN, instance=job.instance, fence=job.fence)
                counts[number] += 1

    threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def measured(name: str, way: str, store: Store, instances: int, run: Callable[[Runtime], int]) -> Figures:
    """Start the instances, then time how all their jobs are done."""
    runtime = started(store, instances)
    with store.read() as tx:
        before = last_position(tx)
    begun = time.perf_counter()
    jobs = run(runtime)
    seconds = time.perf_counter() - begun
    with store.read() as tx:
        events = last_position(tx) - before
    store.close()
    return Figures(name, way, jobs, seconds, events)


def figures(open_one: Callable[[], Store], name: str, instances: int, callers: int) -> Iterator[Figures]:
    """The lines of one store."""
    for batch in (64, 512):
        way = f"worker, batches of {batch}"
        yield measured(name, way, open_one(), instances, partial(in_batches, batch=batch))
    way = f"{callers} callers, one command a job"
    yield measured(name, way, open_one(), instances, lambda runtime: by_callers(runtime, callers))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--instances", type=int, default=500)
    parser.add_argument("--callers", type=int, default=16)
    parser.add_argument(
        "--postgres", help="address of an empty database, as a role that row-level security binds"
    )
    options = parser.parse_args()
    lines: list[Figures] = []
    with tempfile.TemporaryDirectory(dir=".") as folder:
        place = Path(folder)
        print(f"fsync of a page: {fsync_latency(place) * 1e6:.0f} us (median of 200)\n")
        files = iter(range(1000))

        def sqlite() -> Store:
            return open_store(f"sqlite:///{place / f'{next(files)}.db'}", "bench")

        lines += figures(sqlite, "SQLite, synchronous=FULL", options.instances, options.callers)
        if options.postgres:
            tenants = iter(range(int(time.time()), int(time.time()) + 1000))
            lines += figures(
                lambda: open_store(options.postgres, f"bench-{next(tenants)}"),
                "PostgreSQL",
                options.instances,
                options.callers,
            )
    print("| store | how | jobs | jobs/s | us a job | us an event |\n|---|---|---:|---:|---:|---:|")
    for one in lines:
        per_job, per_event = one.seconds / one.jobs * 1e6, one.seconds / one.events * 1e6
        rate = one.jobs / one.seconds
        print(f"| {one.store} | {one.way} | {one.jobs} | {rate:,.0f} | {per_job:.0f} | {per_event:.0f} |")


if __name__ == "__main__":
    main()
