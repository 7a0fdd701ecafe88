"""The store: transactions of one tenant on SQLite or PostgreSQL.

SQLite allows one writer: `write` takes a lock of this process and then `BEGIN IMMEDIATE`, on one connection
kept for writing, whose `data_version` tells whether another process has written since. PostgreSQL writes in
ordinary transactions, each bound to the tenant by a setting that ends with it.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from mainspring.store import postgres, revisions, sqlite
from mainspring.store.bulk import Statements
from mainspring.store.errors import ConflictError, StoreBusyError, StoreError, UnavailableError
from mainspring.store.keys import NODES
from mainspring.store.tables import metadata
from mainspring.store.together import Together
from mainspring.store.transaction import Tx

_TENANT_LENGTH = 64


class Store:
    """One tenant's database. Made by `open_store`; safe to use from several threads.

    Attributes:
        tenant: whose rows this store sees.
        engine: the SQLAlchemy engine, for migrations.
        dialect: sqlite or postgresql.
    """

    def __init__(self, url: URL, engine: Engine, tenant: str) -> None:
        self.url = url
        self.engine = engine
        self.tenant = tenant
        self.dialect = engine.dialect.name
        self.in_memory = self.dialect == "sqlite" and sqlite.in_memory(url)
        self._statements = Statements(engine.dialect)
        self._writer: Connection | None = engine.connect() if self.dialect == "sqlite" else None
        self._lock = threading.RLock()  # SQLite's one writer
        self._here = threading.local()  # the transaction this thread has open
        self._together = Together(self.write, self._opened)

    # Transactions

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Tx]:
        """An exclusive (SQLite) or ordinary (PostgreSQL) transaction; an exception undoes it.

        Args:
            durable: whether it is on the disk when this ends. If not, it survives the end of this process,
                and a loss of power once a later durable transaction has ended: the log is written in order.

        Raises:
            StoreError: this thread already has a transaction open.
            StoreBusyError: another process holds the database (SQLite).
            ConflictError: a deadlock or serialization failure (PostgreSQL); try again as a whole.
        """
        self._alone()
        if self._writer is not None:
            with (
                self._lock,
                sqlite.unsynced(self._writer, not durable),
                self._sqlite_write(self._writer) as tx,
            ):
                yield tx
        else:
            with self._postgres(writable=True, durable=durable) as tx:
                yield tx

    def write_together(self) -> AbstractContextManager[Tx]:
        """`write`, on SQLite in one transaction with other threads that write at the same time.

        PostgreSQL writes the log once for all who commit at the same time; there it is `write`.

        Raises:
            ConflictError: also when a neighbour in the transaction failed; try again as a whole.
        """
        if self._writer is None:
            return self.write()
        self._alone()
        return self._together.write()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that only reads, and sees one state of the database on SQLite."""
        open_already = getattr(self._here, "tx", None)
        if open_already is not None:
            raise StoreError("this thread has a transaction open", mend="Read with the transaction at hand.")
        if self._writer is None:
            with self._postgres(writable=False) as tx:
                yield tx
        elif self.in_memory:
            with (
                self._lock,
                self._opened(Tx(self._writer, self.tenant, self._statements, writable=False)) as tx,
            ):
                yield tx
        else:
            with self._sqlite_read() as tx:
                yield tx

    @contextmanager
    def _sqlite_write(self, connection: Connection) -> Iterator[Tx]:
        driver: Any = connection.connection.dbapi_connection
        with translated():
            driver.execute("BEGIN IMMEDIATE")
        tx = Tx(connection, self.tenant, self._statements, writable=True)
        try:
            with translated(), self._opened(tx):
                yield tx
                _still_open(driver)
                tx.flush()
                driver.execute("COMMIT")
        except BaseException:
            if driver.in_transaction:
                driver.execute("ROLLBACK")
            tx.abandoned()
            raise
        tx.committed()

    @contextmanager
    def _sqlite_read(self) -> Iterator[Tx]:
        with self.engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("BEGIN")
            try:
                with self._opened(Tx(connection, self.tenant, self._statements, writable=False)) as tx:
                    yield tx
            finally:
                if driver.in_transaction:
                    driver.execute("ROLLBACK")

    @contextmanager
    def _postgres(self, *, writable: bool, durable: bool = True) -> Iterator[Tx]:
        with self.engine.connect() as connection:
            tx = Tx(connection, self.tenant, self._statements, writable=writable)
            try:
                with translated(), connection.begin(), self._opened(tx):
                    driver: Any = connection.connection.dbapi_connection
                    driver.execute(postgres.SET_TENANT if durable else postgres.SET_RELAXED, (self.tenant,))
                    yield tx
                    if writable:
                        tx.flush()
            except BaseException:
                tx.abandoned()
                raise
            tx.committed()

    @contextmanager
    def _opened(self, tx: Tx) -> Iterator[Tx]:
        self._here.tx = tx
        try:
            yield tx
        finally:
            self._here.tx = None

    def _alone(self) -> None:
        if getattr(self._here, "tx", None) is not None:
            raise StoreError("this thread has a transaction open", mend="Pass that transaction on as `tx`.")

    # The rest

    def data_version(self, tx: Tx) -> int | None:
        """A number that changes when another process commits (SQLite), or None where nobody can tell."""
        if self._writer is None:
            return None
        return int(tx.raw("PRAGMA data_version")[0][0])

    def create(self, catalogue: MetaData = metadata) -> Path | None:
        """Create the tables that are missing, and on PostgreSQL their row-level security.

        Revisions that an older database needs are applied first, to an SQLite file after it was copied; gives
        the copy.

        Raises:
            StoreError: a newer Mainspring wrote the database, or one from before revisions were kept.
        """
        with self.engine.connect() as connection:
            found = revisions.current(connection)
            needed = revisions.pending(found)
            if found is None:
                revisions.demand_columns(connection, catalogue)
        copy = None
        if needed:
            from mainspring.store import migrate  # Alembic: only where there is something to apply

            copy = self._copy_before(needed[-1])
            migrate.upgrade(self.engine, catalogue)
        if self._writer is None:
            with self.engine.begin() as connection:
                postgres.create(connection, catalogue)
        else:
            with self._lock:
                sqlite.create(self._writer, catalogue)
        return copy

    def _copy_before(self, revision: str) -> Path | None:
        if self._writer is None or self.in_memory:
            return None
        file = Path(str(self.url.database))
        copy = file.with_name(f"{file.name}.before-{revision}")
        if not copy.exists():  # one from an attempt that failed is older, and as good
            self.backup(copy)
        return copy

    def backup(self, path: Path) -> None:
        """Copy an SQLite database as it is now, while it may be in use, to a new file.

        Raises:
            StoreError: the database is PostgreSQL's, or there is such a file.
        """
        if self._writer is None:
            raise StoreError("only SQLite is copied as a file", mend="Use pg_dump for PostgreSQL.")
        if path.exists():
            raise StoreError("there is such a file already", where=str(path), mend="Name another.")
        with self._lock:
            source: Any = self._writer.connection.dbapi_connection
            with closing(sqlite3.connect(path)) as copy:
                source.backup(copy)

    def node(self) -> int:
        """A number for this process's keys, the next one at every call (`store.keys.KeyGenerator`)."""
        with self.write() as tx:
            return (tx.count("nodes", 1) - 1) % NODES

    def analyze(self) -> None:
        """After loading much: let the database look at its tables, so that it takes the right indexes."""
        with self.write() as tx:
            tx.connection.exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """Give the connections back; the store is of no use afterwards."""
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()


