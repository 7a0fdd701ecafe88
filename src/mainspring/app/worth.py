"""What AI costs the company and brings it: its ledger, reckoned with what the log measures."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from mainspring.app.house import House
from mainspring.govern import company_texts
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY
from mainspring.insight import roi
from mainspring.insight.measures import measure
from mainspring.insight.roi.items import items
from mainspring.runtime.errors import Denied
from mainspring.store import log

LEDGER = "roi"


class LedgerText(NamedTuple):
    """The ledger in force; number 0 is the one that ships, with assumptions of the demo company."""

    number: int
    text: str
    by: str


def ledger_of(house: House) -> LedgerText:
    """The company's own ledger, or the one that ships."""
    with house.store.read() as tx:
        own = company_texts.newest(tx, LEDGER)
    return (
        LedgerText(0, house.pack.texts[LEDGER], "")
        if own is None
        else LedgerText(own.number, own.text, own.by)
    )


def put_ledger(house: House, text: str, by: Principal, source: str) -> LedgerText:
    """Put a new ledger in force.

    Raises:
        Denied: this person may not plan.
        LedgerError: it does not fit; nothing was kept.
    """
    demand_planner(house, by)
    roi.read(text, source)
    with house.store.write() as tx:
        made = company_texts.put(tx, LEDGER, text, by=by, now=house.clock())
    return LedgerText(made.number, made.text, made.by)


def demand_planner(house: House, by: Principal) -> None:
    """Return when this person may keep plans and ledgers.

    Raises:
        Denied: they may not, with the rule.
    """
    decision = house.policies.decide(by, "plan", COMPANY)
    if not decision.allowed:
        raise Denied(
            f"{by.id} may not plan: {decision.because}", mend="Ask whoever looks after the policies."
        )


def worth(house: House, given: str | None = None, source: str = "ledger") -> dict[str, Any]:
    """The ledger reckoned: scenes, return, payback, sensitivity, and over which time was measured.

    Args:
        house: whose log measures.
        given: a ledger to try instead of the one in force.
        source: its name in messages.

    Raises:
        LedgerError: the ledger does not fit.
    """
    kept = ledger_of(house) if given is None else LedgerText(0, given, "")
    ledger = roi.read(kept.text, source)
    observed = {process: _observed(house, process) for process in {scene.process for scene in ledger.scenes}}
    found = asdict(roi.reckon(ledger, observed))
    swings = roi.sensitivity(ledger, observed)
    return found | {
        "ledger": kept.number,
        "observed": [{"process": process} | asdict(one) for process, one in sorted(observed.items())],
        "sensitivity": [_swing(one, ledger) for one in swings],
    }


def _observed(house: House, process: str) -> roi.Observed:
    with house.store.read() as tx:
        position = log.last_position(tx)

    def count() -> roi.Observed:
        with house.store.read() as tx:
            chosen = (process,) if process else None
            figures = measure(tx, process_ids=chosen, costs=house.pack.costs)
            return roi.observed(tx, process, figures, house.pack.costs)

    return house.figures.get(("roi", process), position, count)


def _swing(one: roi.Swing, ledger: roi.Ledger) -> dict[str, Any]:
    scene, item, quantity = one.place
    titles = {each.id: each.title.model_dump() for each in ledger.scenes}
    return {
        "scene": scene,
        "item": item,
        "quantity": quantity,
        "title": _joined(titles[scene], _named(item, quantity)),
        "low": one.low,
        "high": one.high,
        "roi_at_low": one.roi_at_low,
        "roi_at_high": one.roi_at_high,
    }


def _named(item: str, quantity: str) -> Mapping[str, str]:
    known = items()
    if item in known.costs:
        return known.costs[item].title
    return known.benefits[item].quantities[quantity]


def _joined(scene: Mapping[str, str], what: Mapping[str, str]) -> dict[str, str]:
    return {language: f"{scene[language]} · {what[language]}" for language in ("en", "zh")}
