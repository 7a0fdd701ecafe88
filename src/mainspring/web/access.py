"""Who asks, and may they: every route declares its permission through `permits`.

A permission is an action of the policies. Actions about the whole company are decided here, once and for all.
Actions about a process are decided twice: here, whether the person may do such a thing in any process at all,
and in the handler through `Visitor.demand`, for the very process and task in question.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from fastapi import Depends, Request

from mainspring.app.house import House
from mainspring.engine.events import Actor
from mainspring.govern import sign_in
from mainspring.govern.errors import SignInError
from mainspring.govern.policies import Decision
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY, process
from mainspring.runtime import queries
from mainspring.store import Tx
from mainspring.web.errors import Forbidden, NotSignedIn

COOKIE = "mainspring_session"
SELF = "self"
"""The permission that every signed-in person has: what concerns nobody but themselves."""

COMPANY_ACTIONS = frozenset({"publish", "measure", "audit"})
PROCESS_ACTIONS = frozenset({"start", "see", "do_task", "assign_task"})
_AT_BEST = {"asked": True, "own": True}


class Visitor(NamedTuple):
    """The signed-in person, with the house and its rules."""

    house: House
    principal: Principal

    @property
    def actor(self) -> Actor:
        """As the event log names them."""
        return Actor(self.principal.kind, self.principal.id, self.principal.on_behalf_of)

    def judged(self, action: str, process_id: str, context: Mapping[str, bool] | None = None) -> Decision:
        """What the policies say of an action in a process."""
        return self.house.policies.decide(self.principal, action, process(process_id), context)

    def may(self, action: str, process_id: str, context: Mapping[str, bool] | None = None) -> bool:
        """Whether the policies allow an action in a process."""
        return self.judged(action, process_id, context).allowed

    def demand(self, action: str, process_id: str, context: Mapping[str, bool] | None = None) -> None:
        """Return when an action in a process is allowed.

        Raises:
            Forbidden: it is not, with the rule.
        """
        _insist(self.principal, action, self.judged(action, process_id, context))

    def may_at_all(self, tx: Tx, action: str) -> bool:
        """Whether there is anything at all that this person may do by that action."""
        if action == SELF:
            return True
        if action in COMPANY_ACTIONS:
            return self.house.policies.decide(self.principal, action, COMPANY).allowed
        deployed = {one.id for one in queries.deployed(tx, kind="process")}
        return any(self.may(action, each, _AT_BEST) for each in deployed or {""})


def house_of(request: Request) -> House:
    """The house that this application serves."""
    house: House = request.app.state.house
    return house


class Permits:
    """The dependency of a route that declares its permission; gives the `Visitor`."""

    def __init__(self, action: str) -> None:
        if action != SELF and action not in COMPANY_ACTIONS | PROCESS_ACTIONS:
            raise ValueError(f"{action!r} is no action that a route may ask for")
        self.action = action

    def __call__(self, request: Request) -> Visitor:
        """Let the person in.

        Raises:
            NotSignedIn: there is no session.
            Forbidden: the policies do not allow it.
        """
        house = house_of(request)
        with house.store.read() as tx:
            try:
                found = sign_in.principal_of(tx, request.cookies.get(COOKIE, ""), now=house.clock())
            except SignInError as error:
                raise NotSignedIn(error.message, mend=error.mend) from None
            visitor = Visitor(house, found)
            if visitor.may_at_all(tx, self.action):
                return visitor
        raise Forbidden(f"{found.id} may not {self.action}", mend="Ask whoever looks after the policies.")


def permits(action: str) -> Callable[[Request], Visitor]:
    """Declare the permission of a route."""
    permission: Callable[[Request], Visitor] = Depends(Permits(action))
    return permission


def _insist(principal: Principal, action: str, decision: Decision) -> None:
    if not decision.allowed:
        raise Forbidden(
            f"{principal.id} may not {action}: {decision.because}",
            mend="Ask whoever looks after the policies.",
        )
