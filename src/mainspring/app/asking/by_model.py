"""A model reads what the grammar could not: it chooses metric, dimensions, filters, period, no more.

What it chooses is held against the layer as any other plan is. It sees the question and the names of figures
and dimensions, never a figure, and no text of it reaches the database.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from mainspring.agents.models import ModelError
from mainspring.agents.models.drafter import Asker
from mainspring.agents.models.prompt import Task
from mainspring.app import models
from mainspring.app.asking.question import Asked
from mainspring.app.asking.vocabulary import layer_of
from mainspring.insight.semantic import Layer, Plan, PlanUnfit, check
from mainspring.insight.semantic.periods import GRAINS

PROFILE = "questions"
"""The profile in the company's models that answers questions; without it the grammar alone answers."""
_ASKER = Asker("questions")
_INSTRUCTIONS = """
Someone asks a company's figures a question. Choose the metric, the dimensions to show it by, the filters and
the period that say exactly what is asked. When any part of the question cannot be said with these, answer
{"fits": false}. Never leave a part of the question out.
"""


class Chosen(NamedTuple):
    """A plan that a model chose, and the profile."""

    plan: Plan
    profile: str


def chosen(asked: Asked, question: str) -> Chosen | None:
    """The plan that the model of the house chooses; None without a model, or where nothing fits."""
    house = asked.leave()
    if PROFILE not in house.models or not question.strip():
        return None
    layer = layer_of(house.pack.semantic)
    data = {"question": question, "today": asked.today.isoformat(), "metrics": _told(layer)}
    drafter = models.drafter(house.store, house.outside, house.models, house.clock, house.keys)
    try:
        drafted = drafter.draft(Task(_INSTRUCTIONS, schema(layer), data), PROFILE, _ASKER)
    except ModelError:
        return None
    plan = _plan(drafted.values, layer)
    return None if plan is None else Chosen(plan, drafted.profile)


def schema(layer: Layer) -> dict[str, Any]:
    """What a model may answer: names of the layer only."""
    day = {"type": "string", "format": "date"}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["fits"],
        "properties": {
            "fits": {"type": "boolean"},
            "metric": {"enum": sorted(layer.metrics)},
            "by": {"type": "array", "maxItems": 2, "items": {"enum": sorted({*layer.dimensions, *GRAINS})}},
            "filters": {
                "type": "object",
                "propertyNames": {"enum": sorted(layer.dimensions)},
                "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            },
            "period": {
                "type": "object",
                "additionalProperties": False,
                "required": ["since", "until"],
                "properties": {"since": day, "until": day},
            },
            "aggregation": {"enum": ["sum", "avg", "max", "min"]},
            "top": {"type": "integer", "minimum": 1, "maximum": 100},
            "least": {"type": "boolean"},
        },
    }


def _told(layer: Layer) -> Mapping[str, Any]:
    return {
        name: {
            "title": one.title["en"],
            "means": one.means["en"],
            "by": {
                by: sorted(layer.dimensions[by].values) or "any name or number"
                for by in layer.dimensions_of(name)
            },
        }
        for name, one in layer.metrics.items()
    }


def _plan(values: Mapping[str, Any], layer: Layer) -> Plan | None:
    given = dict(values)
    if given.pop("fits", False) is not True:
        return None
    try:
        plan = Plan.model_validate(given)
        if plan.period is not None and not date.min < plan.period.since < plan.period.until:
            return None
        return check(plan, layer)
    except (ValidationError, PlanUnfit):
        return None
