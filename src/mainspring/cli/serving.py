"""Serving a house: the web application with its loop, and the link that signs its owner in."""

import uvicorn

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.app.people import OWNER
from mainspring.cli.output import say
from mainspring.govern import sign_in
from mainspring.govern.sign_in import LINK_LIVES
from mainspring.web.application import create_app

GRACE = 3
"""Seconds that open connections have to end."""


def serve_house(
    house: House, host: str, port: int, person: str = OWNER, *, works: bool = True, simulated: bool = False
) -> None:
    """Serve until interrupted, then close the house.

    `works`: with the loop of workers and timers; `simulated`: said beside all figures.

    Raises:
        UnknownPersonError: there is no such person to sign in.
    """
    try:
        say("", *invitation(house, host, port, person), "")
        application = create_app(house, Loop(house) if works else None, simulated=simulated)
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


def invitation(house: House, host: str, port: int, person: str) -> list[str]:
    """What to say before serving: the address, with a fresh one-time link."""
    with house.store.write() as tx:
        token = sign_in.issue_link(tx, person, now=house.clock())
    shown = f"[{host}]" if ":" in host else host
    minutes = int(LINK_LIVES.total_seconds() // 60)
    return [
        f"Open http://{shown}:{port}/sign-in/{token}",
        f"The link signs {person} in, once, within {minutes} minutes. Ctrl-C ends the server.",
    ]
