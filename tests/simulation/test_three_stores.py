"""Random sound processes: the same in memory, on SQLite and PostgreSQL; a crash at any commit is survived."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainspring.store import Store, Tx, open_store
from mainspring.store.log import read
from mainspring.store.states import load
from mainspring.testing import Simulation
from mainspring.testing.simulation import InstanceView
from mainspring.testing.soundness import Sound, sound_processes

JOB_TYPE = re.compile(rb'taskDefinition type="([^"]+)"')
Opened = Callable[[], Store]
FEW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


class Crash(Exception):  # noqa: N818 - what happens
    """The process is killed here."""


def simulated(process: Sound, store: Store | None) -> Simulation:
    sim = Simulation(store=store)
    sim.deploy(process.xml)
    for job_type in set(JOB_TYPE.findall(process.xml)):
        sim.on(job_type.decode(), lambda job: {job.element_id: "done"})
    return sim


def outcome(view: InstanceView) -> tuple[object, ...]:
    steps = [(entry.type, entry.element, entry.seq) for entry in view.history]
    return view.state, view.variables, view.active, steps


def ran(process: Sound, store: Store | None) -> tuple[object, ...]:
    sim = simulated(process, store)
    key = sim.start("p", {"n": process.number})
    sim.run()
    view = sim.instance(key)
    assert view.state == "completed"
    return outcome(view)


@pytest.fixture
def file(tmp_path: Path) -> Opened:
    return lambda: open_store(f"sqlite:///{tmp_path / uuid4().hex}.db", "t")


@FEW
@given(sound_processes())
def test_a_file_gives_what_memory_gives(file: Opened, process: Sound) -> None:
    store = file()
    assert ran(process, store) == ran(process, None)
    store.close()


@pytest.mark.postgres
@FEW
@given(sound_processes())
def test_postgresql_gives_what_memory_gives(postgres_url: str, process: Sound) -> None:
    store = open_store(postgres_url, uuid4().hex)
    assert ran(process, store) == ran(process, None)
    store.close()


def crashing(store: Store, at: int, *, after: bool) -> None:
    """Let the process die at that transaction, before or after its commit."""
    writing, seen = store.write, [0]

    @contextmanager
    def write(*, durable: bool = True) -> Iterator[Tx]:
        seen[0] += 1
        with writing(durable=durable) as tx:
            yield tx
            if seen[0] == at and not after:
                raise Crash
        if seen[0] == at:
            raise Crash

    store.write = write  # type: ignore[method-assign] # the fault is put in here


@FEW
@given(sound_processes(), st.integers(1, 12), st.booleans())
def test_a_crash_at_any_commit_is_survived(
    tmp_path: Path,
    process: Sound,
    at: int,
    after: bool,  # noqa: FBT001 - drawn
) -> None:
    url = f"sqlite:///{tmp_path / uuid4().hex}.db"
    store = open_store(url, "t")
    sim = simulated(process, store)
    key = sim.start("p", {"n": process.number})
    crashing(store, at, after=after)
    try:
        sim.run()
    except Crash:
        store.close()
        store = open_store(url, "t")
        sim = simulated(process, store)
        sim.run()
    view = sim.instance(key)
    assert view.state == "completed", f"crash at commit {at}"
    kinds = Counter(entry.type for entry in view.history)
    assert kinds["JobCreated"] == kinds["JobCompleted"] + kinds["JobCanceled"]
    with store.read() as tx:
        positions = [entry.position for entry in read(tx, 0, 100_000)]
        loaded = load(tx, key)
    assert positions == list(range(1, len(positions) + 1))
    assert loaded is not None
    assert not loaded.state.elements
    store.close()
