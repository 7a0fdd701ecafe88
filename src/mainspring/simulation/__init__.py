"""Simulation: models driven on a virtual clock, for tests, for trying out and for what-if.

Names are loaded when they are first used: a test that needs a clock must not wait for numeric libraries.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mainspring.simulation.clock import VirtualClock
from mainspring.simulation.driver import Driver, People, Report

if TYPE_CHECKING:
    from mainspring.simulation.errors import ScenarioError
    from mainspring.simulation.experiment import Comparison, Estimate, Outcome, compare, simulate
    from mainspring.simulation.scenario import Scenario

__all__ = [
    "Comparison", "Driver", "Estimate", "Outcome", "People", "Report", "Scenario", "ScenarioError",
    "VirtualClock", "compare", "simulate",
]  # fmt: skip

_HOMES = {
    "Comparison": "experiment",
    "Estimate": "experiment",
    "Outcome": "experiment",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "compare": "experiment",
    "simulate": "experiment",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it."""
    if name in _HOMES:
        return getattr(import_module(f"mainspring.simulation.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
