"""A house with its first people, and browsers that are signed in as them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.govern import sign_in
from mainspring.testing.browser import Browser
from mainspring.web.application import create_app


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


@pytest.fixture
def application(house: House) -> FastAPI:
    return create_app(house)


@pytest.fixture
def stranger(application: FastAPI) -> Browser:
    """Somebody who is not signed in."""
    return Browser(application)


@pytest.fixture
def signed_in(application: FastAPI, house: House) -> Callable[[str], Browser]:
    """Gives the browser of a person."""

    def enter(person: str) -> Browser:
        with house.store.write() as tx:
            token = sign_in.issue_link(tx, person, now=house.clock())
        browser = Browser(application)
        assert browser.get(f"/sign-in/{token}").headers["location"] == "/"
        return browser

    return enter
