"""Timers: durations, cycles, timer starts, late clocks."""

from datetime import timedelta
from typing import Any

from mainspring.engine import commands as c
from mainspring.runtime import queries
from mainspring.testing import drawing as d

LATER = d.sequence("p", d.wait("wait", "PT1H"), d.service("work", "work"))


def roots(bench: Any) -> int:
    with bench.store.read() as tx:
        return len(queries.instances(tx, roots_only=True))


def test_a_timer_fires_when_its_time_has_come(bench: Any) -> None:
    bench.deploy(LATER)
    bench.start("p")
    assert bench.runtime.next_due() == bench.clock() + timedelta(hours=1)
    bench.clock.advance(3599)
    assert bench.runtime.tick() == 0
    bench.clock.advance(1)
    assert bench.runtime.tick() == 1
    assert len(bench.take("work")) == 1
    assert bench.runtime.tick() == 0


def test_nothing_is_due_when_nothing_waits(bench: Any) -> None:
    bench.deploy(LATER)
    root = bench.start("p")
    bench.execute(c.CancelInstance(root))
    assert bench.runtime.next_due() is None


def test_a_suspended_instance_fires_its_timer_when_it_goes_on(bench: Any) -> None:
    bench.deploy(LATER)
    root = bench.start("p")
    bench.execute(c.SuspendInstance(root))
    bench.clock.advance(7200)
    assert bench.runtime.tick() == 0
    bench.execute(c.ResumeInstance(root))
    assert bench.runtime.tick() == 1


def test_a_tick_does_no_more_than_it_is_allowed(bench: Any) -> None:
    bench.deploy(LATER)
    for _ in range(5):
        bench.start("p")
    bench.clock.advance(3600)
    assert [bench.runtime.tick(limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_cycle_starts_an_instance_each_time(bench: Any) -> None:
    start = d.on_timer("timeCycle", "R3/PT10M")
    bench.deploy(d.sequence("p", d.service("work", "work"), start=start))
    seen = []
    for _ in range(5):
        bench.clock.advance(600)
        bench.runtime.tick()
        seen.append(roots(bench))
    assert seen == [1, 2, 3, 3, 3]
    assert bench.runtime.next_due() is None


def test_a_late_clock_catches_up_with_a_cycle(bench: Any) -> None:
    bench.deploy(d.sequence("p", d.service("work", "work"), start=d.on_timer("timeCycle", "R/PT10M")))
    bench.clock.advance(3600)
    while bench.runtime.tick():
        pass
    assert roots(bench) == 6


def test_a_new_version_takes_over_the_timer_start(bench: Any) -> None:
    bench.deploy(d.sequence("p", d.service("work", "old"), start=d.on_timer("timeCycle", "R/PT10M")))
    bench.deploy(d.sequence("p", d.service("work", "new"), start=d.on_timer("timeCycle", "R/PT20M")))
    bench.clock.advance(600)
    assert bench.runtime.tick() == 0
    bench.clock.advance(600)
    assert bench.runtime.tick() == 1
    assert len(bench.take("new")) == 1


def test_a_clock_that_is_set_back_loses_and_doubles_nothing(bench: Any) -> None:
    bench.deploy(LATER)
    bench.start("p")
    bench.clock.advance(3600)
    assert bench.runtime.tick() == 1
    bench.clock.advance(-7200)
    bench.start("p")
    assert bench.runtime.tick() == 0
    bench.clock.advance(3600)
    assert bench.runtime.tick() == 1
    assert len(bench.take("work")) == 2
