"""Return on investment: the ledger and what it comes to. Money in the ledger's currency, shares as ratios."""

from mainspring.web.shapes.parts import Exact, Shape, Titles, When


class KnownShape(Shape):
    """A quantity: its value, whether the log measured it, what was planned, where it is from."""

    title: Titles
    value: Exact
    measured: bool
    planned: Exact
    basis: Titles


class LineShape(Shape):
    """A cost (once, or a year) or a benefit (a year); the formula is FEEL over the quantities."""

    item: str
    title: Titles
    amount: Exact
    planned: Exact
    measured: bool
    formula: str
    quantities: dict[str, KnownShape]


class SumsShape(Shape):
    """A year's output and input, the return over all years, and the payback; null where there is none."""

    initial: Exact
    running: Exact
    output: Exact
    yearly_input: Exact
    roi: Exact | None
    payback_years: Exact | None


class SceneShape(Shape):
    """One use of AI, as it is and as it was planned."""

    id: str
    title: Titles
    process: str
    costs: list[LineShape]
    benefits: list[LineShape]
    actual: SumsShape
    planned: SumsShape
    strategic: list[Titles]


class ObservedShape(Shape):
    """What was measured on a process ("" for all), over which time, on how many cases."""

    process: str
    values: dict[str, Exact]
    since: When | None
    until: When | None
    cases: int


class SwingShape(Shape):
    """One assumption at its ends, and the return of the whole ledger there."""

    scene: str
    item: str
    quantity: str
    title: Titles
    low: Exact
    high: Exact
    roi_at_low: Exact | None
    roi_at_high: Exact | None


class ReturnShape(Shape):
    """The ledger reckoned; `ledger` is its version, 0 the one that ships."""

    ledger: int
    currency: str
    years: int
    scenes: list[SceneShape]
    actual: SumsShape
    planned: SumsShape
    measured_output: Exact
    observed: list[ObservedShape]
    sensitivity: list[SwingShape]


class LedgerShape(Shape):
    """A ledger as YAML; number 0 is the one that ships."""

    number: int
    text: str
    by: str
