"""A house served on loopback with its worker, and A2A clients that come in as somebody."""

from collections.abc import Iterator

import pytest

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.app.opening import open_or_create
from mainspring.govern import identity
from mainspring.govern.principal import Principal
from mainspring.testing.live import live
from mainspring.web.application import create_app
from mainspring.web.bearer import Bearer, Verify


def verify_at(address: str) -> Verify:
    """Tokens of these tests: `person:owner@inquiry_clerk` is a person's for one employee's address."""

    def verify(house: House, token: str, _: str, __: str | None) -> Bearer | None:
        who, _, employee = token.partition("@")
        kind, _, name = who.partition(":")
        audience = f"{address}/a2a/{employee}"
        if kind == "person":
            with house.store.read() as tx:
                return Bearer(identity.principal(tx, name), "test-client", audience)
        if kind == "agent":
            return Bearer(Principal("agent", name), "test-client", audience)
        return None

    return verify


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of this module; its tests look only at what they did themselves."""
    opened = open_or_create(f"sqlite:///{tmp_path_factory.mktemp('house')}/house.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    """Where the house is served, with its digital employees at work."""
    loop = Loop(house, pause=0.05)
    with live(lambda at: create_app(house, loop, address=at, verify=verify_at(at))) as at:
        yield at
