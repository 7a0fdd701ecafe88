"""Bank statements in MT940 (SWIFT), read by the mt-940 library: signed entries, balances checked."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import mt940

from mainspring.base.bilingual import both
from mainspring.knowledge.documents.document import Block, Document, Place, Problem
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits
from mainspring.knowledge.documents.texts import decode, tidy

_PURPOSE = ("purpose", "additional_purpose", "end_to_end_reference", "transaction_details", "extra_details")


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking. The amount is positive for money that came in.

    Attributes:
        index: from 0 over the whole file.
        reference: the payer's reference ("NONREF" is empty), then `bank_reference`.
        text: everything the payer or the bank wrote, on one line.
        name: the payer or payee; iban: their account.
    """

    index: int
    day: date
    amount: Decimal
    currency: str
    reference: str
    bank_reference: str
    text: str
    name: str
    iban: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account; `balanced` is None where a balance is missing."""

    account: str
    number: str
    currency: str
    opening: Decimal | None
    closing: Decimal | None
    entries: tuple[Entry, ...]
    balanced: bool | None


def read_statement(data: bytes, name: str, _limits: Limits) -> Document:
    """All statements of a file as `Document.data`; a block for each entry, for showing it."""
    text, encoding = decode(data)
    statements: list[Statement] = []
    problems: list[Problem] = []
    options = mt940.Options.all()
    try:
        # A stream, since the library would open a file that a plain text happens to name.
        parsed = mt940.parse_statements(io.StringIO(tidy(text)), options=options)
        for one in parsed:
            first = sum(len(statement.entries) for statement in statements)
            statements.append(_statement(one, first))
    except Exception as error:  # noqa: BLE001 - the library lets AttributeError and others through on damaged tags
        message = f"the statement cannot be read: {error}"[:300]
        raise DocumentError(message, where=name, mend="Export it from the bank again as MT940.") from None
    for statement in statements:
        problems += _check(statement)
    if not statements or not any(
        statement.entries or statement.opening is not None for statement in statements
    ):
        raise DocumentError(
            "no statement was found", where=name, mend="Export it from the bank again as MT940."
        )
    blocks = tuple(_block(entry) for statement in statements for entry in statement.entries)
    headers = {"encoding": encoding}
    return Document(name, "mt940", blocks, headers=headers, problems=tuple(problems), data=tuple(statements))


def _statement(parsed: Any, first: int) -> Statement:
    data = parsed.data
    opening, closing = _balance(data, "opening"), _balance(data, "closing")
    entries = tuple(
        _entry(one.data, index)
        for index, one in enumerate(parsed.transactions, first)
        if "amount" in one.data
    )
    balanced = None
    if opening is not None and closing is not None:
        balanced = opening + sum((entry.amount for entry in entries), Decimal(0)) == closing
    number = "/".join(filter(None, (data.get("statement_number"), data.get("sequence_number"))))
    account = str(data.get("account_identification") or "").strip()
    return Statement(account, number, str(parsed.currency or ""), opening, closing, entries, balanced)


def _balance(data: Mapping[str, Any], end: str) -> Decimal | None:
    balance = data.get(f"final_{end}_balance") or data.get(f"intermediate_{end}_balance")
    amount = getattr(getattr(balance, "amount", None), "amount", None)
    return amount if isinstance(amount, Decimal) else None


def _entry(data: Mapping[str, Any], index: int) -> Entry:
    amount = data["amount"]
    day = data.get("entry_date") or data["date"]
    said = _said(data.get("customer_reference"))
    return Entry(
        index=index,
        day=date(day.year, day.month, day.day),
        amount=amount.amount,
        currency=str(amount.currency or ""),
        reference="" if said.upper() == "NONREF" else said,
        bank_reference=_said(data.get("bank_reference")),
        text=" ".join(_texts(data)),
        name=_said(data.get("applicant_name")),
        iban=_said(data.get("applicant_iban") or data.get("gvc_applicant_iban")),
    )


def _texts(data: Mapping[str, Any]) -> Iterator[str]:
    for key in _PURPOSE:
        if said := _said(data.get(key)):
            yield said


def _said(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _check(statement: Statement) -> Iterator[Problem]:
    if statement.balanced is False and statement.opening is not None and statement.closing is not None:
        booked = sum((entry.amount for entry in statement.entries), Decimal(0))
        message = both(
            "{opening} and entries of {booked} do not give the closing balance {closing}",
            "期初 {opening} 加发生额 {booked} 不等于期末余额 {closing}",
            opening=statement.opening,
            booked=booked,
            closing=statement.closing,
        )
        where = both("statement {number}", "对账单 {number}", number=statement.number)
        yield Problem("balance", message, where)


def _block(entry: Entry) -> Block:
    parts = (
        entry.day.isoformat(),
        f"{entry.amount} {entry.currency}",
        entry.name,
        entry.reference,
        entry.text,
    )
    return Block("\t".join(part for part in parts if part), Place(part=f"entry {entry.index + 1}"))
