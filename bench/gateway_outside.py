"""What the gateway adds to a call to an outside service, beside the same call made directly and by LiteLLM.

    python -m bench.gateway_outside [--seconds N] [--rate N] [--litellm PYTHON]

A small upstream that speaks like OpenAI's chat completions runs in a process of its own on loopback. In one
run, second by second in turn, it is called directly with httpx, through the gateway (Cedar decision, ladder,
budgets reserved and settled, metering and the row of evidence committed; on a disk, and with the database in
memory), over HTTP through a `mainspring serve` of its own, and through a LiteLLM proxy when `--litellm` names
a Python that has it. Calls start on a fixed schedule, whatever became of the last one; who does not keep up
with it is asked at the highest rate that it copes with, which the table shows. The processor time of a call,
which other work on the machine disturbs less, stands below. Three minutes with 20 seconds of each.
"""

import argparse
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
from bench.gateway_served import served

from mainspring import dmn
from mainspring.gateway import Caller, Gateway, services
from mainspring.gateway.adapters import Ports, discover
from mainspring.gateway.behind import Behind
from mainspring.gateway.budget import Budget, set_budget
from mainspring.gateway.egress import Egress
from mainspring.gateway.secrets import Redaction
from mainspring.govern.approvals import Approvals
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import default_policies, default_text
from mainspring.govern.principal import Principal
from mainspring.store import Store, open_store
from mainspring.store.keys import KeyGenerator, utc_now

