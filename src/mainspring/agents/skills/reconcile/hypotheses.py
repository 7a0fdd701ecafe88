"""What an entry may pay: every reading of it with its log-odds.

Each piece of evidence adds its weight, as in record linkage (Fellegi and Sunter 1969): the reference, the
payer and the amount. The odds that an entry pays nothing we know of stand against them.
"""

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from mainspring.agents.skills.reconcile.book import OpenBook
from mainspring.agents.skills.reconcile.matters import other_matter
from mainspring.agents.skills.reconcile.model import Entry, Invoice, Part
from mainspring.agents.skills.reconcile.payers import NOBODY, Payer
from mainspring.agents.skills.reconcile.references import EXACT, numbers
from mainspring.base.bilingual import both

_EQUAL = both("the amount is what is open", "金额与未结金额一致")
_ANOTHER_NAMED = both("the text names another invoice", "附言写的是另一张发票")
_ANOTHER_PAYER = both("the payer is another customer", "付款人是另一客户")
_RECOGNISED = {
    "account": both("payer recognised by account", "按账号认出付款人"),
    "number": both("payer recognised by number", "按编号认出付款人"),
    "name": both("payer recognised by name", "按名称认出付款人"),
    "unknown": both("payer not recognised", "未认出付款人"),
}


class Weights(NamedTuple):
    """Log-odds of each piece of evidence, and the limits of what is tried."""

    named: float = 9.0
    nearly_named: float = 3.5
    another_named: float = -6.0
    payer: float = 5.0
    another_payer: float = -6.0
    unknown_payer: float = -1.0
    other_matter: float = -5.0
    equal: float = 7.0
    fee: float = 2.5
    part: float = 0.0
    nothing: float = 6.0
    nothing_of_known_payer: float = 4.0
    most_fee: Decimal = Decimal(30)
    most_fee_share: Decimal = Decimal("0.1")
    most_merged: int = 4
    most_tried: int = 14


class Hypothesis(NamedTuple):
    """One reading of an entry."""

    parts: tuple[Part, ...]
    score: float
    evidence: tuple[str, ...]


class Reading(NamedTuple):
    """An entry with what was recognised in it and all it may pay, likeliest first."""

    entry: Entry
    payer: Payer
    nothing: float
    hypotheses: tuple[Hypothesis, ...]


def read(entry: Entry, book: OpenBook, weights: Weights) -> Reading:
    """All readings of an entry against the invoices open now."""
    named = book.references.named(entry.text)
    payer = book.payers.recognise(entry.payer, entry.account, numbers(entry.text))
    clues = _Clues(entry, book, weights, named, payer)
    found = sorted(
        (*clues.single(), *clues.merged()), key=lambda hypothesis: (-hypothesis.score, hypothesis.parts)
    )
    nothing = weights.nothing if payer is NOBODY else weights.nothing_of_known_payer
    return Reading(entry, payer, nothing, tuple(found))


