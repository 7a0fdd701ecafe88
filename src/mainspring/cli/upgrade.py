"""`mainspring upgrade`: bring a database to this version."""

from mainspring.app import upgrading
from mainspring.app.opening import DATABASE
from mainspring.cli.options import Database
from mainspring.cli.output import say


def upgrade(database: Database = DATABASE) -> None:
    """Bring the database to the tables of this version; an SQLite file is copied first.

    Example: mainspring upgrade --database sqlite:///data/mainspring.db
    """
    done = upgrading.upgrade(database)
    if done.backup is not None:
        say(f"A copy from before is kept as {done.backup}.")
    if done.before == done.after:
        say(f"The database has revision {done.after}, the newest: nothing to do.")
    else:
        say(f"The database went from revision {done.before or '(none)'} to {done.after}.")
