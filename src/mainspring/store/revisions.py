"""Which revision a database has, without Alembic: looked at whenever one is opened.

Alembic is asked only when a revision has to be applied (`store.migrate`); it keeps its number in the table
`alembic_version`, and so does this module.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text

from mainspring.store.errors import StoreError

FOLDER = Path(__file__).parent / "migrations" / "versions"
_NUMBERED = re.compile(r"(\d{4})_\w+\.py")
_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def known(folder: Path = FOLDER) -> list[str]:
    """The numbers of the revisions that this version of Mainspring has, oldest first."""
    return sorted(found[1] for path in folder.iterdir() if (found := _NUMBERED.fullmatch(path.name)))


def current(connection: Connection) -> str | None:
    """The revision of the database; None when it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def pending(found: str | None) -> list[str]:
    """The revisions that a database of this revision still needs; a new or unmarked one needs none.

    Raises:
        StoreError: a newer Mainspring wrote the database.
    """
    numbers = known()
    if found is None:
        return []
    if found not in numbers:
        raise StoreError(
            f"the database has revision {found}, which this Mainspring does not know (up to {numbers[-1]})",
            mend="A newer Mainspring wrote it: install that one, or put back the backup made before it.",
        )
    return [number for number in numbers if number > found]


def demand_columns(connection: Connection, catalogue: MetaData) -> None:
    """Return when every table that an unmarked database has is as the catalogue defines it.

    Raises:
        StoreError: a column is missing: it was written before revisions were kept.
    """
    inspector = inspect(connection)
    there = set(inspector.get_table_names())
    for table in catalogue.sorted_tables:
        if table.name not in there:
            continue
        missing = {column.name for column in table.columns} - {
            found["name"] for found in inspector.get_columns(table.name)
        }
        if missing:
            raise StoreError(
                f"the database is from before revisions were kept: {table.name} lacks {min(missing)}",
                mend="Go on with the Mainspring that wrote it, or begin with a new database.",
            )


def mark(connection: Connection) -> None:
    """Write down that the database has the newest revision; its tables were created as they are now."""
    if not inspect(connection).has_table("alembic_version"):
        connection.execute(text(_TABLE))
    connection.execute(text("DELETE FROM alembic_version"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:number)"), {"number": known()[-1]})
