"""The composition root: the one place where everything is wired to everything.

A `House` is one tenant's Mainspring: its store, the runtime over it, the gateway to the business systems, the
rules of who may do what, and the digital employees of its pack.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from mainspring.agents import tables as agent_tables
from mainspring.agents.models import Profile
from mainspring.agents.pipeline import Pipeline
from mainspring.agents.roster import Roster
from mainspring.agents.skills.score import LeadScorer
from mainspring.agents.thinking import Thinking
from mainspring.app import connector, folder_tables, installed, models, partner_tables
from mainspring.app.digest import tables as digest_tables
from mainspring.app.figures import Figures
from mainspring.app.mail import tables as mail_tables
from mainspring.app.notices import tables as notice_tables
from mainspring.app.outside import Outside, open_outside
from mainspring.app.readings import Readings
from mainspring.app.tables import task
from mainspring.gateway import Gateway
from mainspring.gateway import tables as gateway_tables
from mainspring.govern import identity, rulebook
from mainspring.govern.approvals import Approvals
from mainspring.govern.directory import People
from mainspring.govern.guard import RuntimeGuard
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import Policies, default_policies
from mainspring.govern.policies_in_force import PoliciesInForce
from mainspring.govern.principal import Principal
from mainspring.govern.spent import NowhereSpent, Spent, SpentFile, number_of
from mainspring.insight.improve import tables as improve_tables
from mainspring.packs.lead_to_cash import knowhow, pack, skills
from mainspring.packs.lead_to_cash.knowhow import Knowhow
from mainspring.packs.lead_to_cash.pack import Pack
from mainspring.runtime import Runtime
from mainspring.runtime.worker import Worker
from mainspring.services.catalogue import operations
from mainspring.store import Store, Tx, open_store, process_tables
from mainspring.store.keys import Clock, KeyGenerator, Keys, utc_now

TENANT = "main"
TABLES = (
    gateway_tables.services,
    agent_tables.runs,
    agent_tables.corrections,
    partner_tables.partner_tasks,
    improve_tables.improvements,
    mail_tables.letters,
    folder_tables.folder_files,
    notice_tables.told_subjects,
    digest_tables.digests,
)
"""Named here so that their module is read before a store creates its tables."""


@dataclass(slots=True)
class House:
    """One tenant's Mainspring.

    Attributes:
        ladder: the id of the ladder's table in force.
        knowhow: what the digital employees know; None until `learn` has read it from the books.
        models: profiles of language models, by name.
    """

    store: Store
    clock: Clock
    keys: Keys
    runtime: Runtime
    gateway: Gateway
    policies: PoliciesInForce
    approvals: Approvals
    pack: Pack
    ladder: str
    outside: Outside
    leads: LeadScorer | None = None
    knowhow: Knowhow | None = field(default=None)
    policies_number: int = 0
    models: Mapping[str, Profile] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    readings: Readings = field(default_factory=Readings)

    def learn(self) -> Knowhow:
        """Read what is known from the books (again)."""
        with self.store.read() as tx:
            self.knowhow = knowhow.load(tx, self.pack.decisions, self.leads)
        return self.knowhow

    def rules(self, own: str = "") -> Policies:
        """The policies that ship, with a company's own text added.

        Raises:
            PolicyError: the text is wrong.
        """
        return _rules(self.pack, own)

    def refresh_policies(self) -> bool:
        """Put the company's newest policies in force, if another process kept newer ones; whether it did."""
        with self.store.read() as tx:
            if rulebook.newest(tx) == self.policies_number:
                return False
            newest = rulebook.in_force(tx)
        self.policies.put(self.rules(newest.text if newest else ""))
        self.policies_number = newest.number if newest else 0
        return True

    @property
    def roster(self) -> Roster:
        """The digital employees, and which version of each works."""
        return Roster({agent.id: agent for agent in self.pack.agents}, self.keys)

    def worker(self, name: str = "worker", batch: int = 256) -> Worker:
        """A worker in which every digital employee of the pack does its duties."""
        known = self.knowhow or self.learn()
        by_name = skills.skills(known)
        shipped = self.roster.shipped
        handlers: dict[str, Any] = {}
        for agent, job_type, thinks in sorted(self.staffing()):
            pipeline = Pipeline(
                shipped[agent], job_type, by_name, self.roster, self.gateway, self.keys, _person
            )
            handlers[job_type] = self._by_model(pipeline) if thinks else pipeline
        handlers[connector.JOB_TYPE] = connector.RestConnector(self.gateway, self.store)
        handlers[task.JOB_TYPE] = task.TableTask(self.gateway)
        return Worker(self.runtime, handlers, name, batch)

    def staffing(self) -> frozenset[tuple[str, str, bool]]:
        """Who does which activity in some version at work, and whether one of these asks a language model."""
        found: dict[tuple[str, str], bool] = {}
        with self.store.read() as tx:
            posts = [(agent, self.roster.post(tx, agent.id)) for agent in self.pack.agents]
        for agent, post in posts:
            for version in (agent, post.live, *([post.candidate] if post.candidate else [])):
                for activity, duty in version.duties.items():
                    key = agent.id, activity
                    found[key] = found.get(key, False) or duty.model is not None
        return frozenset((agent, activity, thinks) for (agent, activity), thinks in found.items())

    def _by_model(self, pipeline: Pipeline) -> Thinking:
        asks = models.drafter(self.store, self.outside, self.models, self.clock, self.keys)
        remember = models.remembering(self.keys, pipeline.agent.id)
        return Thinking(pipeline, self.store, asks, remember, models.rows_of)

    def strict_ladder(self) -> Ladder:
        """The ladder of the first day, which asks a person before any money moves."""
        return Ladder(self.pack.decisions[pack.STRICT_LADDER], pack.STRICT_LADDER)

    def close(self) -> None:
        """Give connections and database back."""
        self.figures.close()
        self.outside.close()
        self.store.close()


