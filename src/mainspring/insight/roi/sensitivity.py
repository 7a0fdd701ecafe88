"""Sensitivity: how the return moves when one assumption is at its low or high end, the rest as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mainspring.insight.roi.ledger import Ledger, Quantity
from mainspring.insight.roi.measured import Observed
from mainspring.insight.roi.reckoning import reckon

_LESS, _MORE = Decimal("0.8"), Decimal("1.2")


@dataclass(frozen=True, slots=True)
class Swing:
    """One assumption: its ends, and the return of the whole ledger at each.

    Attributes:
        place: scene, item and quantity.
    """

    place: tuple[str, str, str]
    low: Decimal
    high: Decimal
    roi_at_low: Decimal | None
    roi_at_high: Decimal | None

    @property
    def size(self) -> Decimal:
        """How far the return moves."""
        if self.roi_at_low is None or self.roi_at_high is None:
            return Decimal(0)
        return abs(self.roi_at_high - self.roi_at_low)


def sensitivity(ledger: Ledger, observed: Mapping[str, Observed]) -> tuple[Swing, ...]:
    """Every assumption in turn, those that move the return most first; what was measured stays as it is."""
    swings = []
    for place, low, high in _assumptions(ledger, observed):
        at_low, at_high = (_with(ledger, place, value) for value in (low, high))
        swings.append(
            Swing(
                place,
                low,
                high,
                reckon(at_low, observed).actual.roi,
                reckon(at_high, observed).actual.roi,
            )
        )
    return tuple(sorted(swings, key=lambda one: (-one.size, one.place)))


def _assumptions(
    ledger: Ledger, observed: Mapping[str, Observed]
) -> Iterator[tuple[tuple[str, str, str], Decimal, Decimal]]:
    for scene in ledger.scenes:
        seen = observed.get(scene.process)
        known = seen.values if seen is not None else {}
        for cost in scene.costs:
            if cost.amount is not None and cost.measured not in known:
                yield (scene.id, cost.item, "amount"), cost.amount * _LESS, cost.amount * _MORE
        for benefit in scene.benefits:
            for name, one in benefit.quantities.items():
                if one.value is not None and one.measured not in known:
                    low, high = _ends(one, one.value)
                    yield (scene.id, benefit.item, name), low, high


def _ends(one: Quantity, value: Decimal) -> tuple[Decimal, Decimal]:
    low, high = sorted((value * _LESS, value * _MORE))
    return (low if one.low is None else one.low, high if one.high is None else one.high)


def _with(ledger: Ledger, place: tuple[str, str, str], value: Decimal) -> Ledger:
    """The ledger with one assumption changed."""
    scene_id, item, name = place
    scenes = []
    for scene in ledger.scenes:
        if scene.id != scene_id:
            scenes.append(scene)
            continue
        costs = tuple(
            each.model_copy(update={"amount": value}) if name == "amount" and each.item == item else each
            for each in scene.costs
        )
        benefits = tuple(
            each.model_copy(
                update={
                    "quantities": each.quantities
                    | {name: each.quantities[name].model_copy(update={"value": value})}
                }
            )
            if each.item == item and name in each.quantities
            else each
            for each in scene.benefits
        )
        scenes.append(scene.model_copy(update={"costs": costs, "benefits": benefits}))
    return ledger.model_copy(update={"scenes": tuple(scenes)})
