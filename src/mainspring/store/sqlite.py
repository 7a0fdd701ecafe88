"""SQLite: one file a tenant, write-ahead log, every commit on the disk before it is acknowledged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool, StaticPool

from mainspring.store import revisions
from mainspring.store.types import DecimalSum, compare_decimal

BUSY_MILLISECONDS = 15_000

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # an acknowledged commit survives the loss of power
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
    "PRAGMA wal_autocheckpoint = 16000",  # 64 MB: a page that many commits change is copied back once
)


def connect(url: URL) -> Engine:
    """An engine whose connections never begin or commit by themselves: the store says when."""
    memory = in_memory(url)
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        poolclass=StaticPool if memory else QueuePool,
        connect_args={"check_same_thread": False, "cached_statements": 512},
    )
    event.listen(engine, "connect", _prepare)
    # The driver binds these only after it has looked in vain for somebody who adapts them, which takes longer
    # than writing the value. Functions in C that change nothing spare it the search, in the whole process.
    sqlite3.register_adapter(type(None), {None: None}.get)
    sqlite3.register_adapter(bool, int)
    sqlite3.register_adapter(bytes, memoryview)
    return engine


def in_memory(url: URL) -> bool:
    """Whether the database lives in this process alone."""
    return url.database in {None, "", ":memory:"}


def create(connection: Connection, catalogue: MetaData) -> None:
    """Create the tables that are missing and mark the revision; two processes do not do it at once."""
    if set(catalogue.tables) <= set(inspect(connection).get_table_names()) and revisions.current(connection):
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("BEGIN IMMEDIATE")
    try:
        catalogue.create_all(connection)
        if revisions.current(connection) is None:
            revisions.mark(connection)
    except BaseException:
        driver.execute("ROLLBACK")
        raise
    driver.execute("COMMIT")


@contextmanager
def unsynced(connection: Connection, wanted: bool) -> Iterator[None]:  # noqa: FBT001 - a fact of the transaction
    """While `wanted`, a commit writes the log and does not wait for the disk."""
    if not wanted:
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        driver.execute("PRAGMA synchronous = FULL")


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    connection.create_collation("DECIMAL", compare_decimal)
    connection.create_aggregate("decimal_sum", 1, DecimalSum)  # type: ignore[arg-type]  # typeshed wants int arguments only
