"""A transaction: reading and writing of one tenant, with buffered rows and savepoints.

What is buffered (`defer`, and what participants hold) is written just before the commit. A savepoint keeps a
mark of every buffer; when it is rolled back the buffers return to their marks, so that nothing of the failed
part is ever written and nothing from before it is lost, whether or not it had been flushed in between.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any, Protocol, TypeVar, cast

import psycopg
from psycopg import DataError
from sqlalchemy import Connection, CursorResult, Executable, Row, Select, Table

from mainspring.store.bulk import WIDE, Statement, Statements
from mainspring.store.errors import ConflictError, StoreError, UnavailableError

P = TypeVar("P", bound="Participant")
_Rows = dict[tuple[Table, tuple[str, ...]], list[Mapping[str, Any]]]
_TOGETHER_FROM = 4  # rows; fewer are as quick one by one
CONFLICTS = frozenset({"40P01", "40001", "55P03"})
"""PostgreSQL's deadlock, serialization failure and lock not available."""
RACES = frozenset({"pk_replies", "pk_requests", "pk_message_starts", "pk_message_receivers"})
"""Keys that two transactions may miss and insert at once; the second finds it when it tries again."""
_UNIQUE_VIOLATION = "23505"
_BROKEN = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CORRUPT})
_PRIMARY = 0xFF  # SQLite's extended codes stand above the primary one
_GONE = frozenset({"08", "53", "57", "58"})
"""PostgreSQL's classes: connection, resources (full disk), intervention (shut down), system."""


class Participant(Protocol):
    """Something that buffers within a transaction: it is asked to write, to remember and to forget."""

    def flush(self) -> None:
        """Write what is buffered."""

    def mark(self) -> Any:
        """Where the buffer stands, for `restore`."""

    def restore(self, mark: Any) -> None:
        """Forget everything since the mark."""

    def committed(self) -> None:
        """The transaction is durable."""

    def abandoned(self) -> None:
        """The transaction came to nothing."""


class Deferred:
    """Rows waiting for executemany, by table and columns."""

    def __init__(self) -> None:
        self._rows: _Rows = {}

    def add(self, table: Table, row: Mapping[str, Any]) -> None:
        """Keep a row for later."""
        self._rows.setdefault((table, tuple(row)), []).append(row)

    def flush(self, tx: "Tx") -> None:
        """Write all rows, in the order in which their tables first came."""
        if not self._rows:
            return
        waiting, self._rows = self._rows, {}
        for (table, fields), rows in waiting.items():
            statement = tx.statements.insert(table, ("tenant_id", *fields))
            tx.many(statement, [{"tenant_id": tx.tenant, **row} for row in rows])

    def mark(self) -> "tuple[_Rows, tuple[int, ...]]":
        """The lists and their lengths: a flush leaves these lists alone and begins others."""
        return self._rows, tuple(map(len, self._rows.values()))

    def restore(self, mark: "tuple[_Rows, tuple[int, ...]]") -> None:
        """Forget the tails."""
        self._rows, lengths = mark
        for rows, length in zip_longest(self._rows.values(), lengths, fillvalue=0):
            del rows[length:]  # type: ignore[union-attr] # there are never fewer lists than lengths


