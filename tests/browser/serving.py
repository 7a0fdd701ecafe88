"""Serves a freshly run demo company on a free port, for browser tests; prints where to sign in, as JSON.

Started by `ui/browser/setup.ts`; it ends when its standard input does.
"""

import json
import os
import socket
import sys
import tempfile
import threading
from pathlib import Path

import uvicorn

from mainspring.app.demo import lead_scorer, run_demo
from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.app.opening import open_existing
from mainspring.app.people import DEMO_PEOPLE
from mainspring.engine.events import SYSTEM, Actor
from mainspring.govern import sign_in
from mainspring.web.application import create_app

LINKS = 3
"""One-time links for each person: for the session of the tests, to be tested itself, for a whole story."""
REQUEST = Path(__file__).parent / "request.bpmn"
"""A process of two people, because people alone can return work to each other."""
REQUESTS = 6
"""Cases of it: one for each test that needs one, and for its repetitions."""


def main() -> None:
    """Run the demo, serve it until standard input ends."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'demo.db'}"
        run_demo(database)
        house = open_existing(database, lead_scorer())
        if "SCREENSHOTS" not in os.environ:  # pictures show the demo company alone
            _begin_requests(house)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            with house.store.write() as tx:
                links = {
                    one.id: [
                        f"{address}/sign-in/{sign_in.issue_link(tx, one.id, now=house.clock())}"
                        for _ in range(LINKS)
                    ]
                    for one in DEMO_PEOPLE
                }
            application = create_app(house, Loop(house), simulated=True, address=address)
            server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
            threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
            print(json.dumps({"address": address, "links": links}), flush=True)  # noqa: T201
            server.run(sockets=[listening])
        house.close()


def _begin_requests(house: House) -> None:
    house.runtime.deploy({REQUEST.name: REQUEST.read_bytes()}, SYSTEM)
    for number in range(1, REQUESTS + 1):
        house.runtime.start("request", {}, actor=Actor("person", "finance-1"), business_key=f"R-{number}")


def _end_with_input(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    main()
