"""A server killed with SIGKILL under load loses no case that it acknowledged and starts none twice."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from mainspring.app.house import TENANT
from mainspring.runtime import queries
from mainspring.store import open_store
from mainspring.testing.browser import OWN

COMMAND = "from mainspring.cli.main import main; main()"
LINK = re.compile(rb"(http://\S+?)(/sign-in/\S+)")
DOCUMENTS = 18
CALLERS = 3


@contextmanager
def server(database: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], httpx.Client]]:
    """`mainspring serve`, and a browser that is signed in; what is left of it is killed at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-c", COMMAND, "serve", "--database", database, "--port", port]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=folder, env=environment) as process:
        try:
            assert process.stdout is not None
            link = next(found for line in process.stdout if (found := LINK.search(line)))
            address, path = (part.decode() for part in link.groups())
            transport = httpx.HTTPTransport(retries=200)  # it says its address just before it listens
            with httpx.Client(base_url=address, transport=transport, timeout=60) as browser:
                browser.headers.update(OWN)
                browser.get(path)
                yield process, browser
        finally:
            process.kill()


def send(browser: httpx.Client, number: int) -> tuple[int, str]:
    """Upload a document; gives the status and the case."""
    text = f"Please quote {number + 1} pcs of hex bolt M8x{number + 20}".encode()
    answer = browser.post("/api/v1/inquiries", files={"document": (f"{number}.txt", text)})
    return answer.status_code, str(answer.json()["instance"])


def under_load(process: subprocess.Popen[bytes], browser: httpx.Client, kill_after: int) -> dict[int, str]:
    """Send from several threads, kill the server after so many answers; gives what was acknowledged."""
    acknowledged: dict[int, str] = {}

    def call(first: int) -> None:
        for number in range(first, DOCUMENTS, CALLERS):
            try:
                status, case = send(browser, number)
            except httpx.HTTPError:
                return
            if status in {200, 201}:
                acknowledged[number] = case
            if len(acknowledged) >= kill_after:
                process.send_signal(signal.SIGKILL)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return acknowledged


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'server.db'}"
    return str(request.getfixturevalue("postgres_url"))


def test_a_killed_server_keeps_what_it_acknowledged_and_doubles_nothing(
    database: str, tmp_path: Path
) -> None:
    seed = 7
    others = set(cases_in(database)) if database.startswith("postgresql") else set()  # of earlier tests
    kill_after = random.Random(seed).randrange(4, DOCUMENTS - 4)  # noqa: S311 - seeded on purpose
    with server(database, tmp_path) as (process, browser):
        acknowledged = under_load(process, browser, kill_after)
    assert len(acknowledged) >= kill_after, f"seed {seed}"
    with server(database, tmp_path) as (_, browser):
        again = {number: send(browser, number) for number in range(DOCUMENTS)}
    assert {number: again[number] for number in acknowledged} == {
        number: (200, case) for number, case in acknowledged.items()
    }, f"seed {seed}"
    cases = [case for case in cases_in(database) if case not in others]
    assert sorted(cases) == sorted(case for _, case in again.values()), f"seed {seed}: lost or doubled"


def cases_in(database: str) -> list[str]:
    with closing(open_store(database, TENANT)) as store, store.read() as tx:
        return [str(one.key) for one in queries.instances(tx, process_id="lead_to_cash", limit=10_000)]
