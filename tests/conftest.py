"""Fixtures that every test may use."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

from mainspring.store import Store, open_store

SHARED = Path(__file__).resolve().parents[2] / "shared"
POSTGRES = "host=127.0.0.1 port=5432 user=postgres"
ROLE = "mainspring_test"  # a plain role: row-level security binds it

settings.register_profile("mainspring", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("mainspring")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public suites and data beside the project; skips aloud where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the shared suites and data are not beside the project ({SHARED.name}/ missing)")
    return SHARED


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a database of this test session alone, dropped at its end."""
    try:
        admin = psycopg.connect(f"{POSTGRES} dbname=postgres connect_timeout=3", autocommit=True)
    except psycopg.OperationalError as error:
        reason = f"no PostgreSQL answers at 127.0.0.1:5432 ({str(error).strip()})"
        if os.environ.get("MAINSPRING_REQUIRE_POSTGRES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    name = f"{ROLE}_{uuid4().hex[:12]}"
    with admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone() is None:
            # Another test process may be quicker.
            with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
                admin.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(ROLE))
                )
        identifiers = {"name": sql.Identifier(name), "role": sql.Identifier(ROLE)}
        admin.execute(sql.SQL("CREATE DATABASE {name} OWNER {role}").format(**identifiers))
        yield f"postgresql+psycopg://{ROLE}@127.0.0.1:5432/{name}"
        admin.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**identifiers))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def open_again(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the test's own database (a file, or a tenant on PostgreSQL) as often as it is called."""
    opened: list[Store] = []
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'mainspring.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
    tenant = f"t{uuid4().hex[:16]}"

    def call() -> Store:
        opened.append(open_store(url, tenant))
        return opened[-1]

    yield call
    for store in opened:
        store.close()


@pytest.fixture
def store(open_again: Callable[[], Store]) -> Store:
    """An empty database of this test, once on SQLite and once on PostgreSQL."""
    return open_again()
