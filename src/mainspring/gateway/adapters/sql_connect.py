"""Connections to databases: through the egress, read-only unless they may write, and with a time limit."""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
import pymysql
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from mainspring.gateway.adapters.port import Ports
from mainspring.gateway.egress import Reach
from mainspring.gateway.egress.reach import split
from mainspring.gateway.errors import RegistryError

if TYPE_CHECKING:
    from mainspring.gateway.adapters.sql import SqlConfig

_POOL = 5
_MILLI = 1000


class Dialect(NamedTuple):
    """What differs between databases.

    Attributes:
        connect: gives a function that opens a connection of the driver.
        begin: what is said at the beginning of each transaction.
        is_down: whether an error says that the database is not there, rather than that it refuses.
    """

    url: str
    connect: Callable[["SqlConfig", Ports], Callable[[], Any]]
    begin: Callable[[Connection, "SqlConfig"], None]
    is_down: Callable[[DBAPIError], bool]


def engine(config: "SqlConfig", ports: Ports) -> Engine:
    """The engine of a database."""
    dialect = DIALECTS[config.dialect]
    options: dict[str, Any] = {"poolclass": NullPool} if config.dialect == "sqlite" else {"pool_size": _POOL}
    if config.dialect != "sqlite":
        options |= {"pool_pre_ping": True, "pool_recycle": 300}
    return create_engine(dialect.url, creator=dialect.connect(config, ports), **options)


def _sqlite(config: "SqlConfig", ports: Ports) -> Callable[[], Any]:
    name, _, file = config.address.partition("/")
    if name not in ports.folders or not file or ".." in file.split("/"):
        said = "its address names no file in a folder that an administrator opened"
        raise RegistryError(said, where=config.address, mend="Write it as folder/file.db.")
    root = ports.folders[name].resolve()
    path = (root / file).resolve()
    if not path.is_relative_to(root):
        raise RegistryError("its file is not in that folder", where=config.address)

    def connect() -> sqlite3.Connection:
        mode = "rw" if config.writable else "ro"
        opened = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, timeout=config.seconds, check_same_thread=False
        )
        opened.set_authorizer(_authorised)
        if not config.writable:
            opened.execute("PRAGMA query_only = ON")
        return opened

    return connect


def _authorised(action: int, first: str | None, *_: Any) -> int:
    """No other file is attached, and no extension loaded, whatever a query says."""
    if action in {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and first == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _reach(config: "SqlConfig") -> Reach:
    return Reach.to(config.address, networks=config.networks, seconds=config.seconds)


def _password(config: "SqlConfig", ports: Ports, host: str) -> str:
    return ports.egress.secret(config.secret, host) if config.secret else ""


def _postgresql(config: "SqlConfig", ports: Ports) -> Callable[[], Any]:
    reach = _reach(config)
    _, host, port = split(reach.demand(config.address))

    def connect() -> Any:
        return psycopg.connect(
            host=host,
            hostaddr=ports.egress.address(reach, config.address),
            port=port,
            dbname=config.database,
            user=config.user,
            password=_password(config, ports, host),
            sslmode="verify-full" if config.tls == "required" else "disable",
            sslrootcert="system" if config.tls == "required" else None,
            connect_timeout=max(1, int(config.seconds)),
            options=f"-c statement_timeout={int(config.seconds * _MILLI)}",
            passfile="",
        )

    return connect


def _mysql(config: "SqlConfig", ports: Ports) -> Callable[[], Any]:
    reach = _reach(config)
    _, host, port = split(reach.demand(config.address))

    def connect() -> Any:
        opened = pymysql.connect(
            host=host,
            port=port,
            user=config.user,
            password=_password(config, ports, host),
            database=config.database,
            charset="utf8mb4",
            connect_timeout=max(1, int(config.seconds)),
            read_timeout=config.seconds + 5,
            ssl=ports.egress.context if config.tls == "required" else None,
            local_infile=False,
            defer_connect=True,
        )
        opened.connect(ports.egress.connect(reach, config.address))
        return opened

    return connect


def _begin_sqlite(_: Connection, __: "SqlConfig") -> None:
    """The file itself is opened for reading only."""


def _begin_postgresql(connection: Connection, config: "SqlConfig") -> None:
    if not config.writable:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _begin_mysql(connection: Connection, config: "SqlConfig") -> None:
    if not config.writable:
        connection.exec_driver_sql("START TRANSACTION READ ONLY")


def _sqlite_is_down(error: DBAPIError) -> bool:
    return "unable to open" in str(error.orig) or "locked" in str(error.orig)


def _postgresql_is_down(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state[:2] in {"08", "53", "57"}


def _mysql_is_down(error: DBAPIError) -> bool:
    number = error.orig.args[0] if error.orig is not None and error.orig.args else 0
    return error.connection_invalidated or number in {1040, 1053, 2002, 2003, 2006, 2013}


DIALECTS = {
    "sqlite": Dialect("sqlite://", _sqlite, _begin_sqlite, _sqlite_is_down),
    "postgresql": Dialect("postgresql+psycopg://", _postgresql, _begin_postgresql, _postgresql_is_down),
    "mysql": Dialect("mysql+pymysql://", _mysql, _begin_mysql, _mysql_is_down),
}