def _person(tx: Tx, person_id: str) -> Principal:
    return identity.principal(tx, person_id)


def open_house(
    database: str,
    *,
    tenant: str = TENANT,
    clock: Clock = utc_now,
    ladder: str = pack.LADDER,
    leads: LeadScorer | None = None,
    create: bool = True,
    spent: Spent | None = None,
) -> House:
    """Open one tenant's Mainspring.

    Args:
        database: the address of its database, such as `sqlite:///mainspring.db`.
        tenant: whose data.
        clock: gives zone-aware UTC; a virtual one for simulations.
        ladder: the id of the decision table that says who decides what.
        leads: the lead scorer, if one was trained.
        create: create what is missing in the database.
        spent: remembers used approvals outside the database; by default a file beside an SQLite database.

    Raises:
        StoreError: the database cannot be opened.
        SetUpError: an installed package brings operations that cannot be (see `app.installed`).
        RegistryError: it brings one under a name that is taken.
    """
    store = open_store(database, tenant, create=create)
    keys = KeyGenerator(clock, store.node(), after=_newest_key(store))
    shipped = pack.read()
    with store.read() as tx:
        own = rulebook.in_force(tx)
    rules = PoliciesInForce(_rules(shipped, own.text if own else ""))
    approvals = Approvals(keys=keys, spent=spent if spent is not None else _spent(store))
    outside = open_outside(store, clock)
    gateway = Gateway(
        (*operations(), *installed.operations()),
        behind=outside.behind,
        policies=rules,
        ladder=Ladder(shipped.decisions[ladder], ladder),
        approvals=approvals,
        clock=clock,
        keys=keys,
    )
    guard = RuntimeGuard(rules, store=store, clock=clock)
    runtime = Runtime(store, clock=clock, keys=keys, guard=guard, directory=People())
    number = own.number if own else 0
    return House(
        store,
        clock,
        keys,
        runtime,
        gateway,
        rules,
        approvals,
        shipped,
        ladder,
        outside,
        leads,
        policies_number=number,
        models=models.profiles_of(store),
    )


def _rules(shipped: Pack, own: str) -> Policies:
    return default_policies(shipped.operations_by_agent, f"{shipped.policies}\n{own}")


def _spent(store: Store) -> Spent:
    """Beside the file of an SQLite database; elsewhere where `MAINSPRING_SPENT` says, if it does."""
    named = os.environ.get("MAINSPRING_SPENT")
    if named:
        return SpentFile(Path(named), number_of(store))
    if store.dialect != "sqlite" or store.in_memory or not store.url.database:
        return NowhereSpent()
    return SpentFile(Path(store.url.database).with_suffix(".spent"), number_of(store))


def _newest_key(store: Store) -> int:
    """The greatest key among open work: what is new must come after it, also on a clock that was set back."""
    p = process_tables
    columns = (p.subscriptions.c.key, p.tasks.c.key, p.jobs.c.key, agent_tables.runs.c.run)
    with store.read() as tx:
        newest = [
            tx.scalar(select(func.max(column)).where(column.table.c.tenant_id == tx.tenant))
            for column in columns
        ]
    return max((int(key) for key in newest if key is not None), default=-1)


def address_of(path: Path) -> str:
    """The database address of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"
