"""The measures of a house: what `insight` counts, with the activities named as their models name them."""

from typing import Any

from mainspring.app.house import House
from mainspring.base import xml
from mainspring.insight import measure
from mainspring.runtime import queries
from mainspring.store import Tx

PROCESSES = ("lead_to_cash",)


def measured(house: House) -> dict[str, Any]:
    """AI penetration, AAR, straight-through rate, cost to serve and cycle time, in all and per activity.

    Activities stand in the order in which their models draw them.
    """
    with house.store.read() as tx:
        figures = measure(tx, process_ids=PROCESSES, costs=house.pack.costs).as_dict()
        names = _names(tx)
    order = {element: place for place, element in enumerate(names)}
    nodes = sorted(figures["nodes"].items(), key=lambda one: order.get(one[0], len(order)))
    figures["nodes"] = {element: {"name": names.get(element, element)} | node for element, node in nodes}
    return figures


def _names(tx: Tx) -> dict[str, str]:
    """The names of all elements of the deployed models, those of lead to cash first."""
    found: dict[str, str] = {}
    deployed = queries.deployed(tx, kind="process")
    for one in sorted(deployed, key=lambda each: (each.id not in PROCESSES, each.id)):
        for element in xml.parse(queries.source(tx, one.key), one.file).iter("{*}process"):
            for inner in element.iter():
                key, name = inner.get("id"), inner.get("name")
                if key and name:
                    found.setdefault(key, _in_both(inner, name))
    return found


def _in_both(element: Any, name: str) -> str:
    """The name with the Chinese one that the model keeps beside it, as "English · 中文"."""
    beside = element.find("{*}extensionElements/{*}properties/{*}property[@name='name.zh']")
    return name if beside is None else f"{name} · {beside.get('value')}"