def _still_open(driver: Any) -> None:
    """After some failures SQLite undoes all by itself; what follows must not be written piece by piece."""
    if not driver.in_transaction:
        raise UnavailableError("the transaction was undone by the database", mend="Try it again.")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's ways of saying 'try again' into the store's errors."""
    try:
        yield
    except Exception as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, sqlite3.OperationalError) and ("locked" in str(cause) or "busy" in str(cause)):
            raise StoreBusyError(
                "another process holds the database", mend="Try again; long writers block all others."
            ) from error
        if Tx.is_failure(error) and not isinstance(error, UnavailableError):
            raise UnavailableError(
                f"the database cannot be used now: {cause}",
                mend="Look at the disk and the database; nothing was written, and what was is safe.",
            ) from error
        if Tx.is_conflict(error) and not isinstance(error, UnavailableError):
            raise ConflictError(
                "another transaction wanted the same rows", mend="Try the whole transaction again."
            ) from error
        raise


def open_store(url: str, tenant: str, *, create: bool = True) -> Store:
    """Open a tenant's database.

    Args:
        url: `sqlite:///file.db`, `sqlite://` (in memory) or `postgresql+psycopg://user@host/database`.
        tenant: whose data; at most 64 characters.
        create: create the tables that are missing (those that are defined when this is called).

    Raises:
        StoreError: an address that is none, an empty tenant, a role that bypasses row-level security.
    """
    if not tenant or len(tenant) > _TENANT_LENGTH:
        raise StoreError(f"{tenant!r} is no tenant", mend=f"Give 1 to {_TENANT_LENGTH} characters.")
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"{url!r} is no database address", mend="Try sqlite:///mainspring.db.") from error
    if address.get_backend_name() == "sqlite":
        engine = sqlite.connect(address)
    elif address.drivername == "postgresql+psycopg":
        engine = postgres.connect(address)
        try:
            with engine.connect() as connection:
                postgres.refuse_bypass(connection)
        except BaseException:
            engine.dispose()
            raise
    else:
        raise StoreError(
            f"Mainspring does not run on {address.drivername}",
            mend="Use sqlite:/// or postgresql+psycopg://.",
        )
    store = Store(address, engine, tenant)
    if create:
        store.create()
    return store
