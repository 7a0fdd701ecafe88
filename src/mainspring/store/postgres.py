"""PostgreSQL: one database for many tenants, kept apart by forced row-level security."""

from sqlalchemy import Connection, Engine, MetaData, create_engine, text
from sqlalchemy.engine import URL

from mainspring.store import revisions
from mainspring.store.errors import StoreError
from mainspring.store.tables import tenant_tables

SET_TENANT = "SELECT set_config('mainspring.tenant', %s, true)"  # true: for this transaction alone
SET_RELAXED = f"{SET_TENANT}, set_config('synchronous_commit', 'off', true)"
_MINE = "tenant_id = current_setting('mainspring.tenant', true)"
_LOCK = 7_316_254_001  # any constant: it keeps two processes from creating the tables at the same time


def connect(url: URL) -> Engine:
    """An engine with a small pool; transactions are ordinary ones (READ COMMITTED)."""
    return create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=False)


def refuse_bypass(connection: Connection) -> None:
    """Refuse a role that row-level security does not bind.

    Raises:
        StoreError: the role is a superuser or bypasses row-level security.
    """
    query = "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    name, bypasses = connection.execute(text(query)).one()
    if bypasses:
        raise StoreError(
            f"the database role {name} bypasses row-level security",
            mend="Connect as a plain role (CREATE ROLE mainspring LOGIN) that owns the database.",
        )


def create(connection: Connection, catalogue: MetaData) -> None:
    """Create the tables that are missing and guard them, within the caller's transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    catalogue.create_all(connection)
    if revisions.current(connection) is None:
        revisions.mark(connection)
    guard(connection, catalogue)


def guard(connection: Connection, catalogue: MetaData) -> None:
    """Force row-level security on every tenant table that does not have it yet."""
    quote = connection.dialect.identifier_preparer.quote
    known = connection.execute(text("SELECT tablename FROM pg_policies WHERE policyname = 'tenant_rows'"))
    guarded = {row[0] for row in known}
    for table in tenant_tables(catalogue):
        if table.name in guarded:
            continue
        name = quote(table.name)
        for statement in (
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY tenant_rows ON {name} USING ({_MINE}) WITH CHECK ({_MINE})",
        ):
            connection.exec_driver_sql(statement)
