"""Who acts in a command: the person named by `--as`, in the house that was opened for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from mainspring.app.house import House
from mainspring.app.opening import open_existing
from mainspring.govern import identity
from mainspring.govern.principal import Principal


def person_of(house: House, person: str) -> Principal:
    """The person who acts.

    Raises:
        UnknownPersonError: nobody has that id.
    """
    with house.store.read() as tx:
        return identity.principal(tx, person)


@contextmanager
def opened_for(database: str, person: str) -> Iterator[tuple[House, Principal]]:
    """The house at this address with who acts in it; closed afterwards.

    Raises:
        SetUpError: there is no database.
        UnknownPersonError: nobody has that id.
    """
    house = open_existing(database)
    try:
        yield house, person_of(house, person)
    finally:
        house.close()
