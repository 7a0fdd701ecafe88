"""The people that a new house starts with: a small firm's roles, so that every question finds someone."""

from datetime import datetime

from mainspring.govern import identity
from mainspring.govern.identity import Person
from mainspring.store import Tx

OWNER = "owner"

DEMO_PEOPLE = (
    Person(
        OWNER,
        "Demo owner · 演示负责人",
        roles=frozenset({"process_owner", "chief_process_officer", "worker", "administrator", "auditor"}),
        groups=frozenset({"sales", "service"}),
    ),
    Person(
        "sales-1",
        "Demo sales 1 · 演示销售1",
        roles=frozenset({"worker"}),
        groups=frozenset({"sales", "service"}),
    ),
    Person(
        "sales-2",
        "Demo sales 2 · 演示销售2",
        roles=frozenset({"worker"}),
        groups=frozenset({"sales", "service"}),
    ),
    *(
        Person(
            f"sales-manager-{number}",
            f"Demo sales manager {number} · 演示销售经理{number}",
            roles=frozenset({"worker", "approver"}),
            groups=frozenset({"sales_manager", "credit_manager"}),
        )
        for number in (1, 2, 3)
    ),
    Person(
        "finance-1", "Demo finance 1 · 演示财务1", roles=frozenset({"worker"}), groups=frozenset({"finance"})
    ),
    *(
        Person(
            f"finance-manager-{number}",
            f"Demo finance manager {number} · 演示财务经理{number}",
            roles=frozenset({"worker", "approver"}),
            groups=frozenset({"finance_manager"}),
        )
        for number in (1, 2)
    ),
    Person(
        "governance",
        "Demo governance lead · 演示治理负责人",
        roles=frozenset({"governance_lead"}),
    ),
)
"""Plainly a demo: nobody real, and never the preparer and the approver of the same money."""


def move_in(tx: Tx, now: datetime) -> None:
    """Give the house its first people; those already there are brought up to date."""
    for person in DEMO_PEOPLE:
        identity.add_person(tx, person, now=now)
