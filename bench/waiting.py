"""Many cases that wait for a person: size of the database, start of the server, completing one of them.

    python -m bench.waiting [--instances 1000000] [--few 1000] [--rounds 200]
                            [--folder FOLDER | --postgres postgresql+psycopg://user@host/{database}]

The cases are started by the real engine and log, a thousand to a commit, and their evidence is sealed. Then
`mainspring serve` is started on them and asked for its first page; another process completes tasks chosen at
random, each a command of its own on the disk, in turn with a database of few cases. The databases
(SQLite in FOLDER, where those that are there already are used again, or two empty ones on PostgreSQL whose
names are put in for {database}: waiting_few,
waiting_many) are left to whoever gave them; without either a folder is made and thrown away.
"""

import argparse
import json
import os
import random
import resource
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench import disk
from sqlalchemy import func, select, text

from mainspring.app.opening import file_of, open_or_create
from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.runtime import AllowAll, Runtime
from mainspring.store import Store, open_store
from mainspring.store.keys import KeyGenerator, utc_now
from mainspring.store.process_tables import tasks
from mainspring.testing import drawing

ANN = Actor("person", "ann")
MODEL = drawing.sequence("wait", drawing.user("decide", groups="clerks"))
TOGETHER = 1000
SEAL_AFTER = 20_000
PATIENCE = timedelta(minutes=2)
ALLOWED = {"server_seconds": 5.0, "server_mb": 300.0, "times": 2.0}


def runtime_of(store: Store) -> Runtime:
    """A runtime on the store."""
    return Runtime(store, clock=utc_now, keys=KeyGenerator(utc_now, store.node()), guard=AllowAll())


def build(database: str, instances: int) -> float:
    """Start so many instances and seal what was done; gives the seconds it took, 0 where they are there."""
    file = file_of(database)
    if file is not None and file.exists():
        return 0.0
    house = open_or_create(database)
    runtime = runtime_of(house.store)
    runtime.deploy({"wait.bpmn": MODEL}, ANN)
    sealer = Sealer(house.store, Signer(secrets.token_bytes(32)))
    begun = time.perf_counter()
    for first in range(0, instances, TOGETHER):
        with house.store.write() as tx:
            for number in range(first, min(first + TOGETHER, instances)):
                runtime.start("wait", {"order": number, "customer": f"C{number % 977}"}, actor=ANN, tx=tx)
        if first % SEAL_AFTER == 0:
            sealer.seal(now=utc_now())
    sealer.seal(now=utc_now())
    house.store.analyze()
    house.close()
    return time.perf_counter() - begun


def size_of(database: str) -> int:
    """Bytes of the database."""
    file = file_of(database)
    if file is not None:
        return sum(one.stat().st_size for one in file.parent.glob(file.name + "*"))
    store = open_store(database, "main", create=False)
    try:
        with store.read() as tx:
            return int(
                tx.connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
            )
    finally:
        store.close()


