"""People of the company: who they are, their roles and groups, and the principal that stands for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update

from mainspring.govern import acts
from mainspring.govern.account_tables import department_members, departments
from mainspring.govern.errors import GovernError, UnknownPersonError
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.govern.tables import people, people_groups, people_roles
from mainspring.store import Tx


class Person(NamedTuple):
    """A person with an account. `language` is a tag such as en or zh.

    As a principal a person also belongs to the group of their department and of those above it.
    """

    id: str
    name: str
    email: str | None = None
    language: str = "en"
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    active: bool = True
    department: str | None = None


class Department(NamedTuple):
    """A department; `parent` is the one it belongs to."""

    id: str
    name: str
    parent: str | None = None


def add_department(tx: Tx, department: Department) -> None:
    """Add a department, or rename or move a known one.

    Raises:
        GovernError: the parent is unknown, or lies below the department itself.
    """
    above = lineage(tx, department.parent)
    if department.parent is not None and not above:
        raise GovernError(f"there is no department {department.parent!r}", mend="Add the parent first.")
    if department.id in above:
        raise GovernError(f"{department.id} cannot lie below itself", mend="Choose another parent.")
    table = departments
    row = {"name": department.name, "parent": department.parent}
    known = table.c.tenant_id == tx.tenant, table.c.id == department.id
    if tx.execute(update(table).where(*known).values(row)).rowcount == 0:
        tx.insert(table, {"id": department.id, **row})


def all_departments(tx: Tx) -> tuple[Department, ...]:
    """All departments, by id."""
    table = departments
    rows = tx.all(select(table).where(table.c.tenant_id == tx.tenant).order_by(table.c.id))
    return tuple(Department(row.id, row.name, row.parent) for row in rows)


def lineage(tx: Tx, department: str | None) -> frozenset[str]:
    """The department and all above it; empty when there is none of that id."""
    if department is None:
        return frozenset()
    parents = {one.id: one.parent for one in all_departments(tx)}
    found: set[str] = set()
    at: str | None = department
    while at is not None and at in parents and at not in found:
        found.add(at)
        at = parents[at]
    return frozenset(found)


def add_person(tx: Tx, person: Person, *, now: datetime, by: Principal = SYSTEM) -> None:
    """Add a person, or bring a known one up to date, roles, groups and department included.

    What changed is recorded as an act of `by`.

    Raises:
        GovernError: the department is unknown.
    """
    if person.department is not None and not lineage(tx, person.department):
        raise GovernError(f"there is no department {person.department!r}", mend="Add the department first.")
    row = {"name": person.name, "email": person.email, "language": person.language, "active": person.active}
    changed = tx.execute(
        update(people).where(people.c.tenant_id == tx.tenant, people.c.id == person.id).values(row)
    )
    if changed.rowcount == 0:
        tx.insert(people, {"id": person.id, "created_at": now, **row})
    _replace_memberships(tx, person)
    detail = {"roles": sorted(person.roles), "groups": sorted(person.groups), "active": person.active}
    acts.note(tx, "person_set", by, person.id, now=now, detail={**detail, "department": person.department})


def _replace_memberships(tx: Tx, person: Person) -> None:
    members = department_members
    tx.execute(delete(members).where(members.c.tenant_id == tx.tenant, members.c.person == person.id))
    if person.department is not None:
        tx.insert(members, {"person": person.id, "department": person.department})
    for table, column, names in (
        (people_roles, "role", person.roles),
        (people_groups, "group_id", person.groups),
    ):
        tx.execute(delete(table).where(table.c.tenant_id == tx.tenant, table.c.person == person.id))
        tx.insert(table, [{"person": person.id, column: name} for name in sorted(names)])


def person(tx: Tx, person_id: str) -> Person:
    """The person of this id.

    Raises:
        UnknownPersonError: there is none.
    """
    row = tx.one(select(people).where(people.c.tenant_id == tx.tenant, people.c.id == person_id))
    if row is None:
        raise UnknownPersonError(f"there is no person {person_id!r}", mend="Check the id, or add the person.")
    held = select(people_roles.c.role).where(
        people_roles.c.tenant_id == tx.tenant, people_roles.c.person == person_id
    )
    joined = select(people_groups.c.group_id).where(
        people_groups.c.tenant_id == tx.tenant, people_groups.c.person == person_id
    )
    return Person(
        row.id,
        row.name,
        row.email,
        row.language,
        frozenset(each.role for each in tx.all(held)),
        frozenset(each.group_id for each in tx.all(joined)),
        row.active,
        tx.scalar(
            select(department_members.c.department).where(
                department_members.c.tenant_id == tx.tenant, department_members.c.person == person_id
            )
        ),
    )


def principal(tx: Tx, person_id: str) -> Principal:
    """The person as a principal, with the roles and groups held now.

    Raises:
        UnknownPersonError: there is no such person, or the account is no longer active.
    """
    found = person(tx, person_id)
    if not found.active:
        raise UnknownPersonError(f"the account of {person_id!r} is not active", mend="Ask an administrator.")
    return Principal("person", found.id, found.roles, found.groups | lineage(tx, found.department))


def everybody(tx: Tx) -> tuple[Person, ...]:
    """All people, by id."""
    rows = tx.all(select(people.c.id).where(people.c.tenant_id == tx.tenant).order_by(people.c.id))
    return tuple(person(tx, row.id) for row in rows)


def holders(tx: Tx, names: Iterable[str]) -> frozenset[str]:
    """Ids of the active people who hold one of these roles or belong to one of these groups."""
    wanted = list(names)
    active = select(people.c.id).where(people.c.tenant_id == tx.tenant, people.c.active)
    by_role = select(people_roles.c.person).where(
        people_roles.c.tenant_id == tx.tenant, people_roles.c.role.in_(wanted)
    )
    by_group = select(people_groups.c.person).where(
        people_groups.c.tenant_id == tx.tenant, people_groups.c.group_id.in_(wanted)
    )
    rows = tx.all(active.where(people.c.id.in_(by_role) | people.c.id.in_(by_group)))
    return frozenset(row.id for row in rows)
