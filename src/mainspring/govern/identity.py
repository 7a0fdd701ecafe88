"""People of the company: who they are, their roles and groups, and the principal that stands for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update

from mainspring.govern.errors import UnknownPersonError
from mainspring.govern.principal import Principal
from mainspring.govern.tables import people, people_groups, people_roles
from mainspring.store import Tx


class Person(NamedTuple):
    """A person with an account. `language` is a tag such as en or zh."""

    id: str
    name: str
    email: str | None = None
    language: str = "en"
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    active: bool = True


def add_person(tx: Tx, person: Person, *, now: datetime) -> None:
    """Add a person, or bring a known one up to date, roles and groups included."""
    row = {"name": person.name, "email": person.email, "language": person.language, "active": person.active}
    changed = tx.execute(
        update(people).where(people.c.tenant_id == tx.tenant, people.c.id == person.id).values(row)
    )
    if changed.rowcount == 0:
        tx.insert(people, {"id": person.id, "created_at": now, **row})
    _replace_memberships(tx, person)


def _replace_memberships(tx: Tx, person: Person) -> None:
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
    )


def principal(tx: Tx, person_id: str) -> Principal:
    """The person as a principal, with the roles and groups held now.

    Raises:
        UnknownPersonError: there is no such person, or the account is no longer active.
    """
    found = person(tx, person_id)
    if not found.active:
        raise UnknownPersonError(f"the account of {person_id!r} is not active", mend="Ask an administrator.")
    return Principal("person", found.id, found.roles, found.groups)


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
