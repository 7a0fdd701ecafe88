"""The demo company after its run, and who asks it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from mainspring.app.asking.answer import Answer
from mainspring.app.asking.ask import Question, ask
from mainspring.app.asking.vocabulary import numbered
from mainspring.app.demo import run_demo
from mainspring.app.house import House
from mainspring.app.opening import open_existing
from mainspring.govern import identity
from mainspring.govern.resources import process
from mainspring.runtime import queries

Asks = Callable[..., Answer]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    database = f"sqlite:///{tmp_path_factory.mktemp('company')}/demo.db"
    run_demo(database)
    house = open_existing(database)
    yield house
    house.close()


@pytest.fixture(scope="session")
def screens(company: House) -> Mapping[str, Mapping[str, str]]:
    """What pages show: a case that waits, and its task."""
    with company.store.read() as tx:
        task = queries.tasks(tx)[0]
        assert any(one.id == "case" for one in numbered(tx, "e-000004"))
    return {"case": {"case": str(task.instance)}, "task": {"task": str(task.key)}, "": {}}


@pytest.fixture(scope="session")
def asks(company: House, screens: Mapping[str, Mapping[str, str]]) -> Asks:
    """Asks as a person, on a page."""

    def call(text: str, person: str = "owner", about: str = "", **given: Any) -> Answer:
        with company.store.read() as tx:
            principal = identity.principal(tx, person)

        def may_see(name: str) -> bool:
            return company.policies.decide(principal, "see", process(name)).allowed

        return ask(company, principal, Question(text, screens[about], **given), may_see)

    return call
