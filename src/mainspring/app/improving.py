"""Improvements of our own processes: found and simulated, opened as drafts, released, measured."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.what_if import scenario_of
from mainspring.engine.events import Actor
from mainspring.insight import measure
from mainspring.insight.improve import telling
from mainspring.insight.improve.proposals import Proposal, Searched, combine, proposals
from mainspring.insight.improve.tables import improvements
from mainspring.runtime.errors import NotFound
from mainspring.simulation.experiment import Told
from mainspring.store import Tx
from mainspring.store.process_tables import instances

FEWEST_SINCE = 20
Shown = dict[str, Any]


def find(
    house: House, process_id: str, *, cases: int, replications: int, told: Told | None = None
) -> list[Shown]:
    """Look for improvements, simulate each, and keep them as proposals in the place of untouched older ones.

    Raises:
        MiningError: too few cases have ended to learn from.
    """
    scenario = scenario_of(house, process_id)
    made = proposals(scenario, cases=cases, replications=replications, told=told)
    now, t = house.clock(), improvements.c
    with house.store.write() as tx:
        tx.execute(
            improvements.delete().where(
                t.tenant_id == tx.tenant, t.process_id == process_id, t.state == "proposed"
            )
        )
        for one in made:
            row = {"key": house.keys(), "process_id": process_id, "state": "proposed", "found_at": now}
            tx.insert(improvements, {**row, "released_at": None, "body": telling.kept(one)})
    return listed(house, process_id)


def together(
    house: House, process_id: str, *, cases: int, replications: int, told: Told | None = None
) -> Shown:
    """Look for improvements and say which to do together; beside it the best set that chance found.

    Raises:
        MiningError: too few cases have ended to learn from.
    """
    scenario = scenario_of(house, process_id)
    made = proposals(scenario, cases=cases, replications=replications, told=told)
    chosen, drawn = combine(scenario, made, cases=cases, replications=replications)
    return {"chosen": _set(made, chosen), "drawn": _set(made, drawn), "tried": chosen.tried}


def _set(made: Sequence[Proposal], found: Searched) -> Shown:
    bodies = [telling.kept(made[number]) for number in found.changes]
    titles = [{"en": telling.title(body), "zh": telling.title(body, "zh")} for body in bodies]
    return {"titles": titles, "worth": found.worth}


def listed(house: House, process_id: str | None = None) -> list[Shown]:
    """The proposals, the most worth first."""
    t = improvements.c
    with house.store.read() as tx:
        query = select(improvements).where(t.tenant_id == tx.tenant)
        rows = tx.all(query if process_id is None else query.where(t.process_id == process_id))
    found = [_shown(row) for row in rows]
    return sorted(found, key=lambda one: -one["worth"]["mean"])


def one(house: House, key: int) -> Shown:
    """A proposal.

    Raises:
        NotFound: there is none of that key.
    """
    with house.store.read() as tx:
        return _shown(_row(tx, key))


def opened(house: House, key: int) -> Shown:
    """Open a proposal as a draft: the changed files are in `draft`; nothing is deployed yet.

    Raises:
        NotFound: there is none of that key.
    """
    with house.store.write() as tx:
        row = _row(tx, key)
        if row.state == "proposed":
            _change(tx, key, {"state": "opened"})
        return _shown(_row(tx, key))


def released(house: House, key: int, actor: Actor) -> Shown:
    """Put an opened proposal into force: its draft is deployed; from now on its gain is measured.

    Raises:
        NotFound: there is none of that key.
        QuestionUnfit: it was not opened first, or is in force already.
        Denied, DeploymentRefused: the draft may not or cannot be deployed.
    """
    with house.store.write() as tx:
        row = _row(tx, key)
        if row.state != "opened":
            raise QuestionUnfit(
                f"the proposal is {row.state}, not opened", mend="Open it and look at it first."
            )
        files = {name: text.encode() for name, text in row.body["draft"].items()}
        if files:
            house.runtime.deploy(files, actor, tx=tx)
        _change(tx, key, {"state": "released", "released_at": house.clock()})
        return _shown(_row(tx, key))


def measured(house: House, key: int) -> Shown:
    """Compare cases begun since the release with as many before it, and keep that beside the prediction.

    Raises:
        NotFound: there is none of that key.
        QuestionUnfit: it is not in force, or too few cases have ended since.
    """
    with house.store.write() as tx:
        row = _row(tx, key)
        if row.released_at is None:
            raise QuestionUnfit("the proposal is not in force yet", mend="Release it first.")
        ended = _ended_since(tx, row.process_id, row.released_at)
        if ended < FEWEST_SINCE:
            raise QuestionUnfit(
                f"{ended} cases have begun and ended since the release; {FEWEST_SINCE} are needed"
            )
        before = _figures(house, tx, row.process_id, until=row.released_at)
        after = _figures(house, tx, row.process_id, since=row.released_at)
        gain = {name: before[name] - after[name] for name in before if name in after}
        found = {"cases": ended, "before": before, "after": after, "gain": gain}
        _change(tx, key, {"state": "measured", "body": {**row.body, "measured": found}})
        return _shown(_row(tx, key))


def _figures(
    house: House, tx: Tx, process_id: str, *, since: datetime | None = None, until: datetime | None = None
) -> dict[str, float]:
    figures = measure(tx, process_ids=(process_id,), costs=house.pack.costs, since=since, until=until)
    found = {
        "cycle_median_s": figures.cycle_time_median_s,
        "straight_through": figures.straight_through,
        "cost": figures.cost_to_serve,
    }
    return {name: float(value) for name, value in found.items() if value is not None}


def _ended_since(tx: Tx, process_id: str, since: datetime) -> int:
    i = instances.c
    query = select(func.count()).where(
        i.tenant_id == tx.tenant,
        i.parent.is_(None),
        i.process_id == process_id,
        i.started_at >= since,
        i.state == "completed",
    )
    return int(tx.scalar(query) or 0)


def _row(tx: Tx, key: int) -> Any:
    t = improvements.c
    row = tx.one(select(improvements).where(t.tenant_id == tx.tenant, t.key == key))
    if row is None:
        raise NotFound(f"there is no proposal {key}", mend="`mainspring improve list` shows them.")
    return row


def _change(tx: Tx, key: int, values: Mapping[str, Any]) -> None:
    t = improvements.c
    tx.execute(update(improvements).where(t.tenant_id == tx.tenant, t.key == key).values(**values))


def _shown(row: Any) -> Shown:
    body = row.body
    return {
        "key": str(row.key),
        "process": row.process_id,
        "state": row.state,
        "found_at": row.found_at,
        "released_at": row.released_at,
        "title": {"en": telling.title(body), "zh": telling.title(body, "zh")},
        "risk": {"en": telling.risk(body), "zh": telling.risk(body, "zh")},
        **{name: value for name, value in body.items() if name != "risk"},
    }
