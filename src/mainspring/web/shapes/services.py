"""Services behind the gateway: what there is to call, its use, single calls, budgets."""

from typing import Any, Literal

from mainspring.web.shapes.parts import Exact, KeyText, Shape, Titles, When

Health = Literal["well", "ill", "unknown"]


class UseShape(Shape):
    """Calls in the span, by kind of actor; how many were refused or failed; the mean time in the gateway."""

    calls: int
    people: int
    agents: int
    refused: int
    failed: int
    cost: Exact
    mean_ms: float | None
    last: When | None


class ServiceShort(Shape):
    """A service in short; `shares` are hundredths of the calls by version. Built-in ones have no owner."""

    name: str
    kind: str
    title: Titles | None
    owner: str | None
    environment: str
    health: Health
    retired_at: When | None
    operations: int
    shares: dict[str, int]
    use: UseShape


class Services(Shape):
    """All services; the use of each is that of so many days up to its last call."""

    days: int
    currency: str
    items: list[ServiceShort]


class ServiceOperation(Shape):
    """An operation with its schemas; `tokens` are reserved for a call."""

    name: str
    title: Titles
    effect: Literal["read", "write", "external", "money"]
    idempotent: bool
    reversible: bool
    cost: Exact
    tokens: int
    input: Any
    output: Any
    use: UseShape


class ServiceVersion(Shape):
    """A version with its share of the calls in hundredths, and how its last check ended."""

    version: str
    share: int
    created_at: When | None
    created_by: str | None
    health: Health
    health_at: When | None
    health_said: str | None
    operations: list[ServiceOperation]


class ServiceUser(Shape):
    """Who used it in the span."""

    process_id: str | None
    actor_kind: str
    actor_id: str
    times: int
    last: When


class ServiceCall(Shape):
    """One call: who, for which step, how it ended, what it cost; never its arguments or answer."""

    position: KeyText
    at: When
    operation: str
    effect: str
    actor_kind: str
    actor_id: str
    on_behalf_of: str | None
    process_id: str | None
    instance: KeyText | None
    element: str | None
    job: KeyText | None
    outcome: Literal["ok", "denied", "confirmation", "error"]
    cached: bool
    retry: bool
    ms: float
    cost: Exact
    tokens: int | None
    amount: Exact | None
    version: str | None
    rule: str | None
    approval: KeyText | None
    problem: str | None


class CallAnswer(Shape):
    """What an operation answered, as its output schema has it."""

    result: Any


class ServiceShape(ServiceShort):
    """A service whole."""

    until: When
    days: int
    currency: str
    retired_because: str | None
    versions: list[ServiceVersion]
    users: list[ServiceUser]
    last_calls: list[ServiceCall]


class ServiceCalls(Shape):
    """Calls, the newest first; ask again with `before=<next>` until it is null."""

    items: list[ServiceCall]
    next: KeyText | None


class BudgetShape(Shape):
    """What one may spend in a month, in the currency or in tokens; `left` is neither spent nor reserved."""

    scope: Literal["company", "department", "process", "agent"]
    scope_id: str
    period: str
    unit: Literal["money", "tokens"]
    limit: Exact
    reserved: Exact
    spent: Exact
    left: Exact


class Budgets(Shape):
    """All budgets, the present month first."""

    currency: str
    items: list[BudgetShape]


class Retired(Shape):
    """Who used it in 90 days; the owners of their processes have a notice."""

    users: list[ServiceUser]
