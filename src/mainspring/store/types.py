"""Column types that read back exactly what was written, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Numeric, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine

from mainspring.base import jsonio
from mainspring.store.errors import ValueRefusedError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Key = BigInteger  # 64-bit, time-ordered; given by store.keys


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 UTC of a zone-aware time."""
    if at.tzinfo is None:
        raise ValueRefusedError(f"the time {at.isoformat()} has no zone", mend="Use zone-aware UTC times.")
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_micros(micros: int) -> datetime:
    """The zone-aware UTC time of so many microseconds since 1970."""
    return EPOCH + timedelta(microseconds=micros)


class Instant(TypeDecorator[datetime]):
    """A UTC time, kept as microseconds since 1970 in a BIGINT: order and differences are whole numbers.

    In SQL take differences of `type_coerce(column, BigInteger)`.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - port
        """To the database."""
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - port
        """From the database."""
        return None if value is None else from_micros(value)


class Json(TypeDecorator[Any]):
    """A JSON value as text, in the order written; numbers come back as Decimal."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - port
        """To the database."""
        return None if value is None else jsonio.dumps(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - port
        """From the database."""
        return None if value is None else jsonio.loads(value)


class Number(TypeDecorator[Decimal]):
    """A Decimal: NUMERIC on PostgreSQL, text with numeric collation on SQLite (compares and orders right).

    Sum with `total(column)`, never with SUM: SQLite would add floats.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC, or text on SQLite."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text(collation="DECIMAL"))
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """To the database."""
        if value is None:
            return None
        if isinstance(value, float) or not isinstance(value, (Decimal, int)):
            raise ValueRefusedError(f"{value!r} is not a Decimal", mend="Pass Decimal or int, never float.")
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueRefusedError(f"{value} is not a finite number")
        return format(value, "f") if dialect.name == "sqlite" else Decimal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - port
        """From the database."""
        return None if value is None else Decimal(value)


class Money(Number):
    """An amount in the major unit of its currency, as Decimal."""

    cache_ok = True


class total(GenericFunction[Decimal]):  # noqa: N801 - SQL functions are lower case
    """The exact sum of a Number or Money column, 0 for no rows, on both stores."""

    type = Number()
    inherit_cache = True
    name = "mainspring_total"


@compiles(total)
def _total(element: total, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(sum({compiler.process(element.clauses, **options)}), 0)"


@compiles(total, "sqlite")
def _total_sqlite(element: total, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(decimal_sum({compiler.process(element.clauses, **options)}), '0')"


def compare_decimal(left: str, right: str) -> int:
    """SQLite's collation DECIMAL: compare two numbers written as text."""
    one, two = Decimal(left), Decimal(right)
    return (one > two) - (one < two)


class DecimalSum:
    """SQLite's aggregate decimal_sum."""

    def __init__(self) -> None:
        self.sum = Decimal(0)

    def step(self, value: str | float | None) -> None:
        """Add one value."""
        if value is not None:
            self.sum += Decimal(str(value))

    def finalize(self) -> str:
        """The sum as text."""
        return format(self.sum, "f")


Binder = Callable[[Any], Any]


def binder(column_type: TypeEngine[Any], dialect: Dialect) -> Binder | None:
    """What turns a Python value into the driver's for this column; None when it needs no turning."""
    processor = column_type.dialect_impl(dialect).bind_processor(dialect)
    return processor or None
