"""Replications of scenarios, their figures with confidence, and two scenarios compared on the same cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from mainspring.engine.events import SYSTEM
from mainspring.runtime import AllowAll, Runtime
from mainspring.simulation.clock import VirtualClock
from mainspring.simulation.driver import Driver
from mainspring.simulation.errors import ScenarioError
from mainspring.simulation.scenario import Scenario
from mainspring.simulation.staff import Staff
from mainspring.simulation.trace import MEASURES, Figures, Run, figures, warm_up_of
from mainspring.store import open_store
from mainspring.store.keys import KeyGenerator

LONGEST = timedelta(days=3653)
CONFIDENCE = 0.95
CASES, REPLICATIONS = 400, 5
Told = Callable[[int, int], None]


class Estimate(NamedTuple):
    """A mean over replications, and the ends of its 95% interval (Student's t)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What replications of a scenario gave.

    Attributes:
        measures: by name (`trace.MEASURES`).
        waiting_by: seconds a case waits at each activity.
        utilisation: share of their time that people are at work.
        warm_up: cases at the beginning that were left out.
        stuck: share of cases that came to stand at an incident, and why the first did.
        each: the figures of each replication.
    """

    measures: Mapping[str, Estimate]
    waiting_by: Mapping[str, Estimate]
    utilisation: Mapping[str, Estimate]
    cases: int
    replications: int
    warm_up: int
    stuck: float = 0.0
    why_stuck: str = ""
    each: tuple[Figures, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios on the same cases: `gain` is how much less (or more) each measure is with the changes."""

    before: Outcome
    after: Outcome
    gain: Mapping[str, Estimate]


def run_once(scenario: Scenario, seed: int, cases: int) -> Run:
    """Simulate so many cases, from the first to the end of the last.

    Raises:
        ScenarioError: there is nobody for some work, or nothing can be simulated.
        DeploymentRefused: the models or tables are wrong.
    """
    _check(scenario)
    store = open_store("sqlite://", "simulation")
    try:
        clock = VirtualClock(datetime.fromtimestamp(scenario.begin, UTC))
        runtime = Runtime(store, clock=clock, keys=KeyGenerator(clock, store.node()), guard=AllowAll())
        runtime.deploy(dict(scenario.files), SYSTEM)
        staff = Staff(runtime, scenario, seed, cases)
        _drive(Driver(runtime, [], clock, staff), staff, clock)
        run = staff.run
    finally:
        store.close()
    last = max(run.ended.values(), default=scenario.begin)
    for name, resource in scenario.resources.items():
        run.on_duty[name] = resource.week.elapsed(scenario.begin, last)
    return run


def _drive(driver: Driver, staff: Staff, clock: VirtualClock) -> None:
    """Until the last case has ended; the staff knows every time at which something happens."""
    last = clock() + LONGEST
    driver.settle()
    while not staff.over:
        due = staff.next_due()
        if due is None or due > last:
            return
        clock.set(max(due, clock()))
        driver.settle()


def simulate(
    scenario: Scenario,
    *,
    cases: int = CASES,
    replications: int = REPLICATIONS,
    seed: int = 1,
    warm_up: int | None = None,
    told: Told | None = None,
) -> Outcome:
    """Replicate a scenario.

    Args:
        scenario: what is simulated.
        cases: of each replication, warm-up included.
        replications: at least 2, so that there is an interval.
        seed: of the first one; the same seed gives the same cases.
        warm_up: cases to leave out at the beginning; None: found by MSER-5.
        told: called after each replication with how many are done, and of how many.

    Raises:
        ScenarioError: it cannot be simulated.
    """
    return _outcome(_runs(scenario, cases, replications, seed, told), warm_up, cases)


def compare(
    before: Scenario,
    after: Scenario,
    *,
    cases: int = CASES,
    replications: int = REPLICATIONS,
    seed: int = 1,
    told: Told | None = None,
) -> Comparison:
    """Replicate two scenarios with common random numbers, and take the differences one by one.

    Raises:
        ScenarioError: one of them cannot be simulated.
    """
    first = _runs(before, cases, replications, seed, told)
    second = _runs(after, cases, replications, seed, told)
    cut = max(warm_up_of(first), warm_up_of(second))
    return between(_outcome(first, cut, cases), _outcome(second, cut, cases))


def between(before: Outcome, after: Outcome) -> Comparison:
    """The differences of two outcomes of the same seeds, replication by replication."""
    pairs = list(zip(before.each, after.each, strict=True))
    gain = {
        name: estimate([one.values[name] - other.values[name] for one, other in pairs]) for name in MEASURES
    }
    return Comparison(before, after, gain)


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and 95% interval of independent values."""
    mean = float(np.mean(values))
    if len(values) < 2:  # noqa: PLR2004 - an interval needs two
        return Estimate(mean, mean, mean)
    from scipy.special import stdtrit  # heavy, and a server starts without it

    quantile = stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2)  # of Student's t
    half = float(quantile * np.std(values, ddof=1) / np.sqrt(len(values)))
    return Estimate(mean, mean - half, mean + half)


def _runs(scenario: Scenario, cases: int, replications: int, seed: int, told: Told | None) -> list[Run]:
    if cases < 1 or replications < 1:
        raise ScenarioError("there must be at least one case and one replication")
    runs = []
    for number in range(replications):
        runs.append(run_once(scenario, seed + number, cases))
        if told is not None:
            told(number + 1, replications)
    return runs


def _outcome(runs: Sequence[Run], warm_up: int | None, cases: int) -> Outcome:
    cut = warm_up_of(runs) if warm_up is None else warm_up
    each = [figures(run, cut) for run in runs]
    if not any(one.cases for one in each):
        why = next(
            (text for run in runs for text in run.stuck.values()), "they wait for something that never comes"
        )
        raise ScenarioError(f"no simulated case came to its end: {why}")
    names = dict.fromkeys(name for one in each for name in one.waiting_by)
    people = dict.fromkeys(name for one in each for name in one.utilisation)
    began = sum(len(run.began) for run in runs) or 1
    stuck = sum(len(run.stuck) for run in runs)
    return Outcome(
        {name: estimate([one.values[name] for one in each]) for name in MEASURES},
        {name: estimate([one.waiting_by.get(name, 0.0) for one in each]) for name in names},
        {name: estimate([one.utilisation.get(name, 0.0) for one in each]) for name in people},
        cases,
        len(runs),
        cut,
        stuck / began,
        next((text for run in runs for text in run.stuck.values()), ""),
        tuple(each),
    )


def _check(scenario: Scenario) -> None:
    for activity in scenario.activities.values():
        missing = [name for name in activity.people if name not in scenario.resources]
        if missing:
            raise ScenarioError(f"{activity.name!r} is done by {missing[0]!r}, who is not there")