class _Clues(NamedTuple):
    """An entry and what was recognised in it."""

    entry: Entry
    book: OpenBook
    weights: Weights
    named: dict[str, float]
    payer: Payer

    def single(self) -> Iterator[Hypothesis]:
        """Readings by which the entry pays one invoice, wholly, with a fee deducted, or in part."""
        amount = self.entry.amount
        candidates = {number: self.book[number] for number in self.named}
        near = self.book.between(amount, amount)
        for invoice in (*near, *self.book.of_customer(self.payer.customer_id)):
            candidates[invoice.invoice_no] = invoice
        for invoice in candidates.values():
            if not self.book.may_pay(self.entry, invoice):
                continue
            by_amount = self._by_amount(invoice)
            if by_amount is None:
                continue
            part, weight, why = by_amount
            score, evidence = self._by_clues((invoice,))
            yield Hypothesis((part,), weight + score, (*evidence, why))

    def _by_amount(self, invoice: Invoice) -> tuple[Part, float, str] | None:
        short = invoice.amount - self.entry.amount
        paid = self.entry.amount
        if short == 0:
            return Part(invoice.invoice_no, paid, "exact"), self.weights.equal, _EQUAL
        if short < 0:
            return None
        if short <= min(self.weights.most_fee, invoice.amount * self.weights.most_fee_share):
            why = both(
                "short by {short}, as when a bank deducts its fee",
                "少 {short}，像是银行扣了手续费",
                short=short,
            )
            return Part(invoice.invoice_no, paid, "fee"), self.weights.fee, why
        return (
            Part(invoice.invoice_no, paid, "partial"),
            self.weights.part,
            both("part of the open {amount}", "未结 {amount} 的一部分", amount=invoice.amount),
        )

    def merged(self) -> Iterator[Hypothesis]:
        """Readings by which the entry pays several invoices wholly."""
        surely = [self.book[number] for number, quality in self.named.items() if quality == EXACT]
        surely = [invoice for invoice in surely if self.book.may_pay(self.entry, invoice)]
        rest = self.entry.amount - sum((invoice.amount for invoice in surely), Decimal(0))
        if rest < 0 or (len(surely) == 1 and rest == 0):
            return
        taken = {invoice.invoice_no for invoice in surely}
        pool = [
            invoice
            for invoice in self._pool(taken)
            if invoice.amount <= rest and self.book.may_pay(self.entry, invoice)
        ]
        tried = 0
        for size in range(max(0, 2 - len(surely)), max(1, self.weights.most_merged - len(surely)) + 1):
            for more in combinations(pool, size):
                tried += 1
                if sum((invoice.amount for invoice in more), Decimal(0)) != rest:
                    continue
                invoices = (*surely, *more)
                score, evidence = self._by_clues(invoices)
                # The more sums were tried, the likelier one of them is equal by chance.
                score += self.weights.equal - math.log1p(tried / 20)
                parts = tuple(Part(invoice.invoice_no, invoice.amount, "merged") for invoice in invoices)
                why = both("the sum of {count} open invoices", "{count} 张未结发票之和", count=len(parts))
                yield Hypothesis(parts, score, (*evidence, why))

    def _pool(self, taken: set[str]) -> list[Invoice]:
        """Invoices that may stand beside the named ones: nearly named, and others of the same customer."""
        customers = {self.payer.customer_id, *(self.book[number].customer_id for number in taken)}
        pool = {number: self.book[number] for number in self.named}
        for customer in sorted(customers):
            pool |= {invoice.invoice_no: invoice for invoice in self.book.of_customer(customer)}
        return [invoice for number, invoice in pool.items() if number not in taken][
            -self.weights.most_tried :
        ]

    def _by_clues(self, invoices: tuple[Invoice, ...]) -> tuple[float, list[str]]:
        """Weight of reference and payer for a set of invoices that one entry pays."""
        weights = self.weights
        score = 0.0
        evidence: list[str] = []
        qualities = [self.named.get(invoice.invoice_no, 0.0) for invoice in invoices]
        meant = {invoice.invoice_no for invoice in invoices}
        if all(quality == EXACT for quality in qualities):
            score += weights.named
            evidence.append(
                both("the text names {numbers}", "附言写明 {numbers}", numbers=", ".join(sorted(meant)))
            )
        elif any(qualities):
            score += weights.nearly_named
            nearly = ", ".join(sorted(meant & set(self.named)))
            evidence.append(
                both("the text nearly names {numbers}", "附言写的号码接近 {numbers}", numbers=nearly)
            )
        if any(quality == EXACT and number not in meant for number, quality in self.named.items()):
            score += weights.another_named
            evidence.append(_ANOTHER_NAMED)
        customers = {invoice.customer_id for invoice in invoices}
        if self.payer is NOBODY:
            score += weights.unknown_payer if customers != {""} else 0.0
        elif customers == {self.payer.customer_id}:
            score += weights.payer
            evidence.append(_RECOGNISED[self.payer.way])
        else:
            score += weights.another_payer
            evidence.append(_ANOTHER_PAYER)
        if (matter := other_matter(self.entry.text)) is not None:
            score += weights.other_matter
            evidence.append(both('the text speaks of "{matter}"', "附言提到“{matter}”", matter=matter))
        return score, evidence
