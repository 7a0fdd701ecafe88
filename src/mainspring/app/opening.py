"""Opening a house for daily use: an existing one, or a new one with its first people and its processes."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from mainspring.agents.skills.score import LeadScorer
from mainspring.app import people
from mainspring.app.errors import SetUpError
from mainspring.app.house import House, address_of, open_house
from mainspring.engine.events import SYSTEM
from mainspring.govern import identity, rulebook

DATABASE = "sqlite:///data/mainspring.db"


def file_of(database: str) -> Path | None:
    """The file of an SQLite address; None for any other database, and for what is no address."""
    try:
        address = make_url(database)
    except ArgumentError:
        return None
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return None
    return Path(address.database)


def demo_note(file: Path) -> Path:
    """Where the outcome of a demo is kept, beside its database; a sign that people in it are simulated."""
    return file.with_suffix(".json")


def is_simulated(database: str) -> bool:
    """Whether this is the database of a demo, whose figures are labelled as a simulation everywhere."""
    file = file_of(database)
    return file is not None and demo_note(file).is_file()


def open_existing(database: str, leads: LeadScorer | None = None) -> House:
    """Open what is there already; `leads` scores leads, if one was trained.

    Raises:
        SetUpError: there is nothing at this address.
        StoreError: it cannot be opened.
    """
    file = file_of(database)
    if file is not None and not file.is_file():
        raise SetUpError(
            "there is no database yet",
            where=str(file),
            mend="Run `mainspring demo` or `mainspring serve` first, or name another with --database.",
        )
    return open_house(database, leads=leads)


def open_or_create(database: str) -> House:
    """Open a house; a new one gets its first people, and the processes of the pack are brought up to date.

    Raises:
        StoreError: it cannot be opened.
        DeploymentRefused: the models of the pack are wrong.
        PolicyError: the policies answer otherwise than the tests beside them expect.
    """
    file = file_of(database)
    house = open_house(address_of(file) if file is not None else database)
    try:
        with house.store.write() as tx:
            if not identity.everybody(tx):
                people.move_in(tx, house.clock())
            rulebook.tried("", "", house.rules, house.pack.policy_tests)
            house.runtime.deploy(house.pack.files, SYSTEM, tx=tx)
    except BaseException:
        house.close()
        raise
    return house
