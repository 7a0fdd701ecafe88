"""A process that is to be killed while its worker acts on the outside: a file in which each act is a line.

python killed_outside.py DATABASE INSTANCES TENANT FILE
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Job, Runtime
from mainspring.runtime.outcomes import Complete, Outcome, Work
from mainspring.runtime.worker import Worker
from mainspring.store import open_store
from mainspring.store.keys import KeyGenerator, utc_now
from mainspring.testing import drawing

MODEL = drawing.sequence("p", drawing.service("t", "outside"))
ANN = Actor("person", "ann")
LEASE = timedelta(seconds=0.5)


class Outside:
    """A costly handler: it looks, which may be done twice, and sends, which may not."""

    costly = True

    def __init__(self, file: int) -> None:
        self.file = file

    def __call__(self, job: Job, work: Work) -> Outcome:
        """Two steps."""
        name = job.variables["name"]
        work.step("look", self.act(f"look {name}"), repeatable=True)
        work.step("send", self.act(f"send {name}"))
        return Complete()

    def act(self, what: str) -> Callable[[], None]:
        """An act on the outside, said on standard output too."""

        def do() -> None:
            os.write(self.file, f"{what}\n".encode())
            sys.stdout.write(f"{what}\n")
            sys.stdout.flush()

        return do


def main() -> None:
    """Start what is not started yet, do what can be done."""
    store = open_store(sys.argv[1], sys.argv[3])
    runtime = Runtime(store, clock=utc_now, keys=KeyGenerator(utc_now, store.node()), guard=AllowAll())
    runtime.deploy({"p.bpmn": MODEL}, ANN)
    for number in range(int(sys.argv[2])):
        runtime.start("p", {"name": f"n{number}"}, actor=ANN, idempotency_key=f"start-{number}")
    file = os.open(sys.argv[4], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    worker = Worker(runtime, {"outside": Outside(file)}, "w", lease=LEASE)
    while worker.run_once() or runtime.next_due() is not None:
        time.sleep(0.01)  # what a killed worker has leased is free when the lease ends


if __name__ == "__main__":
    main()
