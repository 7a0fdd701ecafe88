"""camt.053 statements (ISO 20022, any version): XML without DTD and entities, read by local names."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mainspring.base.errors import MainspringError
from mainspring.base.xml import parse
from mainspring.services.bank.errors import UnreadableStatement
from mainspring.services.bank.statement import Entry, Statement

_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read(data: bytes, name: str = "") -> list[Statement]:
    """All statements of a message; reversals count with their own sign, pending entries not at all.

    Raises:
        UnreadableStatement: it is no XML, or no camt.053.
    """
    try:
        root = parse(data)
    except MainspringError as error:
        raise UnreadableStatement(error.message, where=name, mend="Export it from the bank again.") from None
    found = [_statement(one) for one in _all(root, "Stmt")]
    if not found:
        raise UnreadableStatement(
            "it holds no statement (Stmt)", where=name, mend="Export a camt.053, not a camt.052 or camt.054."
        )
    return found


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _all(node: Any, name: str) -> Iterator[Any]:
    return (one for one in node.iter() if _name(one) == name)


def _children(node: Any, name: str) -> list[Any]:
    return [one for one in node if _name(one) == name]


def _at(node: Any, *path: str) -> Any | None:
    for name in path:
        if node is None:
            return None
        node = next(iter(_children(node, name)), None)
    return node


def _text(node: Any, *path: str) -> str:
    found = _at(node, *path)
    return " ".join((found.text or "").split()) if found is not None else ""


def _amount(node: Any, where: str) -> tuple[Decimal, str]:
    """An amount with its sign, and its currency."""
    found = _at(node, "Amt")
    try:
        value = Decimal((found.text or "").strip()) if found is not None else None
    except InvalidOperation:
        value = None
    if found is None or value is None or not value.is_finite():
        raise UnreadableStatement("an amount (Amt) cannot be read", where=where, mend="Export it again.")
    return (-value if _text(node, "CdtDbtInd") == "DBIT" else value), str(found.get("Ccy", ""))


def _statement(node: Any) -> Statement:
    number = _text(node, "ElctrncSeqNb") or _text(node, "LglSeqNb") or _text(node, "Id")
    account = _text(node, "Acct", "Id", "IBAN") or _text(node, "Acct", "Id", "Othr", "Id")
    where = f"statement {number}"
    opening = closing = None
    currency = _text(node, "Acct", "Ccy")
    for balance in _children(node, "Bal"):
        code = _text(balance, "Tp", "CdOrPrtry", "Cd")
        value, said = _amount(balance, where)
        currency = currency or said
        if code in _OPENING and opening is None:
            opening = value
        elif code in _CLOSING:
            closing = value
    faults: list[str] = []
    entries = [one for entry in _children(node, "Ntry") for one in _booked(entry, currency, where, faults)]
    for balance, said in ((opening, "opening balance (OPBD)"), (closing, "closing balance (CLBD)")):
        if balance is None:
            faults.append(f"{where}: the {said} is missing")
    return Statement(account, number, currency, opening, closing, tuple(entries), tuple(faults))


def _booked(node: Any, currency: str, where: str, faults: list[str]) -> Iterator[Entry]:
    """The bookings of an entry: one for each transaction of a batch where their amounts make up the whole."""
    status = _text(node, "Sts", "Cd") or _text(node, "Sts")
    if status in {"PDNG", "INFO"}:
        return
    amount, own = _amount(node, where)
    day = _day(node, where)
    bank = _text(node, "AcctSvcrRef") or _text(node, "NtryRef")
    details = [one for block in _children(node, "NtryDtls") for one in _children(block, "TxDtls")]
    parts = [_amount(one, where)[0] for one in details if _at(one, "Amt") is not None]
    if len(details) > 1 and len(parts) == len(details) and sum(parts) == amount:
        for place, (one, part) in enumerate(zip(details, parts, strict=True), 1):
            mark = _text(one, "Refs", "AcctSvcrRef") or (f"{bank}/{place}" if bank else "")
            yield _entry(one, day, part, own or currency, mark, came=amount >= 0)
        return
    if len(details) > 1 and parts and sum(parts) != amount:
        faults.append(f"{where}: the parts of entry {bank or day} add up to {sum(parts)}, not {amount}")
    yield _entry(details[0] if details else node, day, amount, own or currency, bank, came=amount >= 0)


def _day(node: Any, where: str) -> date:
    said = _text(node, "BookgDt", "Dt") or _text(node, "BookgDt", "DtTm") or _text(node, "ValDt", "Dt")
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        raise UnreadableStatement(
            f"an entry has no day of booking (BookgDt): {said!r}", where=where, mend="Export it again."
        ) from None


def _entry(node: Any, day: date, amount: Decimal, currency: str, bank: str, *, came: bool) -> Entry:
    party, account = ("Dbtr", "DbtrAcct") if came else ("Cdtr", "CdtrAcct")
    people = _at(node, "RltdPties")
    payer = _text(people, party, "Pty", "Nm") or _text(people, party, "Nm")
    iban = _text(people, account, "Id", "IBAN") or _text(people, account, "Id", "Othr", "Id")
    remittance = _at(node, "RmtInf")
    words = [_text(one) for one in _children(remittance, "Ustrd")] if remittance is not None else []
    for block in _children(remittance, "Strd") if remittance is not None else ():
        words.append(_text(block, "CdtrRefInf", "Ref"))
        words.extend(_text(one, "Nb") for one in _children(block, "RfrdDocInf"))
    end = _text(node, "Refs", "EndToEndId")
    return Entry(
        day=day,
        amount=amount,
        currency=currency,
        payer=payer,
        account=iban,
        reference="" if end.upper() in {"NOTPROVIDED", "NONREF"} else end,
        text=" ".join(filter(None, words)) or _text(node, "AddtlTxInf") or _text(node, "AddtlNtryInf"),
        bank_reference=bank,
        fee=_fee(node),
    )


def _fee(node: Any) -> Decimal:
    """Charges that were taken off the amount before it was booked."""
    total = Decimal(0)
    charges = _at(node, "Chrgs")
    for record in _children(charges, "Rcrd") if charges is not None else ():
        if _text(record, "ChrgInclInd") == "true":
            total += abs(_amount(record, "charges")[0])
    return total
