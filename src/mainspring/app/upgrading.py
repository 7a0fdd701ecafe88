"""Bringing a database to the tables of this version, with a copy of it made first."""

from dataclasses import dataclass
from pathlib import Path

from mainspring.app.errors import SetUpError
from mainspring.app.house import TENANT
from mainspring.app.opening import file_of
from mainspring.store import open_store, revisions


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done.

    Attributes:
        before: the revision that the database had; None when it was never marked.
        after: the one it has now.
        backup: the copy that was made first (SQLite, when there was something to apply).
    """

    before: str | None
    after: str
    backup: Path | None


def upgrade(database: str) -> Upgraded:
    """Apply the revisions that a database needs.

    Raises:
        SetUpError: there is no database at this address.
        StoreError: a newer Mainspring wrote it, or it cannot be opened.
    """
    file = file_of(database)
    if file is not None and not file.is_file():
        raise SetUpError("there is no database", where=str(file), mend="Name another with --database.")
    store = open_store(database, TENANT, create=False)
    try:
        with store.engine.connect() as connection:
            before = revisions.current(connection)
        backup = store.create()
        with store.engine.connect() as connection:
            after = revisions.current(connection)
    finally:
        store.close()
    return Upgraded(before, after or "", backup)
