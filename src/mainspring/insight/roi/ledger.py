"""A company's ledger of return on investment: scenes with what they cost and bring, read from YAML."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from mainspring.insight.errors import LedgerError
from mainspring.insight.roi.items import items

_LONGEST = 30


def _exact(value: Any) -> Any:
    """A number of YAML without the digits that binary adds."""
    return str(value) if isinstance(value, float) else value


Amount = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]
Cost = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Part):
    """A text in both languages."""

    en: str
    zh: str


def _in_both(given: Any) -> Any:
    return {"en": given, "zh": given} if isinstance(given, str) else given


Basis = Annotated[Title, BeforeValidator(_in_both)]
"""Where a value is from: a text, or one in each language; the same text stands for both."""
_UNSAID = Title(en="", zh="")


class Quantity(_Part):
    """One quantity of a formula: a value that is assumed, or the name of one that is measured.

    Attributes:
        value: assumed; with `measured` what stands in until there is data.
        measured: one of `items().measured`.
        planned: what the plan said.
        low: the least it may be; with `high` for the sensitivity, else a fifth less.
        high: the most it may be, else a fifth more.
        basis: where the value is from, in words.
    """

    value: Amount | None = None
    measured: str | None = None
    planned: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    basis: Basis = _UNSAID

    @model_validator(mode="before")
    @classmethod
    def _number_alone(cls, given: Any) -> Any:
        return given if isinstance(given, Mapping) else {"value": given}

    @model_validator(mode="after")
    def _something_is_known(self) -> Self:
        if self.value is None and self.measured is None:
            raise ValueError("give a value, or the name of what is measured")
        if self.measured is not None and self.measured not in items().measured:
            raise ValueError(f"{self.measured} is not measured; these are: {_list(items().measured)}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        return self


class CostEntry(_Part):
    """A cost of a kind: once for initial kinds, a year for running ones; `calls_a_year` can be measured."""

    item: str
    amount: Cost | None = None
    measured: Literal["calls_a_year"] | None = None
    planned: Cost | None = None
    basis: Basis = _UNSAID

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        known = items().costs
        if self.item not in known:
            raise ValueError(f"{self.item} is no kind of cost; these are: {_list(known)}")
        if self.amount is None and self.measured is None:
            raise ValueError("give an amount, or measured: calls_a_year")
        if self.measured is not None and known[self.item].when == "initial":
            raise ValueError("what is measured is paid every year: take a running kind, such as operations")
        return self


class BenefitEntry(_Part):
    """A benefit of a kind with the quantities of its formula."""

    item: str
    quantities: dict[str, Quantity]

    @model_validator(mode="after")
    def _has_what_the_formula_needs(self) -> Self:
        known = items().benefits
        if self.item not in known:
            raise ValueError(f"{self.item} is no kind of benefit; these are: {_list(known)}")
        needed = known[self.item].quantities
        if set(needed) != set(self.quantities):
            raise ValueError(f"{self.item} needs exactly these quantities: {_list(needed)}")
        return self


class Scene(_Part):
    """One use of AI: its costs, its benefits, and effects that are described, not priced.

    Attributes:
        process: what is measured is measured on this process; empty for all processes.
    """

    id: str = Field(min_length=1)
    title: Title
    process: str = ""
    costs: tuple[CostEntry, ...] = ()
    benefits: tuple[BenefitEntry, ...] = ()
    strategic: tuple[Title, ...] = ()

    @model_validator(mode="after")
    def _nothing_counts_twice(self) -> Self:
        kinds = [one.item for one in self.benefits]
        twice = sorted({kind for kind in kinds if kinds.count(kind) > 1})
        if twice:
            raise ValueError(f"{_list(twice)} stands twice: open a scene for the other")
        groups = [items().benefits[kind].group for kind in kinds]
        for group in filter(None, groups):
            same = [kind for kind, its in zip(kinds, groups, strict=True) if its == group]
            if len(same) > 1:
                raise ValueError(f"{' and '.join(same)} count the same work: keep one of them")
        return self


class Ledger(_Part):
    """All scenes of a company.

    Attributes:
        currency: ISO 4217, of every amount.
        years: over which initial cost is spread.
    """

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    years: Annotated[int, Field(ge=1, le=_LONGEST)]
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _scenes_differ(self) -> Self:
        ids = [scene.id for scene in self.scenes]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"scenes stand twice: {_list(twice)}")
        return self


def read(text: str, source: str) -> Ledger:
    """Read a ledger from YAML.

    Raises:
        LedgerError: it is no YAML, or a value does not fit; names the file and the place in it.
    """
    try:
        return Ledger.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise LedgerError(f"it is no YAML: {error}", where=source) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = str(first["msg"]).removeprefix("Value error, ")
        raise LedgerError(said, where=f"{source}, {place}" if place else source) from error


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
