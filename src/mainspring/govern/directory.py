"""The runtime's directory, filled: work is given to people of the company who are there."""

from collections.abc import Iterable

from mainspring.govern import identity
from mainspring.store import Tx


class People:
    """The people of the tenant, read in each command's transaction."""

    def check(self, tx: Tx, people: Iterable[str]) -> None:
        """Return when all of them have an active account.

        Raises:
            UnknownPersonError: someone has none.
        """
        for person in people:
            identity.principal(tx, person)
