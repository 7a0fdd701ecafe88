"""A small office: one digital employee sorts notes, people of a group review, on each store."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from mainspring.agents import definition
from mainspring.agents.definition import AgentDefinition
from mainspring.agents.draft import Draft
from mainspring.agents.inbox import Inbox
from mainspring.agents.looking_up import RowsOf, no_tables
from mainspring.agents.models import Drafter, Profile
from mainspring.agents.pipeline import Pipeline
from mainspring.agents.roster import Roster
from mainspring.agents.skill import Assignment, Skill
from mainspring.agents.thinking import Thinking
from mainspring.engine.events import Actor
from mainspring.gateway import Gateway
from mainspring.gateway.egress import Egress
from mainspring.govern import identity
from mainspring.govern.approvals import Approvals
from mainspring.govern.identity import Person
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import default_policies
from mainspring.packs.lead_to_cash import pack
from mainspring.runtime import AllowAll, Runtime, queries
from mainspring.runtime.queries import Task
from mainspring.runtime.worker import Worker
from mainspring.services.operation import Context, Operation
from mainspring.simulation import VirtualClock
from mainspring.store import Store, Tx
from mainspring.store.keys import KeyGenerator
from mainspring.testing import drawing
from mainspring.testing.model_endpoint import ModelEndpoint, Says

DEFINITION = """
id: sorter
title: {en: Sorter, zh: 分拣员}
kind: task
instructions: Say what a note is about.
version: 1
audit_share: 0.1
operations: [notes.file]
duties:
  sort:
    skill: sort
    risk_target: 0.05
    review: {group: office, form: review_note, title: {en: "What is it?", zh: "这是什么？"}}
  file:
    skill: file
"""


class Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(Data):
    label: str


@dataclass
class Office:
    """Everything around the employee."""

    store: Store
    clock: VirtualClock = field(default_factory=VirtualClock)
    filed: list[str] = field(default_factory=list)
    learned: list[dict[str, Any]] = field(default_factory=list)
    skills: dict[str, Skill] = field(default_factory=dict)
    drafter: Drafter | None = None
    rows_of: RowsOf = no_tables
    agent: AgentDefinition = field(default_factory=lambda: definition.read(DEFINITION, "sorter.yaml"))

    def __post_init__(self) -> None:
        self.keys = KeyGenerator(self.clock, self.store.node())
        rules = default_policies({self.agent.id: self.agent.operations})
        ladder = pack.read().decisions[pack.LADDER]
        self.gateway = Gateway(
            [self._file()],
            policies=rules,
            ladder=Ladder(ladder, pack.LADDER),
            approvals=Approvals(keys=self.keys),
            clock=self.clock,
            keys=self.keys,
        )
        self.runtime = Runtime(self.store, clock=self.clock, keys=self.keys, guard=AllowAll())
        self.roster = Roster({self.agent.id: self.agent}, self.keys)
        self.skills |= {
            "sort": Skill(_file, generate=_sort, learn=self._learn),
            "sort_better": Skill(_file, generate=lambda work, _: Draft({"label": work.variables["truth"]})),
            "file": Skill(_file, generate=_sort),
        }
        with self.store.write() as tx:
            for person in ("ann", "bob"):
                roles = frozenset({"worker"})
                identity.add_person(
                    tx, Person(person, person, roles=roles, groups=frozenset({"office"})), now=self.clock()
                )
        for name in ("sort", "file"):
            self.runtime.deploy({f"{name}.bpmn": drawing.sequence(name, drawing.service("do", name))}, ANN)

    def _file(self) -> Operation:
        def file(_: Context, note: Note) -> Note:
            self.filed.append(note.label)
            return note

        return Operation("notes.file", {"en": "File", "zh": "归档"}, "write", Note, Note, file)

    def _learn(self, _: Assignment, __: Draft, answer: Mapping[str, Any]) -> None:
        self.learned.append(dict(answer))

    def worker(self) -> Worker:
        handlers = {
            activity: Pipeline(
                self.agent, activity, self.skills, self.roster, self.gateway, self.keys, identity.principal
            )
            for activity in self.agent.duties
        }
        return Worker(self.runtime, handlers, "w1")

    def note(self, guess: str, sure: float, truth: str = "", process: str = "sort") -> int:
        variables = {"guess": guess, "sure": sure, "truth": truth or guess}
        return self.runtime.start(process, variables, actor=ANN)

    def work(self) -> None:
        worker = self.worker()
        while worker.run_once():
            pass

    def waiting(self) -> list[Task]:
        with self.store.read() as tx:
            return queries.tasks(tx, groups=("office",), user="ann", limit=1000)

    def review(self, person: str = "ann") -> int:
        """Answer everything that waits with the truth; gives how many."""
        tasks = self.waiting()
        with self.store.write() as tx:
            inbox = Inbox(self.runtime, self.gateway)
            for task in tasks:
                truth = queries.variables(tx, task.instance)["truth"]
                same = task.payload["values"].get("label") == truth
                inbox.complete(
                    tx,
                    task.key,
                    identity.principal(tx, person),
                    "accepted" if same else "edited",
                    {} if same else {"label": truth},
                )
        self.work()
        return len(tasks)

    def read(self, ask: Callable[[Tx], Any]) -> Any:
        with self.store.read() as tx:
            return ask(tx)


ANN = Actor("person", "ann")


def _sort(work: Assignment, _: Any) -> Draft:
    return Draft({"label": work.variables["guess"]}, float(work.variables["sure"]), ("it says so",))


def _file(work: Assignment, draft: Draft) -> dict[str, Any]:
    work.call("notes.file", label=draft.values["label"])
    return {"label": draft.values["label"]}


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


THINKING = """
id: sorter
title: {en: Sorter, zh: 分拣员}
kind: task
instructions: Say what a note is about.
operations: [notes.file]
output:
  type: object
  properties: {label: {type: string}, confidence: {type: number}}
  required: [label]
duties:
  sort:
    skill: sort
    model: main
    alone_from: 0.8
    review: {group: office, form: review_note, title: {en: "What is it?", zh: "这是什么？"}}
"""


@pytest.fixture
def endpoint() -> Iterator[ModelEndpoint]:
    with ModelEndpoint([Says('{"label": "bill", "confidence": 0.95}')]) as serving:
        yield serving


@pytest.fixture
def thinking(office: Any, endpoint: ModelEndpoint) -> Any:
    office.agent = definition.read(THINKING, "sorter.yaml")
    office.roster.shipped["sorter"] = office.agent
    profile = Profile(base_url=endpoint.base_url, model="scripted", networks=("127.0.0.0/8",), seconds=5)
    office.drafter = Drafter(
        office.store, Egress(), {"main": profile}, office.clock, office.keys, b"0123456789abcdef"
    )

    def worker() -> Worker:
        pipeline = Pipeline(
            office.agent,
            "sort",
            office.skills,
            office.roster,
            office.gateway,
            office.keys,
            identity.principal,
        )
        does = Thinking(pipeline, office.store, office.drafter, rows_of=office.rows_of)
        return Worker(office.runtime, {"sort": does}, "w1")

    office.worker = worker
    return office
