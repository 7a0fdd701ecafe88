"""The directory port: whether the people that a command names are there. `app` fills it from govern."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from mainspring.engine import approval_commands as ac
from mainspring.store import Tx


class Directory(Protocol):
    """Knows the people of the company."""

    def check(self, tx: Tx, people: Iterable[str]) -> None:
        """Return when all of them are there and active.

        Raises:
            MainspringError: someone is not.
        """
        ...


_NAMED: Mapping[type[Any], Callable[[Any], Iterable[str]]] = {
    ac.TransferTask: lambda command: (command.to,),
    ac.DelegateTask: lambda command: (command.to,),
    ac.HandOver: lambda command: (command.to,),
    ac.AddSigners: lambda command: command.people,
    ac.CopyCase: lambda command: command.people,
}


def check_named(directory: Directory | None, tx: Tx, command: Any) -> None:
    """Work is given to people who are there: a slip in a name must not lose a task."""
    named = _NAMED.get(type(command))
    if directory is not None and named is not None:
        directory.check(tx, named(command))
