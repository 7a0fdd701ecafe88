"""Rows to the driver's executemany: one constant statement for a table and its columns, values bound."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement

from mainspring.store.types import Binder, binder

Row = Mapping[str, Any]


class Statement:
    """A compiled statement with its parameters' names and what turns each value into the driver's.

    Args:
        clause: an insert, update or delete; its parameters are named like the row's fields.
        types: field name -> column type, for the fields that need converting.
        dialect: the store's.
    """

    __slots__ = ("_binders", "_fields", "_positional", "sql")

    def __init__(
        self, clause: ClauseElement, fields: Sequence[str], binders: Mapping[str, Binder], dialect: Dialect
    ) -> None:
        compiled = clause.compile(dialect=dialect, column_keys=list(fields))
        self.sql: str = str(compiled)
        order: Sequence[str] | None = getattr(compiled, "positiontup", None)
        self._positional = order is not None
        self._fields = tuple(order if order is not None else fields)
        self._binders = tuple(binders.get(field) for field in self._fields)

    def parameters(self, rows: Iterable[Row]) -> list[Any]:
        """The rows as the driver wants them: tuples for SQLite, dicts for psycopg."""
        if self._positional:
            pairs = tuple(zip(self._fields, self._binders, strict=True))
            return [tuple([row[f] if b is None else b(row[f]) for f, b in pairs]) for row in rows]
        named = tuple(zip(self._fields, self._binders, strict=True))
        return [{f: row[f] if b is None else b(row[f]) for f, b in named} for row in rows]


class Statements:
    """The statements of one store, prepared on first use."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[Any, Statement] = {}

    def insert(self, table: Table, fields: tuple[str, ...]) -> Statement:
        """INSERT of these fields."""
        return self._find(("insert", table.name, fields), table, fields, table.insert)

    def delete(self, table: Table, where: tuple[str, ...]) -> Statement:
        """DELETE of the row whose fields *where* equal the given ones."""
        return self._find(
            ("delete", table.name, where), table, where, lambda: _match(table, where, table.delete())
        )

    def update(self, table: Table, where: tuple[str, ...], changed: tuple[str, ...]) -> Statement:
        """UPDATE of *changed* in the rows whose fields *where* equal the row's `where_<field>`."""
        names = tuple(f"where_{field}" for field in where)

        def build() -> Any:
            clause = table.update().values({field: bindparam(field) for field in changed})
            return _match(table, where, clause, prefix="where_")

        return self._find(("update", table.name, where, changed), table, (*changed, *names), build)

    def _find(self, name: Any, table: Table, fields: tuple[str, ...], build: Callable[[], Any]) -> Statement:
        statement = self._known.get(name)
        if statement is None:
            binders = {}
            for field in fields:
                convert = binder(table.c[field.removeprefix("where_")].type, self._dialect)
                if convert is not None:
                    binders[field] = convert
            statement = self._known[name] = Statement(build(), fields, binders, self._dialect)
        return statement


def _match(table: Table, where: tuple[str, ...], clause: Any, prefix: str = "") -> Any:
    return clause.where(*(table.c[field] == bindparam(prefix + field) for field in where))
