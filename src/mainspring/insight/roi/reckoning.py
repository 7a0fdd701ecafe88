"""Reckoning a ledger: output, input, return and payback, by scene and in all, measured apart from assumed.

Return = (output - input) / input over the ledger's years; a year's input = running + initial / years.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mainspring.insight.roi.items import Words, items
from mainspring.insight.roi.ledger import BenefitEntry, CostEntry, Ledger, Quantity, Scene
from mainspring.insight.roi.measured import Observed

CENT = Decimal("0.01")
_RATIO = Decimal("0.0001")
_NOTHING = Decimal(0)
_AMOUNT: Words = {"en": "amount", "zh": "金额"}


@dataclass(frozen=True, slots=True)
class Known:
    """A value and where it is from: measured by the log, or assumed; texts in both languages."""

    title: Words
    value: Decimal
    measured: bool
    planned: Decimal
    basis: Words


@dataclass(frozen=True, slots=True)
class Line:
    """A cost (once, or a year) or a benefit (a year) with what it was reckoned from.

    Attributes:
        measured: every quantity of it was measured.
        formula: of a benefit, in FEEL.
    """

    item: str
    title: Words
    amount: Decimal
    planned: Decimal
    measured: bool
    formula: str
    quantities: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Sums:
    """Money, actual or planned; a year unless said otherwise.

    Attributes:
        initial: paid once.
        running: paid a year.
        output: worth a year.
        yearly_input: running + initial / years.
        roi: (output - input) / input over all years; None without input.
        payback_years: initial / (output - running); None when it is never paid back.
    """

    initial: Decimal
    running: Decimal
    output: Decimal
    yearly_input: Decimal
    roi: Decimal | None
    payback_years: Decimal | None


@dataclass(frozen=True, slots=True)
class SceneResult:
    """One scene, as it is and as it was planned."""

    id: str
    title: Words
    process: str
    costs: tuple[Line, ...]
    benefits: tuple[Line, ...]
    actual: Sums
    planned: Sums
    strategic: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole ledger.

    Attributes:
        measured_output: the part of a year's output of which every quantity was measured.
    """

    currency: str
    years: int
    scenes: tuple[SceneResult, ...]
    actual: Sums
    planned: Sums
    measured_output: Decimal


def reckon(ledger: Ledger, observed: Mapping[str, Observed]) -> Result:
    """Reckon a ledger.

    Args:
        ledger: what is assumed and what is to be measured.
        observed: what was measured, by process id ("" for all of them).
    """
    scenes = tuple(_scene(scene, ledger.years, observed.get(scene.process)) for scene in ledger.scenes)
    benefits = [line for scene in scenes for line in scene.benefits]
    costs = [line for scene in scenes for line in scene.costs]
    return Result(
        currency=ledger.currency,
        years=ledger.years,
        scenes=scenes,
        actual=_sums(
            [(line, line.amount) for line in costs], [line.amount for line in benefits], ledger.years
        ),
        planned=_sums(
            [(line, line.planned) for line in costs], [line.planned for line in benefits], ledger.years
        ),
        measured_output=sum((line.amount for line in benefits if line.measured), _NOTHING),
    )


def _scene(scene: Scene, years: int, observed: Observed | None) -> SceneResult:
    values = observed.values if observed is not None else {}
    costs = tuple(_cost(entry, values) for entry in scene.costs)
    benefits = tuple(_benefit(entry, values) for entry in scene.benefits)
    return SceneResult(
        id=scene.id,
        title=scene.title.model_dump(),
        process=scene.process,
        costs=costs,
        benefits=benefits,
        actual=_sums([(line, line.amount) for line in costs], [line.amount for line in benefits], years),
        planned=_sums([(line, line.planned) for line in costs], [line.planned for line in benefits], years),
        strategic=tuple(one.model_dump() for one in scene.strategic),
    )


def _cost(entry: CostEntry, values: Mapping[str, Decimal]) -> Line:
    given = Quantity(value=entry.amount, measured=entry.measured, planned=entry.planned, basis=entry.basis)
    known = _known(_AMOUNT, given, values)
    kind = items().costs[entry.item]
    amount, planned = known.value.quantize(CENT), known.planned.quantize(CENT)
    return Line(kind.id, kind.title, amount, planned, known.measured, "", {"amount": known})


def _benefit(entry: BenefitEntry, values: Mapping[str, Decimal]) -> Line:
    kind = items().benefits[entry.item]
    known = {name: _known(title, entry.quantities[name], values) for name, title in kind.quantities.items()}
    return Line(
        item=kind.id,
        title=kind.title,
        amount=kind.worth({name: one.value for name, one in known.items()}).quantize(CENT),
        planned=kind.worth({name: one.planned for name, one in known.items()}).quantize(CENT),
        measured=all(one.measured for one in known.values()),
        formula=kind.formula,
        quantities=known,
    )


def _known(title: Words, quantity: Quantity, values: Mapping[str, Decimal]) -> Known:
    found = values.get(quantity.measured) if quantity.measured is not None else None
    assumed = quantity.value if quantity.value is not None else _NOTHING
    value = assumed if found is None else found
    planned = quantity.planned if quantity.planned is not None else (quantity.value or value)
    return Known(title, value, found is not None, planned, quantity.basis.model_dump())


def _sums(costs: Iterable[tuple[Line, Decimal]], benefits: Iterable[Decimal], years: int) -> Sums:
    kinds = items().costs
    initial = running = _NOTHING
    for line, amount in costs:
        if kinds[line.item].when == "initial":
            initial += amount
        else:
            running += amount
    output = sum(benefits, _NOTHING)
    spent = initial + running * years
    left = output - running
    return Sums(
        initial=initial,
        running=running,
        output=output,
        yearly_input=(running + initial / years).quantize(CENT),
        roi=((output * years - spent) / spent).quantize(_RATIO) if spent else None,
        payback_years=(initial / left).quantize(CENT) if left > 0 else None,
    )
