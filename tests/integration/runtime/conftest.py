"""A runtime on each store, with a virtual clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Job, Runtime
from mainspring.simulation import VirtualClock
from mainspring.store import Store
from mainspring.store.keys import KeyGenerator

ANN = Actor("person", "ann")
LEASE = timedelta(minutes=1)


@dataclass
class Bench:
    """A runtime and what tests need around it."""

    store: Store
    clock: VirtualClock
    runtime: Runtime

    def deploy(self, data: bytes, name: str = "model.bpmn") -> Any:
        return self.runtime.deploy({name: data}, ANN)

    def start(self, process_id: str, **variables: Any) -> int:
        return self.runtime.start(process_id, variables, actor=ANN)

    def take(self, *types: str, limit: int = 10, worker: str = "w1") -> list[Job]:
        return self.runtime.activate(types, worker=worker, lease=LEASE, limit=limit)

    def complete(self, job: Job, **variables: Any) -> list[Any]:
        command = c.CompleteJob(job.key, variables)
        return self.runtime.execute(command, actor=ANN, instance=job.instance, fence=job.fence)

    def execute(self, command: Any, **more: Any) -> list[Any]:
        return self.runtime.execute(command, actor=ANN, **more)

    def publish(
        self, name: str, key: str, seconds: int = 3600, message_id: str | None = None, **variables: Any
    ) -> int:
        ttl = timedelta(seconds=seconds)
        return self.runtime.publish(name, key, variables, actor=ANN, time_to_live=ttl, message_id=message_id)


def bench_on(store: Store, clock: VirtualClock | None = None) -> Bench:
    clock = clock if clock is not None else VirtualClock()
    keys = KeyGenerator(clock, store.node())
    return Bench(store, clock, Runtime(store, clock=clock, keys=keys, guard=AllowAll()))


@pytest.fixture
def bench(store: Store) -> Bench:
    return bench_on(store)


@pytest.fixture
def new_bench(open_again: Callable[[], Store]) -> Callable[..., Bench]:
    """Another process on the same database: a store, caches and keys of its own."""

    def call(clock: VirtualClock | None = None) -> Bench:
        return bench_on(open_again(), clock)

    return call
