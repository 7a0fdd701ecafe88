"""The one catalogue of tables. Every package above defines its tables with `tenant_table`."""

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, String, Table

from mainspring.store.types import Instant, Json, Key, Money, Number, total

__all__ = ["Instant", "Json", "Key", "Money", "Number", "metadata", "tenant_table", "tenant_tables", "total"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_TENANT = "tenant"  # the mark in Table.info that row-level security goes by


def tenant_table(name: str, *parts: Any, key: tuple[str, ...], clustered: bool = True) -> Table:
    """Define a table whose rows belong to a tenant.

    `tenant_id` becomes the first column and leads the primary key (`tenant_id`, *key*); on PostgreSQL forced
    row-level security stands on it. Lead your indexes with `tenant_id` too.

    Args:
        name: the table's name, plural.
        parts: columns, indexes, constraints.
        key: names of the columns that identify a row within its tenant.
        clustered: keep the rows in the primary key's own tree on SQLite; False where rows are large.
    """
    columns = [part for part in parts if isinstance(part, Column)]
    others = [part for part in parts if not isinstance(part, Column)]
    for column in columns:
        if column.name in key:
            column.primary_key = True
            column.nullable = False
            column.autoincrement = False
    missing = set(key) - {column.name for column in columns}
    if missing:
        raise ValueError(f"table {name}: its key names columns that it does not have: {sorted(missing)}")
    ordered = [column for wanted in key for column in columns if column.name == wanted]
    rest = [column for column in columns if column.name not in key]
    return Table(
        name,
        metadata,
        Column("tenant_id", String(64), primary_key=True, nullable=False),
        *ordered,
        *rest,
        *others,
        info={_TENANT: True},
        sqlite_with_rowid=not clustered,
    )


def tenant_tables(catalogue: MetaData) -> list[Table]:
    """The tables that row-level security must guard, in order of creation."""
    return [table for table in catalogue.sorted_tables if table.info.get(_TENANT)]


def references(*columns: str, to: Table) -> ForeignKeyConstraint:
    """A foreign key within the tenant: (`tenant_id`, *columns*) to the primary key of `to`."""
    return ForeignKeyConstraint(["tenant_id", *columns], list(to.primary_key.columns))


counters = tenant_table(
    "counters",
    Column("name", String(32)),
    Column("value", Key, nullable=False),
    key=("name",),
)
"""Numbers that only grow: `nodes` given to key generators, `log` the last position of the event log."""
