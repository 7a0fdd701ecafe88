"""Many rows at once: one constant statement for a table and its columns, values bound.

SQLite gets them through the driver's executemany, new ones 16 at a time; PostgreSQL as one array a column
(`unnest`), since there each row of an executemany costs a message.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement

from mainspring.store.types import Binder, binder

Row = Mapping[str, Any]
Quote = Callable[[str], str]
_WHERE = "where_"
WIDE = 16
"""Rows of one INSERT on SQLite: a step of the statement costs a good part of a row."""


class Statement:
    """A compiled statement: its parameters' names and what turns each value into the driver's.

    Attributes:
        sql: with a mark for each field, for one row.
        wide: the same for `WIDE` rows at once (inserts on SQLite), or None.
        arrays: with an array for each field, for many rows (PostgreSQL), or None.
        fields: the names of the parameters, in the order of the marks.
    """

    __slots__ = ("_binders", "arrays", "fields", "sql", "wide")

    def __init__(
        self, clause: ClauseElement, fields: Sequence[str], binders: Mapping[str, Binder], dialect: Dialect
    ) -> None:
        compiled = clause.compile(dialect=dialect, column_keys=list(fields))
        self.sql: str = str(compiled)
        self.arrays: str | None = None
        self.wide: str | None = None
        self.fields: tuple[str, ...] = tuple(getattr(compiled, "positiontup", None) or fields)
        self._binders = tuple(binders.get(field) for field in self.fields)

    def parameters(self, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
        """The rows as the driver wants them."""
        if not any(self._binders) and len(self.fields) > 1:
            return list(map(itemgetter(*self.fields), rows))
        pairs = tuple(zip(self.fields, self._binders, strict=True))
        return [tuple([row[f] if b is None else b(row[f]) for f, b in pairs]) for row in rows]


class Statements:
    """The statements of one store, prepared on first use."""

    def __init__(self, dialect: Dialect) -> None:
        # Positional parameters on both: psycopg takes tuples as they are, dicts it would sort out row by row.
        kind: Any = type(dialect)
        self._dialect: Dialect = kind(paramstyle="qmark" if dialect.name == "sqlite" else "format")
        self.mark = "?" if dialect.name == "sqlite" else "%s"
        self.count = self.constant(
            "INSERT INTO counters (tenant_id, name, value) VALUES (?, ?, ?) "
            "ON CONFLICT (tenant_id, name) DO UPDATE SET value = counters.value + ? RETURNING value"
        )
        self._known: dict[Any, Statement] = {}

    def constant(self, sql: str) -> str:
        """A constant statement written with question marks, in the driver's own marks."""
        return sql if self.mark == "?" else sql.replace("?", self.mark)

    def insert(self, table: Table, fields: tuple[str, ...], *, plain: bool = False) -> Statement:
        """INSERT of these fields; `plain` rows hold the driver's values already."""
        name = ("insert", table.name, fields, plain)
        return self._known.get(name) or self._keep(name, table, fields, table.insert(), _insert_arrays, plain)

    def upsert(
        self, table: Table, fields: tuple[str, ...], *, plain: bool = False, add: bool = False
    ) -> Statement:
        """INSERT of these fields; where the key is known those outside it are replaced, or added to."""
        name = ("upsert", table.name, fields, plain, add)
        known = self._known.get(name)
        if known is not None:
            return known
        module = sqlite if self._dialect.name == "sqlite" else postgresql
        clause: Any = module.insert(table)
        key = [column.name for column in table.primary_key.columns]
        changed = {
            field: table.c[field] + clause.excluded[field] if add else clause.excluded[field]
            for field in fields
            if field not in key
        }
        clause = clause.on_conflict_do_update(index_elements=key, set_=changed)
        return self._keep(name, table, fields, clause, _insert_arrays, plain)

    def delete(self, table: Table, where: tuple[str, ...]) -> Statement:
        """DELETE of the rows whose fields *where* equal the given ones."""
        name = ("delete", table.name, where)
        known = self._known.get(name)
        if known is not None:
            return known
        clause = table.delete().where(*(table.c[field] == bindparam(field) for field in where))
        return self._keep(name, table, where, clause, _delete_arrays, plain=False)

    def update(
        self, table: Table, where: tuple[str, ...], changed: tuple[str, ...], *, plain: bool = False
    ) -> Statement:
        """UPDATE of *changed* in the rows whose fields *where* equal the row's `where_<field>`."""
        name = ("update", table.name, where, changed, plain)
        known = self._known.get(name)
        if known is not None:
            return known
        clause = table.update().values({field: bindparam(field) for field in changed})
        clause = clause.where(*(table.c[field] == bindparam(_WHERE + field) for field in where))
        fields = (*changed, *(_WHERE + field for field in where))
        return self._keep(name, table, fields, clause, _update_arrays, plain)

    def _keep(
        self,
        name: Any,
        table: Table,
        fields: tuple[str, ...],
        clause: Any,
        arrays: Callable[[Statement, str, Quote], str],
        plain: bool,  # noqa: FBT001 - always handed on
    ) -> Statement:
        binders = {}
        for field in () if plain else fields:
            convert = binder(table.c[field.removeprefix(_WHERE)].type, self._dialect)
            if convert is not None:
                binders[field] = convert
        statement = Statement(clause, fields, binders, self._dialect)
        if self._dialect.name == "postgresql":
            columns = [table.c[field.removeprefix(_WHERE)] for field in statement.fields]
            typed = ", ".join(f"%b::{_array(one.type, self._dialect)}" for one in columns)
            quote: Quote = self._dialect.identifier_preparer.quote
            source = f"unnest({typed}) AS given ({', '.join(map(quote, statement.fields))})"
            statement.arrays = arrays(statement, f"{quote(table.name)}\n{source}", quote)
        elif name[0] == "insert":
            marks = f", ({', '.join('?' * len(statement.fields))})"
            statement.wide = statement.sql + marks * (WIDE - 1)
        self._known[name] = statement
        return statement


def _array(column_type: Any, dialect: Dialect) -> str:
    """The array type to cast to; text without its length, for a cast would cut what is too long."""
    name = column_type.compile(dialect)
    return "TEXT[]" if name.startswith("VARCHAR") else f"{name}[]"


def _insert_arrays(statement: Statement, place: str, quote: Quote) -> str:
    table, source = place.split("\n")
    names = ", ".join(map(quote, statement.fields))
    conflict = statement.sql.partition(" ON CONFLICT ")[2]
    ending = f" ON CONFLICT {conflict}" if conflict else ""
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM {source}{ending}"  # noqa: S608 - own names


def _delete_arrays(statement: Statement, place: str, quote: Quote) -> str:
    table, source = place.split("\n")
    match = " AND ".join(f"{table}.{quote(f)} = given.{quote(f)}" for f in statement.fields)
    return f"DELETE FROM {table} USING {source} WHERE {match}"  # noqa: S608 - own names


def _update_arrays(statement: Statement, place: str, quote: Quote) -> str:
    table, source = place.split("\n")
    changed = [field for field in statement.fields if not field.startswith(_WHERE)]
    where = [field for field in statement.fields if field.startswith(_WHERE)]
    values = ", ".join(f"{quote(f)} = given.{quote(f)}" for f in changed)
    match = " AND ".join(f"{table}.{quote(f.removeprefix(_WHERE))} = given.{quote(f)}" for f in where)
    return f"UPDATE {table} SET {values} FROM {source} WHERE {match}"  # noqa: S608 - own names
