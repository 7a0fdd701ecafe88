"""Serving a house: the web application with its loop, and the link that signs its owner in."""

import os
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import uvicorn

from mainspring.app.chores import chores_of
from mainspring.app.collector import settle
from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.app.people import OWNER
from mainspring.cli.options import KEPT
from mainspring.cli.output import say
from mainspring.govern import sign_in
from mainspring.govern.sign_in import LINK_LIVES
from mainspring.web.application import create_app

ADDRESS = "MAINSPRING_ADDRESS"
"""Names the address that others use, where it is another: tokens for MCP and A2A are issued for it."""
GRACE = 3
"""Seconds that open connections have to end."""


def serve_house(
    house: House,
    host: str,
    port: int,
    person: str = OWNER,
    *,
    works: bool = True,
    simulated: bool = False,
    key: Path | None = None,
    kept: int = KEPT,
    opened: Callable[[str], object] = lambda _: None,
) -> None:
    """Serve until interrupted, then close the house.

    `works`: with the loop of workers and timers; `simulated`: said beside all figures; `key`: the file of the
    key that seals the evidence; `kept`: days that answers under idempotency keys are kept; `opened`: is given
    the sign-in link once it can be followed.

    Raises:
        UnknownPersonError: there is no such person to sign in.
    """
    try:
        link = sign_in_address(house, host, port, person)
        say("", *invitation(link, person), "")
        sys.stdout.flush()  # whoever reads the link from a pipe or a journal waits for it
        address = os.environ.get(ADDRESS) or base_address(host, port)
        chores = chores_of(house, key, answers_kept=timedelta(days=kept), inside=address)
        loop = Loop(house, chores=chores) if works else None
        application = create_app(house, loop, simulated=simulated, address=address)
        settle()
        settings = uvicorn.Config(
            application,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        _Server(settings, partial(opened, link)).run()
    finally:
        house.close()


def base_address(host: str, port: int) -> str:
    """The address of this server."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def sign_in_address(house: House, host: str, port: int, person: str) -> str:
    """The address of a fresh one-time link that signs this person in."""
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, person, now=house.clock())
    return f"{base_address(host, port)}/sign-in/{token}"


def invitation(link: str, person: str) -> list[str]:
    """What to say before serving."""
    minutes = int(LINK_LIVES.total_seconds() // 60)
    return [
        f"Open {link}",
        f"The link signs {person} in, once, within {minutes} minutes. Ctrl-C ends the server.",
    ]


class _Server(uvicorn.Server):
    """Says when it can be asked."""

    def __init__(self, config: uvicorn.Config, opened: Callable[[], object]) -> None:
        super().__init__(config)
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._opened()
