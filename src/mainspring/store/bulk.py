"""Rows to the driver's executemany: one constant statement for a table and its columns, values bound."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
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

    __slots__ = ("_binders", "_fields", "sql")

    def __init__(
        self, clause: ClauseElement, fields: Sequence[str], binders: Mapping[str, Binder], dialect: Dialect
    ) -> None:
        compiled = clause.compile(dialect=dialect, column_keys=list(fields))
        self.sql: str = str(compiled)
        self._fields: tuple[str, ...] = tuple(getattr(compiled, "positiontup", None) or fields)
        self._binders = tuple(binders.get(field) for field in self._fields)

    def parameters(self, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
        """The rows as the driver wants them."""
        pairs = tuple(zip(self._fields, self._binders, strict=True))
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
        return self._find(("insert", table.name, fields, plain), table, fields, table.insert, plain=plain)

    def upsert(self, table: Table, fields: tuple[str, ...], *, plain: bool = False) -> Statement:
        """INSERT of these fields, or where the key is known already an UPDATE of those outside the key."""

        def build() -> Any:
            module = sqlite if self._dialect.name == "sqlite" else postgresql
            clause: Any = module.insert(table)
            key = [column.name for column in table.primary_key.columns]
            changed = {field: clause.excluded[field] for field in fields if field not in key}
            return clause.on_conflict_do_update(index_elements=key, set_=changed)

        return self._find(("upsert", table.name, fields, plain), table, fields, build, plain=plain)

    def delete(self, table: Table, where: tuple[str, ...]) -> Statement:
        """DELETE of the row whose fields *where* equal the given ones."""
        return self._find(
            ("delete", table.name, where), table, where, lambda: _match(table, where, table.delete())
        )

    def update(
        self, table: Table, where: tuple[str, ...], changed: tuple[str, ...], *, plain: bool = False
    ) -> Statement:
        """UPDATE of *changed* in the rows whose fields *where* equal the row's `where_<field>`."""
        names = tuple(f"where_{field}" for field in where)

        def build() -> Any:
            clause = table.update().values({field: bindparam(field) for field in changed})
            return _match(table, where, clause, prefix="where_")

        return self._find(
            ("update", table.name, where, changed, plain), table, (*changed, *names), build, plain=plain
        )

    def _find(
        self,
        name: Any,
        table: Table,
        fields: tuple[str, ...],
        build: Callable[[], Any],
        *,
        plain: bool = False,
    ) -> Statement:
        statement = self._known.get(name)
        if statement is None:
            binders = {}
            for field in () if plain else fields:
                convert = binder(table.c[field.removeprefix("where_")].type, self._dialect)
                if convert is not None:
                    binders[field] = convert
            statement = self._known[name] = Statement(build(), fields, binders, self._dialect)
        return statement


def _match(table: Table, where: tuple[str, ...], clause: Any, prefix: str = "") -> Any:
    return clause.where(*(table.c[field] == bindparam(prefix + field) for field in where))
