"""The rules a model must keep, as an ordered list of small named checks."""

from mainspring.bpmn.rules import activities, collaboration, data, events, expressions, flows, gateways
from mainspring.bpmn.rules.survey import Rule, Survey

RULES: tuple[Rule, ...] = (
    *flows.RULES,
    *events.RULES,
    *gateways.RULES,
    *activities.RULES,
    *data.RULES,
    *collaboration.RULES,
    *expressions.RULES,
)

__all__ = ["RULES", "Rule", "Survey"]
