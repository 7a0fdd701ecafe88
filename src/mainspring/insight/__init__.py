"""Insight: what happened and why, read from our own event log, the recorded calls, or any other log.

Names are loaded when they are first used: reading a log must not wait for the database's libraries.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mainspring.insight import costs
    from mainspring.insight.costs import CostTable
    from mainspring.insight.log import Log, read_log
    from mainspring.insight.measures import Measures, NodeMeasures, measure

__all__ = ["CostTable", "Log", "Measures", "NodeMeasures", "costs", "measure", "read_log"]

_HOMES = {
    "CostTable": "costs",
    "Log": "log",
    "Measures": "measures",
    "NodeMeasures": "measures",
    "measure": "measures",
    "read_log": "log",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it."""
    if name in _HOMES:
        return getattr(import_module(f"mainspring.insight.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
