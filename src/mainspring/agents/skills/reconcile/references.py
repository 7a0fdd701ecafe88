"""Finds the invoice numbers that a remittance text names, also where they were mistyped or cut."""

import re
from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

EXACT = 1.0
DAMAGED = 0.5

_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[-/]\d{2}[-/]\d{2})\b")
_MONEY = re.compile(r"(?<![\w.])\d{1,3}(?:[.,]?\d{3})*[.,]\d{2}(?![\d])")
_RUN = re.compile(r"[A-Z]*\d[0-9A-Z]*(?:[-/._#][0-9A-Z]+)*")
_CUT = re.compile(r"[-/._#]")
_DIGITS = re.compile(r"\d+")
_SPACED = re.compile(r"(?<=\d) (?=\d)")
_SHORTEST = 4  # digits below which a number may mean anything
_LETTER_FOR_DIGIT = str.maketrans("OIL", "011")


def squeeze(number: str) -> str:
    """A number without its separators, in capitals."""
    return "".join(letter for letter in number.upper() if letter.isalnum())


def digits(number: str) -> str:
    """The digits of a number alone."""
    return "".join(_DIGITS.findall(number))


class References:
    """Open invoices by the numbers that may name them."""

    def __init__(self) -> None:
        self._keys: dict[str, set[str]] = {}
        self._cores: dict[str, str] = {}

    def add(self, invoice_no: str, *others: str) -> None:
        """Let the invoice be found by its number and by others such as that of its order."""
        for key in self._keys_of(invoice_no, others):
            self._keys.setdefault(key, set()).add(invoice_no)
        self._cores[invoice_no] = digits(invoice_no)

    def remove(self, invoice_no: str, *others: str) -> None:
        """Forget a settled invoice."""
        for key in self._keys_of(invoice_no, others):
            named = self._keys.get(key)
            if named is not None:
                named.discard(invoice_no)
                if not named:
                    del self._keys[key]
        self._cores.pop(invoice_no, None)

    def named(self, text: str) -> dict[str, float]:
        """The open invoices that the text names: `EXACT`, or `DAMAGED` where only a slip apart."""
        found: dict[str, float] = {}
        unexplained: list[str] = []
        for run in numbers(text):
            named = self._keys.get(run)
            if named is not None and len(named) == 1:
                found[next(iter(named))] = EXACT
            elif len(digits(run)) >= _SHORTEST:
                unexplained.append(digits(run))
        for run in dict.fromkeys(unexplained):
            for invoice_no in self._near(run):
                found.setdefault(invoice_no, DAMAGED)
        return found

    def _near(self, run: str) -> Iterator[str]:
        if len(run) > _SHORTEST:
            for _, _, invoice_no in process.extract(
                run, self._cores, scorer=OSA.distance, score_cutoff=1, limit=40
            ):
                yield invoice_no
        for invoice_no, core in self._cores.items():
            if len(core) > len(run) and (core.endswith(run) or core.startswith(run)):
                yield invoice_no

    @staticmethod
    def _keys_of(invoice_no: str, others: tuple[str, ...]) -> set[str]:
        keys: set[str] = set()
        for number in (invoice_no, *others):
            if not number:
                continue
            keys.add(squeeze(number))
            if len(core := digits(number)) >= _SHORTEST:
                keys.add(core)
            pieces = _DIGITS.findall(number)
            if len(pieces) > 1 and len(pieces[-1]) >= _SHORTEST:
                keys.add(pieces[-1])
        return keys


def numbers(text: str) -> tuple[str, ...]:
    """Runs that may be a document's number: whole, in pieces, digits alone; no dates, no amounts."""
    folded = _MONEY.sub(" ", _DATE.sub(" ", text.upper()))
    found: dict[str, None] = {}
    for version in (folded, _SPACED.sub("", folded)):
        for match in _RUN.finditer(version):
            run = match[0]
            pieces = _CUT.split(run)
            for piece in (squeeze(run), *pieces):
                mended = (
                    piece.translate(_LETTER_FOR_DIGIT)
                    if sum(map(str.isdigit, piece)) * 2 > len(piece)
                    else piece
                )
                for form in (piece, mended, digits(piece)):
                    if len(digits(form)) >= 1 and len(form) > 1:
                        found[form] = None
    return tuple(found)
