"""The cost table: what people's time and tools cost, as the company states it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from mainspring.insight.errors import CostTableError

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class CostTable:
    """Prices for measuring; money in one currency.

    Args:
        currency: ISO 4217.
        hourly_rate: of a person whose role the table does not name.
        hourly_rates: by role or group.
        minutes: of a person's task, where the table does not name its activity.
        activities: activity (element id) to (role, minutes of one task).
        agent_call: price of one call by a digital employee, tools included.
    """

    currency: str = "EUR"
    hourly_rate: Decimal = Decimal(35)
    hourly_rates: Mapping[str, Decimal] = field(default_factory=dict)
    minutes: Decimal = Decimal(5)
    activities: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    agent_call: Decimal = Decimal("0.002")

    def task(self, element: str) -> Decimal:
        """What one task of a person at this activity costs."""
        role, minutes = self.activities.get(element, ("", self.minutes))
        return self.hourly_rates.get(role, self.hourly_rate) * minutes / MINUTES_AN_HOUR

    def task_minutes(self, element: str) -> Decimal:
        """How long one task of a person at this activity takes."""
        return self.activities.get(element, ("", self.minutes))[1]


def read(text: str, source: str) -> CostTable:
    """Read a cost table from YAML.

    Raises:
        CostTableError: it is not YAML, or a value is no number from 0 on; names the file.
    """
    try:
        data: dict[str, Any] = yaml.safe_load(text)
        activities = {
            element: (str(entry["role"]), _amount(entry["minutes"]))
            for element, entry in data.get("activities", {}).items()
        }
        rates = {role: _amount(rate) for role, rate in data.get("hourly_rates", {}).items()}
        return CostTable(
            currency=data["currency"],
            hourly_rate=_amount(data["hourly_rate"]),
            hourly_rates=rates,
            minutes=_amount(data["minutes"]),
            activities=activities,
            agent_call=_amount(data["agent_call"]),
        )
    except (yaml.YAMLError, ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise CostTableError(f"the cost table cannot be read: {error}", where=source) from error


def _amount(value: Any) -> Decimal:
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{value} is no price or time")
    return amount
