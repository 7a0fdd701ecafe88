"""Everyone outside the process in a simulated run: cases, people, digital employees, messages.

What is to be done is read from the log that the runtime writes, so any model works that the runtime runs:
jobs, tasks, messages, timers, called processes. Every case draws from a random stream of its own, so that two
scenarios can be compared on the same cases.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import bindparam, select

from mainspring.base import jsonio
from mainspring.engine import CommandRejected, decode
from mainspring.engine import commands as c
from mainspring.engine.events import SYSTEM
from mainspring.runtime import Runtime
from mainspring.runtime.errors import NotFound
from mainspring.runtime.guard import Facts
from mainspring.simulation.agenda import Act, Agenda
from mainspring.simulation.data import DataOfCases
from mainspring.simulation.scenario import Activity, Scenario, Template
from mainspring.simulation.trace import HOUR_S, Done, Run
from mainspring.store.log import events

if TYPE_CHECKING:
    from mainspring.store import Tx

_WORK = {"JobCreated": "job", "TaskCreated": "task", "SubscriptionOpened": "subscription"}
_GONE = {"JobCanceled": "job", "TaskCanceled": "task", "SubscriptionClosed": "subscription"}
_ENDS = frozenset({"InstanceCompleted", "InstanceTerminated"})
_NOTICED = (*_WORK, *_GONE, *_ENDS, "IncidentRaised", "TimerScheduled")
_E = events.c
_NEWS = (
    select(_E.position, _E.instance, _E.at, _E.type, _E.key, _E.body)
    .where(_E.tenant_id == bindparam("tenant"), _E.position > bindparam("seen"), _E.type.in_(_NOTICED))
    .order_by(_E.position)
)
_AT_ONCE = Activity("")
_LISTENERS = frozenset({"execution_listener", "task_listener", "change_listener", "cancel_listener"})


@dataclass(slots=True)
class _Case:
    number: int
    root: int
    rng: np.random.Generator
    template: Template
    shift_s: float
    past: tuple[str, ...] = ()
    visits: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(slots=True, eq=False)
class _Item:
    """A piece of work that waits for somebody."""

    case: _Case
    element: str
    activity: Activity
    enabled: float
    command: Callable[[dict[str, Any]], Any]
    began: float = 0.0
    who: str = ""
    worked: float = 0.0
    cost: float = 0.0
    alone: bool = False
    gone: bool = False


class Staff:
    """Acts in a simulation; see `driver.People`.

    Args:
        runtime: in which the scenario's files are deployed.
        scenario: what is simulated.
        seed: of everything random.
        cases: how many come.
    """

    def __init__(self, runtime: Runtime, scenario: Scenario, seed: int, cases: int) -> None:
        self.run = Run()
        self._runtime = runtime
        self._scenario = scenario
        self._seed = seed
        self._cases = cases
        self._data = DataOfCases(scenario.templates)
        self._agenda = Agenda()
        self._open: dict[tuple[str, int], _Item] = {}
        self._by_root: dict[int, _Case] = {}
        self._position = 0
        self._waiting: dict[str, deque[tuple[float, _Item]]] = defaultdict(deque)
        self._gathered: dict[str, list[_Item]] = defaultdict(list)
        self._free = set(scenario.resources)
        self._wake = 0.0
        self._stirred = False
        self._coming = np.random.default_rng([seed, 0])
        self._tx: Tx | None = None
        self._agenda.at(scenario.arrivals.draw(self._coming, scenario.begin), self._arrive)

    # People, as the driver knows them

    def act(self, now: datetime) -> int:
        """Do everything that is due; gives how much that was."""
        at, did, due = now.timestamp(), 0, self._agenda.due(now)
        while due is not None or self._stirred:
            if due is not None:
                self._tx_work(due, now)
            did += 1 + self._notice()
            due = self._agenda.due(now)
        return did + self._begin(at)

    def _tx_work(self, due: Act | None, now: datetime) -> None:
        at = now.timestamp()
        with self._runtime.store.write() as tx:
            self._tx = tx
            while due is not None:
                due(at)
                due = self._agenda.due(now)
        self._tx = None

    def next_due(self) -> datetime | None:
        """When there is something to do again, timers of the process included."""
        return self._agenda.next()

    @property
    def over(self) -> bool:
        """Whether every case has come and ended."""
        run = self.run
        return len(run.began) == self._cases and len(run.ended) + len(run.stuck) >= self._cases

    # Cases

    def _arrive(self, at: float) -> None:
        number = len(self.run.began)
        rng = np.random.default_rng([self._seed, 1, number])
        template, values, shift = self._data.begin(rng, at)
        values = {**values, **self._scenario.branching.begin(rng)}
        root = self._runtime.start(
            self._scenario.process, values, actor=SYSTEM, business_key=f"simulated {number}", tx=self._tx
        )
        self._stirred = True
        self.run.began[number] = at
        self._by_root[root] = _Case(number, root, rng, template, shift)
        if number + 1 < self._cases:
            self._agenda.at(self._scenario.arrivals.draw(self._coming, at), self._arrive)

    # What is new in the log

    def _notice(self) -> int:
        self._stirred = False
        with self._runtime.store.read() as tx:
            rows = tx.connection.execute(_NEWS, {"tenant": tx.tenant, "seen": self._position}).all()
        for row in rows:
            self._position = row.position
            case = self._by_root.get(row.instance)
            if case is not None:
                self._see(case, row)
        return len(rows)

    def _see(self, case: _Case, row: Any) -> None:
        at = row.at.timestamp()
        if row.type in _ENDS:
            if row.key == case.root and case.number not in self.run.stuck:
                self.run.ended[case.number] = at
            return
        event: Any = decode(row.type, jsonio.loads(row.body))
        if row.type == "IncidentRaised":
            self.run.stuck.setdefault(case.number, event.message)
            self._agenda.at(at, partial(self._give_up, case))
        elif row.type == "TimerScheduled":
            self._agenda.at(event.due.timestamp(), self._stir)
        elif row.type in _GONE:
            item = self._open.pop((_GONE[row.type], getattr(event, _GONE[row.type])), None)
            if item is not None:
                item.gone = True
        else:
            self._offer(case, _WORK[row.type], event, at)

    def _stir(self, _: float) -> None:
        """A timer of the process is due: the driver fires it, and then there may be news."""
        self._stirred = True

    def _give_up(self, case: _Case, _: float) -> None:
        self._send(case, c.CancelInstance(case.root))

    def _offer(self, case: _Case, kind: str, event: Any, at: float) -> None:
        if kind == "subscription" and event.kind != "message":
            return
        key = getattr(event, kind)
        if kind == "task":
            command: Callable[[dict[str, Any]], Any] = partial(c.CompleteTask, key)
        elif kind == "subscription":
            command = partial(c.Correlate, key, None, event.name)
        elif event.kind == "ad_hoc":
            command = partial(c.CompleteJob, key, result={"complete": True})
        else:
            command = partial(c.CompleteJob, key)
        listener = kind == "job" and event.kind in _LISTENERS
        activity = _AT_ONCE if listener else self._scenario.activities.get(event.element, _AT_ONCE)
        item = _Item(case, "" if listener else event.element, activity, at, command)
        self._open[kind, key] = item
        if activity.taken < 1 and case.rng.random() >= activity.taken:
            return
        self._enabled(item, at)

    # Work

    def _enabled(self, item: _Item, at: float) -> None:
        """A digital employee tries first; then it waits until somebody could take it up."""
        automation, rng = item.activity.automation, item.case.rng
        if automation is not None:
            item.cost += automation.cost
            if rng.random() < automation.coverage:
                if rng.random() >= automation.error:
                    self._agenda.at(at, partial(self._alone, item))
                    return
                at = automation.found_after.draw(rng, at) if automation.found_after else at
        first = self._scenario.from_first and not item.case.past
        delay = None if first else item.activity.delay
        ready = at if delay is None else delay.draw(rng, at)
        if item.activity.people:
            self._agenda.at(ready, partial(self._queue, item))
        else:
            item.alone = automation is None and not item.activity.human
            self._agenda.at(ready, partial(self._finish, item))

    def _queue(self, item: _Item, at: float) -> None:
        batch = item.activity.batch
        if batch is None:
            self._waiting[item.element].append((at, item))
            return
        gathered = self._gathered[item.element]
        gathered.append(item)
        if len(gathered) >= batch.size:
            self._release(item.element, at)
        else:
            self._agenda.at(at + batch.longest_s, partial(self._too_long, item))

    def _too_long(self, item: _Item, at: float) -> None:
        if item in self._gathered[item.element]:
            self._release(item.element, at)

    def _release(self, element: str, at: float) -> None:
        self._waiting[element] += [(at, item) for item in self._gathered.pop(element, [])]

    def _begin(self, at: float) -> int:
        """Give waiting work to free people, the longest available first; gives how much."""
        began = 0
        while True:
            ready = []
            for queue in self._waiting.values():
                while queue and queue[0][1].gone:
                    queue.popleft()
                if queue:
                    ready.append((queue[0][0], queue))
            ready.sort(key=lambda one: one[0])
            taken = next((True for _, queue in ready if self._take(queue, at)), False)
            if not taken:
                self._wake_for([queue[0][1] for _, queue in ready], at)
                return began
            began += 1

    def _take(self, queue: deque[tuple[float, _Item]], at: float) -> bool:
        item = queue[0][1]
        resources = self._scenario.resources
        able = [
            name for name in item.activity.people if name in self._free and resources[name].week.running(at)
        ]
        if not able:
            return False
        queue.popleft()
        work, rng = item.activity.work, item.case.rng
        run = np.cumsum([item.activity.people[name] for name in able])
        who = able[int(np.searchsorted(run, rng.random() * run[-1], side="right"))]
        amount = 0.0 if work is None else float(work.amounts[rng.integers(len(work.amounts))])
        self._free.discard(who)
        item.who, item.began, item.worked = who, at, amount
        item.cost += amount / HOUR_S * resources[who].hourly
        self._agenda.at(resources[who].week.after(at, amount), partial(self._finish, item))
        return True

    def _wake_for(self, heads: Sequence[_Item], at: float) -> None:
        """Come back when somebody who could do waiting work comes on duty."""
        resources = self._scenario.resources
        idle = {name for item in heads for name in item.activity.people if name in self._free}
        times = [resources[name].week.next_running(at + 1e-6) for name in idle]
        if times and (min(times) < self._wake or self._wake <= at):
            self._wake = min(times)
            self._agenda.at(self._wake, lambda _: None)

    def _alone(self, item: _Item, at: float) -> None:
        item.alone = True
        self._finish(item, at)

    def _finish(self, item: _Item, at: float) -> None:
        if item.who:
            self._free.add(item.who)
        if item.gone:
            return
        case = item.case
        if item.element and item.activity.name:
            if not item.activity.message:
                began = item.began if item.who else at
                name, worked = item.activity.name, item.worked
                self.run.done.append(
                    Done(
                        case.number,
                        item.element,
                        name,
                        item.who,
                        item.enabled,
                        began,
                        at,
                        worked,
                        item.alone,
                        item.cost,
                    )
                )
            case.past = (item.activity.name, *case.past[: self._scenario.branching.depth - 1])
        visit = case.visits[item.element]
        case.visits[item.element] += 1
        values = self._data.answer(case.template, case.rng, item.element, visit, case.shift_s)
        self._send(case, item.command({**values, **self._scenario.branching.after(case.rng, case.past)}))

    def _send(self, case: _Case, command: Any) -> None:
        self._stirred = True
        facts = Facts(case.root, self._scenario.process)
        try:
            self._runtime.execute(command, actor=SYSTEM, instance=case.root, facts=facts, tx=self._tx)
        except (CommandRejected, NotFound) as error:
            if case.number not in self.run.ended:
                self.run.stuck.setdefault(case.number, error.message)
