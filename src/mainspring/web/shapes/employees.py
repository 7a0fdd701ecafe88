"""Digital employees: what each does, did and costs, its promises, what it learned, its versions."""

from datetime import date
from typing import Any, Literal

from mainspring.web.shapes.parts import Exact, KeyText, Shape, Titles, When


class ScoreParts(Shape):
    """Parts of the score in [0, 1]; null where there was no case."""

    audit: float | None
    evaluation: float | None
    feedback: float | None
    alone: float | None


class WorkShape(Shape):
    """What was done in a span of time.

    Of the jobs `done` people were asked in `asked`; `reviewed` drafts were shown to people, who changed
    `corrected` of them.
    """

    done: int
    asked: int
    reviewed: int
    corrected: int
    audited: int
    audited_wrong: int
    evaluated: int
    evaluated_right: int
    tokens: int
    cost: Exact
    score: float | None
    parts: ScoreParts


class EmployeeShort(Shape):
    """A digital employee in short; `work` is that of 30 days, `week` of 7, both up to `until`.

    `current`: that is now; otherwise its last work, more than a month ago.
    """

    id: str
    title: Titles
    kind: Literal["task", "analysis", "expert"]
    version: int
    stopped: bool
    candidate: int | None
    stage: str
    share: float
    queued: int
    asking: int
    until: When
    current: bool
    currency: str
    week: WorkShape
    work: WorkShape


class Employees(Shape):
    """All digital employees."""

    items: list[EmployeeShort]


class DutyShape(Shape):
    """An activity that it does, and how; `target` is the promised error rate."""

    activity: str
    name: str
    skill: str
    model: str | None
    alone_from: float
    target: Exact | None
    reviewed_by: str | None


class PointShape(Shape):
    """What was measured up to the end of a day; `bound` of the audited error, one-sided, 95%."""

    day: date
    reviewed: int
    wrong: int
    audited: int
    audit_wrong: int
    bound: float | None


class PromiseShape(Shape):
    """A promise as a sentence with its numbers; `by_hand`: nothing is promised there."""

    activity: str
    name: str
    output: str
    state: Literal["learning", "open", "stopped", "by_hand"]
    target: float | None
    audited: int
    audit_errors: int
    says: Titles
    series: list[PointShape]


class RunShape(Shape):
    """One of its latest runs, in the case `instance`."""

    run: KeyText
    at: When
    instance: KeyText
    element: str
    name: str
    outcome: str
    confidence: float


class NowShape(Shape):
    """Jobs that wait for it, tasks of its jobs that wait for people, failed jobs, and what it did last."""

    queued: int
    asking: int
    failed: int
    latest: list[RunShape]


class DayShape(Shape):
    """Jobs done on a day, and times that people were asked."""

    day: date
    done: int
    asked: int


class EmployeeMonth(Shape):
    """A calendar month; `month` is its first day.

    `users`: people who answered its drafts; `retained`: the share of the month before's who did so again.
    `brought`: people's time, priced by the cost table, of the jobs that it did with nobody asked.
    """

    month: date
    done: int
    score: float | None
    cost: Exact
    users: int
    retained: float | None
    brought: Exact


class ActiveUsers(Shape):
    """People who answered its drafts in the last 7 and 30 days."""

    week: int
    month: int


class ReleaseStep(Shape):
    """A step of a release: who took it, and why."""

    agent: str
    version: int
    stage: str
    share: float
    person: str
    reason: str
    at: When


class EmployeeShape(EmployeeShort):
    """All about one digital employee."""

    instructions: str
    authority: str
    audit_share: Exact
    operations: list[str]
    duties: list[DutyShape]
    promises: list[PromiseShape]
    now: NowShape
    days: list[DayShape]
    months: list[EmployeeMonth]
    users: ActiveUsers
    learned_from: dict[str, int]
    history: list[ReleaseStep]


class LearnedRule(Shape):
    """A rule in force: beside `context`, `field` becomes `becomes` where it would have been `was`."""

    rule: KeyText
    skill: str
    context: str
    field: str
    was: Any
    becomes: Any
    accepted_by: str
    accepted_at: When
    learned_from: list[str]
    supporting: int
    uses: int
    corrected_since: int


class Backing(Shape):
    """A case for or against a rule; without a person it is a draft that somebody left as it was."""

    correction: KeyText
    person: str


class SuggestedRule(Shape):
    """A rule that corrections suggest; only a `sound` one can be accepted."""

    name: str
    skill: str
    context: str
    field: str
    was: Any
    becomes: Any
    supporting: list[Backing]
    contradicting: list[Backing]
    held_back_right: int
    held_back_wrong: int
    sound: bool


class OtherAnswer(Shape):
    """What it became (JSON text) to these people."""

    became: str
    people: list[str]


class Disagreement(Shape):
    """People who made different things of the same; their lead settles it."""

    context: str
    field: str
    was: Any
    answers: list[OtherAnswer]


class ValueChange(Shape):
    """One value that a person changed, and the text beside it."""

    field: str
    beside: str
    was: Any
    became: Any


class CorrectionShape(Shape):
    """A correction, in the case `instance`."""

    correction: KeyText
    at: When
    skill: str
    instance: KeyText
    person: str
    changes: list[ValueChange]
    withdrawn_by: str | None


class Corrections(Shape):
    """How many there are, and the latest."""

    number: int
    items: list[CorrectionShape]


class Learned(Shape):
    """What an employee learned, and what it might."""

    rules: list[LearnedRule]
    proposals: list[SuggestedRule]
    contradictions: list[Disagreement]
    corrections: Corrections


class DefinitionFinding(Shape):
    """Something wrong at a line of a definition's text, counted from 1, and how to mend it."""

    line: int
    field: str
    message: str
    mend: str


class Definition(Shape):
    """A definition as text (YAML) and as fields (docs/agents.md); null where the text says none."""

    text: str
    definition: dict[str, Any] | None
    findings: list[DefinitionFinding]


class Compared(Shape):
    """A version beside the live one on cases that people judged; `values` single values, `unseen` errors.

    `asked`: requests to language models that it took, and their `tokens` and `cost`.
    """

    cases: int
    corrected: int
    values: int
    live_right: int
    candidate_right: int
    live_unseen: int
    candidate_unseen: int
    better: list[KeyText]
    worse: list[KeyText]
    failed: int
    asked: int
    tokens: int
    cost: Exact
    loses: bool


class Released(Shape):
    """How it stands now; `compared` where held-back cases were drafted for this step."""

    employee: EmployeeShape
    compared: Compared | None
