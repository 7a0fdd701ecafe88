"""How quickly the figures of the demo company answer, and how soon a new event is in them.

    python -m bench.dashboards [--folder FOLDER] [--times 9]

The demo company is run once with simulated people (kept in FOLDER and used again, or thrown away) and
served on a free port. Each route is asked the first time, when everything has to be counted, and then as a
page asks it again. Last a case begins, and the figures are asked until it is in them.
"""

import argparse
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import httpx
import uvicorn
from bench import disk
from bench.workbench import ANN, runtime_of

from mainspring.app.demo import lead_scorer, run_demo
from mainspring.app.house import House, address_of
from mainspring.app.opening import open_existing
from mainspring.govern import sign_in
from mainspring.web.application import create_app

PROCESS = "lead_to_cash"
ROUTES = (
    "measures",
    f"insight/overview?process={PROCESS}",
    f"insight/cases?process={PROCESS}&having=touched",
    f"insight/map?process={PROCESS}",
    f"insight/variants?process={PROCESS}",
    f"insight/waiting?process={PROCESS}",
    f"insight/hands?process={PROCESS}",
    f"insight/differences?process={PROCESS}&group=late",
    f"insight/conformance?process={PROCESS}",
    "insight/month",
    "insight/proposals",
    "roi",
    "plan",
)
ALLOWED_MS, ALLOWED_S = 200, 2.0
PAUSE_S = 0.02
PATIENCE_S = 300.0


@contextmanager
def served(house: House) -> Iterator[httpx.Client]:
    """A client that is signed in as the owner, while the house is served."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(house, simulated=True, address=address)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with house.store.write() as tx:
                token = sign_in.issue_link(tx, "owner", now=house.clock())
            headers = {"X-Mainspring": "1"}
            with httpx.Client(base_url=address, timeout=PATIENCE_S, headers=headers) as client:
                client.get(f"/sign-in/{token}")
                yield client
        finally:
            server.should_exit = True
            thread.join()


def asked(client: httpx.Client, route: str) -> float:
    """Milliseconds of one question; an answer that is none ends the benchmark."""
    begun = perf_counter()
    client.get(f"/api/v1/{route}").raise_for_status()
    return (perf_counter() - begun) * 1000


def routes(client: httpx.Client, times: int) -> None:
    """Print what each route takes."""
    print("| route | first, ms | again, median ms | slowest, ms | allowed, ms |\n|---|---:|---:|---:|---:|")
    for route in ROUTES:
        first = asked(client, route)
        later = [asked(client, route) for _ in range(times)]
        name = route.partition("?")[0]
        print(f"| {name} | {first:.0f} | {median(later):.0f} | {max(later):.0f} | {ALLOWED_MS} |", flush=True)


def seen(client: httpx.Client, house: House, route: str, *place: str) -> float:
    """Seconds from the beginning of a case until it is counted in a figure."""

    def cases() -> int:
        found = client.get(f"/api/v1/{route}").json()
        for name in place:
            found = found[name]
        return int(found["cases"])

    before = cases()
    runtime_of(house).start(PROCESS, {}, actor=ANN)
    begun = perf_counter()
    while cases() == before:
        if perf_counter() - begun > PATIENCE_S:
            raise RuntimeError(f"the new case never came into {route}")
        sleep(PAUSE_S)
    return perf_counter() - begun


def main() -> None:
    """Run the demo company where it is missing, then ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, help="where the demo company is made, and kept")
    parser.add_argument("--times", type=int, default=9, help="how often each route is asked again")
    given = parser.parse_args()
    with disk.folder() as thrown_away:
        file = (given.folder or Path(thrown_away)).resolve() / "demo.db"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            run_demo(address_of(file))
        house = open_existing(address_of(file), lead_scorer())
        try:
            with served(house) as client:
                routes(client, given.times)
                print("\n| a new case is in | after, s | allowed, s |\n|---|---:|---:|")
                for route, place in (("measures", ()), (f"insight/overview?process={PROCESS}", ("whole",))):
                    after = seen(client, house, route, *place)
                    print(f"| {route.partition('?')[0]} | {after:.2f} | {ALLOWED_S:g} |")
        finally:
            house.close()


if __name__ == "__main__":
    main()
