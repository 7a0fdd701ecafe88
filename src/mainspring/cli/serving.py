"""Serving a house: the web application with its loop, and the link that signs its owner in."""

import os
from datetime import timedelta
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
) -> None:
    """Serve until interrupted, then close the house.

    `works`: with the loop of workers and timers; `simulated`: said beside all figures; `key`: the file of the
    key that seals the evidence; `kept`: days that answers under idempotency keys are kept.

    Raises:
        UnknownPersonError: there is no such person to sign in.
    """
    try:
        say("", *invitation(house, host, port, person), "")
        loop = Loop(house, chores=chores_of(house, key, answers_kept=timedelta(days=kept))) if works else None
        address = os.environ.get(ADDRESS) or base_address(host, port)
        application = create_app(house, loop, simulated=simulated, address=address)
        settle()
        uvicorn.run(
            application,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    finally:
        house.close()


def base_address(host: str, port: int) -> str:
    """The address of this server."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def invitation(house: House, host: str, port: int, person: str) -> list[str]:
    """What to say before serving: the address, with a fresh one-time link."""
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, person, now=house.clock())
    minutes = int(LINK_LIVES.total_seconds() // 60)
    return [
        f"Open {base_address(host, port)}/sign-in/{token}",
        f"The link signs {person} in, once, within {minutes} minutes. Ctrl-C ends the server.",
    ]
