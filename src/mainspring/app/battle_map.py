"""The battle map: at each place of the architecture what runs, waits, is late, and who does the work.

Every figure of a place is of all that is below it, each case, task and activity once. A case is where it
stands (`standing`); one that stands at no activity just now is at its process. The money at a place is what
is at stake in the cases there. Shares are those of `docs/measures.md`: of the activities of the place, and of
a process that is there as a whole with the processes it called.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Row, and_, func, select

from mainspring.app.architecture import Activity, Architecture, architecture
from mainspring.app.house import House
from mainspring.app.measures import figures_of
from mainspring.app.standing import positions
from mainspring.app.task_lines import MONEY, at_stake
from mainspring.insight.measures import NodeMeasures, share
from mainspring.store import Tx, log
from mainspring.store import process_tables as t

Shown = dict[str, Any]
K = TypeVar("K", bound=Hashable)
_GOING_ON = ("active", "suspended")


class _Cases(NamedTuple):
    """How many cases are at a place, and what is at stake in them by currency."""

    many: int
    money: Mapping[str, Decimal]


class _Tasks(NamedTuple):
    """How many tasks wait, and when those that are due are due, the earliest first."""

    many: int
    dues: Sequence[datetime]

    def late(self, now: datetime) -> int:
        """How many of them should have been answered by now."""
        return bisect_left(self.dues, now)


class _Waits(NamedTuple):
    """The tasks that wait at an activity, in all and by the group that is asked."""

    every: _Tasks
    groups: Mapping[str, _Tasks]


def battle_map(house: House, visible: frozenset[str], *, with_money: bool) -> Shown:
    """The places of the architecture with their figures, parents first.

    Args:
        house: whose.
        visible: processes that the asker may see.
        with_money: whether the asker may see what is at stake.
    """
    made = architecture(house, visible)
    with house.store.read() as tx:
        newest, trouble = log.last_position(tx), _incidents(tx)
    now = house.clock()
    waits = house.figures.get("waits", newest, lambda: _waits(house))
    name = ("standing", made.number, made.newest, visible)
    standing = house.figures.get(name, newest, lambda: _standing(house, made))
    waiting = _gathered(made, ((one, one) for one in waits))
    broken = _gathered(made, ((one, one) for one in trouble))
    shares = _shares(house, made, newest)
    places = []
    for number, place in enumerate(made.places):
        cases, tasks = standing[number], [waits[one] for one in waiting[number]]
        penetration, aar = shares[number]
        places.append(
            {
                "parent": place.parent,
                "level": place.level,
                "name": place.name,
                "process": place.process,
                "activity": place.activity,
                "running": cases.many,
                "waiting": sum(one.every.many for one in tasks),
                "waiting_for": _groups(tasks, now),
                "late": sum(one.every.late(now) for one in tasks),
                "incidents": sum(trouble[one] for one in broken[number]),
                "penetration": penetration,
                "aar": aar,
                "money": [
                    {"currency": currency, "amount": amount}
                    for currency, amount in sorted(cases.money.items())
                    if with_money
                ],
            }
        )
    return {"plan": made.number, "places": places}


def _gathered(made: Architecture, found: Iterable[tuple[K, Activity]]) -> Sequence[set[K]]:
    """By place: what was found in it or below it.

    Args:
        made: the tree.
        found: each with the activity at which it was found; what is at none of the tree's is at its process.
    """
    gathered: list[set[K]] = [set() for _ in made.places]
    at: dict[Activity, list[int]] = defaultdict(list)
    rest: dict[str, int] = {}
    for number, place in enumerate(made.places):
        for one in place.own:
            at[one].append(number)
        rest.update(dict.fromkeys(place.rest, number))
    for key, one in found:
        for number in at.get(one) or ([rest[one[0]]] if one[0] in rest else ()):
            gathered[number].add(key)
    for number in reversed(range(len(made.places))):
        parent = made.places[number].parent
        if parent is not None:
            gathered[parent] |= gathered[number]
    return gathered


def _standing(house: House, made: Architecture) -> Sequence[_Cases]:
    i, v = t.instances.c, t.variables.c
    with house.store.read() as tx:
        going_on = and_(i.tenant_id == tx.tenant, i.state.in_(_GOING_ON))
        stands = [(row.root, (row.process_id, row.element)) for row in tx.all(positions(tx))]
        runs = {(row.root, row.process_id) for row in tx.all(select(i.root, i.process_id).where(going_on))}
        values = (
            select(v.scope, v.name, v.value)
            .join_from(t.instances, t.variables, and_(v.tenant_id == i.tenant_id, v.scope == i.key))
            .where(going_on, i.parent.is_(None), v.name.in_(MONEY))
        )
        known: dict[int, dict[str, Any]] = defaultdict(dict)
        for row in tx.all(values):
            known[row.scope][row.name] = row.value
    drawn = [one for one in stands if one[1][1] in _drawn(made, one[1][0])]
    met = {(root, process) for root, (process, _) in drawn}
    between = [(root, (process, "")) for root, process in runs - met]
    stakes = {root: much[1:] for root, values in known.items() if (much := at_stake(values))}
    return [_cases(roots, stakes) for roots in _gathered(made, [*drawn, *between])]


def _drawn(made: Architecture, process: str) -> Mapping[str, str]:
    model = made.models.get(process)
    return {} if model is None else model.activities


def _cases(roots: set[int], stakes: Mapping[int, tuple[Decimal, str]]) -> _Cases:
    money: dict[str, Decimal] = defaultdict(Decimal)
    for root in roots & stakes.keys():
        amount, currency = stakes[root]
        money[currency] += amount
    return _Cases(len(roots), money)


def _shares(house: House, made: Architecture, newest: int) -> Sequence[tuple[float | None, float | None]]:
    """By place AI penetration and automation coverage."""
    nodes: dict[Activity, NodeMeasures] = {}
    for process in _begun(house):
        for element, node in figures_of(house, (process,), newest).nodes.items():
            nodes[process, element] = node  # by the process that the cases began with
    done_at = _gathered(made, ((one, (node.process, one[1])) for one, node in nodes.items()))
    inside = _gathered(made, ((one, one) for one in _placed(made)))
    whole = _gathered(made, ((process, (process, "")) for process in made.models))
    placed = {process: {one for one in _placed(made) if one[0] == process} for process in made.models}
    shares = []
    for number, found in enumerate(done_at):
        complete = {process for process in whole[number] if placed[process] <= inside[number]}
        shares.append(_share([node for one, node in nodes.items() if one in found or one[0] in complete]))
    return shares


def _placed(made: Architecture) -> Iterator[Activity]:
    return (one for place in made.places for one in place.own)


def _share(nodes: Sequence[NodeMeasures]) -> tuple[float | None, float | None]:
    ai, people = sum(one.calls_by_ai for one in nodes), sum(one.calls_by_people for one in nodes)
    done, touched = sum(one.completed for one in nodes), sum(one.touched for one in nodes)
    return share(ai, ai + people), share(done - touched, done)


def _groups(tasks: Sequence[_Waits], now: datetime) -> list[Shown]:
    count, late = Counter[str](), Counter[str]()
    for one in tasks:
        for group, theirs in one.groups.items():
            count[group] += theirs.many
            late[group] += theirs.late(now)
    return [{"group": group, "count": count[group], "late": late[group]} for group in sorted(count)]


def _begun(house: House) -> Sequence[str]:
    """The processes with which cases began."""
    i = t.instances.c
    with house.store.read() as tx:
        query = select(i.process_id).where(i.tenant_id == tx.tenant, i.parent.is_(None)).distinct()
        return [row.process_id for row in tx.all(query)]


def _waits(house: House) -> Mapping[Activity, _Waits]:
    tasks, names = t.tasks.c, t.task_candidates.c
    asked = and_(names.tenant_id == tasks.tenant_id, names.task == tasks.key, names.kind == "group")
    with house.store.read() as tx:
        one = (tasks.process_id, tasks.element, tasks.due)
        every = select(*one, func.count().label("many")).where(tasks.tenant_id == tx.tenant).group_by(*one)
        by_group = every.add_columns(names.name).outerjoin(t.task_candidates, asked).group_by(names.name)
        whole, grouped = tx.all(every), tx.all(by_group)
    groups: dict[Activity, dict[str, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in grouped:
        groups[row.process_id, row.element][row.name or ""].append(row)
    found: dict[Activity, list[Row[Any]]] = defaultdict(list)
    for row in whole:
        found[row.process_id, row.element].append(row)
    return {
        place: _Waits(_tasks(rows), {group: _tasks(theirs) for group, theirs in groups[place].items()})
        for place, rows in found.items()
    }


def _tasks(rows: Sequence[Row[Any]]) -> _Tasks:
    """The tasks of one place or group, of which each row has so many with the same due date."""
    dues = sorted(row.due for row in rows if row.due is not None for _ in range(row.many))
    return _Tasks(sum(row.many for row in rows), dues)


def _incidents(tx: Tx) -> Mapping[Activity, int]:
    i = t.incidents.c
    query = (
        select(i.process_id, i.element, func.count().label("many"))
        .where(i.tenant_id == tx.tenant)
        .group_by(i.process_id, i.element)
    )
    return {(row.process_id, row.element): row.many for row in tx.all(query)}
