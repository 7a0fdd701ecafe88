"""The composition root: the one place where everything is wired to everything.

A `House` is one tenant's Mainspring: its store, the runtime over it, the gateway to the business systems, the
rules of who may do what, and the digital employees of its pack.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from mainspring.agents import tables as agent_tables
from mainspring.agents.pipeline import Pipeline
from mainspring.agents.skills.score import LeadScorer
from mainspring.gateway import Gateway
from mainspring.govern import identity, policies
from mainspring.govern.approvals import Approvals
from mainspring.govern.guard import RuntimeGuard
from mainspring.govern.ladder import Ladder
from mainspring.govern.principal import Principal
from mainspring.packs.lead_to_cash import knowhow, pack, skills
from mainspring.packs.lead_to_cash.knowhow import Knowhow
from mainspring.packs.lead_to_cash.pack import Pack
from mainspring.runtime import Runtime
from mainspring.runtime.worker import Worker
from mainspring.services.catalogue import operations
from mainspring.store import Store, Tx, open_store, process_tables
from mainspring.store.keys import Clock, KeyGenerator, Keys, utc_now

TENANT = "main"
TABLES = (agent_tables.runs, agent_tables.corrections)
"""Named here so that their module is read before a store creates its tables."""


@dataclass(slots=True)
class House:
    """One tenant's Mainspring.

    Attributes:
        ladder: the id of the ladder's table in force.
        knowhow: what the digital employees know; None until `learn` has read it from the books.
    """

    store: Store
    clock: Clock
    keys: Keys
    runtime: Runtime
    gateway: Gateway
    policies: policies.Policies
    approvals: Approvals
    pack: Pack
    ladder: str
    leads: LeadScorer | None = None
    knowhow: Knowhow | None = field(default=None)

    def learn(self) -> Knowhow:
        """Read what is known from the books (again)."""
        with self.store.read() as tx:
            self.knowhow = knowhow.load(tx, self.pack.decisions, self.leads)
        return self.knowhow

    def worker(self, name: str = "worker", batch: int = 256) -> Worker:
        """A worker in which every digital employee of the pack does its duties."""
        known = self.knowhow or self.learn()
        by_name = skills.skills(known)
        handlers = {
            job_type: Pipeline(agent, duty, by_name[duty.skill], self.gateway, self.keys, _person)
            for agent in self.pack.agents
            for job_type, duty in agent.duties.items()
        }
        return Worker(self.runtime, handlers, name, batch)

    def strict_ladder(self) -> Ladder:
        """The ladder of the first day, which asks a person before any money moves."""
        return Ladder(self.pack.decisions[pack.STRICT_LADDER], pack.STRICT_LADDER)

    def close(self) -> None:
        """Give the database back."""
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
) -> House:
    """Open one tenant's Mainspring.

    Args:
        database: the address of its database, such as `sqlite:///mainspring.db`.
        tenant: whose data.
        clock: gives zone-aware UTC; a virtual one for simulations.
        ladder: the id of the decision table that says who decides what.
        leads: the lead scorer, if one was trained.
        create: create what is missing in the database.

    Raises:
        StoreError: the database cannot be opened.
    """
    store = open_store(database, tenant, create=create)
    keys = KeyGenerator(clock, store.node(), after=_newest_key(store))
    shipped = pack.read()
    rules = policies.default_policies(shipped.operations_by_agent, shipped.policies)
    approvals = Approvals(keys=keys)
    gateway = Gateway(
        operations(),
        policies=rules,
        ladder=Ladder(shipped.decisions[ladder], ladder),
        approvals=approvals,
        clock=clock,
        keys=keys,
    )
    runtime = Runtime(store, clock=clock, keys=keys, guard=RuntimeGuard(rules))
    return House(store, clock, keys, runtime, gateway, rules, approvals, shipped, ladder, leads)


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
