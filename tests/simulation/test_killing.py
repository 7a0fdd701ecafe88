"""Killed at any moment and started again, a process goes on where it was; two that race do nothing twice."""

import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Job, Runtime, queries
from mainspring.runtime.outcomes import Complete, Outcome, Work
from mainspring.runtime.worker import Worker
from mainspring.store import Store
from mainspring.store.keys import KeyGenerator
from mainspring.store.log import read
from mainspring.store.tables import counters
from mainspring.testing import drawing as d

SCRIPT = Path(__file__).with_name("killed.py")
OUTSIDE = Path(__file__).with_name("killed_outside.py")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN = Actor("person", "ann")
INSTANCES = 30


def run(store: Store, lines: int | None, script: Path = SCRIPT, *more: str) -> list[str]:
    """Run the process, kill it after so many lines of output (None: let it end); gives what it said."""
    url = store.url.render_as_string(hide_password=False)
    command = [sys.executable, str(script), url, str(INSTANCES), store.tenant, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if lines is not None and len(said) >= lines:
                process.send_signal(signal.SIGKILL)
                break
    return said


def effects(store: Store) -> dict[str, int]:
    with store.read() as tx:
        query = select(counters.c.name, counters.c.value).where(counters.c.tenant_id == tx.tenant)
        return {row.name: row.value for row in tx.all(query) if "-" in row.name}


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_process_loses_nothing_it_acknowledged_and_doubles_nothing(
    open_again: Callable[[], Store], seed: int
) -> None:
    store = open_again()
    chance = random.Random(seed)  # noqa: S311 - seeded on purpose
    acknowledged: set[str] = set()
    for _ in range(4):
        acknowledged |= set(run(store, chance.randrange(1, INSTANCES)))
        with store.read() as tx:
            assert len(queries.instances(tx)) >= len(acknowledged), f"seed {seed}"
    assert run(store, None)[-1] == "done", f"seed {seed}"
    with store.read() as tx:
        assert {one.state for one in queries.instances(tx)} == {"completed"}
        positions = [entry.position for entry in read(tx, 0, 10_000)]
    assert positions == list(range(1, len(positions) + 1))
    expected = {f"n{number}-t{step}": 1 for number in range(INSTANCES) for step in range(4)}
    assert effects(store) == expected, f"seed {seed}"


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_worker_repeats_outside_only_what_its_journal_says_may_be(
    open_again: Callable[[], Store], tmp_path: Path, seed: int
) -> None:
    store, outside = open_again(), tmp_path / "outside"
    chance = random.Random(seed)  # noqa: S311 - seeded on purpose
    for _ in range(3):
        run(store, chance.randrange(1, INSTANCES // 2), OUTSIDE, str(outside))
    run(store, None, OUTSIDE, str(outside))
    acts = Counter(outside.read_text().splitlines())
    with store.read() as tx:
        in_doubt = {one.instance: one.message for one in queries.incidents(tx)}
        states = {one.key: one.state for one in queries.instances(tx, limit=1000)}
        names = {key: queries.variables(tx, key)["name"] for key in states}
    assert len(states) == INSTANCES, f"seed {seed}"
    for key, state in states.items():
        sent, looked = acts[f"send {names[key]}"], acts[f"look {names[key]}"]
        assert looked >= 1, f"seed {seed}"
        assert sent <= 1, f"seed {seed}: {names[key]} was sent {sent} times"
        assert (state, sent) == ("completed", 1) or "'send'" in in_doubt[key], f"seed {seed}: {names[key]}"


def handler(job: Job, work: Work) -> Outcome:
    work.tx.count(f"{job.instance}-{job.element}", 1)
    return Complete()


def test_two_nodes_that_race_do_every_job_once(open_again: Callable[[], Store]) -> None:
    stores = [open_again() for _ in range(3)]
    nodes = [
        Runtime(store, clock=lambda: NOON, keys=KeyGenerator(lambda: NOON, store.node()), guard=AllowAll())
        for store in stores
    ]
    nodes[0].deploy({"p.bpmn": d.sequence("p", d.service("a", "work"), d.service("b", "work"))}, ANN)
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for order in range(20):
                nodes[number].start("p", {}, actor=ANN, idempotency_key=f"order-{order}")
            worker = Worker(nodes[number], {"work": handler}, f"w{number}", batch=5)
            idle = 0
            while idle < 3:
                idle = 0 if worker.run_once() else idle + 1
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            problems.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    last = Worker(nodes[0], {"work": handler}, "last")
    while last.run_once():
        pass
    with stores[0].read() as tx:
        done = queries.instances(tx)
    assert [one.state for one in done] == ["completed"] * 20
    assert effects(stores[0]) == {f"{one.key}-{step}": 1 for one in done for step in "ab"}
