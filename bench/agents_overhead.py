"""What a run of a digital employee costs beyond its own work, and whether many of them block the server.

    python -m bench.agents_overhead [--runs 2000] [--postgres postgresql+psycopg://user@host/database]

Overhead: the same job is done by a plain handler that calls the skill's functions, and by the pipeline with
its steps, trust, gateway and records; the difference is what an employee costs. Each job is a transaction of
its own, so that both write alike; rounds of both alternate, and the least of five counts.

Server: the workbench serves a house in a process of its own while 50 documents at a time are read, matched
and priced by its digital employees; a client asks for a plain page of data all the while.
"""

import argparse
import asyncio
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select

from mainspring.agents import definition
from mainspring.agents.draft import Draft
from mainspring.agents.pipeline import Pipeline
from mainspring.agents.roster import Roster
from mainspring.agents.skill import Assignment, Skill
from mainspring.app.inquiries import receive
from mainspring.app.opening import open_existing, open_or_create
from mainspring.engine.events import SYSTEM, Actor
from mainspring.gateway import Gateway
from mainspring.govern import identity, principal, sign_in
from mainspring.govern.approvals import Approvals
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import default_policies
from mainspring.packs.lead_to_cash import company, pack
from mainspring.runtime import AllowAll, Runtime
from mainspring.runtime.outcomes import Complete
from mainspring.runtime.worker import Worker
from mainspring.services.operation import Context, Operation
from mainspring.store import open_store
from mainspring.store.keys import KeyGenerator, utc_now
from mainspring.store.process_tables import jobs
from mainspring.testing import drawing

ANN = Actor("person", "ann")
ROUNDS = 5
DEFINITION = """
id: sorter
title: {en: Sorter, zh: 分拣员}
kind: task
instructions: Say what a note is about.
operations: [notes.file]
duties: {agent: {skill: sort}}
"""


