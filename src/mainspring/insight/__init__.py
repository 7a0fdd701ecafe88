"""Insight: measures of what happened, read from the event log and the recorded calls."""

from mainspring.insight.costs import CostTable
from mainspring.insight.measures import Measures, NodeMeasures, measure

__all__ = ["CostTable", "Measures", "NodeMeasures", "measure"]
