"""The measures of a house: what `insight` counts from the log and the recorded calls."""

import importlib
from typing import Any

from mainspring.app.errors import NotReadyError
from mainspring.app.house import House

PROCESSES = ("lead_to_cash",)


def measured(house: House) -> dict[str, Any]:
    """AI penetration, AAR, straight-through rate, cost to serve and cycle time, in all and per activity.

    Raises:
        NotReadyError: this installation has no measures.
    """
    try:
        # The one seam to a package that is being built beside this one.
        insight = importlib.import_module("mainspring.insight.measures")
    except ModuleNotFoundError as error:
        raise NotReadyError(
            "this installation counts no measures yet", mend="Install a newer one."
        ) from error
    with house.store.read() as tx:
        found = insight.measure(tx, process_ids=PROCESSES)
    shown: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    return shown
