"""What-if: people more or fewer, another rule, an activity in the hands of a digital employee, more cases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from mainspring.simulation.errors import ScenarioError
from mainspring.simulation.scenario import Automation, Scenario, Timing


class Change(Protocol):
    """One thing that is done otherwise."""

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with it.

        Raises:
            ScenarioError: it does not fit the scenario.
        """
        ...


@dataclass(frozen=True, slots=True)
class AddPeople:
    """So many more (or, below zero, fewer) people of a group, or of those who do an activity."""

    group: str
    number: int

    def apply(self, scenario: Scenario) -> Scenario:
        """Copy people of the group, or take some away."""
        element = element_of(scenario, self.group, strict=False)
        there = sorted(
            one.name
            for one in scenario.resources.values()
            if one.group == self.group or (element and one.name in scenario.activities[element].people)
        )
        if not there:
            groups = ", ".join(sorted({one.group for one in scenario.resources.values()}))
            raise ScenarioError(
                f"there are no people in {self.group!r}", mend=f"Known groups: {groups or 'none'}."
            )
        if self.number < 0:
            return _without(
                scenario, there[len(there) + self.number :] if -self.number < len(there) else there
            )
        resources, activities = dict(scenario.resources), dict(scenario.activities)
        for number in range(self.number):
            like = there[number % len(there)]
            name = f"{like} +{number + 1}"
            resources[name] = replace(resources[like], name=name)
            for key, activity in activities.items():
                if like in activity.people:
                    activities[key] = replace(
                        activity, people={**activity.people, name: activity.people[like]}
                    )
        return replace(scenario, resources=resources, activities=activities)


def _without(scenario: Scenario, leaving: list[str]) -> Scenario:
    activities = {}
    for key, activity in scenario.activities.items():
        people = {name: weight for name, weight in activity.people.items() if name not in leaving}
        if activity.people and not people:
            raise ScenarioError(f"nobody would be left for {activity.name!r}")
        activities[key] = replace(activity, people=people)
    resources = {name: one for name, one in scenario.resources.items() if name not in leaving}
    return replace(scenario, resources=resources, activities=activities)


@dataclass(frozen=True, slots=True)
class Automate:
    """Hand an activity to a digital employee at a coverage and an error; see `Automation`."""

    activity: str
    coverage: float
    error: float = 0.0
    cost: float = 0.0
    found_after: Timing | None = None

    def apply(self, scenario: Scenario) -> Scenario:
        """Put the employee at the activity."""
        if not (0 <= self.coverage <= 1 and 0 <= self.error <= 1):
            raise ScenarioError("coverage and error are shares from 0 to 1")
        element = element_of(scenario, self.activity)
        automation = Automation(self.coverage, self.error, self.cost, self.found_after)
        return scenario.with_activity(element, replace(scenario.activities[element], automation=automation))


@dataclass(frozen=True, slots=True)
class ReplaceFiles:
    """Other models or decision tables under the same names: the rule that is changed."""

    files: Mapping[str, bytes]

    def apply(self, scenario: Scenario) -> Scenario:
        """Put them in the place of the old ones."""
        return replace(scenario, files={**scenario.files, **self.files})


@dataclass(frozen=True, slots=True)
class MoreCases:
    """Cases come so many times as often."""

    times: float

    def apply(self, scenario: Scenario) -> Scenario:
        """Shorten the time between cases."""
        if self.times <= 0:
            raise ScenarioError("cases must come more than 0 times as often")
        arrivals = replace(scenario.arrivals, amounts=scenario.arrivals.amounts / self.times)
        return replace(scenario, arrivals=arrivals)


@dataclass(frozen=True, slots=True)
class Quicker:
    """The work (or, without work, the waiting) of an activity takes so many times as long."""

    activity: str
    times: float

    def apply(self, scenario: Scenario) -> Scenario:
        """Scale the times."""
        if self.times < 0:
            raise ScenarioError("a time cannot be negative")
        element = element_of(scenario, self.activity)
        one = scenario.activities[element]
        changed = (
            replace(one, work=_scaled(one.work, self.times))
            if one.work is not None
            else replace(one, delay=_scaled(one.delay, self.times))
        )
        return scenario.with_activity(element, changed)


@dataclass(frozen=True, slots=True)
class Unbatch:
    """Work of an activity is no longer gathered."""

    activity: str

    def apply(self, scenario: Scenario) -> Scenario:
        """Take the batch away."""
        element = element_of(scenario, self.activity)
        return scenario.with_activity(element, replace(scenario.activities[element], batch=None))


def changed(scenario: Scenario, changes: "tuple[Change, ...] | list[Change]") -> Scenario:
    """A scenario with all changes, in their order."""
    for change in changes:
        scenario = change.apply(scenario)
    return scenario


def element_of(scenario: Scenario, activity: str, *, strict: bool = True) -> str:
    """The element of an activity named by its id or its name; empty where there is none.

    Raises:
        ScenarioError: there is none, and `strict`.
    """
    if activity in scenario.activities:
        return activity
    for element, one in scenario.activities.items():
        if one.name == activity:
            return element
    if strict:
        known = ", ".join(sorted(one.name for one in scenario.activities.values()))
        raise ScenarioError(f"there is no activity {activity!r}", mend=f"Known are: {known}.")
    return ""


def _scaled(timing: Timing | None, times: float) -> Timing | None:
    return None if timing is None else Timing(timing.amounts * times, timing.week)
