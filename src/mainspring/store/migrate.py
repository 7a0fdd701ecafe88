"""Migrations: bring a database to the present tables, and write the revision that does.

    python -m mainspring.store.migrate NUMBER "what changes" MODULE...

writes `migrations/versions/NUMBER_*.py`: what takes a database of the revisions there are to the tables that
the named modules (and what they import) define. For the initial revision remove the others first.
"""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.types import TypeDecorator

from mainspring.store import postgres, sqlite, types
from mainspring.store.errors import StoreError
from mainspring.store.tables import metadata

FOLDER = Path(__file__).parent / "migrations"
_HEAD = '''"""{message}."""
# ruff: noqa: PLR0915, E501 - written by store.migrate, one statement a table

import sqlalchemy as sa
from alembic import op

from mainspring.store import types

revision = "{revision}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    {body}
'''


def upgrade(engine: Engine, catalogue: MetaData) -> str:
    """Bring the database to the newest revision; gives its number.

    A database whose tables were created without revisions (`open_store(..., create=True)`) gets the missing
    ones and is marked as newest.

    Args:
        engine: `store.engine`.
        catalogue: all tables of the house, for their row-level security on PostgreSQL.

    Raises:
        StoreError: the database was written by a newer Mainspring.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                found = _upgrade(connection, catalogue)
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")
            return found
        with connection.begin():
            found = _upgrade(connection, catalogue)
            postgres.guard(connection, catalogue)
            return found


def revision(engine: Engine) -> str | None:
    """The revision of the database, None when it has none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest revision there is."""
    return ScriptDirectory.from_config(_config(None, metadata)).get_current_head()


def _upgrade(connection: Connection, catalogue: MetaData) -> str:
    config = _config(connection, catalogue)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(
            f"the database has revision {current}, which this Mainspring does not know",
            mend="Run a Mainspring at least as new as the one that wrote it.",
        )
    if current is None and inspect(connection).has_table("events"):
        catalogue.create_all(connection)
        command.stamp(config, "head")
    else:
        command.upgrade(config, "head")
    return MigrationContext.configure(connection).get_current_revision() or ""


def _config(connection: Connection | None, catalogue: MetaData) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = catalogue
    return config


def write(number: str, message: str, catalogue: MetaData, folder: Path = FOLDER / "versions") -> Path:
    """Write the revision from those there are to the tables of the catalogue; gives its file."""
    engine = sqlite.connect(make_url("sqlite://"))
    before = newest()
    with engine.connect() as connection:
        if before is not None:
            command.upgrade(_config(connection, catalogue), "head")
        options = {"render_item": _render, "sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op."}
        context = MigrationContext.configure(connection, opts=options)
        script = produce_migrations(context, catalogue)
        if script.upgrade_ops is None:
            raise StoreError("there is nothing to write")
        body = render_python_code(script.upgrade_ops, render_item=_render, migration_context=context)
    name = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    path = folder / f"{number}_{name}.py"
    body = "\n".join(line for line in body.splitlines() if not line.strip().startswith("# ###")).strip()
    text = _HEAD.format(message=message, revision=number, before=repr(before), body=body)
    path.write_text(text, "utf-8")
    return path


def _render(kind: str, item: Any, context: Any) -> Any:
    """Our own column types by their names in `store.types`."""
    del context
    if kind != "type":
        return False
    for one in type(item).__mro__:  # a type of an upper floor is written as the one it stands on
        if one.__module__ == types.__name__:
            return f"types.{one.__name__}()"
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def main() -> None:
    """Write a revision."""
    number, message, *modules = sys.argv[1:]
    for name in modules:
        import_module(name)
    sys.stdout.write(f"{write(number, message, metadata)}\n")


if __name__ == "__main__":
    main()
