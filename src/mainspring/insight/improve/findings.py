"""What in a process could be better: each finding with its evidence and the change that would mend it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from mainspring.insight.improve.thresholds import Threshold, thresholds
from mainspring.simulation.changes import AddPeople, Automate, Change, ReplaceFiles, Unbatch
from mainspring.simulation.experiment import Outcome
from mainspring.simulation.scenario import Scenario
from mainspring.simulation.trace import Done

Kind = Literal["bottleneck", "batch", "review", "automation", "handover", "rework", "threshold"]
CONFIDENCE = 0.95
_FEWEST_REVIEWS = 20
_REVIEW_ERROR = 0.15
_FEWEST_SHARE = 0.02
_WEEKS_A_MONTH = 365.25 / 7 / 12
_ASSUMED_COVERAGE, _ASSUMED_ERROR = 0.7, 0.02


@dataclass(frozen=True)
class Finding:
    """Something that could be better.

    Attributes:
        element: where; `name` for people.
        changes: what would be done otherwise.
        evidence: the figures it rests on.
        monthly_cost: money a month that the change costs in posts.
        risk: what could go wrong, as a word of `telling.RISKS`.
        draft: files of a changed model or table, by name; empty where nothing drawn changes.
    """

    kind: Kind
    element: str
    name: str
    changes: tuple[Change, ...]
    evidence: dict[str, Any]
    monthly_cost: float = 0.0
    risk: str = "none"
    draft: dict[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """The people of one activity do another one too, so that a case stays in the same hands."""

    activity: str
    like: str

    def apply(self, scenario: Scenario) -> Scenario:
        """Let them do it."""
        one = scenario.activities[self.activity]
        people = {**one.people, **scenario.activities[self.like].people}
        return scenario.with_activity(self.activity, replace(one, people=people))


@dataclass(frozen=True, slots=True)
class FirstTimeRight:
    """Repetitions of an activity no longer wait or take time: the most that can be had."""

    activity: str
    share: float

    def apply(self, scenario: Scenario) -> Scenario:
        """Let a digital check take that share of the work, which is what repetitions were."""
        return Automate(self.activity, self.share).apply(scenario)


def findings(scenario: Scenario, now: Outcome, done: Sequence[Done]) -> list[Finding]:
    """Everything that could be better, in no order.

    Args:
        scenario: the process as it is.
        now: its simulated outcome.
        done: the work of one simulated run, for handovers and repetitions.
    """
    found = [
        *_bottlenecks(scenario, now),
        *_batches(scenario, now),
        *_reviews(scenario),
        *_automations(scenario, done),
        *_handovers(scenario, done),
        *_rework(scenario, done),
    ]
    return [*found, *map(_threshold, thresholds(scenario.files, scenario.templates))]


def _threshold(one: Threshold) -> Finding:
    evidence = {
        "file": one.file,
        "column": one.column,
        "old": one.old,
        "new": one.new,
        "between": one.between,
    }
    return Finding(
        "threshold",
        one.decision,
        f"{one.name}: {one.column} {one.old} → {one.new}",
        (ReplaceFiles({one.file: one.data}),),
        evidence,
        risk="unseen",
        draft={one.file: one.data},
    )


def _bottlenecks(scenario: Scenario, now: Outcome) -> Iterator[Finding]:
    whole = now.measures["waiting_s"].mean
    for element, one in scenario.activities.items():
        wait = now.waiting_by.get(one.name)
        if wait is None or not one.people or whole <= 0 or wait.mean / whole < _FEWEST_SHARE:
            continue
        post = scenario.resources[next(iter(one.people))]
        hours = post.week.whole / 3_600
        yield Finding(
            "bottleneck",
            element,
            one.name,
            (AddPeople(element, 1),),
            {"waiting_s": wait.mean, "share_of_waiting": wait.mean / whole, "people": len(one.people)},
            monthly_cost=post.hourly * min(hours, 40.0) * _WEEKS_A_MONTH,
            risk="idle",
        )


def _batches(scenario: Scenario, now: Outcome) -> Iterator[Finding]:
    for element, one in scenario.activities.items():
        if one.batch is not None:
            wait = now.waiting_by.get(one.name)
            evidence = {"size": one.batch.size, "waiting_s": wait.mean if wait else 0.0}
            yield Finding("batch", element, one.name, (Unbatch(element),), evidence, risk="set-up")


def _reviews(scenario: Scenario) -> Iterator[Finding]:
    """Reviews in which people hardly ever change anything: the bound of the error is low."""
    from scipy.special import betaincinv  # heavy, and a server starts without it

    for element, one in scenario.activities.items():
        same, other = one.reviews
        if one.automation is None or same + other < _FEWEST_REVIEWS:
            continue
        error = float(betaincinv(other + 1, same, CONFIDENCE)) if same else 1.0
        if error > _REVIEW_ERROR:
            continue
        before = one.automation.coverage
        all_ = (1 - before) * error  # only what was reviewed until now can be wrong in a new way
        yield Finding(
            "review",
            element,
            one.name,
            (Automate(element, 1.0, all_, one.automation.cost),),
            {"reviews": same + other, "changed": other, "error_at_most": error, "alone_now": before},
            risk="unseen",
        )


def _automations(scenario: Scenario, done: Sequence[Done]) -> Iterator[Finding]:
    counts = Counter(one.element for one in done if not one.alone)
    cases = len({one.case for one in done}) or 1
    for element, one in scenario.activities.items():
        if one.human and one.automation is None and one.people and counts[element] / cases >= _FEWEST_SHARE:
            yield Finding(
                "automation",
                element,
                one.name,
                (Automate(element, _ASSUMED_COVERAGE, _ASSUMED_ERROR),),
                {
                    "times_a_case": counts[element] / cases,
                    "coverage": _ASSUMED_COVERAGE,
                    "error": _ASSUMED_ERROR,
                },
                risk="assumed",
            )


def _handovers(scenario: Scenario, done: Sequence[Done]) -> Iterator[Finding]:
    """Work that goes from one group to another, the most frequent first; one for each receiving activity."""
    last: dict[int, Done] = {}
    moved: Counter[tuple[str, str]] = Counter()
    for one in sorted((each for each in done if each.who), key=lambda each: each.ended):
        before = last.get(one.case)
        if before is not None:
            groups = scenario.resources[before.who].group, scenario.resources[one.who].group
            if groups[0] != groups[1]:
                moved[before.element, one.element] += 1
        last[one.case] = one
    cases = len({one.case for one in done}) or 1
    seen = set()
    for (source, target), count in moved.most_common():
        if target in seen or count / cases < _FEWEST_SHARE:
            continue
        seen.add(target)
        name = f"{scenario.activities[source].name} → {scenario.activities[target].name}"
        evidence = {"times_a_case": count / cases}
        yield Finding("handover", target, name, (Share(target, source),), evidence, risk="duties")


def _rework(scenario: Scenario, done: Sequence[Done]) -> Iterator[Finding]:
    visits = Counter((one.case, one.element) for one in done if not one.alone)
    for element, one in scenario.activities.items():
        counts = [number for (_, where), number in visits.items() if where == element]
        again = sum(number - 1 for number in counts)
        if again and again / len(counts) >= _FEWEST_SHARE:
            evidence = {"repeated": again, "share_of_cases": sum(n > 1 for n in counts) / len(counts)}
            yield Finding(
                "rework",
                element,
                one.name,
                (FirstTimeRight(element, again / sum(counts)),),
                evidence,
                risk="bound",
            )
