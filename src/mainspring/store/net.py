"""Netting: what a transaction does to the projections, boiled down to the rows that differ at its end.

A job that is created and completed in one transaction never touches its table. The operations are kept in
the order in which they came and boiled down when they are written, so a savepoint that is rolled back only
forgets the tail.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Table

from mainspring.store.process_tables import element_counts, variables
from mainspring.store.transaction import Tx

Row = dict[str, Any]
_INSERT, _UPDATE, _DELETE = 0, 1, 2
_VALUES, _COUNTED, _SWEPT = "variables", "counts", "sweeps"
Operation = tuple[Any, ...]
"""A table with what is done to it, key and row, or one of the three above with its values."""

_COUNTS = ("tenant_id", "definition", "element", "active", "completed", "terminated")
_VARIABLES = ("tenant_id", "scope", "name", "root", "value")


class Net:
    """A participant that keeps the changes of a transaction to rows with one key each.

    Rows hold the driver's values (`store.types`: microseconds, JSON text) and no `tenant_id`.
    """

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._operations: list[Operation] = []
        self._new: set[Table] = set()
        """Tables that have new rows, or had them before a savepoint was rolled back."""

    # Operations

    def insert(self, table: Table, key: Any, row: Row) -> None:
        """A new row; `key` is its key column's value, or the tuple of them."""
        self._operations.append((table, _INSERT, key, row))
        self._new.add(table)

    def update(self, table: Table, key: Any, changes: Row) -> None:
        """Changed columns of a row."""
        self._operations.append((table, _UPDATE, key, changes))

    def delete(self, table: Table, key: Any) -> None:
        """A row is gone."""
        self._operations.append((table, _DELETE, key, {}))

    def put_variable(self, scope: int, name: str, root: int, value: str) -> None:
        """A variable has a new value (JSON text)."""
        self._operations.append((_VALUES, scope, name, root, value))

    def drop_scope(self, scope: int) -> None:
        """All variables of a scope are gone."""
        self._operations.append((_VALUES, scope))

    def count(self, definition: int, element: str, active: int, completed: int, terminated: int) -> None:
        """Add to the counts of an element."""
        self._operations.append((_COUNTED, definition, element, active, completed, terminated))

    def sweep(self, sql: str, parameters: tuple[Any, ...]) -> None:
        """A constant statement to run after all rows; its tenant is put before the last parameter."""
        self._operations.append((_SWEPT, sql, parameters))

    # Reading what is not written yet

    def pending(self, table: Table) -> dict[Any, Row]:
        """The new rows of a table that are not written yet, as they are now."""
        if table not in self._new:
            return {}
        return _boil(one for one in self._operations if one[0] is table)[0]

    # Participant

    def flush(self) -> None:
        """Write the rows that differ."""
        operations, self._operations = self._operations, []
        self._new.clear()
        lists: defaultdict[Any, list[Operation]] = defaultdict(list)
        for one in operations:
            lists[one[0]].append(one)
        for target, those in lists.items():
            if target is _VALUES:
                self._write_variables(those)
            elif target is _COUNTED:
                self._write_counts(those)
            elif target is not _SWEPT:
                self._write(target, those)
        for sql, sweeps in groupby(lists.get(_SWEPT, ()), key=itemgetter(1)):
            values = [(*given[:-1], self._tx.tenant, given[-1]) for _, _, given in sweeps]
            self._tx.raw_many(self._tx.statements.constant(sql), values)

    def mark(self) -> tuple[list[Operation], int]:
        """The list and its length: a flush leaves this list alone and begins another."""
        return self._operations, len(self._operations)

    def restore(self, mark: tuple[list[Operation], int] | None) -> None:
        """Forget the tail."""
        if mark is None:
            self._operations = []
        else:
            self._operations, length = mark
            del self._operations[length:]
            self._new.update(one[0] for one in self._operations if isinstance(one[0], Table))

    def committed(self) -> None:
        """Nothing to do."""

    def abandoned(self) -> None:
        """Nothing to do."""

    # Writing

    def _write(self, table: Table, operations: list[Operation]) -> None:
        inserted, updated, deleted = _boil(operations)
        tx, statements = self._tx, self._tx.statements
        key_names = tuple(column.name for column in table.primary_key.columns)[1:]
        if deleted:
            statement = statements.delete(table, ("tenant_id", *key_names))
            tenant = tx.tenant
            keys = [(tenant, *key) if isinstance(key, tuple) else (tenant, key) for key in deleted]
            tx.many_tuples(statement, keys)
        by_columns: dict[tuple[str, ...], list[Row]] = {}
        for row in inserted.values():
            row["tenant_id"] = tx.tenant
            by_columns.setdefault(tuple(row), []).append(row)
        for columns, rows in by_columns.items():
            tx.many(statements.insert(table, columns, plain=True), rows)
        by_columns = {}
        where = tuple(f"where_{name}" for name in key_names)
        for key, changes in sorted(updated.items()):
            columns = tuple(changes)
            values = key if isinstance(key, tuple) else (key,)
            row = {**changes, **dict(zip(where, values, strict=True)), "where_tenant_id": tx.tenant}
            by_columns.setdefault(columns, []).append(row)
        for columns, rows in by_columns.items():
            tx.many(statements.update(table, ("tenant_id", *key_names), columns, plain=True), rows)

    def _write_variables(self, operations: list[Operation]) -> None:
        tenant = self._tx.tenant
        dropped: dict[int, None] = {}
        kept: dict[int, dict[str, tuple[Any, ...]]] = {}
        for operation in operations:
            scope = operation[1]
            if len(operation) == len((_VALUES, scope)):
                kept.pop(scope, None)
                dropped[scope] = None
            else:
                kept.setdefault(scope, {})[operation[2]] = (tenant, *operation[1:])
        statements = self._tx.statements
        if dropped:
            gone = [(tenant, scope) for scope in dropped]
            self._tx.many_tuples(statements.delete(variables, _VARIABLES[:2]), gone)
        rows = [row for scope in kept.values() for row in scope.values()]
        if rows:
            self._tx.many_tuples(statements.upsert(variables, _VARIABLES, plain=True), rows)

    def _write_counts(self, operations: list[Operation]) -> None:
        sums: dict[tuple[int, str], list[int]] = {}
        for _, definition, element, active, completed, terminated in operations:
            one = sums.setdefault((definition, element), [0, 0, 0])
            one[0] += active
            one[1] += completed
            one[2] += terminated
        tenant = self._tx.tenant
        rows = [(tenant, *name, *values) for name, values in sorted(sums.items()) if any(values)]
        if rows:
            self._tx.many_tuples(
                self._tx.statements.upsert(element_counts, _COUNTS, plain=True, add=True), rows
            )


def net(tx: Tx) -> Net:
    """The netted projections of this transaction."""
    return tx.participant(Net, Net)


def _boil(operations: Iterable[Operation]) -> tuple[dict[Any, Row], dict[Any, Row], dict[Any, None]]:
    inserted: dict[Any, Row] = {}
    updated: dict[Any, Row] = {}
    deleted: dict[Any, None] = {}
    for _, kind, key, row in operations:
        if kind == _INSERT:
            inserted[key] = row
        elif kind == _UPDATE:
            if key in inserted:
                inserted[key] = {**inserted[key], **row}
            elif key in updated:
                updated[key] = {**updated[key], **row}
            else:
                updated[key] = row
        elif inserted.pop(key, None) is None:
            updated.pop(key, None)
            deleted[key] = None
    return inserted, updated, deleted
