"""The measures of a house: what `insight` counts from the log and the recorded calls."""

from typing import Any

from mainspring.app.house import House
from mainspring.insight import measure

PROCESSES = ("lead_to_cash",)


def measured(house: House) -> dict[str, Any]:
    """AI penetration, AAR, straight-through rate, cost to serve and cycle time, in all and per activity."""
    with house.store.read() as tx:
        return measure(tx, process_ids=PROCESSES, costs=house.pack.costs).as_dict()
