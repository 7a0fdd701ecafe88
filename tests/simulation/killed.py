"""A process that is to be killed: it starts instances and works on them, and says what was acknowledged.

python killed.py DATABASE INSTANCES TENANT
"""

import sys

from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Job, Runtime
from mainspring.runtime.outcomes import Complete, Outcome, Work
from mainspring.runtime.worker import Worker
from mainspring.store import open_store
from mainspring.store.keys import KeyGenerator, utc_now
from mainspring.testing import drawing

MODEL = drawing.sequence("p", *(drawing.service(f"t{n}", "work") for n in range(4)))
ANN = Actor("person", "ann")


def handler(job: Job, work: Work) -> Outcome:
    """Count that it was done, in the transaction of the job."""
    work.tx.count(f"{job.variables['name']}-{job.element}", 1)
    return Complete()


def main() -> None:
    """Start what is not started yet, do what is to be done."""
    url, instances = sys.argv[1], int(sys.argv[2])
    store = open_store(url, sys.argv[3])
    runtime = Runtime(store, clock=utc_now, keys=KeyGenerator(utc_now, store.node()), guard=AllowAll())
    runtime.deploy({"p.bpmn": MODEL}, ANN)
    worker = Worker(runtime, {"work": handler}, "w", batch=3)
    for number in range(instances):
        runtime.start("p", {"name": f"n{number}"}, actor=ANN, idempotency_key=f"start-{number}")
        sys.stdout.write(f"started {number}\n")
        sys.stdout.flush()
        worker.run_once()
    while worker.run_once():
        pass
    sys.stdout.write("done\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
