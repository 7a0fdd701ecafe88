"""What-if on our own processes: learned from the log, simulated on the deployed models and tables."""

import threading
from typing import Any

from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.measures import element_names
from mainspring.insight.simulate.asked import Asked, comparison_json, outcome_json
from mainspring.insight.simulate.own import learn_own
from mainspring.simulation.changes import changed
from mainspring.simulation.experiment import Told, compare, simulate
from mainspring.simulation.scenario import Scenario

MOST_SIMULATED = 3_000
"""Cases of all replications of one question that the server answers."""

_ONE_AT_A_TIME = threading.Lock()


def scenario_of(house: House, process_id: str) -> Scenario:
    """The process as it runs now.

    Raises:
        MiningError: too few cases have ended to learn from.
    """
    names = element_names(house)
    with house.store.read() as tx:
        return learn_own(tx, process_id, costs=house.pack.costs, names=names)


def what_if(
    house: House,
    process_id: str,
    asked: Asked,
    *,
    cases: int,
    replications: int,
    seed: int = 1,
    told: Told | None = None,
) -> dict[str, Any]:
    """Simulate the process as it is and, where something is asked for, as it would be.

    Raises:
        QuestionUnfit: it would take too long, or another simulation is going on.
        MiningError: too few cases have ended to learn from.
        ScenarioError: a change does not fit the process.
    """
    if cases * replications > MOST_SIMULATED:
        raise QuestionUnfit(
            f"{cases} cases {replications} times are too many",
            where="cases",
            mend=f"At most {MOST_SIMULATED:,} in all.",
        )
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise QuestionUnfit("another simulation is going on", mend="Ask again in a moment.")
    try:
        now = scenario_of(house, process_id)
        sizes: Any = {"cases": cases, "replications": replications, "seed": seed, "told": told}
        changes = asked.changes()
        if not changes:
            found = {"before": outcome_json(simulate(now, **sizes)), "after": None, "gain": None}
        else:
            found = comparison_json(compare(now, changed(now, changes), **sizes))
    finally:
        _ONE_AT_A_TIME.release()
    groups = sorted({one.group for one in now.resources.values()})
    activities = [
        {"element": element, "name": one.name, "people": len(one.people)}
        for element, one in now.activities.items()
        if not one.message
    ]
    return {"process": process_id, "source": now.source, "groups": groups, "activities": activities} | found
