"""What to do in 30, 90 and 180 days: scenes in their order, each tied to a measure with its target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mainspring.insight.plan.autonomy import HALF, UNATTENDED
from mainspring.insight.plan.scenes import Scene

Phase = Literal["pilot", "end_to_end", "reorganise"]
Measure = Literal["penetration", "aar"]
DAYS: Mapping[Phase, int] = {"pilot": 30, "end_to_end": 90, "reorganise": 180}
PILOTS, SECOND = 2, 5
"""How many scenes the first 30 days carry, and how many the following 60."""
_FIRST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Step:
    """One scene in its phase.

    Attributes:
        due: the day by which the target is to be reached.
        measure: what tells: AI penetration of the activity at first, then its automation coverage.
        now: the measure today; None where nothing was measured.
        target: what it is to be by then.
        reached: whether it is there already.
    """

    phase: Phase
    due: date
    scene: Scene
    measure: Measure
    now: float | None
    target: float
    reached: bool


def roadmap(
    found: Sequence[Scene], measured: Mapping[tuple[str, str], Mapping[str, float | None]], start: date
) -> tuple[Step, ...]:
    """Quick wins first, then strategic scenes, then experiments; what is to be avoided is left out.

    Args:
        found: scenes, the best first.
        measured: by (process, activity): `penetration` and `aar`, from the log.
        start: the first day.
    """
    order = ("quick_win", "strategic", "experiment")
    chosen = sorted(
        (one for one in found if one.quadrant in order), key=lambda one: order.index(one.quadrant)
    )
    steps = []
    for number, scene in enumerate(chosen):
        phase: Phase = (
            "pilot" if number < PILOTS else "end_to_end" if number < PILOTS + SECOND else "reorganise"
        )
        measure: Measure = "penetration" if phase == "pilot" else "aar"
        target = _FIRST_SHARE if phase == "pilot" else HALF if phase == "end_to_end" else UNATTENDED
        now = measured.get((scene.node.process, scene.node.activity), {}).get(measure)
        due = start + timedelta(days=DAYS[phase])
        steps.append(Step(phase, due, scene, measure, now, target, now is not None and now >= target))
    return tuple(steps)
