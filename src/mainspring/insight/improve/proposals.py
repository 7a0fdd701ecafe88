"""Findings simulated one by one: the gain of each with its interval, the most gainful first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mainspring.insight.improve.findings import Finding, findings
from mainspring.simulation.changes import Change, changed
from mainspring.simulation.errors import ScenarioError
from mainspring.simulation.experiment import (
    Comparison,
    Estimate,
    Outcome,
    Told,
    between,
    estimate,
    run_once,
    simulate,
)
from mainspring.simulation.scenario import Scenario

OF_MONEY, OF_WAITING = "cost", "waiting_s"
_HOUR_S = 3_600.0


@dataclass(frozen=True)
class Proposal:
    """A finding with what it would bring.

    Attributes:
        worth: money a case that it brings: cost saved, and waiting saved at a stated price an hour.
    """

    finding: Finding
    outcome: Comparison
    worth: Estimate


def proposals(
    scenario: Scenario,
    *,
    hour_worth: float = 1.0,
    cases: int = 200,
    replications: int = 4,
    seed: int = 1,
    told: Told | None = None,
) -> list[Proposal]:
    """Find what could be better and simulate each change on the same cases.

    Args:
        scenario: the process as it is.
        hour_worth: money that an hour less waiting of a case is worth to the owner; stated, not measured.
        cases: of a replication.
        replications: of each change.
        seed: of the first.
        told: called as changes are done.

    Raises:
        ScenarioError: the process as it is cannot be simulated.
    """
    now = simulate(scenario, cases=cases, replications=replications, seed=seed)
    found = findings(scenario, now, run_once(scenario, seed, cases).done)
    made = []
    for number, finding in enumerate(found, 1):
        try:
            then = simulate(
                changed(scenario, finding.changes),
                cases=cases,
                replications=replications,
                seed=seed,
                warm_up=now.warm_up,
            )
        except ScenarioError:
            continue  # a change that brings cases to a standstill is no proposal
        comparison = between(now, then)
        made.append(Proposal(finding, comparison, _worth(now, then, hour_worth)))
        if told is not None:
            told(number, len(found))
    made.sort(key=lambda one: -one.worth.mean)
    return made


@dataclass(frozen=True, slots=True)
class Searched:
    """The best set of changes that a search found, what it is worth, and how many sets it tried."""

    changes: tuple[int, ...]
    worth: float
    tried: int


def combine(
    scenario: Scenario,
    made: Sequence[Proposal],
    *,
    hour_worth: float = 1.0,
    cases: int = 150,
    replications: int = 2,
    tries: int = 12,
    seed: int = 1,
) -> tuple[Searched, Searched]:
    """Which proposals to do together: taken one after the other, and beside that drawn at random.

    Both may try equally many sets, on the same cases; where the random one is as good, distrust the other.
    """
    now = simulate(scenario, cases=cases, replications=replications, seed=seed)
    known: dict[tuple[int, ...], float] = {(): 0.0}

    def worth(chosen: tuple[int, ...]) -> float:
        if chosen not in known:
            changes: list[Change] = [one for number in chosen for one in made[number].finding.changes]
            try:
                then = simulate(
                    changed(scenario, changes),
                    cases=cases,
                    replications=replications,
                    seed=seed,
                    warm_up=now.warm_up,
                )
                known[chosen] = _worth(now, then, hour_worth).mean
            except ScenarioError:
                known[chosen] = float("-inf")
        return known[chosen]

    greedy: tuple[int, ...] = ()
    tried = 0
    for number in range(len(made)):
        if tried == tries:
            break
        tried += 1
        more = (*greedy, number)
        if worth(more) > worth(greedy):
            greedy = more
    rng = np.random.default_rng(seed)
    coins = rng.integers(2, size=(tried, len(made)))
    drawn = [tuple(np.flatnonzero(coin).tolist()) for coin in coins]
    best = max(drawn, key=worth, default=())
    return Searched(greedy, worth(greedy), tried), Searched(best, worth(best), tried)


def _worth(now: Outcome, then: Outcome, hour_worth: float) -> Estimate:
    saved = [
        one.values[OF_MONEY]
        - other.values[OF_MONEY]
        + (one.values[OF_WAITING] - other.values[OF_WAITING]) / _HOUR_S * hour_worth
        for one, other in zip(now.each, then.each, strict=True)
    ]
    return estimate(saved)
