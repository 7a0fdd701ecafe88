"""Order files: one row a line, in the layout of a wholesaler's invoice export (plain or gzip).

Columns: InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country. An invoice
number that begins with C is a cancellation. Every row ends as a line of an order, a line of a cancellation,
or a problem with file, line and field; none is lost.
"""

import csv
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mainspring.packs.lead_to_cash.errors import OrderFileError

COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
ENCODINGS = ("utf-8-sig", "gb18030")
MAX_BYTES = 200_000_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Where a run without any order begins."""

CASH = "CASH"
"""The customer of a row that names none: a cash sale."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line as the file has it. `sku` and `unit_price` are the recorded truth, which the run never sees."""

    row: int
    sku: str
    text: str
    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class SourceOrder:
    """An order (or a cancellation) put together from its rows; `placed_at` in UTC."""

    number: str
    customer: str
    country: str
    placed_at: datetime
    lines: tuple[SourceLine, ...]

    @property
    def total(self) -> Decimal:
        """Sum of quantity times recorded price, unrounded."""
        return sum((line.quantity * line.unit_price for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that a person must look at."""

    file: str
    line: int
    field: str
    message: str
    row: Mapping[str, str]


@dataclass(slots=True)
class OrderBook:
    """All that was read from a set of files."""

    orders: list[SourceOrder] = field(default_factory=list)
    cancellations: list[SourceOrder] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read(paths: Iterable[Path]) -> OrderBook:
    """Read files in the given order; rows of one number are one order even across files.

    Raises:
        OrderFileError: a file is missing, no text, not gzip though named so, or lacks columns.
    """
    book = OrderBook()
    orders: dict[str, list[tuple[str, str, datetime, SourceLine]]] = {}
    for path in paths:
        for number, row in _rows(path):
            line = _line(path.name, number, row, book.problems)
            if line:
                orders.setdefault(row["InvoiceNo"].strip(), []).append(line)
    for name, lines in orders.items():
        customer, country, placed_at, _ = lines[0]
        order = SourceOrder(name, customer, country, placed_at, tuple(line for *_, line in lines))
        (book.cancellations if is_cancellation(name) else book.orders).append(order)
    return book


def is_cancellation(number: str) -> bool:
    """Whether an invoice number is that of a cancellation."""
    return number[:1] in {"C", "c"}


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text = _text(path)
    reader = csv.DictReader(text.splitlines(keepends=True))
    names = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise OrderFileError(
            f"the columns {', '.join(missing)} are missing; there are {', '.join(names) or 'none'}",
            where=f"{path.name}, line 1",
            mend=f"The first line must name {', '.join(COLUMNS)}.",
        )
    reader.fieldnames = names
    try:
        for row in reader:
            yield reader.line_num, {name: row.get(name) or "" for name in COLUMNS}
    except csv.Error as error:
        raise OrderFileError(
            f"not readable as CSV: {error}", where=f"{path.name}, line {reader.line_num}"
        ) from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OrderFileError(
            f"the file cannot be read: {error.strerror}",
            where=str(path),
            mend="Check the path and its rights.",
        ) from error
    if data[:2] == b"\x1f\x8b":
        data = _unzip(data, path.name)
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OrderFileError(
        "the text is neither UTF-8 nor GBK", where=path.name, mend="Save the file as CSV UTF-8 and try again."
    )


def _unzip(data: bytes, name: str) -> bytes:
    """All that is packed; a gzip file may have several members one after the other."""
    text = b""
    while data:
        inflate = zlib.decompressobj(wbits=31)
        try:
            text += inflate.decompress(data, MAX_BYTES - len(text) + 1)
        except zlib.error as error:
            raise OrderFileError("the gzip file is damaged", where=name, mend="Fetch it again.") from error
        if len(text) > MAX_BYTES:
            raise OrderFileError(
                f"more than {MAX_BYTES // 10**6} MB when unpacked", where=name, mend="Split it."
            )
        if not inflate.eof:
            raise OrderFileError("the gzip file ends too early", where=name, mend="Fetch it again.")
        data = inflate.unused_data.lstrip(b"\0")  # some tools pad the end
    return text


class _BadRow(Exception):  # noqa: N818 - never leaves this file
    """A row that is no line of an order: the column, and what is wrong in it."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def _line(
    file: str, number: int, row: dict[str, str], problems: list[RowProblem]
) -> tuple[str, str, datetime, SourceLine] | None:
    """The row as a line, or None after noting why not."""
    try:
        invoice, text = _said(row, "InvoiceNo"), _said(row, "Description")
        quantity, price, placed_at = _quantity(invoice, row), _price(row), _instant(row["InvoiceDate"])
    except _BadRow as bad:
        problems.append(RowProblem(file, number, bad.column, str(bad), row))
        return None
    customer = row["CustomerID"].strip().removesuffix(".0") or CASH
    line = SourceLine(number, row["StockCode"].strip().upper(), text, quantity, price)
    return customer, row["Country"].strip(), placed_at, line


def _said(row: dict[str, str], column: str) -> str:
    text = row[column].strip()
    if not text:
        raise _BadRow(column, "the row leaves it empty")
    return text


def _quantity(invoice: str, row: dict[str, str]) -> Decimal:
    quantity = _number("Quantity", row)
    if not is_cancellation(invoice) and quantity <= 0:
        raise _BadRow("Quantity", f"the quantity {quantity} is not above zero, and it is no cancellation")
    if is_cancellation(invoice) and quantity >= 0:
        raise _BadRow("Quantity", "a cancellation needs a quantity below zero")
    return abs(quantity)


def _price(row: dict[str, str]) -> Decimal:
    price = _number("UnitPrice", row)
    if price <= 0:
        raise _BadRow("UnitPrice", f"the price {price} is not above zero")
    return price


def _number(column: str, row: dict[str, str]) -> Decimal:
    try:
        number = Decimal(row[column].strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise _BadRow(column, f"{row[column]!r} is not a number")
    return number


def _instant(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise _BadRow("InvoiceDate", f"{text!r} is not a date and time") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
