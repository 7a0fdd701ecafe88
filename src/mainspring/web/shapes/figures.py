"""Figures of our own cases, cut every way, and the cases behind them. Shares in [0, 1], times in seconds."""

from mainspring.web.shapes.house import CutFigures, NodeFigures
from mainspring.web.shapes.insight import EstimateShape, ProposalShape
from mainspring.web.shapes.parts import Exact, KeyText, Shape, Titles, When


class TimeFigures(CutFigures):
    """Those of the cases that began in one week or month; `began` is its first day."""

    began: When


class CustomerFigures(CutFigures):
    """Those of the cases of a customer."""

    name: str


class ActivityFigures(NodeFigures):
    """Those of an activity."""

    id: str


class HandsFigures(Shape):
    """The work in somebody's hands; `kind` is person, agent or team, `alone` of digital employees only."""

    id: str
    kind: str
    name: Titles
    done: int
    alone: float | None
    cases: int
    median_s: float | None
    sla: float | None
    cost: Exact


class ProcessCases(Shape):
    """A process and how many cases it has had."""

    id: str
    cases: int


class OverviewShape(Shape):
    """All figures of a process; `looked_at` says how many of its newest cases they are of.

    `position` is that of the log up to which it was counted, `step` week or month.
    """

    process: str
    processes: list[ProcessCases]
    looked_at: int
    position: KeyText
    step: str
    currency: str
    whole: CutFigures
    over_time: list[TimeFigures]
    by_node: list[ActivityFigures]
    by_customer: list[CustomerFigures]
    by_person: list[HandsFigures]
    by_team: list[HandsFigures]
    simulated: bool


class BehindShape(Shape):
    """A case behind a figure; `touches`: how often people had a hand in it."""

    key: KeyText
    number: str
    process: str
    state: str
    customer: str
    started_at: When
    ended_at: When | None
    seconds: float | None
    touches: int


class BehindWindow(Shape):
    """A part of the cases behind a figure, and how many there are."""

    items: list[BehindShape]
    total: int


class MonthWork(Shape):
    """What was done in a month: hours and money by the cost table, calls as they were paid."""

    activities: int
    alone: int
    with_people: int
    hours_spared: Exact
    value: Exact
    calls_cost: Exact
    hours_of_people: Exact


class MonthEmployee(Shape):
    """What a digital employee did in a month."""

    id: str
    title: Titles
    done: int
    alone: int
    cases: int
    hours_spared: Exact


class MonthLedger(Shape):
    """A twelfth of a year of the ledger; `measured_output`: the part that the log measured."""

    output: Exact
    measured_output: Exact
    input: Exact
    roi: Exact | None
    payback_years: Exact | None
    years: int
    currency: str


class MonthSold(Shape):
    """Orders of a month in a currency.

    The margin is of those whose costs are known, `unknown` counts the others. A head is a person who answered
    a task in the month.
    """

    currency: str
    orders: int
    net: Exact
    margin: Exact | None
    unknown: int
    net_a_head: Exact | None
    margin_a_head: Exact | None


class BestProposal(ProposalShape):
    """A proposal with what it would bring a month, after what it costs."""

    monthly_gain: EstimateShape


class MonthShape(Shape):
    """A month on one page; `straight`: ended cases without a human touch."""

    month: When
    months: list[When]
    currency: str
    cases_ended: int
    straight: int
    work: MonthWork
    employees: list[MonthEmployee]
    heads: int
    sold: list[MonthSold]
    ledger: MonthLedger
    best: list[BestProposal]
    simulated: bool
