"""What every system of the books needs: rows by key in one statement, document numbers, bulk updates."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, select

from mainspring.services.errors import UnknownRecordError
from mainspring.services.rows import Record, among, matching
from mainspring.store import Tx
from mainspring.store.tables import counters

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
    "import": "M",
    "purchase": "B",
    "purchase inquiry": "A",
}


def next_number(tx: Tx, kind: str) -> str:
    """The next document number of a kind, such as ``O-000042``; no gaps, as the counter rolls back too."""
    return f"{_PREFIXES[kind]}-{tx.count(f'number of {kind}', 1):06d}"


def given_numbers(tx: Tx, kind: str) -> int:
    """How many numbers of a kind were given."""
    c = counters.c
    query = select(c.value).where(c.tenant_id == tx.tenant, c.name == f"number of {kind}")
    return int(tx.scalar(query) or 0)


def by_key(
    tx: Tx, table: Table, column: str, values: Iterable[str], *, lock: bool = False
) -> dict[str, Record]:
    """The rows by their key; absent ones are left out."""
    return {getattr(row, column): row for row in among(tx, table, column, values, lock=lock)}


def need(tx: Tx, table: Table, key: Mapping[str, Any], what: str, *, lock: bool = False) -> Record:
    """The one row of this key.

    Raises:
        UnknownRecordError: there is none.
    """
    for row in matching(tx, table, key, lock=lock):
        return row
    named = ", ".join(map(str, key.values()))
    raise UnknownRecordError(f"there is no {what} {named} in the books", mend="Check the number.")


def find(tx: Tx, table: Table, key: Mapping[str, Any]) -> Record | None:
    """The row of this key or unique column, or None."""
    for row in matching(tx, table, key):
        return row
    return None


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
