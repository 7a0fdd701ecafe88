"""Who asks, and may they: every route declares its permission through `permits`.

A permission is an action of the policies. Actions about the whole company are decided here, once and for all.
Actions about a process are decided twice: here, whether the person may do such a thing in any process at all,
and in the handler through `Visitor.demand`, for the very process and task in question.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from mainspring.app.house import House
from mainspring.engine.events import Actor
from mainspring.govern import clients, proxies, sign_in, who
from mainspring.govern.errors import ClientError, ProxyError, SignInError, UnknownPersonError
from mainspring.govern.policies import Decision
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY, Resource, process
from mainspring.runtime import queries
from mainspring.store import Tx
from mainspring.web.errors import Forbidden, NotSignedIn

COOKIE = "mainspring_session"
SELF = "self"
"""The permission that every signed-in person has: what concerns nobody but themselves."""

COMPANY_ACTIONS = frozenset(who.COMPANY_ACTIONS)
PROCESS_ACTIONS = frozenset(
    {
        "start",
        "see",
        "do_task",
        "assign_task",
        "return_task",
        "withdraw",
        "revoke",
        "add_signers",
        "remove_signers",
        "transfer_task",
        "delegate_task",
        "hand_over",
        "remind",
        "copy_case",
        "read_copy",
        "save_draft",
        "jump",
        "reopen",
        "change_run",
        "cancel",
        "mend",
    }
)
OPERATION_ACTIONS = frozenset({"approve", "call"})
_AT_BEST = {"asked": True, "own": True, "initiator": True, "added": True}
_FOR = "x-on-behalf-of"
_AUDIENCE = "mainspring"
"""The audience of a token for this interface, beside its own address."""


class Visitor(NamedTuple):
    """Who asks, with the house and its rules: a person of a session, or the bearer of a key or token."""

    house: House
    principal: Principal
    client: str | None = None
    lent: frozenset[str] | None = None
    """The processes in which the principal acts in another's place; None: all, or in their own name."""

    @property
    def actor(self) -> Actor:
        """As the event log names them."""
        return Actor(self.principal.kind, self.principal.id, self.principal.on_behalf_of)

    def judged(self, action: str, process_id: str, context: Mapping[str, bool] | None = None) -> Decision:
        """What the policies say of an action in a process."""
        if self.lent is not None and process_id not in self.lent:
            said = f"{self.principal.id} does not stand in for {self.principal.on_behalf_of} there"
            return Decision(False, said, ())
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

    def _may_operate(self, action: str, resource: Resource) -> bool:
        context = {"preparer": False} if action == "approve" else {}
        return self.house.policies.decide(self.principal, action, resource, context).allowed

    def decided(self, action: str, context: Mapping[str, bool] | None = None) -> Decision:
        """What the policies say of an action about the company as a whole."""
        return self.house.policies.decide(self.principal, action, COMPANY, context)

    def insist(self, action: str, context: Mapping[str, bool] | None = None) -> None:
        """Return when an action about the company is allowed.

        Raises:
            Forbidden: it is not, with the rule.
        """
        _insist(self.principal, action, self.decided(action, context))

    def may_at_all(self, tx: Tx, action: str) -> bool:
        """Whether there is anything at all that this person may do by that action."""
        if action == SELF:
            return True
        if action in COMPANY_ACTIONS:
            return self.decided(action, _AT_BEST if action == "appeal" else None).allowed
        if action in OPERATION_ACTIONS:
            known = self.house.gateway.registry.every()
            return any(self._may_operate(action, one.resource) for one in known)
        deployed = {one.id for one in queries.deployed(tx, kind="process")}
        return any(self.may(action, each, _AT_BEST) for each in deployed or {""})


def house_of(request: Request) -> House:
    """The house that this application serves."""
    house: House = request.app.state.house
    return house


class Permits:
    """The dependency of a route that declares its permission; gives the `Visitor`."""

    def __init__(self, action: str) -> None:
        if action != SELF and action not in COMPANY_ACTIONS | PROCESS_ACTIONS | OPERATION_ACTIONS:
            raise ValueError(f"{action!r} is no action that a route may ask for")
        self.action = action

    def __call__(self, request: Request) -> Visitor:
        """Let whoever asks in.

        Raises:
            NotSignedIn: there is no session, and no key or token that holds.
            Forbidden: the policies do not allow it, or the token was not asked for it.
        """
        house = house_of(request)
        with house.store.read() as tx:
            visitor = self._known(tx, house, request)
            if visitor.may_at_all(tx, self.action):
                return visitor
        name = visitor.principal.id
        raise Forbidden(f"{name} may not {self.action}", mend="Ask whoever looks after the policies.")

    def _known(self, tx: Tx, house: House, request: Request) -> Visitor:
        scheme, _, shown = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._bearer(tx, house, request, shown.strip())
        try:
            found = sign_in.principal_of(tx, request.cookies.get(COOKIE, ""), now=house.clock())
        except SignInError as error:
            raise NotSignedIn(error.message, mend=error.mend) from None
        lent = request.headers.get(_FOR)
        if lent is None or lent == found.id:
            return Visitor(house, found)
        return self._acting(tx, house, found.id, lent)

    def _bearer(self, tx: Tx, house: House, request: Request, shown: str) -> Visitor:
        lent = request.headers.get(_FOR)
        try:
            grant = clients.verify(tx, shown, audience=None, now=house.clock(), on_behalf_of=lent)
        except ClientError as error:
            raise NotSignedIn(error.message, mend="Ask the token endpoint for a new token.") from None
        if grant.audience not in {None, _AUDIENCE, str(request.base_url).rstrip("/")}:
            raise NotSignedIn("the token is for another service", mend="Ask for one for this service.")
        if not grant.covers(self.action):
            raise Forbidden(f"the token was not asked for {self.action}", mend="Ask for one with that scope.")
        return Visitor(house, grant.principal, grant.client)

    def _acting(self, tx: Tx, house: House, stand_in: str, person: str) -> Visitor:
        if self.action not in proxies.ACTIONS:
            said = f"nobody may {self.action} in the place of another"
            raise Forbidden(said, mend="Leave the header X-On-Behalf-Of out.")
        try:
            now = house.clock()
            principal = proxies.acting(tx, stand_in, person, now=now, anywhere=True)
        except (ProxyError, UnknownPersonError) as error:
            raise Forbidden(error.message, mend=error.mend) from None
        held = [one for one in proxies.of_stand_in(tx, stand_in, now=now) if one.person == person]
        everywhere = any(not one.processes for one in held)
        named = frozenset(name for one in held for name in one.processes)
        return Visitor(house, principal, lent=None if everywhere else named)


def permits(action: str) -> Callable[[Request], Visitor]:
    """Declare the permission of a route."""
    permission: Callable[[Request], Visitor] = Depends(Permits(action))
    return permission


def permission_of(dependant: Dependant) -> str | None:
    """The permission that a route declares; None for those that are open to all."""
    action = getattr(dependant.call, "action", None)
    if isinstance(action, str):
        return action
    return next(filter(None, map(permission_of, dependant.dependencies)), None)


def _insist(principal: Principal, action: str, decision: Decision) -> None:
    if not decision.allowed:
        raise Forbidden(
            f"{principal.id} may not {action}: {decision.because}",
            mend="Ask whoever looks after the policies.",
        )
