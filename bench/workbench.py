"""A workbench with much in it, for `bench/ui.mjs`: many cases, many tasks, a live map of 500 nodes.

    python -m bench.workbench [--cases 100000] [--tasks 10000] [--folder FOLDER]

The cases are started by the real engine and log, a thousand to a commit (kept in FOLDER and used again, or
thrown away). It serves them on a free port, prints address and a one-time link as a line of JSON, and moves
tokens through the live map ten times a second from the line "move" on its standard input until that ends.
"""

import argparse
import json
import random
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from bench import disk

from mainspring.app.house import House
from mainspring.app.opening import open_existing, open_or_create
from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.govern import sign_in
from mainspring.runtime import AllowAll, Runtime, queries
from mainspring.store.keys import KeyGenerator, utc_now
from mainspring.testing import drawing
from mainspring.web.application import create_app

ANN = Actor("person", "ann")
TOGETHER = 1000
ROWS, COLUMNS = 25, 20
"""Of the live map: so many lines of so many tasks, 500 nodes."""
RATE = 10
"""Rounds a second in which tokens move, and tokens that move in each."""
LEAD = 20
"""Cases of the live map that are on their way in each line."""


def plant() -> bytes:
    """A process of `ROWS` lines of `COLUMNS` tasks behind one fork, with its drawing."""
    nodes, flows, shapes, edges = [], [], [], []

    def node(tag: str, name: str, x: int, y: int, wide: int, high: int, inside: str = "") -> None:
        nodes.append(f'<{tag} id="{name}" name="{name}">{inside}</{tag}>')
        shapes.append(
            f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}">'
            f'<dc:Bounds x="{x}" y="{y}" width="{wide}" height="{high}"/></bpmndi:BPMNShape>'
        )

    def flow(one: str, two: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        name = f"{one}-{two}"
        flows.append(f'<sequenceFlow id="{name}" sourceRef="{one}" targetRef="{two}"/>')
        points = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in (start, end))
        edges.append(f'<bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}">{points}</bpmndi:BPMNEdge>')

    user = "<extensionElements><zeebe:userTask/></extensionElements>"
    middle = ROWS * 50
    node("startEvent", "start", 0, middle - 18, 36, 36)
    node("parallelGateway", "fork", 80, middle - 25, 50, 50)
    flow("start", "fork", (36, middle), (80, middle))
    for row in range(ROWS):
        y = row * 100
        before, at = "fork", (130, middle)
        for column in range(COLUMNS):
            name, x = f"t{row}.{column}", 200 + column * 140
            node("userTask", name, x, y, 100, 80, user)
            flow(before, name, at, (x, y + 40))
            before, at = name, (x + 100, y + 40)
        node("endEvent", f"end{row}", 200 + COLUMNS * 140, y + 22, 36, 36)
        flow(before, f"end{row}", at, (200 + COLUMNS * 140, y + 40))
    drawn = (
        '<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="plant">'
        f"{''.join(shapes + edges)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    text = drawing.process("plant", "".join(nodes + flows)).decode()
    namespaces = (
        'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    )
    text = text.replace("<definitions ", f"<definitions {namespaces}", 1)
    return text.replace("</definitions>", f"{drawn}</definitions>").encode()


def runtime_of(house: House) -> Runtime:
    """A runtime whose guard lets the benchmark do all."""
    return Runtime(
        house.store, clock=utc_now, keys=KeyGenerator(utc_now, house.store.node()), guard=AllowAll()
    )


def build(database: str, cases: int, tasks: int) -> None:
    """Write the cases: `tasks` of them wait for the sales group, the others ended at once."""
    house = open_or_create(database)
    runtime = runtime_of(house)
    waiting = drawing.sequence("waiting", drawing.user("decide", groups="sales"))
    runtime.deploy({"waiting.bpmn": waiting, "ended.bpmn": drawing.sequence("ended")}, ANN)
    runtime.deploy({"plant.bpmn": plant()}, ANN)
    for first in range(0, cases, TOGETHER):
        with house.store.write() as tx:
            for number in range(first, min(first + TOGETHER, cases)):
                process = "waiting" if number % max(cases // tasks, 1) == 0 else "ended"
                runtime.start(process, {"order": number}, actor=ANN, business_key=f"B-{number:06}", tx=tx)
    for _ in range(LEAD):
        runtime.start("plant", {}, actor=ANN)
    house.store.analyze()
    house.close()


def moves(house: House) -> Iterator[int]:
    """Tasks of the live map that may be completed, in no order; each is one token that moves on."""
    chance = random.Random(7)
    while True:
        with house.store.read() as tx:
            roots = [one.key for one in queries.instances(tx, process_id="plant", state="active")]
            open_tasks = queries.tasks(tx, instance=chance.choice(roots), limit=500)
        chance.shuffle(open_tasks)
        yield from (one.key for one in open_tasks[:RATE])


def move(house: House, ended: threading.Event) -> None:
    """Move `RATE` tokens `RATE` times a second until the end."""
    runtime, keys = runtime_of(house), moves(house)
    due = time.monotonic()
    while not ended.wait(max(0.0, due - time.monotonic())):
        due += 1 / RATE
        chosen = [next(keys) for _ in range(RATE)]
        with house.store.write() as tx:
            for key in chosen:
                runtime.execute(c.CompleteTask(key, {}), actor=ANN, tx=tx)


def serve(house: House) -> None:
    """Serve until standard input ends."""
    ended = threading.Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with house.store.write() as tx:
            link = f"{address}/sign-in/{sign_in.issue_link(tx, 'owner', now=house.clock())}"
        server = uvicorn.Server(
            uvicorn.Config(create_app(house, simulated=True, address=address), log_level="warning")
        )

        def listen() -> None:
            for line in sys.stdin:
                if line.strip() == "move":
                    threading.Thread(target=move, args=(house, ended), daemon=True).start()
            ended.set()
            server.should_exit = True

        threading.Thread(target=listen, daemon=True).start()
        print(json.dumps({"address": address, "link": link}), flush=True)
        server.run(sockets=[listening])
    time.sleep(1 / RATE)


def main() -> None:
    """Build what is missing, then serve."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where the database is made, and kept")
    given = parser.parse_args()
    with disk.folder() as thrown_away:
        file = (given.folder or Path(thrown_away)).resolve() / "workbench.db"
        database = f"sqlite:///{file}"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            build(database, given.cases, given.tasks)
        house = open_existing(database)
        try:
            serve(house)
        finally:
            house.close()


if __name__ == "__main__":
    main()
