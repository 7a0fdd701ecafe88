"""SQL databases: named queries that an administrator wrote, and simple operations on tables.

No statement is ever built from a caller's text: named queries take bound parameters, table operations are
put together from the names of reflected columns. Unless a service is registered as writable, the database
itself is told to refuse writes.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, Engine, MetaData, Table, func, select, text
from sqlalchemy.exc import DBAPIError, NoSuchTableError, SQLAlchemyError
from sqlalchemy.sql.elements import TextClause

from mainspring.gateway.adapters.port import Ports
from mainspring.gateway.adapters.sql_connect import DIALECTS, engine
from mainspring.gateway.adapters.sql_values import column_schema, to_json
from mainspring.gateway.described import Described, titled, verb
from mainspring.gateway.errors import RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.outgoing import Sending

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_][a-zA-Z0-9_]*)")
_ROWS = {
    "type": "object",
    "properties": {"rows": {"type": "array", "items": {"type": "object"}}, "more": {"type": "boolean"}},
    "required": ["rows", "more"],
}
_CHANGED = {
    "type": "object",
    "properties": {"changed": {"type": "integer"}},
    "required": ["changed"],
}


class Query(BaseModel):
    """A named query.

    Attributes:
        sql: one statement with parameters as ``:name``.
        parameters: a JSON Schema for each; all are needed.
        title: what it is called.
        writes: it changes something; only in a writable service.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sql: str = Field(min_length=1, max_length=50_000)
    parameters: Mapping[str, Mapping[str, Any]] = {}
    title: str = ""
    writes: bool = False


class SqlConfig(BaseModel):
    """A database.

    Attributes:
        dialect: sqlite, postgresql or mysql (MariaDB too).
        address: of the server, as ``postgresql://db.example.com:5432``; for SQLite the name of a folder that
            an administrator opened, and the file in it, as ``books/erp.db``.
        database, user, secret: which database, as whom, and the name of the password's secret.
        tls: off, or required with the certificate checked.
        writable: whether anything may be changed.
        queries: by name.
        tables: that may be read, and written in a writable service.
        most_rows: given at once.
        seconds: that a statement may take.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dialect: Literal["sqlite", "postgresql", "mysql"]
    address: str
    database: str = ""
    user: str = ""
    secret: str = ""
    tls: Literal["required", "off"] = "required"
    networks: tuple[str, ...] = ()
    writable: bool = False
    queries: Mapping[str, Query] = {}
    tables: tuple[str, ...] = ()
    most_rows: int = Field(default=1000, gt=0, le=100_000)
    seconds: float = Field(default=30, gt=0, le=600)


class Sql:
    """Speaks to one database."""

    def __init__(self, config: SqlConfig, ports: Ports) -> None:
        self._config = config
        self._ports = ports
        self._engine: Engine | None = None
        self._tables: dict[str, Table] = {}
        self._lock = threading.Lock()

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Run a query or an operation on a table."""
        del sending
        binding = operation.binding
        with self.connected() as connection:
            if "query" in binding:
                return self._query(connection, self._config.queries[binding["query"]], arguments)
            table = self.table(connection, binding["table"])
            return getattr(self, f"_{binding['do']}")(connection, table, arguments)

    def check(self) -> str:
        """Ask for nothing in particular."""
        with self.connected() as connection:
            connection.execute(text("SELECT 1"))
        return "answered"

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed in a writable service only."""
        try:
            with self._opened().connect() as connection:
                DIALECTS[self._config.dialect].begin(connection, self._config)
                yield connection
                if self._config.writable:
                    connection.commit()
                else:
                    connection.rollback()
        except DBAPIError as error:
            raise self._told(error) from None
        except SQLAlchemyError as error:
            raise UpstreamRefused(
                f"the database: {type(error).__name__}", where=self._config.address
            ) from None

    def table(self, connection: Connection, name: str) -> Table:
        """A table as the database has it.

        Raises:
            UpstreamRefused: there is none of this name.
        """
        found = self._tables.get(name)
        if found is None:
            schema, _, plain = name.rpartition(".")
            try:
                found = Table(plain, MetaData(), schema=schema or None, autoload_with=connection)
            except NoSuchTableError:
                raise UpstreamRefused("there is no such table", status=404, where=name) from None
            self._tables[name] = found
        return found

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = engine(self._config, self._ports)
            return self._engine

    def _query(self, connection: Connection, query: Query, arguments: Mapping[str, Any]) -> Any:
        result = connection.execute(_statement(query.sql), _bound(arguments))
        return self._rows_of(result) if result.returns_rows else {"changed": result.rowcount}

    def _find(self, connection: Connection, table: Table, arguments: Mapping[str, Any]) -> Any:
        names = arguments.get("columns") or [column.name for column in table.columns]
        statement = select(*(table.c[name] for name in names))
        for name, value in (arguments.get("where") or {}).items():
            statement = statement.where(
                table.c[name].is_(None) if value is None else table.c[name] == _value(value)
            )
        for name in arguments.get("order") or [column.name for column in table.primary_key.columns]:
            descending = name.startswith("-")
            column = table.c[name.lstrip("-")]
            statement = statement.order_by(column.desc() if descending else column)
        limit = min(int(arguments.get("limit") or self._config.most_rows), self._config.most_rows)
        statement = statement.limit(limit + 1).offset(int(arguments.get("skip") or 0))
        return self._rows_of(connection.execute(statement), limit)

    def _count(self, connection: Connection, table: Table, arguments: Mapping[str, Any]) -> Any:
        statement = select(func.count()).select_from(table)
        for name, value in (arguments.get("where") or {}).items():
            statement = statement.where(
                table.c[name].is_(None) if value is None else table.c[name] == _value(value)
            )
        return {"count": connection.execute(statement).scalar()}

    def _insert(self, connection: Connection, table: Table, arguments: Mapping[str, Any]) -> Any:
        connection.execute(table.insert().inline().values(_bound(arguments["values"])))
        return {"changed": 1}  # not every driver counts what it inserted

    def _update(self, connection: Connection, table: Table, arguments: Mapping[str, Any]) -> Any:
        statement = table.update().where(*_keyed(table, arguments["key"])).values(_bound(arguments["values"]))
        return {"changed": connection.execute(statement).rowcount}

    def _delete(self, connection: Connection, table: Table, arguments: Mapping[str, Any]) -> Any:
        return {
            "changed": connection.execute(table.delete().where(*_keyed(table, arguments["key"]))).rowcount
        }

    def _rows_of(self, result: Any, limit: int | None = None) -> Any:
        most = limit or self._config.most_rows
        rows = result.fetchmany(most + 1)
        names = list(result.keys())
        shown = [
            {name: to_json(value) for name, value in zip(names, row, strict=True)} for row in rows[:most]
        ]
        return {"rows": shown, "more": len(rows) > most}

    def _told(self, error: DBAPIError) -> UpstreamRefused | UpstreamUnavailable:
        """The database's own words may hold values of rows; only its code is passed on."""
        code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
        if code is None and getattr(error.orig, "args", None):
            code = str(error.orig.args[0]) if isinstance(error.orig.args[0], int) else None  # type: ignore[union-attr]  # checked above
        kind = type(error.orig).__name__
        if DIALECTS[self._config.dialect].is_down(error):
            return UpstreamUnavailable(
                f"the database does not answer ({kind} {code})", where=self._config.address
            )
        said = f"the database refused the statement ({kind} {code})"
        return UpstreamRefused(said, where=self._config.address, mend="Check arguments and rights.")


