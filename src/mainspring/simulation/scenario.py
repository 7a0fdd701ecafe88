"""What is simulated: a process with its files, when cases come, what activities take, and who does them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainspring.simulation.week import ALWAYS, Week

Floats = NDArray[np.float64]
Values = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Timing:
    """Times as they were seen: `amounts` on the clock of `week`, one of them drawn each time."""

    amounts: Floats
    week: Week = ALWAYS

    def draw(self, rng: np.random.Generator, at: float) -> float:
        """When it will be over if it begins at `at` (seconds since 1970 UTC)."""
        return self.week.after(at, float(self.amounts[rng.integers(len(self.amounts))]))

    @property
    def mean(self) -> float:
        """Mean amount."""
        return float(self.amounts.mean())


@dataclass(frozen=True, slots=True)
class Batch:
    """Work is gathered until there are `size` pieces, or the oldest has waited `longest_s` seconds."""

    size: int
    longest_s: float


@dataclass(frozen=True, slots=True)
class Automation:
    """A digital employee does a share of the work alone.

    Attributes:
        coverage: share done with no human touch, in [0, 1]; the rest goes to people as before.
        error: share of this that turns out wrong and is done again by people.
        cost: money for each piece it tries.
        found_after: how long a wrong one lies before it is done again; None: at once.
    """

    coverage: float
    error: float = 0.0
    cost: float = 0.0
    found_after: Timing | None = None


@dataclass(frozen=True)
class Activity:
    """How one activity goes.

    Attributes:
        name: for people.
        delay: from when it could begin until someone could take it up, or, where `work` is empty, until it is
            done; None: at once.
        work: seconds of somebody's time, one drawn each time; None where nobody's time is known.
        people: who does it, with how often; empty: no one's capacity is needed.
        batch: whether it is gathered.
        automation: what a digital employee does of it.
        taken: for a message that is waited for: the share of waits in which it comes.
        message: it is a message, nobody's work.
        reviews: drafts of a digital employee that people left as they were, and those that they changed.
        human: whether it is done by a person where no digital employee does it.
    """

    name: str
    delay: Timing | None = None
    work: Timing | None = None
    people: Mapping[str, float] = field(default_factory=dict)
    batch: Batch | None = None
    automation: Automation | None = None
    taken: float = 1.0
    message: bool = False
    human: bool = True
    reviews: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Resource:
    """Somebody who works: when, and for how much money an hour; `group` names those who are alike."""

    name: str
    group: str
    week: Week = ALWAYS
    hourly: float = 0.0


@dataclass(frozen=True)
class Template:
    """What one real case said: its variables at the start, and the answers of its activities in order.

    With `began` (seconds since 1970 UTC) its dates are moved to where the simulated case begins.
    """

    variables: Values = field(default_factory=dict)
    answers: Mapping[str, tuple[Values, ...]] = field(default_factory=dict)
    began: float | None = None


History = tuple[str, ...]
Choices = tuple[tuple[Mapping[str, str], ...], Floats]  # values of variables, and how often each was seen


@dataclass(frozen=True)
class Branching:
    """Which way cases go where no data decide: by the last activities, as far back as was seen often enough.

    Attributes:
        ways: the last activities (newest first; down to none) -> what the gateways chose until the next one.
        first: variable -> its values over all cases, for gateways that nothing has decided yet.
        depth: the most activities in a history.
    """

    ways: Mapping[History, Choices] = field(default_factory=dict)
    first: Mapping[str, Choices] = field(default_factory=dict)
    depth: int = 3

    def begin(self, rng: np.random.Generator) -> dict[str, str]:
        """The variables of a new case."""
        found: dict[str, str] = {}
        for choices in self.first.values():
            found |= _chosen(rng, choices)
        return found | self.after(rng, ())

    def after(self, rng: np.random.Generator, past: History) -> dict[str, str]:
        """The variables that the last activity leaves."""
        for back in range(min(self.depth, len(past)), 0, -1):
            if past[:back] in self.ways:
                return _chosen(rng, self.ways[past[:back]])
        return _chosen(rng, self.ways[()]) if not past and () in self.ways else {}


def _chosen(rng: np.random.Generator, choices: Choices) -> dict[str, str]:
    run = np.cumsum(choices[1])
    return dict(choices[0][int(np.searchsorted(run, rng.random() * run[-1], side="right"))])


@dataclass(frozen=True)
class Scenario:
    """All that a simulation needs.

    Attributes:
        process: id of the process that is started.
        files: models, decision tables and forms, deployed as they are.
        begin: seconds since 1970 UTC at which the simulation begins.
        arrivals: time between the beginnings of cases.
        activities: by element id.
        resources: by name.
        templates: data of real cases, one drawn for each case; empty: cases carry no data.
        branching: for models in which no data decide.
        from_first: a case is seen from its first activity on, which is therefore not waited for.
        source: what it was learned from, for people.
    """

    process: str
    files: Mapping[str, bytes]
    begin: float
    arrivals: Timing
    activities: Mapping[str, Activity]
    resources: Mapping[str, Resource] = field(default_factory=dict)
    templates: tuple[Template, ...] = ()
    branching: Branching = field(default_factory=Branching)
    from_first: bool = False
    source: str = ""

    def with_activity(self, element: str, activity: Activity) -> "Scenario":
        """The same with one activity changed."""
        return replace(self, activities={**self.activities, element: activity})
