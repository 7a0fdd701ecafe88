"""A scenario learned from any log: the process mined, with arrivals, times, people, batches and ways as seen.

Where the log says who worked and from when, working time, fixed hours and queues are learned apart. Where it
only has ends, an activity takes the time since the one before it, on the clock of its own rhythm.
"""

from itertools import permutations, product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import MiningError
from mainspring.insight.mine.discovery import discover_tree
from mainspring.insight.mine.net import ACTIVITIES, label_of
from mainspring.insight.mine.tree import Tree
from mainspring.insight.simulate.branching import branching, prepared
from mainspring.insight.simulate.workers import Columns, Workers, columns_of
from mainspring.simulation.scenario import Activity, Scenario, Timing
from mainspring.simulation.week import rhythm

if TYPE_CHECKING:
    from mainspring.bpmn import Element, Model
    from mainspring.insight.log import Log

Floats = NDArray[np.float64]
_FEWEST_CASES = 20
_MACHINES = ("system", "auto", "batch", "robot", "bot", "系统", "自动")
_MOSTLY = 0.9


def learn(
    log: "Log",
    model: "Model | None" = None,
    *,
    noise: float = 0.2,
    zone: str = "UTC",
    resource: str | None = None,
    start: str | None = None,
    hourly: float = 0.0,
) -> Scenario:
    """Learn a scenario.

    Args:
        log: at least 20 cases.
        model: a process of user tasks; None: mined with `noise`.
        noise: share of rare behaviour that the mined model leaves out.
        zone: the time zone in which people keep hours.
        resource: column of who worked; guessed when None.
        start: column of when work began; guessed when None.
        hourly: money for an hour of anybody's work.

    Raises:
        MiningError: there are too few cases, or the model has none of the activities.
    """
    cases = len(log.offsets) - 1
    if cases < _FEWEST_CASES:
        raise MiningError(
            f"{cases} cases are too few to learn from; {_FEWEST_CASES} are needed", where=log.report.source
        )
    tree = discover_tree(log, noise) if model is None else None
    drawn = model if model is not None else log.discover(noise)
    process = next((one for one in drawn.processes if one.executable), None) or drawn.processes[0]
    asked = prepared(drawn)
    seen = columns_of(log, resource, start)
    begun = seen.begun
    enabled = _enabled(log, seen, _together(tree, log.activities) if tree is not None else frozenset())
    workers = Workers(log, seen, enabled, zone, hourly)
    names = {label_of(one, frozenset(log.activities)): one.id for one in _activities(process.element)}
    activities = {
        names[name]: _activity(log, code, name, seen, enabled, workers, zone)
        for code, name in enumerate(log.activities)
        if name in names and (log.activity == code).any()
    }
    if not activities:
        raise MiningError("the model has none of the activities of the log", where=drawn.source)
    first = np.sort(begun[log.offsets[:-1]])
    coming = rhythm(first, zone)
    return Scenario(
        process=process.id,
        files={"learned.bpmn": asked.data},
        begin=float(first[0]),
        arrivals=Timing(np.diff(coming.readings(first)), coming),
        activities=activities,
        resources=workers.resources,
        branching=branching(log, drawn, asked.ways, process.id),
        from_first=not seen.measured,
        source=f"{log.report.source or 'a log'}: {len(log):,} events, {cases:,} cases",
    )


def _activities(element: "Element") -> list["Element"]:
    return [one for one in element.walk() if one.type in ACTIVITIES]


def _activity(
    log: "Log",
    code: int,
    name: str,
    seen: Columns,
    enabled: Floats,
    workers: Workers,
    zone: str,
) -> Activity:
    here = np.flatnonzero(log.activity == code)
    if seen.measured:
        return workers.activity(name, here)
    later = np.setdiff1d(here, log.offsets[:-1])
    week = rhythm(seen.ended[here], zone)
    amounts = week.readings(seen.ended[later]) - week.readings(enabled[later]) if len(later) else np.zeros(1)
    machine = _by_machine(seen, here)
    return Activity(name, delay=Timing(np.maximum(amounts, 0), week), human=not machine)


def _by_machine(seen: Columns, here: NDArray[np.int64]) -> bool:
    """Whether almost all of it was done by somebody called system, robot or the like."""
    if seen.who is None:
        return False
    machines = [code for code, name in enumerate(seen.names) if name.strip().lower().startswith(_MACHINES)]
    return bool(np.isin(seen.who[here], machines).mean() >= _MOSTLY)


def _enabled(log: "Log", seen: Columns, together: frozenset[tuple[int, int]]) -> Floats:
    """From when each event could have begun: the end of the last one before it that is not parallel to it."""
    found = seen.begun.copy()
    inner = np.ones(len(log), bool)
    inner[log.offsets[:-1]] = False
    places = np.flatnonzero(inner)
    found[places] = np.minimum(seen.ended[places - 1], seen.begun[places])
    if together:
        activity, firsts = log.activity.tolist(), np.repeat(log.offsets[:-1], np.diff(log.offsets)).tolist()
        parallel = [code for code, _ in together]
        for place in places[np.isin(log.activity[places], parallel)].tolist():
            before = place - 1
            while before > firsts[place] and (activity[before], activity[place]) in together:
                before -= 1
            found[place] = min(seen.ended[before], seen.begun[place])
    return found


def _together(tree: Tree, activities: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    """Pairs of activities that the tree lets happen in parallel."""
    codes = {name: code for code, name in enumerate(activities)}
    found = set()
    for block in tree.walk():
        if block.kind == "parallel":
            parts = [{codes[leaf.label] for leaf in one.walk() if leaf.label} for one in block.children]
            for one, other in permutations(parts, 2):
                found |= set(product(one, other))
    return frozenset(found)
