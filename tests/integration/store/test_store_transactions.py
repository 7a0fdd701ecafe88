"""Transactions of the store, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from psycopg import DataError
from sqlalchemy import Column, String, Text, func, select

from mainspring.store import Store, StoreError, ValueRefusedError, open_store
from mainspring.store.tables import Instant, Json, Key, Money, tenant_table, total
from mainspring.store.transaction import Tx

things = tenant_table(
    "test_things",
    Column("name", String(40)),
    Column("amount", Money),
    Column("at", Instant),
    Column("data", Json),
    Column("number", Key),
    Column("note", Text),
    key=("name",),
)
ALL = select(things.c.name).order_by(things.c.name)


def names(store: Store) -> list[str]:
    with store.read() as tx:
        return [row.name for row in tx.all(ALL.where(things.c.tenant_id == tx.tenant))]


def test_a_row_reads_back_as_it_was_written(store: Store) -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    data = {"n": Decimal("1.50"), "list": [1, None, True], "文": "字"}
    with store.write() as tx:
        tx.insert(
            things,
            {"name": "a", "amount": Decimal("10.20"), "at": at, "data": data, "number": 2**62, "note": None},
        )
    with store.read() as tx:
        row = tx.one(select(things).where(things.c.tenant_id == tx.tenant))
    assert row is not None
    assert (row.tenant_id, row.amount, row.at, row.number) == (store.tenant, Decimal("10.20"), at, 2**62)
    assert row.at.tzinfo == UTC
    assert row.data == {"n": Decimal("1.50"), "list": [Decimal(1), None, True], "文": "字"}


@pytest.mark.parametrize("count", [15, 16, 17, 40])
def test_many_rows_are_all_written_and_each_once(store: Store, count: int) -> None:
    rows = [{"name": f"{number:02}", "note": str(number)} for number in range(count)]
    with store.write() as tx:
        tx.insert(things, rows)
    with store.read() as tx:
        found = tx.all(select(things.c.name, things.c.note).where(things.c.tenant_id == tx.tenant))
    assert sorted(found) == [(row["name"], row["note"]) for row in rows]


def test_an_exception_undoes_everything(store: Store) -> None:
    def fail() -> None:
        with store.write() as tx:
            tx.insert(things, {"name": "a"})
            tx.defer(things, {"name": "b"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(store) == []


def test_deferred_rows_are_seen_by_the_next_statement(store: Store) -> None:
    with store.write() as tx:
        tx.defer(things, {"name": "a"})
        tx.defer(things, {"name": "b"})
        assert tx.scalar(select(func.count()).select_from(things).where(things.c.tenant_id == tx.tenant)) == 2
    assert names(store) == ["a", "b"]


def fail_in_savepoint(tx: Tx, *, flush_inside: bool) -> None:
    with tx.savepoint():
        tx.defer(things, {"name": "inside"})
        if flush_inside:
            tx.all(ALL)
        raise RuntimeError


@pytest.mark.parametrize("flush_inside", [True, False])
def test_a_failed_savepoint_takes_its_own_rows_and_no_others(store: Store, *, flush_inside: bool) -> None:
    with store.write() as tx:
        tx.defer(things, {"name": "before"})
        with pytest.raises(RuntimeError):
            fail_in_savepoint(tx, flush_inside=flush_inside)
        tx.defer(things, {"name": "after"})
    assert names(store) == ["after", "before"]


def test_savepoints_nest(store: Store) -> None:
    with store.write() as tx, tx.savepoint():
        tx.insert(things, {"name": "outer"})
        with pytest.raises(RuntimeError):
            fail_in_savepoint(tx, flush_inside=True)
    assert names(store) == ["outer"]


def test_a_failed_statement_in_a_savepoint_leaves_the_transaction_usable(store: Store) -> None:
    with store.write() as tx:
        tx.insert(things, {"name": "a"})
        with pytest.raises(Exception, match=r"(?i)unique"), tx.savepoint():
            tx.insert(things, {"name": "a"})
        tx.insert(things, {"name": "b"})
    assert names(store) == ["a", "b"]


def test_money_sums_and_compares_as_numbers(store: Store) -> None:
    amounts = ["9.99", "10.00", "100.10", "-0.09"]
    with store.write() as tx:
        tx.insert(things, [{"name": str(i), "amount": Decimal(amount)} for i, amount in enumerate(amounts)])
        mine = things.c.tenant_id == tx.tenant
        assert tx.scalar(select(total(things.c.amount)).where(mine)) == Decimal("120.00")
        assert tx.scalar(select(total(things.c.amount)).where(mine, things.c.name == "none")) == 0
        more = (
            select(things.c.amount).where(mine, things.c.amount > Decimal(9)).order_by(things.c.amount.desc())
        )
        assert [row[0] for row in tx.all(more)] == [Decimal("100.10"), Decimal("10.00"), Decimal("9.99")]


def test_a_float_is_no_money(store: Store) -> None:
    with pytest.raises(ValueRefusedError, match="float"), store.write() as tx:
        tx.insert(things, {"name": "a", "amount": 0.1})


def test_a_time_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueRefusedError, match="zone"), store.write() as tx:
        tx.insert(things, {"name": "a", "at": datetime(2026, 1, 1)})  # noqa: DTZ001 - the fault under test


def test_a_reading_transaction_does_not_write(store: Store) -> None:
    with pytest.raises(StoreError, match="only reads"), store.read() as tx:
        tx.insert(things, {"name": "a"})


def test_a_second_transaction_in_the_same_thread_is_refused(store: Store) -> None:
    with store.write(), pytest.raises(StoreError, match="open"), store.write():
        pass


def test_each_opening_gets_another_node(open_again: Callable[[], Store]) -> None:
    assert [open_again().node(), open_again().node()] == [0, 1]


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(StoreError, match="does not run on"):
        open_store("mysql://x/y", "t")


def test_many_rows_read_back_as_few_do(store: Store) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    many = [
        {
            "name": f"n{i:02}",
            "amount": Decimal(i) / 10 if i % 2 else None,
            "at": at,
            "data": [i, None, "x"],
            "number": i,
        }
        for i in range(20)
    ]
    with store.write() as tx:
        tx.insert(things, many[:2])
        tx.insert(things, many[2:])
    columns = [things.c[name] for name in many[0]]
    with store.read() as tx:
        rows = tx.all(select(*columns).where(things.c.tenant_id == tx.tenant).order_by(things.c.name))
    assert [row._asdict() for row in rows] == many


def test_a_text_that_is_too_long_is_never_cut(store: Store) -> None:
    long = [{"name": "x" * 41 + str(i)} for i in range(10)]
    try:
        with store.write() as tx:
            tx.insert(things, long)
    except DataError:
        return  # PostgreSQL refuses it, SQLite knows no lengths
    assert names(store) == [row["name"] for row in long]
