"""The data of simulated cases: those of a real case, with its dates moved along."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from mainspring.simulation.scenario import Template, Values

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")
DAY_S = 86_400


class DataOfCases:
    """Draws from real cases.

    Args:
        templates: the real cases; none where cases carry no data.
    """

    def __init__(self, templates: Sequence[Template]) -> None:
        self._templates = templates
        self._answering: dict[str, list[Template]] = defaultdict(list)
        for template in templates:
            for element, answers in template.answers.items():
                if answers:
                    self._answering[element].append(template)

    def begin(self, rng: np.random.Generator, at: float) -> tuple[Template, dict[str, Any], float]:
        """A case that begins then: what it follows, its variables, and the seconds its dates are moved by."""
        if not self._templates:
            return Template(), {}, 0.0
        template = self._templates[int(rng.integers(len(self._templates)))]
        shift = at - template.began if template.began is not None else 0.0
        return template, _moved(template.variables, shift), shift

    def answer(
        self, template: Template, rng: np.random.Generator, element: str, visit: int, shift_s: float
    ) -> dict[str, Any]:
        """What an activity answers; where the case has no such answer, what another one answered."""
        there = template.answers.get(element)
        if there:
            return _moved(there[min(visit, len(there) - 1)], shift_s)
        others = self._answering.get(element)
        if not others:
            return {}
        other = others[int(rng.integers(len(others)))]
        moved = shift_s
        if other.began is not None and template.began is not None:
            moved += template.began - other.began
        return _moved(other.answers[element][0], moved)


def _moved(values: Values, seconds: float) -> dict[str, Any]:
    return {name: _shifted(value, seconds) for name, value in values.items()}


def _shifted(value: Any, seconds: float) -> Any:
    """A value with its dates and times moved; everything else as it is."""
    if isinstance(value, str):
        if _DATE.fullmatch(value):
            return _date(value, seconds)
        return _moment(value, seconds) if _MOMENT.fullmatch(value) else value
    if isinstance(value, Mapping):
        return {name: _shifted(one, seconds) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_shifted(one, seconds) for one in value]
    return value


def _date(text: str, seconds: float) -> str:
    try:
        return (date.fromisoformat(text) + timedelta(days=round(seconds / DAY_S))).isoformat()
    except (ValueError, OverflowError):
        return text


def _moment(text: str, seconds: float) -> str:
    try:
        at = datetime.fromisoformat(text)
        moved = (at if at.tzinfo else at.replace(tzinfo=UTC)) + timedelta(seconds=round(seconds))
        return (moved if at.tzinfo else moved.replace(tzinfo=None)).isoformat()
    except (ValueError, OverflowError):
        return text
