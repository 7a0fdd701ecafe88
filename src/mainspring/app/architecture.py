"""The company's architecture as a tree: the levels of the landscape, completed by the deployed models.

A row of the landscape stands for an activity of a process, or for a whole process. What a deployed model has
beyond the rows that name it is put below the place in which most of it stands, so that no case, task or
incident is lost. A process that no row names stands below a place of its own, which has no name.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from lxml import etree

from mainspring.app.house import House
from mainspring.app.measures import in_both
from mainspring.app.planning import plan_of
from mainspring.base import xml
from mainspring.insight import plan
from mainspring.insight.plan.landscape import LEVELS
from mainspring.runtime import queries

PROCESS, ACTIVITY = 3, 5
"""The levels at which the landscape has processes and activities."""
_WAITS = ("intermediateCatchEvent", "callActivity")

Activity: TypeAlias = tuple[str, str]
"""A process and an element of it."""
_Path: TypeAlias = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A deployed process: its name, and the names of the elements in which a case may stand, as drawn."""

    id: str
    name: str
    activities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One node of the tree.

    Attributes:
        level: 1 to 6; 0 for what no row names.
        parent: its place in the list; None at the top.
        process: the process that it is, or is a part of; None for a place above processes.
        activity: the element that it is; None for anything larger.
        own: activities that stand right here.
        rest: processes of which everything that stands nowhere else is counted here.
    """

    level: int
    name: str
    parent: int | None
    process: str | None = None
    activity: str | None = None
    own: set[Activity] = field(default_factory=set)
    rest: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Architecture:
    """The tree.

    Attributes:
        number: of the plan; 0 is the one that ships with the pack.
        newest: the key of the newest model.
        places: parents before what is below them.
        models: by the id of the process.
    """

    number: int
    newest: int
    places: tuple[Place, ...]
    models: Mapping[str, Model]


def architecture(house: House, visible: frozenset[str]) -> Architecture:
    """The tree over the landscape in force and the newest models of the processes that somebody may see."""
    in_force = plan_of(house)
    with house.store.read() as tx:
        deployed = queries.deployed(tx, kind="process")

    def build() -> Architecture:
        landscape = plan.read(in_force.text, "the plan in force")
        hidden = {one.id for one in deployed} - visible
        places, models = tree(landscape.nodes, _models(house, visible), hidden)
        return Architecture(in_force.number, newest, places, models)

    newest = max((one.key for one in deployed), default=0)
    return house.figures.get(("architecture", in_force.number, visible), newest, build)


def tree(
    rows: Sequence[plan.Node], models: Sequence[Model], hidden: Collection[str] = ()
) -> tuple[tuple[Place, ...], Mapping[str, Model]]:
    """Build the tree; gives its places, parents before what is below them, and the models by their ids.

    Args:
        rows: of the landscape, in their order.
        models: what is deployed.
        hidden: processes whose rows are left out.
    """
    made = _Making(models)
    for row in rows:
        if row.process not in hidden:
            made.put(row)
    for model in models:
        made.complete(model)
    return made.ordered(), made.models


class _Making:
    """The tree while it grows."""

    def __init__(self, models: Sequence[Model]) -> None:
        self.models = {one.id: one for one in models}
        self._places: list[Place] = []
        self._found: dict[_Path, int] = {}
        self._homes: dict[str, int] = {}
        self._held: dict[str, Counter[int]] = {one.id: Counter() for one in models}
        self._named: dict[str, set[str]] = {one.id: set() for one in models}

    def put(self, row: plan.Node) -> None:
        """One row of the landscape: its levels, and what stands at the lowest of them."""
        at = None
        path: _Path = ()
        for level, key in enumerate(LEVELS, 1):
            if name := getattr(row, key):
                path = (*path, (level, name))
                at = self._place(path, at)
        model = self.models.get(row.process)
        if at is None or model is None:
            return
        if row.activity in model.activities:
            self._places[at].own.add((model.id, row.activity))
            self._named[model.id].add(row.activity)
            self._held[model.id][self._above_activities(at)] += 1
        elif not row.activity:
            self._homes.setdefault(model.id, at)

    def complete(self, model: Model) -> None:
        """What no row names of a process: below the place with most of it, else below the nameless one."""
        home = self._homes.get(model.id)
        if home is None and (most := self._held[model.id].most_common(1)):
            home = most[0][0]
        if home is None:
            home = self._add(PROCESS, model.name, self._place(((0, ""),), None))
        self._places[home].rest.add(model.id)
        if self._places[home].level < ACTIVITY:
            for element, name in model.activities.items():
                if element not in self._named[model.id]:
                    self._places[self._add(ACTIVITY, name, home)].own.add((model.id, element))

    def ordered(self) -> tuple[Place, ...]:
        """Depth first; each place says of which process it is, where it is of one."""
        below: dict[int | None, list[int]] = {}
        for number, place in enumerate(self._places):
            below.setdefault(place.parent, []).append(number)
        found: list[Place] = []

        def walk(above: int | None, parent: int | None) -> set[str]:
            met: set[str] = set()
            for number in sorted(below.get(above, ()), key=self._drawn):
                place = replace(self._places[number], parent=parent)
                at = len(found)
                found.append(place)
                inside = walk(number, at) | {process for process, _ in place.own} | place.rest
                if len(inside) == 1 and place.level >= PROCESS:
                    alone = len(place.own) == 1 and not place.rest and number not in below
                    activity = next(iter(place.own))[1] if alone else None
                    found[at] = replace(place, process=next(iter(inside)), activity=activity)
                met |= inside
            return met

        walk(None, None)
        return tuple(found)

    def _drawn(self, number: int) -> tuple[bool, int]:
        """Its place among its siblings: activities as their model draws them, all else as it came."""
        own = self._places[number].own
        if len(own) != 1:
            return False, number
        process, element = next(iter(own))
        return True, list(self.models[process].activities).index(element)

    def _above_activities(self, number: int) -> int:
        place = self._places[number]
        while place.level >= ACTIVITY and place.parent is not None:
            number, place = place.parent, self._places[place.parent]
        return number

    def _place(self, path: _Path, parent: int | None) -> int:
        if path not in self._found:
            self._found[path] = self._add(*path[-1], parent)
        return self._found[path]

    def _add(self, level: int, name: str, parent: int | None) -> int:
        self._places.append(Place(level, name, parent))
        return len(self._places) - 1


def _models(house: House, visible: Collection[str]) -> list[Model]:
    with house.store.read() as tx:
        deployed = queries.deployed(tx, kind="process")
        sources = [(one, queries.source(tx, one.key)) for one in deployed if one.id in visible]
    return [
        Model(one.id, one.name, dict(_activities(drawn)))
        for one, source in sources
        for drawn in xml.parse(source, one.file).iter("{*}process")
        if drawn.get("id") == one.id
    ]


def _activities(process: Any) -> Iterator[tuple[str, str]]:
    """Elements in which a case stands, with their names: what is done, and what is waited for."""
    for element in process.iter("{*}*"):
        kind, key = etree.QName(element).localname, element.get("id")
        if key and (kind.lower().endswith("task") or kind in _WAITS):
            yield key, in_both(element, element.get("name") or key)
