"""Principals: who acts, with the roles and groups that policies and the ladder look at."""

from typing import Literal, NamedTuple

Kind = Literal["person", "agent", "system", "customer", "service"]
KINDS: tuple[Kind, ...] = ("person", "agent", "system", "customer", "service")


class Principal(NamedTuple):
    """Someone or something that acts; stamped by the server, never taken from the caller.

    Attributes:
        kind: person, agent, system (the platform itself: timers, retries), customer, or service (another
            program that calls with an account of its own).
        id: unique within its kind.
        roles: ids of roles held, e.g. ``approver``.
        groups: ids of groups (departments, teams) belonged to.
        on_behalf_of: id of the person whose authority is lent, if any. It never adds a permission: one who
            stands in for a person has that person's roles and groups instead of their own (see proxies).
    """

    kind: Kind
    id: str
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    on_behalf_of: str | None = None

    def holds(self, role: str) -> bool:
        """Whether the role, or the group of that name, is held: a confirmation is asked of either."""
        return role in self.roles or role in self.groups


SYSTEM = Principal("system", "mainspring")
