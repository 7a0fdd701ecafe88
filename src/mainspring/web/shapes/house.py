"""The house: its health, who I am, what is deployed, its measures."""

from mainspring.web.shapes.parts import Exact, KeyText, Shape


class Health(Shape):
    """The database has answered."""

    status: str


class Me(Shape):
    """Who I am; `may` says for each action whether there is anything I may do by it."""

    id: str
    name: str
    language: str
    roles: list[str]
    groups: list[str]
    tenant: str
    may: dict[str, bool]


class SignedOut(Shape):
    """The session is over."""

    signed_out: bool


class DefinitionShape(Shape):
    """A deployed version of a process, decision or form."""

    key: KeyText
    kind: str
    id: str
    version: int
    version_tag: str | None
    name: str
    deployment: KeyText
    file: str
    latest: bool


class NodeFigures(Shape):
    """The measures of one activity; shares in [0, 1], null where there is no data."""

    name: str
    process: str
    completed: int
    touched: int
    calls_by_ai: int
    calls_by_people: int
    penetration: float | None
    aar: float | None
    straight_through: float | None
    cost_to_serve: Exact | None
    cycle_time_median_s: float | None
    cost: Exact
    sla: float | None
    rework: float | None
    first_time_right: float | None


class CutFigures(Shape):
    """The measures of some cases; `sla`: the share of tasks answered before they were due."""

    cases: int
    completed: int
    penetration: float | None
    aar: float | None
    straight_through: float | None
    cost_to_serve: Exact | None
    cycle_time_median_s: float | None
    waiting_time_median_s: float | None
    touch_time_s: float | None
    first_contact_resolution: float | None
    sla: float | None
    rework: float | None
    first_time_right: float | None
    per_head: float | None


class Figures(CutFigures):
    """The measures of the house; `simulated` when people and the outside were played."""

    currency: str
    nodes: dict[str, NodeFigures]
    simulated: bool