class Tx:
    """An open transaction of one tenant. Not for use by two threads.

    Statements that you build yourself filter with `table.c.tenant_id == tx.tenant`.
    """

    def __init__(
        self, connection: Connection, tenant: str, statements: Statements, *, writable: bool
    ) -> None:
        self.tenant = tenant
        self.writable = writable
        self.statements = statements
        self.connection = connection
        self.dialect = connection.dialect.name
        self._driver: Any = connection.connection.dbapi_connection
        self.deferred = Deferred()
        self.participants: dict[Any, Participant] = {}
        self.pending: list[Savepoint] = []
        """Savepoints that nothing has needed yet."""
        self.depth = 0
        """How many savepoints are open."""

    # Reading and writing

    def insert(self, table: Table, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
        """Insert one row or many of the same columns; `tenant_id` is added."""
        many = [rows] if isinstance(rows, Mapping) else rows
        if not many:
            return
        self._ready()
        statement = self.statements.insert(table, ("tenant_id", *many[0]))
        self.many(statement, [{"tenant_id": self.tenant, **row} for row in many])

    def defer(self, table: Table, row: Mapping[str, Any]) -> None:
        """Insert a row before the commit or this transaction's next statement, together with its like."""
        self._may_write()
        self.deferred.add(table, row)

    def all(self, select: Select[Any]) -> Sequence[Row[Any]]:
        """All rows."""
        self._ready()
        return self.connection.execute(select).all()

    def one(self, select: Select[Any]) -> Row[Any] | None:
        """The row, or None; more than one is a fault of the caller."""
        self._ready()
        return self.connection.execute(select).one_or_none()

    def scalar(self, select: Select[Any]) -> Any:
        """The first column of the first row, or None."""
        self._ready()
        return self.connection.execute(select).scalar()

    def execute(self, statement: Executable) -> CursorResult[Any]:
        """Run an update, delete or insert; `.rowcount` says how many rows."""
        self._may_write()
        self._ready()
        return cast("CursorResult[Any]", self.connection.execute(statement))

    # -- the hot path: constant SQL on the driver itself ---------------------------------------------------

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run a prepared statement for every row with executemany; gives the rows touched."""
        return self.many_tuples(statement, statement.parameters(rows))

    def many_tuples(self, statement: Statement, rows: Sequence[tuple[Any, ...]]) -> int:
        """The same for rows that hold the driver's values in the order of the statement's fields."""
        if len(rows) < _TOGETHER_FROM or (statement.wide is None and statement.arrays is None):
            return self.raw_many(statement.sql, rows)
        return self.many_values(statement, list(chain.from_iterable(rows)))

    def many_values(self, statement: Statement, values: list[Any]) -> int:
        """The same for the values of all rows, one row after the other."""
        width = len(statement.fields)
        if statement.arrays is not None:
            return self._as_arrays(statement, values, width)
        step = width * WIDE
        whole = 0 if statement.wide is None else len(values) - len(values) % step
        if statement.wide is not None:
            self.raw_many(statement.wide, _parts(values[:whole], step))
        self.raw_many(statement.sql, _parts(values[whole:], width))
        return len(values) // width

    def _as_arrays(self, statement: Statement, values: list[Any], width: int) -> int:
        """With one array a column (PostgreSQL)."""
        self._may_write()
        self._savepoints()
        cursor = self._driver.cursor()
        try:
            cursor.execute(statement.arrays, [values[at::width] for at in range(width)])
        except DataError as error:
            if error.sqlstate is not None:
                raise
            cursor.executemany(statement.sql, _parts(values, width))  # several types in a column: no array
        return int(cursor.rowcount)

    def raw_many(self, sql: str, parameters: Sequence[Any]) -> int:
        """The driver's executemany with a constant statement."""
        self._may_write()
        self._savepoints()
        cursor = self._driver.cursor()
        cursor.executemany(sql, parameters)
        return int(cursor.rowcount)

    def raw(self, sql: str, parameters: Any = ()) -> list[Any]:
        """The driver's execute with a constant statement; gives the rows as tuples."""
        self._savepoints()
        cursor = self._driver.cursor()
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description is not None else []

    def count(self, name: str, step: int) -> int:
        """Advance a counter by `step` and give its new value; its row stays locked until the commit."""
        return int(self.raw(self.statements.count, (self.tenant, name, step, step))[0][0])

    # Savepoints and participants

    def participant(self, name: Any, create: Callable[["Tx"], P]) -> P:
        """The participant of this name, created on first use."""
        found = self.participants.get(name)
        if found is None:
            found = self.participants[name] = create(self)
        return cast("P", found)

    def savepoint(self) -> "Savepoint":
        """What is done inside is undone when an exception passes, and only that."""
        self._may_write()
        return Savepoint(self)

    @staticmethod
    def is_conflict(error: BaseException) -> bool:
        """Whether the transaction as a whole must be tried again: catch no such error within it."""
        cause: Any = getattr(error, "orig", error)
        state = getattr(cause, "sqlstate", None)
        if state == _UNIQUE_VIOLATION:
            return cause.diag.constraint_name in RACES
        return isinstance(error, ConflictError) or state in CONFLICTS or Tx.is_failure(error)

    @staticmethod
    def is_failure(error: BaseException) -> bool:
        """Whether the disk or the server failed; SQLite may then have undone the transaction by itself."""
        cause: Any = getattr(error, "orig", error)
        if isinstance(cause, sqlite3.Error):
            return getattr(cause, "sqlite_errorcode", 0) & _PRIMARY in _BROKEN
        if isinstance(cause, psycopg.OperationalError):
            return cause.sqlstate is None or cause.sqlstate[:2] in _GONE
        return isinstance(error, UnavailableError)

    def flush(self) -> None:
        """Write all that is buffered, so that every statement sees it."""
        self.deferred.flush(self)
        for one in tuple(self.participants.values()):
            one.flush()
        self.deferred.flush(self)

    def committed(self) -> None:
        """Tell the participants and let them go; the store calls it."""
        for one in self._dismissed():
            one.committed()

    def abandoned(self) -> None:
        """Tell the participants and let them go; the store calls it."""
        for one in self._dismissed():
            one.abandoned()

    def _dismissed(self) -> list[Participant]:
        """They know the transaction and it them: left so, the collector of cycles would have to find them."""
        gone = list(self.participants.values())
        self.participants.clear()
        return gone

    def _ready(self) -> None:
        if self.writable:
            self._savepoints()
            self.deferred.flush(self)

    def _savepoints(self) -> None:
        if self.pending:
            waiting, self.pending = self.pending, []
            for savepoint in waiting:
                self.control(f"SAVEPOINT level_{savepoint.depth}")

    def control(self, sql: str) -> None:
        """A statement about the transaction itself."""
        self._driver.cursor().execute(sql)

    def _may_write(self) -> None:
        if not self.writable:
            raise StoreError("this transaction only reads", mend="Open it with store.write().")


def _parts(values: list[Any], length: int) -> list[list[Any]]:
    return [values[at : at + length] for at in range(0, len(values), length)]


class Savepoint:
    """A part of a transaction that can be undone by itself.

    The database hears of it when it is first asked for something inside.
    """

    __slots__ = ("_deferred", "_marks", "_tx", "depth")

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def __enter__(self) -> None:
        tx = self._tx
        tx.depth += 1
        self.depth = tx.depth
        self._marks = [one.mark() for one in tx.participants.values()]
        self._deferred = tx.deferred.mark()
        tx.pending.append(self)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        tx = self._tx
        tx.depth -= 1
        unheard = bool(tx.pending) and tx.pending[-1] is self  # inner ones are over
        if unheard:
            tx.pending.pop()
        if kind is None:
            if not unheard:
                tx.control(f"RELEASE SAVEPOINT level_{self.depth}")
            return
        if not unheard:
            tx.control(f"ROLLBACK TO SAVEPOINT level_{self.depth}")
            tx.control(f"RELEASE SAVEPOINT level_{self.depth}")
        tx.deferred.restore(self._deferred)
        for one, mark in zip_longest(tx.participants.values(), self._marks):  # later ones have no mark
            one.restore(mark)
