"""Rights: people, stand-ins, policies, who may do what, confirmations, appeals, the record for auditors."""

from typing import Any, Literal

from mainspring.web.shapes.parts import Exact, KeyText, Shape, When


class SignedIn(Shape):
    """A session is open; its token is in the cookie only."""

    person: str
    expires_at: When


class ProviderShape(Shape):
    """An identity provider that people may sign in with."""

    id: str
    label: str


class Providers(Shape):
    """All identity providers."""

    items: list[ProviderShape]


class Done(Shape):
    """It is done."""

    done: bool


class PersonShape(Shape):
    """A person with an account."""

    id: str
    name: str
    email: str | None
    language: str
    roles: list[str]
    groups: list[str]
    department: str | None
    active: bool


class People(Shape):
    """All people."""

    items: list[PersonShape]


class ProxyShape(Shape):
    """That one person stands in for another; no processes named means all of them."""

    key: KeyText
    person: str
    stand_in: str
    processes: list[str]
    since: When
    until: When
    reason: str
    granted_by: str


class Proxies(Shape):
    """Who stands in for me, and for whom I stand in."""

    for_me: list[ProxyShape]
    by_me: list[ProxyShape]


class RightShape(Shape):
    """What a principal may do by one permit, and why."""

    action: str
    on: list[str]
    policy: str
    reason: str


class HolderShape(Shape):
    """A principal, with all it may do."""

    kind: str
    id: str
    name: str
    roles: list[str]
    groups: list[str]
    may: list[RightShape]


class LadderRow(Shape):
    """A row of the authority ladder, as it is written."""

    rule: str
    when: dict[str, str]
    then: dict[str, str]


class Who(Shape):
    """Who may do what and why: one page."""

    policies: str
    holders: list[HolderShape]
    ladder: list[LadderRow]
    titles: dict[str, str]
    """What business people call each operation, in both languages."""


class PolicyVersion(Shape):
    """A version of the company's own policies."""

    number: int
    at: When
    by: str
    text: str
    tests: str
    digest: str


class Rulebook(Shape):
    """The policies in force: what ships, and the company's own versions."""

    version: str
    shipped: str
    own: list[PolicyVersion]


class PolicyPut(Shape):
    """What is in force now."""

    number: int
    version: str


class ApprovalShape(Shape):
    """A request for confirmation; the answer names `digest` again.

    `task` is the task it stands in, if any.
    """

    approval: KeyText
    task: KeyText | None
    state: str
    operation: str
    title: str
    arguments: dict[str, Any]
    digest: str
    amount: Exact | None
    cumulated: Exact | None
    grade: str
    confirmations: int
    confirmed_by: list[str]
    role: str
    rule: str
    reason: str
    prepared_by: str
    requested_at: When
    expires_at: When


class Approvals(Shape):
    """What waits for confirmation."""

    items: list[ApprovalShape]


class Answered(Shape):
    """How the request stands after the answer."""

    approval: KeyText
    state: str
    missing: int


class CheckpointShape(Shape):
    """A signed head of the evidence tree; `note` is the signed text."""

    size: int
    root: str
    at: When
    note: str


class Checkpoints(Shape):
    """All checkpoints, the smallest tree first."""

    items: list[CheckpointShape]


class Population(Shape):
    """A part of the full population of a record: how many there are, by which query, and one page of them."""

    source: str
    count: int
    query: str
    items: list[dict[str, Any]]
    next: KeyText | None


class Verified(Shape):
    """That one checkpoint's tree is the beginning of another's, and all sealed rows are what was sealed."""

    old: int
    new: int
    consistent: bool
    checked: int


class AppealShape(Shape):
    """An appeal against an automatic decision."""

    key: KeyText
    run: KeyText
    instance: KeyText
    decided_by: str
    raised_by: str
    raised_at: When
    text: str
    state: str
    answered_by: str | None
    answered_at: When | None
    answer: str | None


class Appeals(Shape):
    """Appeals, the oldest first."""

    items: list[AppealShape]


class Explanation(Shape):
    """Why a digital employee decided as it did."""

    run: KeyText
    instance: KeyText
    at: When
    agent: str
    version: int
    skill: str
    element: str
    outcome: str
    confidence: float
    doubts: list[Any]
    evidence: Any
    calls: list[dict[str, Any]]
    text: dict[str, str]


class GroupShape(Shape):
    """How often an outcome came for one group of customers."""

    group: str
    decisions: int
    favourable: int
    rate: float
    ratio: float | None
    p_value: float | None
    warning: bool


class FairnessShape(Shape):
    """The outcome rates of one automatic decision across the groups of customers.

    `outcome` is what is counted as favourable: of a table each outcome in turn.
    """

    decision: str
    kind: Literal["employee", "ladder", "table", "lead"]
    outcome: str
    attribute: str
    groups: list[GroupShape]
    warning: bool


class Fairness(Shape):
    """All automatic decisions, by the groups of one attribute of customers."""

    items: list[FairnessShape]
    method: str
