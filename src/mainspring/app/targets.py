"""Targets of measures, and the alarm when one is missed.

Targets are a text of the company (`govern.company_texts`), in YAML. They are held against the cases that
began within the last `days`; a measure without data is neither met nor missed. An alarm is raised once and
cleared when the measure meets its target again; those who own processes are told by notice.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import select, update

from mainspring.app.digest.tables import alarms
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.measures import PROCESSES
from mainspring.app.worth import demand_planner
from mainspring.govern import company_texts
from mainspring.govern.principal import Principal
from mainspring.insight import measure
from mainspring.insight.measures import Measures
from mainspring.store import Tx, log

NAME = "targets"
MOST = 20_000
EMPTY = "# such as\n# targets:\n#   - {measure: straight_through, at_least: 0.6}\ndays: 7\ntargets: []\n"
MEASURES = tuple(one.name for one in fields(Measures) if one.name not in {"currency", "nodes"})
"""What a target may be set for."""


class Target(BaseModel):
    """A bound of a measure, of which exactly one is given; shares in [0, 1], times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.measure not in MEASURES:
            raise ValueError(f"there is no measure {self.measure}; there are {', '.join(MEASURES)}")
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give one of at_least and at_most")
        return self

    def said(self) -> str:
        """The bound in signs."""
        return f">= {self.at_least:g}" if self.at_least is not None else f"<= {self.at_most:g}"

    def met(self, value: float) -> bool:
        """Whether a value keeps it."""
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0)


class Targets(BaseModel):
    """The targets, and over how many days they are measured."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(default=7, ge=1, le=366)
    targets: tuple[Target, ...] = Field(default=(), max_length=100)


class Standing(NamedTuple):
    """How a measure stands; `met` is None without data, `since` is when its open alarm was raised."""

    measure: str
    target: str
    value: float | None
    met: bool | None
    since: datetime | None


def text_of(tx: Tx) -> tuple[int, str]:
    """(version, YAML) of the targets in force; version 0: none were set yet."""
    found = company_texts.newest(tx, NAME)
    return (0, EMPTY) if found is None else (found.number, found.text)


def put(house: House, text: str, by: Principal) -> int:
    """Put targets in force; gives their version.

    Raises:
        Denied: this person may not plan.
        QuestionUnfit: they do not fit; nothing was kept.
    """
    demand_planner(house, by)
    read(text)
    with house.store.write() as tx:
        return company_texts.put(tx, NAME, text, by=by, now=house.clock()).number


def read(text: str) -> Targets:
    """Targets from YAML.

    Raises:
        QuestionUnfit: they do not fit, with the place.
    """
    try:
        return Targets.model_validate(yaml.safe_load(text[:MOST]) or {})
    except yaml.YAMLError as error:
        raise QuestionUnfit(f"this is no YAML: {str(error).splitlines()[0]}", where="targets") from None
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise QuestionUnfit(said, where="targets", mend="Correct the places named.") from None


def standing(house: House, until: datetime | None = None) -> tuple[Targets, list[Standing]]:
    """How each target stands, over its days up to `until` (now)."""
    end = until or house.clock()
    with house.store.read() as tx:
        targets = read(text_of(tx)[1])
        position = log.last_position(tx)
        raised = {row.measure: row.raised_at for row in tx.all(_open(tx))}
    if not targets.targets:
        return targets, []

    def count() -> Mapping[str, Any]:
        with house.store.read() as tx:
            since = end - timedelta(days=targets.days)
            found = measure(tx, process_ids=PROCESSES, costs=house.pack.costs, since=since, until=end)
        return found.as_dict()

    now = until is None
    figures = house.figures.get(("targets", targets.days), position, count) if now else count()
    return targets, [_stands(one, figures[one.measure], raised.get(one.measure)) for one in targets.targets]


def watch(house: House) -> int:
    """Raise an alarm for each target that is missed, and clear those that are met; gives how many are new."""
    _, found = standing(house)
    raised, now = 0, house.clock()
    with house.store.write() as tx:
        known = {row.measure for row in tx.all(_open(tx))}
        missed = {one.measure: one for one in found if one.met is False}
        cleared = known - {one.measure for one in found if one.met is not True}
        for name, one in missed.items():
            if name not in known:
                row = {"measure": name, "raised_at": now, "value": f"{one.value:g}", "target": one.target}
                tx.insert(alarms, row | {"cleared_at": None})
                raised += 1
        if cleared:
            over = (alarms.c.tenant_id == tx.tenant) & alarms.c.measure.in_(cleared)
            tx.execute(update(alarms).where(over, alarms.c.cleared_at.is_(None)).values(cleared_at=now))
    return raised


def _stands(target: Target, value: Decimal | float | None, since: datetime | None) -> Standing:
    number = None if value is None else float(value)
    met = None if number is None else target.met(number)
    return Standing(target.measure, target.said(), number, met, since)


def _open(tx: Tx) -> Any:
    return select(alarms).where(alarms.c.tenant_id == tx.tenant, alarms.c.cleared_at.is_(None))
