"""What every system of the books needs: rows by key in one statement, document numbers, bulk updates."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from mainspring.services.errors import UnknownRecordError
from mainspring.services.tables.contact import document_numbers
from mainspring.store import Tx

_BATCH = 500  # keys in one statement; SQLite takes 32,766 parameters

_PREFIXES = {
    "inquiry": "E",
    "lead": "L",
    "quote": "Q",
    "order": "O",
    "delivery": "D",
    "invoice": "I",
    "credit note": "C",
    "payment": "P",
    "refund": "R",
    "write-off": "W",
    "ticket": "T",
}


def next_numbers(tx: Tx, kind: str, count: int = 1) -> list[str]:
    """The next document numbers of a kind, without gaps: the counter belongs to the caller's transaction."""
    insert = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    statement = (
        insert(document_numbers)
        .values(tenant_id=tx.tenant, kind=kind, last=count)
        .on_conflict_do_update(
            index_elements=[document_numbers.c.tenant_id, document_numbers.c.kind],
            set_={"last": document_numbers.c.last + count},
        )
        .returning(document_numbers.c.last)
    )
    last = tx.execute(statement).scalar_one()
    prefix = _PREFIXES[kind]
    return [f"{prefix}-{number:06d}" for number in range(last - count + 1, last + 1)]


def next_number(tx: Tx, kind: str) -> str:
    """The next document number of a kind, such as ``O-000042``."""
    return next_numbers(tx, kind)[0]


def rows_of(
    tx: Tx, table: Table, column: str, values: Iterable[Any], *, lock: bool = False
) -> list[Row[Any]]:
    """All rows whose column is one of the values, in few statements; locked in the order of the key."""
    wanted = sorted(set(values))
    found: list[Row[Any]] = []
    for start in range(0, len(wanted), _BATCH):
        query = select(table).where(
            table.c.tenant_id == tx.tenant, table.c[column].in_(wanted[start : start + _BATCH])
        )
        found.extend(tx.all(locked(query, table) if lock else query))
    return found


def locked(query: Select[Any], table: Table) -> Select[Any]:
    """The query with its rows locked until the end of the transaction, in a fixed order against deadlock."""
    return query.order_by(*table.primary_key.columns).with_for_update()


def by_key(
    tx: Tx, table: Table, column: str, values: Iterable[Any], *, lock: bool = False
) -> dict[Any, Row[Any]]:
    """The rows by their key; absent ones are left out."""
    return {getattr(row, column): row for row in rows_of(tx, table, column, values, lock=lock)}


def need(tx: Tx, table: Table, key: Mapping[str, Any], what: str, *, lock: bool = False) -> Row[Any]:
    """The one row of this key.

    Raises:
        UnknownRecordError: there is none.
    """
    query = select(table).where(
        table.c.tenant_id == tx.tenant, *(table.c[name] == value for name, value in key.items())
    )
    row = tx.one(query.with_for_update() if lock else query)
    if row is None:
        raise UnknownRecordError(
            f"there is no {what} {', '.join(map(str, key.values()))} in the books", mend="Check the number."
        )
    return row


def find(tx: Tx, table: Table, key: Mapping[str, Any]) -> Row[Any] | None:
    """The row of this key or unique column, or None."""
    return tx.one(
        select(table).where(
            table.c.tenant_id == tx.tenant, *(table.c[name] == value for name, value in key.items())
        )
    )


def change(tx: Tx, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Set some columns of the row of this key."""
    change_many(tx, table, [(key, values)])


def change_many(tx: Tx, table: Table, changes: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> int:
    """Set the same columns of many rows, (key, values) each, in one go; gives the number of rows touched."""
    if not changes:
        return 0
    key, values = changes[0]
    statement = tx.statements.update(table, ("tenant_id", *key), tuple(values))
    tenant = {"where_tenant_id": tx.tenant}
    rows = [tenant | {f"where_{name}": value for name, value in k.items()} | dict(v) for k, v in changes]
    return tx.many(statement, rows)


def save_many(tx: Tx, table: Table, key: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows, or overwrite those whose key is there already; gives the number of new ones."""
    known = by_key(tx, table, key, [row[key] for row in rows])
    fresh = [row for row in rows if row[key] not in known]
    tx.insert(table, fresh)
    changes = [
        ({key: row[key]}, {name: value for name, value in row.items() if name != key})
        for row in rows
        if row[key] in known
    ]
    change_many(tx, table, changes)
    return len(fresh)


def exact(share: float | None) -> Decimal | None:
    """A confidence or score as it is stored: six decimals."""
    return None if share is None else Decimal(repr(share)).quantize(Decimal("0.000001"))
