"""A promise about errors: what is known of one output of one version, and what may be done alone on it."""

from dataclasses import dataclass, field

from mainspring.agents.promise.drift import broken
from mainspring.agents.promise.plan import Plan, audited, settles
from mainspring.agents.promise.statement import Standing, State
from mainspring.agents.promise.threshold import Judged, Opening, look


@dataclass(slots=True)
class Promise:
    """The life of one promise, case by case; a new version of the employee begins a new one.

    Args:
        plan: target and looks.
        version: of the employee.
        audit_share: the share of automatic cases that a person looks at all the same.
        looks: how many looks were made.
        found: the lowest threshold that a look found.
        settled: more looks could hardly widen what is done alone.
        stopped: the alarm rang.
    """

    plan: Plan
    version: int
    audit_share: float
    looks: int = 0
    found: Opening | None = None
    settled: bool = False
    stopped: bool = False
    reviewed: list[Judged] = field(default_factory=list)
    """All that people looked at: everything until it opens, then what is less sure or drawn for audit."""
    audited: list[bool] = field(default_factory=list)
    """Of cases drawn for audit that would have been done alone: whether each was right."""

    @property
    def state(self) -> State:
        """Learning, open or stopped."""
        if self.stopped:
            return "stopped"
        return "open" if self.found else "learning"

    def audits(self) -> float:
        """The share of cases that is drawn for audit now."""
        return audited(self.audit_share, self.plan.target, settled=self.settled)

    def trusts(self, confidence: float) -> bool:
        """Whether a case this sure is done alone, unless it is drawn for audit."""
        return not self.stopped and self.found is not None and confidence >= self.found.threshold

    def judge(self, confidence: float, *, right: bool, drawn: bool) -> None:
        """Take in what a person said of a case.

        Args:
            confidence: how sure the employee had been.
            right: the person changed nothing.
            drawn: the case was drawn for audit, which is decided before anybody looks at its confidence.
        """
        drawn = drawn or self.found is None
        self.reviewed.append(Judged(confidence, right, drawn))
        if drawn and self.trusts(confidence):
            self.audited.append(right)
            self.stopped = broken(self.audited, self.plan.target)
        due = self.plan.due(len(self.reviewed), self.looks)
        if due is None:
            return
        self.looks = due.number
        before = self.found.threshold if self.found else None
        self.found = look(self.reviewed, before, self.plan.target, due.risk) or self.found
        self.settled = settles(self.reviewed, self.plan.target, self.found.threshold if self.found else None)

    def standing(self) -> Standing:
        """Where it stands, for the owner."""
        found = self.found
        return Standing(
            state=self.state,
            target=self.plan.target,
            version=self.version,
            reviewed=len(self.reviewed),
            next_look=self.plan.look(self.looks + 1).cases,
            audit_share=self.audits(),
            threshold=found.threshold if found else None,
            cases=found.cases if found else 0,
            errors=found.errors if found else 0,
            bound=found.bound if found else None,
            audited=len(self.audited),
            audit_errors=sum(not right for right in self.audited),
        )