@contextmanager
def served(database: str) -> Iterator[tuple[float, int]]:
    """`mainspring serve` on it; gives the seconds until it answered, and its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from mainspring.cli.main import main; main()",
        "serve",
        "--database",
        database,
        "--port",
        str(port),
    ]
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            while not answers(port):
                if process.poll() is not None or time.perf_counter() - begun > PATIENCE.total_seconds():
                    said.seek(0)
                    raise RuntimeError(f"the server does not answer: {said.read()[-2000:].decode()}")
                time.sleep(0.02)
            yield time.perf_counter() - begun, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def answers(port: int) -> bool:
    """Whether the server gives a page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def most_memory(pid: int) -> float:
    """The most that a process has had, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


class Opened:
    """A database, tasks chosen at random in it, and how long each took to be completed."""

    def __init__(self, database: str, rounds: int) -> None:
        begun = time.perf_counter()
        self.store = open_store(database, "main")
        self.runtime = runtime_of(self.store)
        self.opened = time.perf_counter() - begun
        self.times: list[float] = []
        self.spent: list[float] = []
        self.chosen: dict[int, int] = {}
        chance = random.Random(3)
        with self.store.read() as tx:
            mine = tasks.c.tenant_id == tx.tenant
            low, high, count = (
                int(tx.scalar(select(of(tasks.c.key)).where(mine)) or 0)
                for of in (func.min, func.max, func.count)
            )
            while len(self.chosen) < min(rounds, count // 2):
                later = select(tasks.c.key, tasks.c.root).where(
                    mine, tasks.c.key >= chance.randint(low, high)
                )
                for row in tx.all(later.order_by(tasks.c.key).limit(1)):
                    self.chosen[int(row.key)] = int(row.root)
        self.left = list(self.chosen.items())

    def complete(self) -> None:
        """Complete the next."""
        key, root = self.left.pop()
        begun, cpu = time.perf_counter(), time.process_time()
        self.runtime.execute(c.CompleteTask(key, {"approved": True}), actor=ANN, instance=root)
        self.times.append(time.perf_counter() - begun)
        self.spent.append(time.process_time() - cpu)


def complete_in_turns(databases: list[str], rounds: int) -> list[dict[str, float]]:
    """Complete tasks, one in each database in turn, so that a slow moment of the disk meets all of them."""
    all_opened = [Opened(one, rounds) for one in databases]
    for _ in range(min(len(one.left) for one in all_opened)):
        for one in all_opened:
            one.complete()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        {
            "open_ms": one.opened * 1e3,
            "complete_ms": median(one.times) * 1e3,
            "cpu_ms": median(one.spent) * 1e3,
            "mb": memory,
        }
        for one in all_opened
    ]


def server(database: str) -> dict[str, float]:
    """How long `mainspring serve` takes to answer, of that on the processor, and the most memory it has."""
    with served(database) as (seconds, pid):
        spent = processor(pid)
        time.sleep(3)  # let its worker look around
        return {"server_seconds": seconds, "server_cpu": spent, "server_mb": most_memory(pid)}


def processor(pid: int) -> float:
    """Seconds that a process has had of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(addresses: list[str], rounds: int) -> list[dict[str, Any]]:
    """All about the databases; the tasks are completed by a process of its own."""
    found = [{"size": size_of(one), **server(one)} for one in addresses]
    command = [sys.executable, "-m", "bench.waiting", "--rounds", str(rounds), "--complete", *addresses]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return [before | more for before, more in zip(found, json.loads(answer.stdout), strict=True)]


def print_table(few: int, many: int, one: dict[str, Any], other: dict[str, Any], built: float) -> None:
    """The figures of both databases."""
    if built:
        print(f"\nbuilt in {built:.0f} s, {many / built:,.0f} instances a second, sealed\n")
    print(f"| waiting for a person | {few:,} | {many:,} | allowed |\n|---|---:|---:|---:|")
    print(f"| database, MB | {one['size'] / 1e6:,.1f} | {other['size'] / 1e6:,.1f} | |")
    print(f"| bytes an instance | | {(other['size'] - one['size']) / (many - few):,.0f} | |")
    print(f"| server answers after, s | {one['server_seconds']:.1f} | {other['server_seconds']:.1f} | 5 |")
    print(f"| of this processor, s | {one['server_cpu']:.1f} | {other['server_cpu']:.1f} | |")
    print(f"| memory of the server, MB | {one['server_mb']:.0f} | {other['server_mb']:.0f} | 300 |")
    print(f"| memory of who completes, MB | {one['mb']:.0f} | {other['mb']:.0f} | 300 |")
    print(f"| opening the database, ms | {one['open_ms']:.0f} | {other['open_ms']:.0f} | |")
    print(f"| completing one, ms (median) | {one['complete_ms']:.2f} | {other['complete_ms']:.2f} | |")
    print(f"| of this processor, ms | {one['cpu_ms']:.2f} | {other['cpu_ms']:.2f} | |")
    times = other["complete_ms"] / one["complete_ms"]
    print(f"| times that with {few:,} | 1.00 | {times:.2f} | {ALLOWED['times']:g} |")


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--instances", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where the SQLite databases are made, and kept")
    parser.add_argument("--postgres", help="address with {database} in it")
    parser.add_argument("--complete", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.complete:
        print(json.dumps(complete_in_turns(given.complete, given.rounds)))
        return
    os.environ.pop("MAINSPRING_DATABASE", None)
    with disk.folder() as thrown_away:
        folder = (given.folder or Path(thrown_away)).resolve()
        if given.postgres:
            addresses = [given.postgres.format(database=f"waiting_{one}") for one in ("few", "many")]
        else:
            addresses = [f"sqlite:///{folder / one / 'waiting.db'}" for one in ("few", "many")]
        build(addresses[0], given.few)
        built = build(addresses[1], given.instances)
        few, many = measured(addresses, given.rounds)
        print_table(given.few, given.instances, few, many, built)


if __name__ == "__main__":
    main()