WORKERS = 8
WARM = 600
WARM_FACES = 60
"""Calls before the measuring; of faces over HTTP fewer, since they take longer."""
RATES = (100, 50, 20, 10, 5, 2, 1)
"""Calls a second that are tried with what does not keep up with the rate wanted."""
PATIENCE = 2.2
"""Seconds after which two seconds' worth of calls must have ended."""
DIRECT = "called directly (httpx)"
GATEWAY = "through the gateway, in process"
MEMORY = "the same, database in memory"
PRICED = {"cost": Decimal("0.001"), "tokens": 12}
PATH = "/v1/chat/completions"
ASKED = {"model": "fake", "messages": [{"role": "user", "content": "What is in stock?"}]}
ANSWERED = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "fake",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Forty bolts."}}
    ],
    "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12},
}
UPSTREAM = """
import asyncio, sys
body = sys.argv[2].encode()
head = b"HTTP/1.1 200 OK\\r\\ncontent-type: application/json\\r\\ncontent-length: %d\\r\\n\\r\\n" % len(body)
async def serve(reader, writer):
    try:
        while True:
            asked = await reader.readuntil(b"\\r\\n\\r\\n")
            size = [l for l in asked.lower().split(b"\\r\\n") if l.startswith(b"content-length:")]
            if size:
                await reader.readexactly(int(size[0][15:]))
            writer.write(head + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1])) as server:
        await server.serve_forever()
asyncio.run(main())
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, seconds: float, **environment: str) -> Iterator[None]:
    """A program, until it listens, and to its end."""
    program = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + seconds
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if time.monotonic() > until or program.poll() is not None:
                raise SystemExit(f"{command[0]} does not listen")
            time.sleep(0.1)
        yield
    finally:
        program.terminate()
        program.wait()


def scheduled(call: Callable[[], object], rate: int, count: int) -> list[float]:
    """Microseconds of calls that start at a rate; a late start counts as waiting."""
    took: list[float] = []
    lock = threading.Lock()
    begun = time.perf_counter() + 0.05

    def one(number: int) -> None:
        at = begun + number / rate
        wait = at - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        start = time.perf_counter()
        call()
        micros = (time.perf_counter() - start) * 1e6
        with lock:
            took.append(micros)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, range(count)))
    return took


def house(address: str, upstream: str) -> tuple[Store, Gateway, Caller]:
    """A store at an address, a gateway with the upstream registered behind it, and budgets to draw on."""
    store = open_store(address, "bench")
    keys = KeyGenerator(utc_now, store.node())
    ports = Ports(Egress())
    config, operations = discover("http", {"base_url": upstream, "networks": ["127.0.0.1/32"]}, ports)
    priced = tuple(one.model_copy(update=PRICED) for one in operations)
    now = utc_now()
    with store.write() as tx:
        services.register(tx, "llm", "http", title={"en": "Bench"}, owner="bench", now=now)
        services.put_version(tx, "llm", "1", config, priced, by="bench", now=now)
        set_budget(tx, Budget("company", "company", f"{now:%Y-%m}", Decimal(10**6)))
        set_budget(tx, Budget("agent", "clerk", f"{now:%Y-%m}", Decimal(10**9), unit="tokens"))
    gateway = Gateway(
        (),
        behind=Behind(ports, Redaction()),
        policies=default_policies({"clerk": ["llm.*"]}),
        ladder=Ladder(dmn.load(default_text("authority_ladder.dmn").encode())),
        approvals=Approvals(keys=keys),
        clock=utc_now,
        keys=keys,
    )
    caller = Caller(
        Principal("agent", "clerk"), process_id="p", instance=1, element="e", confidence=Decimal("0.97")
    )
    return store, gateway, caller


def fsyncs(folder: Path) -> list[float]:
    """Microseconds of bare fsyncs of 4 kB."""
    took = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(300):
            file.write(b"x" * 4096)
            before = time.perf_counter()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - before) * 1e6)
    return took


def processor(call: Callable[[], object], count: int = 300) -> float:
    """Microseconds of processor time that this process spends on a call, mean."""
    before = time.thread_time()
    for _ in range(count):
        call()
    return (time.thread_time() - before) / count * 1e6


def show(what: str, took: list[float], rate: int | str = "", beside: list[float] | None = None) -> None:
    """A line of the table."""
    p50, p95 = _quantiles(took)
    added = ""
    if beside is not None:
        b50, b95 = _quantiles(beside)
        added = f"{p50 - b50:>12,.0f}{p95 - b95:>12,.0f}"
    print(f"{what:<44}{rate:>10}{p50:>10,.0f}{p95:>10,.0f}{added}")


def _quantiles(took: list[float]) -> tuple[float, float]:
    ordered = sorted(took)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]


@contextlib.contextmanager
def litellm(python: str | None, folder: Path, upstream: str) -> Iterator[str | None]:
    """The address of a LiteLLM proxy before the upstream; None without one."""
    if python is None:
        yield None
        return
    port = free_port()
    parameters = {"model": "openai/fake", "api_base": f"{upstream}/v1", "api_key": "none"}
    config = {"model_list": [{"model_name": "fake", "litellm_params": parameters}]}
    file = folder / "litellm.json"
    file.write_text(json.dumps(config))
    program = Path(python).with_name("litellm")
    command = [str(program), "--config", str(file), "--port", str(port), "--host", "127.0.0.1"]
    settings = {
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_TELEMETRY": "False",
        "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true",  # on loopback
    }
    with running(command, port, 180, **settings):
        yield f"http://127.0.0.1:{port}"


def copes(call: Callable[[], object], wanted: int) -> int:
    """The highest rate, at most the one wanted, that `call` keeps up with for two seconds."""
    for rate in (wanted, *(each for each in RATES if each < wanted)):
        begun = time.perf_counter()
        scheduled(call, rate, 2 * rate)
        if time.perf_counter() - begun < PATIENCE:
            return rate
    return RATES[-1]


def measure(folder: Path, seconds: int, wanted: int, python: str | None) -> None:
    """Print the table."""
    port = free_port()
    upstream = f"http://127.0.0.1:{port}"
    body = json.dumps(ANSWERED)
    with (
        running([sys.executable, "-c", UPSTREAM, str(port), body], port, 20),
        litellm(python, folder, upstream) as proxy,
        served(folder, upstream, free_port(), running, PRICED) as server,
        httpx.Client(limits=httpx.Limits(max_keepalive_connections=WORKERS)) as client,
    ):
        store, gateway, caller = house(f"sqlite:///{folder / 'bench.db'}", upstream)
        light, beside, clerk = house("sqlite://", upstream)
        asked = {"path": PATH, "body": ASKED}
        named = {"operation": "llm.post", "arguments": asked}
        ways: dict[str, Callable[[], Any]] = {
            DIRECT: lambda: client.post(f"{upstream}{PATH}", json=ASKED).json(),
            GATEWAY: lambda: gateway.perform(store, caller, "llm.post", asked),
            MEMORY: lambda: beside.perform(light, clerk, "llm.post", asked),
            "POST /api/v1/calls of mainspring serve": lambda: (
                server.post("/api/v1/calls", json=named).raise_for_status().json()
            ),
        }
        if proxy is not None:
            ways["through the LiteLLM proxy (HTTP)"] = lambda: (
                client.post(f"{proxy}{PATH}", json=ASKED, timeout=60).raise_for_status().json()
            )
        rates = {}
        for name, call in ways.items():
            for _ in range(
                WARM if name in {DIRECT, GATEWAY, MEMORY} else WARM_FACES
            ):  # until the write-ahead log is written over, as in a server that runs
                call()
            rates[name] = copes(call, wanted)
        took: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(seconds):  # in turn, so that all see the same noise of the machine
            for name, call in ways.items():
                took[name] += scheduled(call, rates[name], rates[name])
        columns = f"{'a second':>10}{'p50':>10}{'p95':>10}{'added p50':>12}{'added p95':>12}"
        print(f"{f'{seconds} s each, microseconds':<44}{columns}")
        for name, each in took.items():
            show(name, each, rates[name], None if name == DIRECT else took[DIRECT])
        show("a bare fsync of 4 kB", fsyncs(folder))
        for name in (DIRECT, GATEWAY, MEMORY):
            print(f"{name + ', processor time':<54}{processor(ways[name]):>10,.0f}")
        print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        store.close()
        light.close()


def main() -> None:
    """Read the options."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--rate", type=int, default=200)
    options.add_argument("--litellm", help="a Python of an environment that has litellm[proxy]")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.seconds, given.rate, given.litellm)


if __name__ == "__main__":
    main()
