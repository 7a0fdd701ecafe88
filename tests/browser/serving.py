"""Serves a house on a free port, for browser tests; prints where to sign in, as JSON.

Started by `ui/browser/serving.ts` with the word `fresh` (a house in which nothing has happened yet), or with
`demo` and a file (a copy of the demo company in it, which is run first where the file is not there yet); it
ends when its standard input does.
"""

import argparse
import json
import os
import socket
import sqlite3
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import uvicorn

from mainspring.app.demo import lead_scorer, run_demo
from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.app.opening import open_existing, open_or_create
from mainspring.app.people import DEMO_PEOPLE
from mainspring.engine.events import SYSTEM, Actor
from mainspring.govern import sign_in
from mainspring.web.application import create_app

LINKS = 3
"""One-time links for each person: for the session of the tests, to be tested itself, for a whole story."""
REQUEST = Path(__file__).parent / "request.bpmn"
"""A process of two people, because people alone can return work to each other."""
REQUESTS = 8
"""Cases of it: one for each test that needs one, and some to walk through."""

KEPT_OPEN = 600
"""Seconds that an idle connection stays: a test that pauses longer than a browser does not find it closed."""


def main() -> None:
    """Open the house that is asked for and serve it until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("house", choices=["demo", "fresh"])
    parser.add_argument("demo", type=Path, nargs="?")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "house.db"
        simulated = asked.house == "demo"
        house = _demo(asked.demo, file) if simulated else open_or_create(f"sqlite:///{file}")
        loop = Loop(house)
        while loop.once():  # what became due since the demo's last day is done before anybody looks
            pass
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
            application = create_app(house, loop, simulated=simulated, address=address)
            config = uvicorn.Config(application, log_level="warning", timeout_keep_alive=KEPT_OPEN)
            server = uvicorn.Server(config)
            threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
            print(json.dumps({"address": address, "links": links}), flush=True)  # noqa: T201
            server.run(sockets=[listening])
        house.close()


def _demo(kept: Path, file: Path) -> House:
    if not kept.is_file():
        run_demo(f"sqlite:///{kept}")
    with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
    house = open_existing(f"sqlite:///{file}", lead_scorer())
    if "SCREENSHOTS" not in os.environ:  # pictures show the demo company alone
        _begin_requests(house)
    return house


def _begin_requests(house: House) -> None:
    house.runtime.deploy({REQUEST.name: REQUEST.read_bytes()}, SYSTEM)
    for number in range(1, REQUESTS + 1):
        house.runtime.start("request", {}, actor=Actor("person", "finance-1"), business_key=f"R-{number}")


def _end_with_input(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    main()
