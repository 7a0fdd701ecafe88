"""What answers at a digital employee's addresses: its card, and the place to ask it at behind its guard."""

from collections.abc import Callable

from a2a.server.context import ServerCallContext
from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes
from a2a.server.routes.common import ServerCallContextBuilder
from mcp.server.auth.middleware.bearer_auth import RequireAuthMiddleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import Request
from starlette.routing import Route, Router

from mainspring.agents.definition import AgentDefinition
from mainspring.app.house import House
from mainspring.web.a2a.card import card_of
from mainspring.web.a2a.handler import EmployeeHandler
from mainspring.web.a2a.places import card_path, path_of
from mainspring.web.bearer import Verify
from mainspring.web.mcp.authority import Entrance, Holder

PASSED_ON = frozenset({"a2a-version", "a2a-extensions"})
"""Headers that the handlers see: those of the protocol, and never the token."""


def serving(
    house: House, agent: AgentDefinition, address: str, verify: Verify, closing: Callable[[], bool]
) -> Router:
    """Both addresses of one employee; a token must be issued for the very employee's address."""
    handler = EmployeeHandler(house, agent, address, closing)
    routes = create_jsonrpc_routes(handler, path_of(agent.id), context_builder=_Callers())
    backend = Entrance(house, verify, f"{address}{path_of(agent.id)}")
    guarded = AuthenticationMiddleware(RequireAuthMiddleware(routes[0].app, []), backend=backend)
    card = create_agent_card_routes(card_of(agent, (), address), card_url=card_path(agent.id))
    return Router([Route(path_of(agent.id), endpoint=guarded, methods=["POST"]), *card])


class _Callers(ServerCallContextBuilder):
    """Names the caller of a request to the handler; the token itself stays behind."""

    def build(self, request: Request) -> ServerCallContext:
        """The context of a request that came past the guard."""
        holder = getattr(request.user, "access_token", None)
        principal = holder.principal if isinstance(holder, Holder) else None
        headers = {name: value for name, value in request.headers.items() if name in PASSED_ON}
        return ServerCallContext(state={"principal": principal, "headers": headers})
