"""Statements as tables: Excel and CSV of banks, bills of Alipay and WeChat Pay, their columns guessed.

The amount stands in one column with its sign, in one beside a word for the direction, or in two columns.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from mainspring.services.bank.columns import BILL
from mainspring.services.bank.errors import UnreadableStatement
from mainspring.services.bank.statement import Entry, Statement
from mainspring.services.imports import cells, guess
from mainspring.services.imports.cells import plain
from mainspring.services.imports.sheet import Row, Sheet, read

_NONE = Decimal(0)
_IN = re.compile(r"收入|^收$|贷|已存入|credit|^cr?\.?$|^in$|incoming|deposit|^\+$", re.IGNORECASE)
_OUT = re.compile(r"支出|^支$|借|debit|^dr?\.?$|^out$|outgoing|withdrawal|^-$", re.IGNORECASE)
_VOID = re.compile(r"关闭|失败|等待|待付款|撤销|冻结|closed|failed|pending|cancel", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:本方账号|账号|账户|微信昵称|支付宝账户|商户号|account(?: no\.?| number)?|iban)\W{0,3}\[?"
    r"([\w@.*-]{4,60})",
    re.IGNORECASE,
)


_WORDS = tuple(word for role in BILL.roles for word in role.words)


def known(text: str) -> float:
    """How much a text is like a heading of a statement."""
    return guess.like(text, _WORDS)


def statement(
    rows: Sequence[Row], name: str, *, currency: str = "", chosen: Mapping[str, str] | None = None
) -> tuple[Statement, list[guess.Guess]]:
    """The statement in a table, with what its columns were taken for.

    Args:
        rows: all rows of the sheet that are not empty.
        name: the file's, for messages and where it names no account.
        currency: where no column tells it.
        chosen: roles that a person gave to headings (folded).

    Raises:
        UnreadableStatement: there are no headings, or no column for the day or the amount.
    """
    cleaned = [Row(row.line, tuple(cell.strip().strip("`\t") for cell in row.cells)) for row in rows]
    sheet = read(cleaned, known)
    if sheet is None:
        raise UnreadableStatement(
            "no row looks like headings", where=name, mend="Export it with column names."
        )
    columns = guess.columns(sheet, BILL, chosen)
    at = {one.role: place for place, one in enumerate(columns) if one.role}
    if "day" not in at or not {"amount", "credit", "debit"} & at.keys():
        said = ", ".join(sheet.headings)
        raise UnreadableStatement(
            f"no column tells the {'amount' if 'day' in at else 'day'}: {said}",
            where=name,
            mend="Name it by hand.",
        )
    faults: list[str] = []
    above = "\n".join(" ".join(dict.fromkeys(row.cells)) for row in cleaned if row.line < sheet.top)
    found = _ACCOUNT.search(plain(above))
    lines = list(_Lines(sheet, at, currency).read(faults))
    entries = tuple(entry for entry, _ in lines)
    opening, closing, ordered = _balances(lines)
    number = f"{min(e.day for e in entries):%Y%m%d}-{max(e.day for e in entries):%Y%m%d}" if entries else name
    used = next((one.currency for one in entries), currency)
    made = Statement(
        found[1] if found else "", number, used, opening, closing, ordered or entries, tuple(faults)
    )
    return made, columns


class _Lines:
    """Reads the rows of a sheet as bookings."""

    def __init__(self, sheet: Sheet, at: Mapping[str, int], currency: str) -> None:
        self.sheet, self.at, self.currency = sheet, at, currency
        self.points = {
            role: cells.point_of(self._column(role))
            for role in ("amount", "credit", "debit", "balance", "fee")
        }
        self.order = cells.order_of(self._column("day"))[0]

    def _column(self, role: str) -> list[str]:
        return [self._cell(row, role) for row in self.sheet.rows] if role in self.at else []

    def _cell(self, row: Row, role: str) -> str:
        place = self.at.get(role)
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def _money(self, row: Row, role: str) -> Decimal | None:
        return cells.number(self._cell(row, role), self.points.get(role, "."))

    def read(self, faults: list[str]) -> "list[tuple[Entry, Decimal | None]]":
        """Each booking with the balance after it, where that is told."""
        found = []
        for row in self.sheet.rows:
            if _VOID.search(self._cell(row, "status")):
                continue
            day, amount = cells.day(self._cell(row, "day"), self.order), self._signed(row)
            if day is None or amount is None:
                faults.append(f"line {row.line}: {'the day' if day is None else 'the amount'} cannot be read")
                continue
            fee = abs(self._money(row, "fee") or _NONE)
            money = cells.currency(self._cell(row, "currency")) or self.currency or "CNY"
            entry = Entry(
                day=day.date(),
                amount=amount,
                currency=money,
                payer=_said(self._cell(row, "payer")),
                account=_said(self._cell(row, "account")),
                reference=_said(self._cell(row, "reference")),
                text=_said(self._cell(row, "text")),
                bank_reference=_said(self._cell(row, "bank_reference")),
                fee=fee,
            )
            found.append((entry, self._money(row, "balance")))
        return found

    def _signed(self, row: Row) -> Decimal | None:
        if "credit" in self.at or "debit" in self.at:
            came, left = self._money(row, "credit"), self._money(row, "debit")
            if came or left:
                return abs(came or _NONE) - abs(left or _NONE)
            if "amount" not in self.at:
                return _NONE if came is not None or left is not None else None
        amount, way = self._money(row, "amount"), self._cell(row, "direction")
        if amount is None or not way:
            return amount
        if _IN.search(way):
            return abs(amount)
        return -abs(amount) if _OUT.search(way) else None


def _said(text: str) -> str:
    return "" if text in {"/", "-", "--", "无"} else " ".join(text.split())


def _balances(
    lines: Sequence[tuple[Entry, Decimal | None]],
) -> tuple[Decimal | None, Decimal | None, tuple[Entry, ...]]:
    """Opening and closing balance from a running one, and the entries as they were booked in time."""
    if not lines or any(balance is None for _, balance in lines):
        return None, None, ()
    backward = lines[0][0].day > lines[-1][0].day or not _runs(lines)
    ordered = list(reversed(lines)) if backward and _runs(list(reversed(lines))) else list(lines)
    first, last = ordered[0], ordered[-1]
    opening = (first[1] or _NONE) - first[0].amount
    return opening, last[1], tuple(entry for entry, _ in ordered)


def _runs(lines: Sequence[tuple[Entry, Decimal | None]]) -> bool:
    """Whether each balance is the one before plus the amount."""
    return all((before[1] or _NONE) + after[0].amount == after[1] for before, after in pairwise(lines))
