"""What-if as people write it, and outcomes as they read them, in English and Chinese."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mainspring.simulation.changes import (
    AddPeople,
    Automate,
    Change,
    MoreCases,
    Quicker,
    ReplaceFiles,
    Unbatch,
)
from mainspring.simulation.errors import ScenarioError
from mainspring.simulation.experiment import Comparison, Estimate, Outcome

Language = Literal["en", "zh"]

MEASURE_NAMES: dict[str, tuple[str, str]] = {
    "cycle_mean_s": ("cycle time, mean", "平均周期"),
    "cycle_median_s": ("cycle time, median", "周期中位数"),
    "cycle_p90_s": ("cycle time, 90% within", "九成案例的周期"),
    "waiting_s": ("waiting a case", "每案等待"),
    "touch_s": ("people's time a case", "每案人工工时"),
    "cost": ("cost a case", "每案成本"),
    "touches": ("touches a case", "每案人工次数"),
    "straight_through": ("straight-through", "直通率"),
}
"""Measures of a simulation in both languages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be otherwise, as somebody asked for it.

    Attributes:
        people: group (or activity) -> so many more, or fewer below zero.
        automate: activity -> coverage and error of a digital employee.
        quicker: activity -> times as long.
        unbatch: activities that are gathered no longer.
        more: times as many cases.
        files: decision tables or models that stand in the place of those of the same name.
    """

    people: Mapping[str, int]
    automate: Mapping[str, tuple[float, float]]
    quicker: Mapping[str, float]
    unbatch: tuple[str, ...] = ()
    more: float = 1.0
    files: Mapping[str, bytes] | None = None

    def changes(self) -> list[Change]:
        """As changes, in a fixed order."""
        found: list[Change] = [AddPeople(group, number) for group, number in self.people.items()]
        found += [Automate(name, *shares) for name, shares in self.automate.items()]
        found += [Quicker(name, times) for name, times in self.quicker.items()]
        found += [Unbatch(name) for name in self.unbatch]
        if self.more != 1:
            found.append(MoreCases(self.more))
        if self.files:
            found.append(ReplaceFiles(self.files))
        return found


def pairs(texts: Iterable[str], what: str) -> dict[str, str]:
    """`NAME=VALUE` texts as a mapping.

    Raises:
        ScenarioError: one has no equals sign.
    """
    found = {}
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip():
            raise ScenarioError(f"{text!r} does not say {what}", mend=f"Write NAME={what.upper()}.")
        found[name.strip()] = value.strip()
    return found


def number(text: str, what: str) -> float:
    """A number from text.

    Raises:
        ScenarioError: it is none.
    """
    try:
        return float(text)
    except ValueError as error:
        raise ScenarioError(f"{text!r} is no {what}") from error


def shares(text: str) -> tuple[float, float]:
    """`COVERAGE` or `COVERAGE:ERROR`."""
    coverage, _, error = text.partition(":")
    return number(coverage, "coverage"), number(error, "error") if error else 0.0


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome for programs."""
    return {
        "measures": _estimates(outcome.measures),
        "waiting_by": _estimates(outcome.waiting_by),
        "utilisation": _estimates(outcome.utilisation),
        "cases": outcome.cases,
        "replications": outcome.replications,
        "warm_up": outcome.warm_up,
        "stuck": outcome.stuck,
        "why_stuck": outcome.why_stuck,
    }


def comparison_json(found: Comparison) -> dict[str, Any]:
    """A comparison for programs; `gain` is before minus after."""
    return {
        "before": outcome_json(found.before),
        "after": outcome_json(found.after),
        "gain": _estimates(found.gain),
    }


def _estimates(found: Mapping[str, Estimate]) -> dict[str, dict[str, float]]:
    return {name: one._asdict() for name, one in found.items()}
