"""The kinds of cost and benefit that ship: titles in both languages, formulas, quantities, groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from mainspring import feel

Words = Mapping[str, str]
"""A text by language: en, zh."""


@dataclass(frozen=True, slots=True)
class CostKind:
    """A kind of cost: paid once (initial) or every year (running)."""

    id: str
    when: Literal["initial", "running"]
    title: Words


@dataclass(frozen=True, slots=True)
class BenefitKind:
    """A kind of benefit.

    Attributes:
        group: of the kinds of one group a scene counts one only; empty for none.
        formula: in FEEL over the quantities; gives money a year.
        quantities: names to their titles.
    """

    id: str
    title: Words
    group: str
    formula: str
    quantities: Mapping[str, Words]

    def worth(self, values: Mapping[str, Decimal]) -> Decimal:
        """Money a year for these quantities."""
        found = _compiled(self.formula)(dict(values))
        if not isinstance(found, Decimal):
            raise TypeError(f"{self.id}: {self.formula} gives no number")  # a fault of items.yaml
        return found


@dataclass(frozen=True, slots=True)
class Items:
    """All kinds by id, and what can be measured."""

    costs: Mapping[str, CostKind]
    benefits: Mapping[str, BenefitKind]
    measured: Mapping[str, Words]


@cache
def items() -> Items:
    """The kinds that ship."""
    text = resources.files(__package__ or "").joinpath("items.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    costs = {
        name: CostKind(name, when, title)
        for when, kinds in data["costs"].items()
        for name, title in kinds.items()
    }
    benefits = {
        name: BenefitKind(name, one["title"], one.get("group", ""), one["formula"], one["quantities"])
        for name, one in data["benefits"].items()
    }
    return Items(costs, benefits, data["measured"])


@cache
def _compiled(formula: str) -> feel.Expression:
    return feel.compile(formula)
