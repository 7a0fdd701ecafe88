"""A database that fails at seeded moments: for tests of what happens when writing does not work.

SQLite gets connections that raise a disk error at a write or at COMMIT, in the middle of many rows too;
PostgreSQL loses the connection (the server ends the session, as at a restart). Both are the real databases.
"""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event

_WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT", "RELEASE")


class Failures:
    """Decides when something fails.

    Args:
        chance: a seeded generator.

    Attributes:
        rate: the probability of a failure at each write and commit, 0 to begin with.
        count: how many there were.
    """

    def __init__(self, chance: random.Random) -> None:
        self.rate = 0.0
        self.count = 0
        self._chance = chance

    def strikes(self, sql: str) -> bool:
        """Whether this statement fails."""
        if not sql.lstrip().startswith(_WRITES) or self._chance.random() >= self.rate:
            return False
        self.count += 1
        return True

    def part(self, rows: Sequence[Any]) -> Sequence[Any]:
        """How many of many rows are written before the failure."""
        return rows[: self._chance.randrange(len(rows) + 1)]

    @contextmanager
    def under_every_store(self) -> Iterator[None]:
        """Every store that is opened inside fails so."""

        def attach(dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> None:
            if dialect.name == "sqlite":
                parameters["factory"] = type("Connection", (_FailingConnection,), {"failures": self})
            else:
                parameters["cursor_factory"] = type("Cursor", (_LostCursor,), {"failures": self})

        event.listen(Engine, "do_connect", attach)
        try:
            yield
        finally:
            event.remove(Engine, "do_connect", attach)


def _broken() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    error.sqlite_errorname = "SQLITE_IOERR"
    return error


class _FailingConnection(sqlite3.Connection):
    failures: Failures

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if self.failures.strikes(sql):
            raise _broken()
        return super().execute(sql, parameters)

    def cursor(self, factory: Any = None) -> Any:
        del factory
        made = super().cursor(_FailingCursor)
        made.failures = self.failures
        return made


class _FailingCursor(sqlite3.Cursor):
    failures: Failures

    def execute(self, sql: str, parameters: Any = (), /) -> "_FailingCursor":
        if self.failures.strikes(sql):
            raise _broken()
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Any, /) -> "_FailingCursor":
        if self.failures.strikes(sql):
            super().executemany(sql, self.failures.part(list(parameters)))
            raise _broken()
        super().executemany(sql, parameters)
        return self


class _LostCursor(psycopg.Cursor[Any]):
    failures: Failures

    def execute(self, query: Any, *arguments: Any, **more: Any) -> "_LostCursor":
        if isinstance(query, str) and self.failures.strikes(query):
            super().execute("SELECT pg_terminate_backend(pg_backend_pid())")
        super().execute(query, *arguments, **more)
        return self

    def executemany(self, query: Any, *arguments: Any, **more: Any) -> None:
        if isinstance(query, str) and self.failures.strikes(query):
            super().execute("SELECT pg_terminate_backend(pg_backend_pid())")
        super().executemany(query, *arguments, **more)
