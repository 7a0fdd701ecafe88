"""Makes up payments for given invoices, with the truth: partial, merged, short, badly referenced, strange.

For benchmarks and for the simulated customers of a demonstration run. Everything is drawn from one seed; the
same invoices and seed give the same payments.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from mainspring.agents.skills.reconcile import Entry, Invoice, Part

_CENT = Decimal("0.01")
_LEAST_FOR_FEE = 20
_LARGE = 100  # from here customers like to pay round sums in part
_ODD = 0.6  # how often a kind that is behind its share is drawn
_HALF = 0.5
_BORROWED_AMOUNT = 0.1  # strange credits with the amount of an open invoice
_BORROWED_NAME = 0.2  # strange credits in a customer's name: his other business
_THIRD_PARTY = 0.03  # somebody else pays for the customer
_ACCOUNT_SHOWN = 0.7
_TEXTS = (
    "INV {}",
    "Invoice {}",
    "{}",
    "payment for invoice {} thank you",
    "RE-NR {}",
    "Rechnung {}",
    "货款 {}",
    "发票 {}",
)
_NO_TEXT = ("", "payment", "goods received with thanks", "Rechnung", "货款", "see advice by post")
_STRANGE = ("SALARY 08", "REFUND RATES", "DEPOSIT RETURN {}", "TRANSFER {}", "loan instalment {}", "保证金")


class Shares(NamedTuple):
    """Shares of all payments; `unreferenced` is the share of missing or damaged references of any kind."""

    partial: float = 0.10
    merged: float = 0.10
    fee: float = 0.05
    equal: float = 0.05
    nobody: float = 0.03
    unreferenced: float = 0.15


class Truth(NamedTuple):
    """What an entry really pays, how it was made, and its reference ("kept", "missing", "damaged")."""

    parts: tuple[Part, ...]
    made: str
    reference: str


@dataclass(frozen=True, slots=True)
class Payments:
    """Made-up payments: all invoices (those given and twins of equal amount), entries as booked, truth."""

    invoices: tuple[Invoice, ...]
    entries: tuple[Entry, ...]
    truth: dict[str, Truth]


def make_payments(
    invoices: Sequence[Invoice], seed: int, *, shares: Shares | None = None, twins: bool = True
) -> Payments:
    """Payments for `invoices`, one kind of oddity each.

    Args:
        invoices: what is to be paid; each is paid once in full, short by a fee, or in one or two parts.
        seed: of all that is drawn.
        shares: how often each oddity comes.
        twins: whether to add, for payments of two equal amounts, a second invoice of the same customer and
            amount; without it no such payments are made.
    """
    rng = random.Random(seed)  # noqa: S311 - made-up data, seeded on purpose
    return _Maker(invoices, rng, shares or Shares(), twins=twins).run()


class _Maker:
    def __init__(
        self, invoices: Sequence[Invoice], rng: random.Random, shares: Shares, *, twins: bool
    ) -> None:
        self._rng = rng
        self._shares = shares
        self._twins = twins
        self._invoices = list(invoices)
        self._left: dict[str, Invoice] = {invoice.invoice_no: invoice for invoice in invoices}
        self._of_customer: dict[str, list[str]] = {}
        for invoice in invoices:
            if invoice.customer_id:
                self._of_customer.setdefault(invoice.customer_id, []).append(invoice.invoice_no)
        self._made: list[tuple[Entry, Truth]] = []
        self._counts: dict[str, int] = {}

    def run(self) -> Payments:
        for number in list(self._left):
            invoice = self._left.pop(number, None)
            if invoice is not None:
                self._pay(invoice)
        order = sorted(
            self._made, key=lambda made: (made[0].booked is not None, made[0].booked or 0, made[0].entry_id)
        )
        return Payments(
            tuple(self._invoices),
            tuple(entry for entry, _ in order),
            {entry.entry_id: truth for entry, truth in order},
        )

    def _pay(self, invoice: Invoice) -> None:
        partners = self._partners(invoice)
        possible = {"nobody": True, "partial": invoice.amount >= 1, "fee": invoice.amount >= _LEAST_FOR_FEE}
        possible |= {"merged": bool(partners), "equal": self._twins and bool(invoice.customer_id)}
        due = [kind for kind, may in possible.items() if may and self._lacks(kind)]
        kind = self._rng.choice(due) if due and self._rng.random() < _ODD else "exact"
        if kind == "nobody":
            self._strange(invoice)
            kind = "exact"
        if kind == "partial":
            self._in_parts(invoice)
        elif kind == "merged":
            self._together([invoice, *(self._left.pop(number) for number in partners)])
        elif kind == "equal":
            self._equal(invoice)
        elif kind == "fee":
            fee = min(invoice.amount / 10, Decimal(self._rng.randint(150, 2500)) / 100).quantize(_CENT)
            self._add((invoice,), invoice.amount - fee, "fee", "fee")
        else:
            self._add((invoice,), invoice.amount, "exact", "exact")

    def _lacks(self, kind: str) -> bool:
        share: float = getattr(self._shares, kind)
        # Rounded to the nearest, so that small batches do not begin with one oddity of every kind.
        return self._counts.get(kind, 0) + 0.5 < share * (len(self._made) + 1)

    def _partners(self, invoice: Invoice) -> list[str]:
        own = self._of_customer.get(invoice.customer_id, [])
        open_ones = [number for number in own if number in self._left]
        return open_ones[: self._rng.choice((1, 1, 2))]

    def _in_parts(self, invoice: Invoice) -> None:
        part = (invoice.amount * self._rng.randint(30, 80) / 100).quantize(_CENT)
        if invoice.amount > _LARGE and self._rng.random() < _HALF:
            part = (part / 10).quantize(Decimal(1)) * 10
        self._add((invoice,), part, "partial", "partial")
        if self._rng.random() < _HALF:
            rest = replace(invoice, amount=invoice.amount - part)
            self._add((rest,), rest.amount, "exact", "rest", later=30)

    def _together(self, invoices: list[Invoice]) -> None:
        total = sum((invoice.amount for invoice in invoices), Decimal(0))
        self._add(tuple(invoices), total, "merged", "merged")

    def _equal(self, invoice: Invoice) -> None:
        number = f"{invoice.invoice_no}9"
        if invoice.invoice_no.isdigit():
            number = str(
                max(int(other.invoice_no) for other in self._invoices if other.invoice_no.isdigit()) + 1
            )
        twin = replace(invoice, invoice_no=number, order_no="")
        self._invoices.append(twin)
        for one in (invoice, twin):
            self._add((one,), one.amount, "exact", "equal", unreferenced=0.5)

    def _strange(self, invoice: Invoice) -> None:
        """A credit that pays nothing of ours, sometimes with a customer's name or an invoice's amount."""
        rng = self._rng
        amount = (
            invoice.amount if rng.random() < _BORROWED_AMOUNT else Decimal(rng.randint(500, 300_000)) / 100
        )
        known = rng.random() < _BORROWED_NAME and bool(invoice.customer_name)
        payer, account = self._payer(invoice) if known else (f"DEMO STRANGER {rng.randint(100, 999)}", "")
        text = rng.choice(_STRANGE).format(rng.randint(100_000, 999_999))
        self._book(invoice, amount, payer, account, text, Truth((), "nobody", "kept"), 0)

    def _add(
        self,
        invoices: tuple[Invoice, ...],
        amount: Decimal,
        kind: str,
        made: str,
        *,
        later: int = 0,
        unreferenced: float | None = None,
    ) -> None:
        share = self._shares.unreferenced if unreferenced is None else unreferenced
        reference = "kept"
        if self._rng.random() < share:
            reference = self._rng.choice(("missing", "damaged"))
        text = self._text([invoice.invoice_no for invoice in invoices], reference)
        last = max(invoices, key=lambda invoice: (invoice.issued is not None, invoice.issued or 0))
        parts = tuple(_part(invoice, amount, kind) for invoice in invoices)
        payer, account = self._payer(last)
        self._book(last, amount, payer, account, text, Truth(parts, made, reference), later)

    def _book(
        self, invoice: Invoice, amount: Decimal, payer: str, account: str, text: str, truth: Truth, later: int
    ) -> None:
        booked = invoice.issued
        if booked is not None:
            booked += timedelta(days=self._rng.randint(1, 40) + later)
        entry_id = f"E{len(self._made) + 1:05}"
        entry = Entry(entry_id, amount, booked, payer, account, text, invoice.currency)
        self._made.append((entry, truth))
        self._counts[truth.made] = self._counts.get(truth.made, 0) + 1

    def _text(self, numbers: list[str], reference: str) -> str:
        rng = self._rng
        if reference == "missing":
            return rng.choice(_NO_TEXT)
        if reference == "damaged":
            place = rng.randrange(len(numbers))
            numbers = [*numbers[:place], damage(numbers[place], rng), *numbers[place + 1 :]]
        return rng.choice(_TEXTS).format(rng.choice((", ", "/", " + ", " ")).join(numbers))

    def _payer(self, invoice: Invoice) -> tuple[str, str]:
        """The name and account a bank shows: as known, in capitals, cut, misspelt, or somebody else's."""
        rng = self._rng
        if not invoice.customer_name:
            return f"DEMO WALK-IN {rng.randint(1000, 9999)}", ""
        if rng.random() < _THIRD_PARTY:
            return f"DEMO THIRD PARTY {rng.randint(100, 999)}", ""
        name = invoice.customer_name
        way = rng.choice(("capitals", "cut", "slip", "known", "known"))
        if way == "capitals":
            name = name.upper()[:27]
        elif way == "cut":
            name = name.rsplit(" ", 1)[0]
        elif way == "slip":
            place = rng.randrange(1, len(name))
            name = name[:place] + name[place + 1 :] if name[place].isalpha() else name
        return name, invoice.account if rng.random() < _ACCOUNT_SHOWN else ""


def _part(invoice: Invoice, amount: Decimal, kind: str) -> Part:
    if kind == "merged":
        return Part(invoice.invoice_no, invoice.amount, "merged")
    return Part(
        invoice.invoice_no, amount, "fee" if kind == "fee" else "partial" if kind == "partial" else "exact"
    )


def damage(number: str, rng: random.Random) -> str:
    """A document number copied in a hurry: two digits swapped, one lost, wrong or a letter, or cut."""
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = rng.choice(places[1:] or [0])
    kind = rng.choice(("swapped", "lost", "wrong", "letter", "cut"))
    if kind == "swapped":
        return number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]
    if kind == "lost":
        return number[:place] + number[place + 1 :]
    if kind == "wrong":
        return number[:place] + str(rng.randrange(10)) + number[place + 1 :]
    if kind == "letter":
        return (
            number[:place]
            + {"0": "O", "1": "I"}.get(number[place], " " + number[place])
            + number[place + 1 :]
        )
    return number[-4:]


def right(parts: Iterable[Part], truth: Truth) -> bool:
    """Whether an assignment pays the invoices it should, each with the right amount, whatever the kind."""
    return sorted(part[:2] for part in parts) == sorted(part[:2] for part in truth.parts)
