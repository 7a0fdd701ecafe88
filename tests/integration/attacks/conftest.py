"""The application as an attacker meets it: the house of a firm, strangers, and people with a session."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.govern import sign_in
from mainspring.testing.browser import Browser
from mainspring.web.application import create_app

SignIn = Callable[[str], Browser]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the house of this module keeps its files."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="module")
def house(folder: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{folder}/house.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def application(house: House) -> FastAPI:
    return create_app(house)


@pytest.fixture
def stranger(application: FastAPI) -> Browser:
    """Somebody who is not signed in."""
    return Browser(application)


@pytest.fixture(scope="module")
def signed_in(application: FastAPI, house: House) -> SignIn:
    """Gives the browser of a person."""

    def enter(person: str) -> Browser:
        with house.store.write() as tx:
            token = sign_in.issue_link(tx, person, now=house.clock())
        browser = Browser(application)
        assert browser.get(f"/sign-in/{token}").status_code in {200, 303}
        return browser

    return enter


@pytest.fixture
def running() -> Callable[..., object]:
    """Runs a coroutine to its end."""
    return asyncio.run
