"""Databases behind the gateway: named queries and tables, on SQLite, PostgreSQL and MariaDB alike."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pymysql
import pytest
from tests.integration.gateway.outside import HERE, Outward

from mainspring.gateway import ArgumentsInvalid
from mainspring.gateway.errors import RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.store import open_store

TABLE = "CREATE TABLE {} (id INTEGER PRIMARY KEY, name VARCHAR(60) NOT NULL, price NUMERIC(10, 2), made DATE)"
ROWS = "INSERT INTO {} VALUES (1, 'bolt', 1.25, '2026-01-02'), (2, 'nut', NULL, NULL), (3, 'gear', 9, NULL)"
POSTGRES = "host=127.0.0.1 user=postgres dbname=postgres"
EVIL = "x'; DROP TABLE things; --"


class Database:
    """A table `things` somewhere, and the configuration that leads to it."""

    def __init__(self, config: dict[str, Any], table: str, folders: dict[str, Path]) -> None:
        self.config = config
        self.table = table
        self.folders = folders


def _sqlite(folder: Path) -> Iterator[Database]:
    with sqlite3.connect(folder / "erp.db") as opened:
        opened.execute(TABLE.format("things"))
        opened.execute(ROWS.format("things"))
    yield Database({"dialect": "sqlite", "address": "desk/erp.db"}, "things", {"desk": folder})


def _postgresql(_: Path) -> Iterator[Database]:
    table = f"things_{uuid4().hex[:8]}"
    try:
        opened = psycopg.connect(
            "host=127.0.0.1 user=postgres dbname=postgres connect_timeout=3", autocommit=True
        )
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")
    with opened:
        opened.execute(TABLE.format(table))
        opened.execute(ROWS.format(table))
        config = {"dialect": "postgresql", "address": "postgresql://127.0.0.1:5432"}
        yield Database(config | {"database": "postgres", "user": "postgres"}, table, {})
        opened.execute(f"DROP TABLE {table}")


def _mysql(_: Path) -> Iterator[Database]:
    table = f"things_{uuid4().hex[:8]}"
    user = os.environ.get("MAINSPRING_MYSQL_USER", "root")
    word = os.environ.get("MAINSPRING_MYSQL_PASSWORD", "")
    try:
        opened = pymysql.connect(
            host="127.0.0.1", user=user, password=word, autocommit=True, connect_timeout=3
        )
    except pymysql.err.OperationalError as error:
        pytest.skip(f"no MySQL or MariaDB lets us in at 127.0.0.1:3306 ({error.args[0]})")
    with opened, opened.cursor() as cursor:
        cursor.execute("CREATE DATABASE IF NOT EXISTS mainspring_test")
        cursor.execute("USE mainspring_test")
        cursor.execute(TABLE.format(table))
        cursor.execute(ROWS.format(table))
        config = {"dialect": "mysql", "address": "mysql://127.0.0.1:3306", "database": "mainspring_test"}
        secret = {"secret": "db.key"} if word else {}
        yield Database(config | {"user": user} | secret, table, {})
        cursor.execute(f"DROP TABLE {table}")


@pytest.fixture(params=[_sqlite, pytest.param(_postgresql, marks=pytest.mark.postgres), _mysql])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    yield from request.param(tmp_path)


@pytest.fixture
def house(database: Database) -> Iterator[Outward]:
    store = open_store("sqlite://", "sql")
    made = Outward(store, {"folders": database.folders})
    if os.environ.get("MAINSPRING_MYSQL_PASSWORD"):
        made.put_secret("db.key", os.environ["MAINSPRING_MYSQL_PASSWORD"])
    yield made
    made.close()
    store.close()


def register(house: Outward, database: Database, **more: Any) -> None:
    query = {
        "sql": f"SELECT name, price FROM {database.table} WHERE name = :name OR price > :least ORDER BY id",  # noqa: S608 - the administrator's own text
        "parameters": {"name": {"type": "string"}, "least": {"type": "number"}},
    }
    network = {} if database.config["dialect"] == "sqlite" else {"networks": HERE, "tls": "off"}
    config = {"queries": {"dear": query}, "tables": [database.table]} | database.config | network | more
    house.register("sql", config)


def call(house: Outward, verb: str, **arguments: Any) -> Any:
    return house.call(f"crm.{verb}", arguments).root


def test_a_named_query_binds_its_parameters(house: Outward, database: Database) -> None:
    register(house, database)
    answer = call(house, "dear", name="nut", least=5)
    assert [row["name"] for row in answer["rows"]] == ["nut", "gear"]
    assert float(answer["rows"][1]["price"]) == 9.0
    assert call(house, "dear", name=EVIL, least=100) == {"rows": [], "more": False}
    assert call(house, f"count_{database.table}") == {"count": 3}


def test_rows_of_a_table_are_found_by_its_columns_alone(house: Outward, database: Database) -> None:
    register(house, database)
    found = call(house, f"find_{database.table}", where={"name": "bolt"}, columns=["id", "made"])
    assert found["rows"] == [{"id": 1, "made": "2026-01-02"}]
    page = call(house, f"find_{database.table}", order=["-id"], limit=2, columns=["id"])
    assert ([row["id"] for row in page["rows"]], page["more"]) == ([3, 2], True)
    for arguments in (
        {"where": {"1=1; --": 1}},
        {"columns": ["id FROM pg_user --"]},
        {"order": ["id; DROP TABLE things"]},
        {"where": {"name": {"$ne": ""}}},
    ):
        with pytest.raises(ArgumentsInvalid):
            call(house, f"find_{database.table}", **arguments)
    assert call(house, f"find_{database.table}", where={"name": EVIL})["rows"] == []


def test_a_service_that_only_reads_cannot_write_whatever_its_queries_say(
    house: Outward, database: Database
) -> None:
    wipe = {"sql": f"DELETE FROM {database.table}", "parameters": {}}  # noqa: S608 - the administrator's own text
    register(house, database, queries={"wipe": wipe})
    with pytest.raises((UpstreamRefused, UpstreamUnavailable)):
        call(house, "wipe")
    assert call(house, f"count_{database.table}") == {"count": 3}
    with pytest.raises(RegistryError, match="only reads"):
        register(house, database, queries={"wipe": wipe | {"writes": True}})


def test_a_writable_table_is_changed_by_its_key(house: Outward, database: Database) -> None:
    register(house, database, writable=True)
    table = database.table
    assert call(house, f"insert_{table}", values={"id": 4, "name": "pin", "price": 2}) == {"changed": 1}
    assert call(house, f"update_{table}", key={"id": 4}, values={"price": 3}) == {"changed": 1}
    assert float(call(house, f"find_{table}", where={"id": 4})["rows"][0]["price"]) == 3.0
    assert call(house, f"delete_{table}", key={"id": 4}) == {"changed": 1}
    with pytest.raises(ArgumentsInvalid):
        call(house, f"delete_{table}", key={})


def test_a_refusal_of_the_database_repeats_no_values(house: Outward, database: Database) -> None:
    register(house, database, writable=True)
    with pytest.raises(UpstreamRefused) as refused:
        call(house, f"insert_{database.table}", values={"id": 1, "name": "canary-value"})
    assert "canary-value" not in str(refused.value)


def test_a_query_whose_parameters_are_not_declared_is_refused(house: Outward, database: Database) -> None:
    with pytest.raises(RegistryError, match="it declares"):
        register(house, database, queries={"q": {"sql": "SELECT :a", "parameters": {}}})


def test_no_more_rows_come_than_are_allowed(house: Outward, database: Database) -> None:
    register(house, database, most_rows=2)
    answer = call(house, "dear", name="bolt", least=0)
    assert (len(answer["rows"]), answer["more"]) == (2, False)
    assert call(house, f"find_{database.table}", limit=50)["more"] is True