def discover(config: SqlConfig, ports: Ports) -> tuple[Described, ...]:
    """The named queries, and what can be done with the tables as the database describes them."""
    found = [_of_query(name, query, config) for name, query in config.queries.items()]
    if config.tables:
        speaker = Sql(config, ports)
        try:
            with speaker.connected() as connection:
                for name in config.tables:
                    found += _of_table(name, speaker.table(connection, name), writable=config.writable)
        finally:
            speaker.close()
    return tuple(found)


def _of_query(name: str, query: Query, config: SqlConfig) -> Described:
    used = set(_PARAMETER.findall(query.sql))
    if used != set(query.parameters):
        said = f"its statement takes {sorted(used)} and it declares {sorted(query.parameters)}"
        raise RegistryError(said, where=name, mend="Declare each parameter once.")
    if query.writes and not config.writable:
        raise RegistryError(
            "it writes, and the service only reads", where=name, mend="Make the service writable."
        )
    return Described(
        name=verb(name),
        title=titled(query.title or name),
        effect="external" if query.writes else "read",
        input={
            "type": "object",
            "properties": dict(query.parameters),
            "required": sorted(query.parameters),
            "additionalProperties": False,
        },
        output={"anyOf": [_ROWS, _CHANGED]} if query.writes else _ROWS,
        binding={"query": name},
        idempotent=not query.writes,
        reversible=not query.writes,
    )


def _of_table(name: str, table: Table, *, writable: bool) -> list[Described]:
    columns = {column.name: column_schema(column) for column in table.columns}
    where = {"type": "object", "properties": columns, "additionalProperties": False}
    order = {"type": "array", "items": {"enum": [f"{sign}{each}" for each in columns for sign in ("", "-")]}}
    find = {
        "where": where,
        "columns": {"type": "array", "items": {"enum": list(columns)}, "minItems": 1},
        "order": order,
        "limit": {"type": "integer", "minimum": 1},
        "skip": {"type": "integer", "minimum": 0},
    }
    count = {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]}
    found = [
        _operation("find", "Find rows of", "查询", name, find, [], _ROWS, effect="read"),
        _operation("count", "Count rows of", "统计", name, {"where": where}, [], count, effect="read"),
    ]
    keys = [column.name for column in table.primary_key.columns]
    if writable and keys:
        key = {
            "type": "object",
            "properties": {each: columns[each] for each in keys},
            "required": keys,
            "additionalProperties": False,
        }
        values = {"type": "object", "properties": columns, "additionalProperties": False, "minProperties": 1}
        both, kv = {"key": key, "values": values}, ["key", "values"]
        found += [
            _operation("insert", "Add a row to", "新增", name, {"values": values}, ["values"], _CHANGED),
            _operation("update", "Change a row of", "修改", name, both, kv, _CHANGED, idempotent=True),
            _operation(
                "delete", "Remove a row of", "删除", name, {"key": key}, ["key"], _CHANGED, idempotent=True
            ),
        ]
    return found


def _operation(  # the parts of an operation on a table
    do: str,
    english: str,
    chinese: str,
    table: str,
    properties: Mapping[str, Any],
    required: list[str],
    answer: Mapping[str, Any],
    *,
    effect: Any = "external",
    idempotent: bool = False,
) -> Described:
    shape = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return Described(
        name=verb(f"{do}_{table}"),
        title={"en": f"{english} {table}", "zh": f"{chinese} {table}"},
        effect=effect,
        input=shape,
        output=answer,
        binding={"do": do, "table": table},
        idempotent=idempotent or effect == "read",
        reversible=effect == "read",
    )


def _statement(sql: str) -> TextClause:
    return text(sql)


def _bound(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    """A JSON value as drivers take it: whole numbers as such."""
    whole = getattr(value, "to_integral_value", None)
    if whole is not None:
        return int(value) if value == whole() else value
    return value


def _keyed(table: Table, key: Mapping[str, Any]) -> list[Any]:
    return [table.c[name] == _value(value) for name, value in key.items()]
