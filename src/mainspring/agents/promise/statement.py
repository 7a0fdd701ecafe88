"""The promise as one sentence with its numbers, in both languages."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

State = Literal["learning", "open", "stopped"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a promise stands.

    Attributes:
        state: all is reviewed (`learning`), sure cases are done alone (`open`), the alarm rang (`stopped`).
        target: the error rate that may pass unseen.
        threshold: the confidence from which it acts alone; None unless open or stopped.
        cases, errors, bound: what the threshold rests on.
        reviewed: reviewed cases of this version.
        next_look: the number of reviewed cases at which the promise is tested next.
        audited, audit_errors: automatic cases that a person looked at all the same.
        audit_share: the share that is looked at.
        version: of the employee.
    """

    state: State
    target: float
    version: int
    reviewed: int
    next_look: int
    audit_share: float
    threshold: float | None = None
    cases: int = 0
    errors: int = 0
    bound: float | None = None
    audited: int = 0
    audit_errors: int = 0


_SENTENCES: Mapping[State, Mapping[str, str]] = {
    "learning": {
        "en": "Version {version} is not yet trusted alone: {reviewed} cases were reviewed, "
        "and everything is; at {next_look} it is tested whether at most {target} of errors would "
        "pass unseen.",
        "zh": "第 {version} 版尚不单独工作：已复核 {reviewed} 件，目前全部复核；"
        "满 {next_look} 件时检验漏过的错误是否不超过 {target}。",
    },
    "open": {
        "en": "From a confidence of {threshold} version {version} acts alone: of {cases} reviewed cases "
        "that sure {errors} were wrong, so at 95% certainty at most {bound} of errors pass unseen "
        "(promised: {target}); {share} of them are audited all the same, so far "
        "{audited} with {audit_errors} wrong.",
        "zh": "置信度达到 {threshold} 时第 {version} 版单独处理：同等把握的 {cases} 件复核中错 {errors} 件，"
        "即有 95% 的把握漏过的错误不超过 {bound}（承诺 {target}）；"
        "其中仍抽查 {share}，至今 {audited} 件，错 {audit_errors} 件。",
    },
    "stopped": {
        "en": "Automatic work of version {version} is stopped: {audit_errors} of {audited} audited cases "
        "were wrong, more than {target} allows; everything is reviewed until a new version is released.",
        "zh": "第 {version} 版的自动处理已停止：抽查 {audited} 件中有 {audit_errors} 件出错，"
        "超出 {target} 的承诺；在发布新版本之前全部复核。",
    },
}


def sentence(standing: Standing) -> dict[str, str]:
    """What the owner reads, by language."""
    s = standing
    figures = {
        **asdict(s),
        "target": _percent(s.target),
        "bound": _percent(s.bound or 0.0),
        "share": _percent(s.audit_share),
        "threshold": f"{s.threshold or 0.0:.3f}",
    }
    return {language: text.format(**figures) for language, text in _SENTENCES[s.state].items()}


def by_hand(alone_from: float) -> dict[str, str]:
    """What the owner reads where nothing is promised: a confidence set by hand, by language."""
    return {
        "en": f"No error rate is promised here: it acts alone from a confidence of {alone_from:.3f}, "
        "which was set by hand.",
        "zh": f"此处没有对错误率的承诺：置信度达到 {alone_from:.3f} 即单独处理，该值由人工设定。",
    }


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
