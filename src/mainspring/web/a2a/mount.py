"""Where the digital employees stand in the web application: a card each, and one address to ask each at.

What answers there is loaded with the SDK at the first request: most houses are never asked over A2A.
"""

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from mainspring.agents.definition import AgentDefinition
from mainspring.app.house import House
from mainspring.web.a2a.places import card_path, path_of
from mainspring.web.bearer import Verify


def add_agents(application: FastAPI, house: House, address: str, verify: Verify) -> None:
    """Add every digital employee of the house."""
    for agent in house.pack.agents:
        employee = _Employee(application, house, agent, address.rstrip("/"), verify)
        application.router.routes.append(Route(path_of(agent.id), endpoint=employee, methods=["POST"]))
        application.router.routes.append(Route(card_path(agent.id), endpoint=employee, methods=["GET"]))


class _Employee:
    """One employee's two addresses."""

    def __init__(
        self, application: FastAPI, house: House, agent: AgentDefinition, address: str, verify: Verify
    ) -> None:
        self._application, self._house, self._agent = application, house, agent
        self._address, self._verify = address, verify
        self._serving: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if self._serving is None:
            self._serving = await run_in_threadpool(self._load)
        await self._serving(scope, receive, send)

    def _load(self) -> ASGIApp:
        from mainspring.web.a2a.serving import serving  # heavy: loads the SDKs of A2A and MCP

        return serving(self._house, self._agent, self._address, self._verify, self._closing)

    def _closing(self) -> bool:
        return bool(self._application.state.closing)
