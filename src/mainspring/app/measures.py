"""The measures of a house: what `insight` counts, with the activities named as their models name them."""

from typing import Any

from mainspring.app.house import House
from mainspring.base import xml
from mainspring.insight import measure
from mainspring.insight.measures import Measures
from mainspring.runtime import queries
from mainspring.store import log

PROCESSES = ("lead_to_cash",)


def measured(house: House) -> dict[str, Any]:
    """AI penetration, AAR, straight-through rate, cost to serve and cycle time, in all and per activity.

    Activities stand in the order in which their models draw them.
    """
    with house.store.read() as tx:
        newest = log.last_position(tx)
    figures = figures_of(house, PROCESSES, newest).as_dict()
    names = element_names(house)
    order = {element: place for place, element in enumerate(names)}
    nodes = sorted(figures["nodes"].items(), key=lambda one: order.get(one[0], len(order)))
    figures["nodes"] = {element: {"name": names.get(element, element)} | node for element, node in nodes}
    return figures


def figures_of(house: House, process_ids: tuple[str, ...], position: int) -> Measures:
    """The measures of these processes for the log up to `position`; see `Figures` for how fresh they are."""

    def count() -> Measures:
        with house.store.read() as tx:
            return measure(tx, process_ids=process_ids, costs=house.pack.costs)

    return house.figures.get(("measures", process_ids), position, count)


def element_names(house: House) -> dict[str, str]:
    """Element to its name, in both languages where its model keeps both."""
    return house.figures.get("names", _drawn(house), lambda: _names(house))


def activity_names(house: House) -> dict[str, str]:
    """Job type to the name of the activity that is done by it, likewise."""

    def read() -> dict[str, str]:
        names = _names(house)
        return {kind: names[element] for element, kind in job_types(house) if element in names}

    return house.figures.get("activity names", _drawn(house), read)


def _drawn(house: House) -> int:
    """The newest model: names are read anew when there is a newer one."""
    with house.store.read() as tx:
        return max((one.key for one in queries.deployed(tx, kind="process")), default=0)


def job_types(house: House) -> list[tuple[str, str]]:
    """Each element that a worker does, and its job type."""
    with house.store.read() as tx:
        models = {one: queries.source(tx, one.key) for one in queries.deployed(tx, kind="process")}
    found = []
    for one, source in models.items():
        for element in xml.parse(source, one.file).iter("{*}serviceTask", "{*}adHocSubProcess"):
            task = element.find("{*}extensionElements/{*}taskDefinition")
            if task is not None:
                found.append((element.get("id") or "", task.get("type") or ""))
    return found


def _names(house: House) -> dict[str, str]:
    """The names of all elements of the deployed models, those of lead to cash first."""
    found: dict[str, str] = {}
    with house.store.read() as tx:
        deployed = queries.deployed(tx, kind="process")
        models = {one: queries.source(tx, one.key) for one in deployed}
    for one in sorted(models, key=lambda each: (each.id not in PROCESSES, each.id)):
        for element in xml.parse(models[one], one.file).iter("{*}process"):
            for inner in element.iter():
                key, name = inner.get("id"), inner.get("name")
                if key and name:
                    found.setdefault(key, in_both(inner, name))
    return found


def in_both(element: Any, name: str) -> str:
    """The name with the Chinese one that the model keeps beside it, as "English · 中文"."""
    beside = element.find("{*}extensionElements/{*}properties/{*}property[@name='name.zh']")
    return name if beside is None else f"{name} · {beside.get('value')}"