class Note(BaseModel):
    """What the operation takes and gives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str


def _file(_: Context, note: Note) -> Note:
    return note


def _sort(work: Assignment, _: Any) -> Draft:
    return Draft({"label": str(work.variables["guess"])}, 0.9, ("it says so",))


def _act(work: Assignment, draft: Draft) -> dict[str, Any]:
    work.call("notes.file", label=draft.values["label"])
    return {"label": draft.values["label"]}


def pipeline(keys: KeyGenerator) -> Pipeline:
    """An employee that sorts notes, with everything that is around one in a house."""
    agent = definition.read(DEFINITION, "sorter.yaml")
    filing = Operation("notes.file", {"en": "File", "zh": "归档"}, "write", Note, Note, _file)
    gateway = Gateway(
        [filing],
        policies=default_policies({agent.id: agent.operations}),
        ladder=Ladder(pack.read().decisions[pack.LADDER], pack.LADDER),
        approvals=Approvals(keys=keys),
        clock=utc_now,
        keys=keys,
    )
    skills = {"sort": Skill(_act, generate=_sort)}
    return Pipeline(
        agent, "agent", skills, Roster({agent.id: agent}, keys), gateway, keys, identity.principal
    )


def plain(job: Any, work: Any) -> Complete:
    """The same work with nothing around it."""
    context = Context(work.tx, work.now, work.keys, principal.SYSTEM)

    def call(operation: str, /, **arguments: Any) -> Any:
        del operation
        return _file(context, Note.model_validate(arguments))

    doing = Assignment(dict(job.variables), call, work.now, job.element)
    return Complete(_act(doing, _sort(doing, None)))


def overhead(address: str, runs: int) -> None:
    """Print what a run costs beyond its own work, in milliseconds of wall and processor time."""
    store = open_store(address, f"bench-{secrets.token_hex(4)}")
    keys = KeyGenerator(utc_now, store.node())
    runtime = Runtime(store, clock=utc_now, keys=keys, guard=AllowAll())
    for kind in ("agent", "plain"):
        runtime.deploy({f"{kind}.bpmn": drawing.sequence(kind, drawing.service("do", kind))}, ANN)
    handlers: dict[str, Any] = {"agent": pipeline(keys), "plain": plain}
    spent: dict[str, list[tuple[float, float]]] = {kind: [] for kind in handlers}
    for number in range(ROUNDS + 1):
        for kind, handler in handlers.items():
            for _ in range(runs // ROUNDS):
                runtime.start(kind, {"guess": "bill"}, actor=ANN)
            worker = Worker(runtime, {kind: handler}, "w1", batch=1)
            wall, cpu = time.perf_counter(), time.process_time()
            done = 0
            while worker.run_once():
                done += 1
            if number:  # the first round warms up
                spent[kind].append(
                    (1e3 * (time.perf_counter() - wall) / done, 1e3 * (time.process_time() - cpu) / done)
                )
    store.close()
    best = {kind: tuple(min(one[part] for one in found) for part in (0, 1)) for kind, found in spent.items()}
    (agent_wall, agent_cpu), (plain_wall, plain_cpu) = best["agent"], best["plain"]
    print(
        f"{store.dialect:12} plain {plain_wall:6.2f} ms ({plain_cpu:.2f} of processor), employee "
        f"{agent_wall:6.2f} ms ({agent_cpu:.2f}): overhead {agent_wall - plain_wall:5.2f} ms "
        f"({agent_cpu - plain_cpu:.2f} of processor)"
    )


def beside(documents: int = 150, together: int = 50) -> None:
    """Print how long plain requests take while employees work off documents, and with nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'house.db'}"
        house = open_or_create(address)
        with house.store.write() as tx:
            company.open_books(Context(tx, house.clock(), house.keys, SYSTEM))
            link = sign_in.issue_link(tx, "owner", now=house.clock())
        house.close()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        mainspring = str(Path(sys.executable).with_name("mainspring"))
        command = [mainspring, "serve", "--database", address, "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            asyncio.run(_measured(address, f"http://127.0.0.1:{port}", link, documents, together))
        finally:
            server.terminate()
            server.wait()


async def _measured(address: str, url: str, link: str, documents: int, together: int) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        while True:
            try:
                await client.get("/api/v1/health")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.5)
        await client.get(f"/sign-in/{link}")
        idle = await _asked(client, lambda: False, least=200)
        handed_over = asyncio.create_task(asyncio.to_thread(_hand_in, address, documents, together))
        busy = await _asked(client, lambda: not handed_over.done(), least=200)
        await handed_over
    for name, found in (("nothing to do", idle), (f"{together} runs at a time", busy)):
        p95 = quantiles(found, n=20)[-1]
        print(f"{name:20} {len(found):5} requests: median {median(found):6.1f} ms, p95 {p95:6.1f} ms")


async def _asked(client: httpx.AsyncClient, going: Callable[[], bool], least: int) -> Sequence[float]:
    found: list[float] = []
    while going() or len(found) < least:
        began = time.perf_counter()
        answer = await client.get("/api/v1/me")
        answer.raise_for_status()
        found.append(1e3 * (time.perf_counter() - began))
        await asyncio.sleep(0.01)
    return found


def _hand_in(address: str, documents: int, together: int) -> None:
    """Let so many documents arrive at once, and the next ones when these are worked off."""
    house = open_existing(address)
    mails = company.mails()
    try:
        for begin in range(0, documents, together):
            with house.store.write() as tx:
                for number in range(begin, begin + together):
                    mail = mails[number % len(mails)]
                    name = f"{number}-{mail.name}"
                    receive(
                        house,
                        tx,
                        principal.SYSTEM,
                        mail.content + f"\n{number}".encode() if name.endswith(".eml") else mail.content,
                        file_name=name,
                        channel="mail",
                        received_at=house.clock(),
                    )
            _until_worked_off(house)
    finally:
        house.close()


def _until_worked_off(house: Any) -> None:
    waiting = select(func.count()).select_from(jobs).where(jobs.c.state == "open")
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with house.store.read() as tx:
            if not tx.scalar(waiting.where(jobs.c.tenant_id == tx.tenant)):
                return
        time.sleep(0.1)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--postgres")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        overhead(f"sqlite:///{Path(folder) / 'bench.db'}", options.runs)
    if options.postgres:
        overhead(options.postgres, options.runs)
    else:
        print("postgresql   skipped: name a database with --postgres")
    beside()


if __name__ == "__main__":
    main()
