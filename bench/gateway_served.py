"""A `mainspring serve` in a process of its own, with a service behind its gateway."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from mainspring.app import services
from mainspring.app.opening import open_or_create
from mainspring.app.services import Registration
from mainspring.gateway.budget import Budget, set_budget
from mainspring.govern import sign_in
from mainspring.govern.principal import SYSTEM
from mainspring.web.protection import OWN_HEADER

Running = Callable[..., contextlib.AbstractContextManager[None]]


@contextlib.contextmanager
def served(
    folder: Path, upstream: str, port: int, running: Running, tuning: Mapping[str, Any]
) -> Iterator[httpx.Client]:
    """A client that is signed in to a server before the upstream, whose operations are `llm.METHOD`.

    Args:
        folder: where its database is made.
        upstream: the base address of the service.
        port: that the server listens on.
        running: runs a command until its port answers, and ends it.
        tuning: what the owner of the service says of its operation `post`.
    """
    database = f"sqlite:///{folder / 'served.db'}"
    house = open_or_create(database)
    try:
        config = {"base_url": upstream, "networks": ["127.0.0.1/32"]}
        given = Registration("llm", "http", config, "owner", operations={"post": tuning})
        services.add(house, given, SYSTEM)
        now = house.clock()
        with house.store.write() as tx:
            link = sign_in.issue_link(tx, "owner", now=now)
            set_budget(tx, Budget("company", "company", f"{now:%Y-%m}", Decimal(10**6)))
            set_budget(tx, Budget("company", "company", f"{now:%Y-%m}", Decimal(10**9), unit="tokens"))
    finally:
        house.close()
    program = str(Path(sys.executable).with_name("mainspring"))
    command = [program, "serve", "--database", database, "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with (
        running(command, port, 180),
        httpx.Client(base_url=address, timeout=60, headers={OWN_HEADER: "1"}) as client,
    ):
        client.get(f"/sign-in/{link}")
        yield client
