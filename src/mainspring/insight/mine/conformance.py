"""How the cases of a log fit a BPMN model, with every deviation in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from mainspring.insight.mine.align import Aligner, Step
from mainspring.insight.mine.net import net_of
from mainspring.insight.mine.play import Play
from mainspring.insight.mine.reduction import reduced

if TYPE_CHECKING:
    from mainspring.bpmn import Model
    from mainspring.insight.log import Log

Kind = Literal["before", "skipped", "unexpected"]
Language = Literal["en", "zh"]

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "before": "{activity} before {other} in {share} of cases",
        "skipped": "{activity} left out in {share} of cases",
        "unexpected": "{activity} where the model does not expect it in {share} of cases",
        "mostly": ", mostly {attribute} {value} ({part} of them, {whole} of all)",
    },
    "zh": {
        "before": "{share}的案例中,“{activity}”发生在“{other}”之前",
        "skipped": "{share}的案例中缺少“{activity}”",
        "unexpected": "{share}的案例中,“{activity}”出现在模型不允许之处",
        "mostly": ",多见于{attribute}为{value}(占其中{part},总体为{whole})",
    },
}
_MOST_VALUES = 200
_FEWEST_CASES = 5
_LIFT = 1.5


class Mostly(NamedTuple):
    """A value that deviating cases have far more often: its share among them and among all cases."""

    attribute: str
    value: str
    part: float
    whole: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of deviation: `activity` came before `other`, was left out, or was not expected.

    Attributes:
        cases: how many, and `share` of all.
        examples: names of some of them.
    """

    kind: Kind
    activity: str
    other: str
    cases: int
    share: float
    examples: tuple[str, ...]
    mostly: Mostly | None = None

    def text(self, language: Language = "en") -> str:
        """In words."""
        words = _WORDS[language]
        told = words[self.kind].format(activity=self.activity, other=self.other, share=f"{self.share:.1%}")
        if self.mostly is not None:
            where = self.mostly
            told += words["mostly"].format(
                attribute=where.attribute,
                value=where.value,
                part=f"{where.part:.0%}",
                whole=f"{where.whole:.0%}",
            )
        return told


@dataclass(frozen=True, slots=True)
class Conformance:
    """The fit of a log with a model.

    Attributes:
        fitness: 1 - deviations / (events + shortest way through the model), over all cases.
        fitting: share of cases without deviation.
        cost: deviations of each case, by its number.
        reasons: the most frequent first.
    """

    fitness: float
    fitting: float
    cost: tuple[int, ...]
    reasons: tuple[Reason, ...]

    def texts(self, language: Language = "en") -> list[str]:
        """All reasons in words."""
        return [reason.text(language) for reason in self.reasons]


def conformance(log: "Log", model: "Model", process_id: str | None = None) -> Conformance:
    """Align each variant of a log with a model and say why cases deviate.

    Args:
        log: any log; its activities are the model's ids or names.
        model: a BPMN model.
        process_id: which of its processes; the only one when None.
    """
    aligner = Aligner(Play(reduced(net_of(model, process_id, log.activities))))
    found = log.grouped()
    alignments = [aligner.align(trace) for trace in log.sequences(found)]
    shortest = aligner.align(()).cost
    costs = np.array([alignment.cost for alignment in alignments])
    counts = found.counts
    cases = int(counts.sum())
    worst = float((counts * (np.diff(log.offsets)[found.case_of] + shortest)).sum())
    kinds: dict[tuple[Kind, str, str], list[int]] = defaultdict(list)
    for number, alignment in enumerate(alignments):
        for kind in dict.fromkeys(deviations(alignment.steps)):
            kinds[kind].append(number)
    shares = _Shares(log)
    reasons = [
        _reason(kind, np.isin(found.of_case, variants), log, shares) for kind, variants in kinds.items()
    ]
    reasons.sort(key=lambda reason: (-reason.cases, reason.activity))
    return Conformance(
        1 - float((counts * costs).sum()) / worst,
        float(counts[costs == 0].sum()) / cases,
        tuple(costs[found.of_case].tolist()),
        tuple(reasons),
    )


def deviations(steps: Sequence[Step]) -> list[tuple[Kind, str, str]]:
    """The deviations of an alignment as facts: what came too early, what was left out, what was too much."""
    found: list[tuple[Kind, str, str]] = []
    extra = [place for place, step in enumerate(steps) if not step.modelled]
    left_out = [place for place, step in enumerate(steps) if not step.happened]
    for place in extra:
        label = steps[place].happened
        twin = next((other for other in left_out if steps[other].modelled == label), None)
        if twin is None:
            found.append(("unexpected", label, ""))
            continue
        left_out.remove(twin)
        between = [step.happened for step in steps[min(place, twin) + 1 : max(place, twin)] if step.happened]
        others = [name for name in between if name != label]
        if not others:
            continue
        found.append(("before", label, others[-1]) if place < twin else ("before", others[0], label))
    found += [("skipped", steps[place].modelled, "") for place in left_out]
    return found


class _Shares:
    """How often each value of each attribute of the cases occurs; taken from the first event of a case."""

    def __init__(self, log: "Log") -> None:
        self._columns = []
        firsts = log.offsets[:-1]
        for name in log.columns.names:
            if name.endswith(("concept:name", "time:timestamp")):
                continue
            column = log.attribute(name)
            if column.names is None or not 1 < len(column.names) <= _MOST_VALUES:
                continue
            if set(column.names) <= set(log.activities):
                continue  # what came first is the deviation told again, not its reason
            self._columns.append((name, column.names, column.values[firsts]))

    def mostly(self, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Mostly | None:
        """The value that explains best which cases were chosen, if one does."""
        best, lead = None, 0.0
        for name, values, codes in self._columns:
            inside = np.bincount(codes[chosen & (codes >= 0)], minlength=len(values))
            whole = np.bincount(codes[codes >= 0], minlength=len(values))
            if not len(inside) or inside.max() < _FEWEST_CASES:
                continue
            part, base = inside / chosen.sum(), whole / len(codes)
            gain = np.where((inside >= _FEWEST_CASES) & (part >= _LIFT * base), part - base, 0.0)
            place = int(gain.argmax())
            if gain[place] > lead:
                lead = float(gain[place])
                best = Mostly(name, values[place], float(part[place]), float(base[place]))
        return best


def _reason(
    kind: tuple[Kind, str, str],
    chosen: np.ndarray[tuple[int], np.dtype[np.bool_]],
    log: "Log",
    shares: _Shares,
) -> Reason:
    numbers = np.flatnonzero(chosen)
    examples = tuple(log.cases[number] for number in numbers[:5].tolist())
    return Reason(*kind, len(numbers), len(numbers) / len(chosen), examples, shares.mostly(chosen))
