"""PostgreSQL keeps the tenants apart even where a statement forgets to."""

from contextlib import closing

import psycopg
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from mainspring.store import StoreError, open_store
from mainspring.store.tables import counters

pytestmark = pytest.mark.postgres


def test_a_statement_without_a_tenant_sees_only_its_own_rows(postgres_url: str) -> None:
    with (
        closing(open_store(postgres_url, "rls-one")) as one,
        closing(open_store(postgres_url, "rls-two")) as two,
    ):
        one.node()
        with two.write() as tx:
            assert tx.all(select(counters.c.tenant_id)) == []
            assert tx.execute(update(counters).values(value=99)).rowcount == 0
        with one.read() as tx:
            assert [row.tenant_id for row in tx.all(select(counters.c.tenant_id))] == ["rls-one"]


def test_a_row_of_another_tenant_cannot_be_written(postgres_url: str) -> None:
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with closing(open_store(postgres_url, "rls-one")) as store, refused, store.write() as tx:
        tx.execute(counters.insert().values(tenant_id="rls-two", name="x", value=1))


def test_without_a_tenant_set_no_row_is_seen(postgres_url: str) -> None:
    with closing(open_store(postgres_url, "rls-three")) as store:
        store.node()
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT count(*) FROM counters").fetchone() == (0,)


def test_a_role_that_bypasses_the_rows_is_refused(postgres_url: str) -> None:
    with pytest.raises(StoreError, match="bypasses row-level security"):
        open_store(postgres_url.replace("mainspring_test@", "postgres@"), "rls-one")
