"""MT940 statements (SWIFT Standards MT, category 9): what in them breaks the standard is named by its tag.

A statement is :20: :25: :28C: :60F: (:61: :86:)* :62F:, ended by a line with "-" or the next :20:. Banks
leave out this or that: what is missing is told, and only what nothing can be read without stops the reading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mainspring.services.bank.errors import UnreadableStatement
from mainspring.services.bank.statement import Entry, Statement

_TAG = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_BALANCE = re.compile(r"(C|D)(\d{6})([A-Z]{3})(\d{1,15},\d{0,6})\s*$")
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>R?[CD])(?P<funds>[A-Z])?(?P<amount>\d{1,15}(?:,\d{0,6})?)"
    r"(?P<kind>[NFS][A-Z0-9]{3})(?P<reference>[^\n]*?)(?://(?P<bank>[^\n]*))?(?:\n(?P<more>.*))?\s*$",
    re.DOTALL,
)
_PARTS = re.compile(r"\?(\d{2})")
_WORDS = re.compile(r"/(NAME|REMI|IBAN|EREF|ORDP|BENM|ADDR|BIC|TRTP|CSID|MARF|ISDT)/")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b")
_NEEDED = {"20": ":20:", "25": ":25:", "28": ":28C:", "60": ":60F:", "62": ":62F:"}
_PURPOSE = (*map(str, range(20, 30)), *map(str, range(60, 64)))
_HALF_YEAR = 182


@dataclass(slots=True)
class _Raw:
    """The fields of a statement as they came: tag, line in the file, text."""

    fields: list[tuple[str, int, str]] = field(default_factory=list)

    def first(self, tag: str) -> tuple[int, str] | None:
        return next(((line, text) for name, line, text in self.fields if name[:2] == tag), None)

    def last(self, tag: str) -> tuple[int, str] | None:
        return next(((line, text) for name, line, text in reversed(self.fields) if name[:2] == tag), None)


def read(text: str, name: str = "") -> list[Statement]:
    """All statements of a file, each with what in it breaks the standard.

    Raises:
        UnreadableStatement: it is no MT940, or only a part of one; the message names the missing tags.
    """
    raws = [raw for raw in _split(text.replace("\r\n", "\n").replace("\r", "\n")) if raw.fields]
    if not raws:
        raise UnreadableStatement(
            "there is no tag such as :20: in it", where=name, mend="Export it as MT940."
        )
    found = [_statement(raw) for raw in raws]
    if all(one.opening is None and not one.entries for one in found) or not any(
        raw.first("60") and raw.first("62") for raw in raws
    ):
        there = {tag[:2] for raw in raws for tag, _, _ in raw.fields}
        lack = ", ".join(said for tag, said in _NEEDED.items() if tag not in there)
        lack = lack or "a balance that can be read (:60F:, :62F:)"
        raise UnreadableStatement(
            f"it is only part of a statement: MT940 demands {lack}",
            where=name,
            mend="Export the whole of it.",
        )
    return found


def _split(text: str) -> Iterator[_Raw]:
    raw = _Raw()
    places = list(_TAG.finditer(text))
    for number, found in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(text)
        body = text[found.end() : end]
        tag, line = found[1], text.count("\n", 0, found.start()) + 1
        if tag == "20" and raw.fields:
            yield raw
            raw = _Raw()
        ended = re.search(r"^-\}?\s*$", body, re.MULTILINE)
        raw.fields.append((tag, line, (body[: ended.start()] if ended else body).strip("\n")))
        if ended:
            yield raw
            raw = _Raw()
    yield raw


def _statement(raw: _Raw) -> Statement:
    faults = [f"the field {said} is missing" for tag, said in _NEEDED.items() if raw.first(tag) is None]
    opening, currency = _balance(raw.first("60"), faults)
    closing, other = _balance(raw.last("62"), faults)
    if currency and other and currency != other:
        faults.append(f"opened in {currency}, closed in {other}")
    account, number = raw.first("25"), raw.first("28")
    entries = list(_entries(raw, currency or other, faults))
    return Statement(
        account[1].strip() if account else "",
        number[1].strip() if number else "",
        currency or other,
        opening,
        closing,
        tuple(entries),
        tuple(faults),
    )


def _balance(given: tuple[int, str] | None, faults: list[str]) -> tuple[Decimal | None, str]:
    if given is None:
        return None, ""
    found = _BALANCE.match(given[1].strip())
    if found is None:
        said = given[1].strip()[:30]
        faults.append(f"line {given[0]}: the balance {said!r} is not C or D, day, currency, amount")
        return None, ""
    if _day(found[2]) is None:
        faults.append(f"line {given[0]}: {found[2]} is no day")
    amount = _amount(found[4])
    return (amount if found[1] == "C" else -amount), found[3]


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").rstrip(".") or "0")


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def _entries(raw: _Raw, currency: str, faults: list[str]) -> Iterator[Entry]:
    for place, (tag, line, text) in enumerate(raw.fields):
        if tag != "61":
            continue
        found = _LINE.match(text)
        value = _day(found["value"]) if found else None
        if found is None or value is None:
            faults.append(f"line {line}: the entry {text.splitlines()[0][:40]!r} is not as :61: demands")
            continue
        if "," not in found["amount"]:
            faults.append(f"line {line}: the amount {found['amount']} lacks its comma")
        following = raw.fields[place + 1 : place + 2]
        said = following[0][2] if following and following[0][0] == "86" else ""
        amount = _amount(found["amount"])
        payer, account, words = _told(said)
        reference = " ".join((found["reference"] or "").split())
        more = " ".join((found["more"] or "").split())
        yield Entry(
            day=_booked(value, found["entry"]),
            amount=amount if found["mark"] in {"C", "RD"} else -amount,
            currency=currency,
            payer=payer,
            account=account,
            reference="" if reference.upper() == "NONREF" else reference,
            text=" ".join(filter(None, (more, words))),
            bank_reference=(found["bank"] or "").strip(),
        )


def _booked(value: date, entry: str | None) -> date:
    """The day of booking, whose year is the one nearest to the day of value."""
    if not entry:
        return value
    near = []
    for year in (value.year - 1, value.year, value.year + 1):
        try:
            near.append(date(year, int(entry[:2]), int(entry[2:])))
        except ValueError:
            continue
    best = min(near, key=lambda day: abs((day - value).days), default=value)
    return best if abs((best - value).days) <= _HALF_YEAR else value


def _told(text: str) -> tuple[str, str, str]:
    """Payer, their account and the words of :86:, in the structures that banks use."""
    flat = text.replace("\n", "")
    if _PARTS.search(flat):
        parts = _PARTS.split(flat)
        by_code: dict[str, str] = {}
        for code, said in zip(parts[1::2], parts[2::2], strict=False):
            by_code[code] = by_code.get(code, "") + said
        words = "".join(by_code.get(code, "") for code in _PURPOSE)
        payer = by_code.get("32", "") + by_code.get("33", "")
        return payer.strip(), by_code.get("31", "").strip(), words.strip()
    if _WORDS.search(flat):
        parts = _WORDS.split(flat)
        named = dict(zip(parts[1::2], parts[2::2], strict=False))
        said = " ".join(filter(None, (named.get("EREF", ""), named.get("REMI", ""))))
        return named.get("NAME", "").strip("/ "), named.get("IBAN", "").strip("/ "), said.strip()
    iban = _IBAN.search(flat)
    return "", iban[0] if iban else "", " ".join(text.split())
