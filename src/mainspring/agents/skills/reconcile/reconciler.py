"""Matches payments as they arrive and what waits at the end of a day, never booking what is not clear."""

import math
from collections.abc import Iterable

from mainspring.agents.skills.reconcile.assignment import assign
from mainspring.agents.skills.reconcile.book import OpenBook
from mainspring.agents.skills.reconcile.errors import ReconcileError
from mainspring.agents.skills.reconcile.hypotheses import Hypothesis, Reading, Weights, read
from mainspring.agents.skills.reconcile.model import Assignment, Entry, Invoice
from mainspring.base.bilingual import both

ACCEPT = 0.995
_NOTHING_FITS = both("no open invoice fits", "没有相符的未结发票")
_ANOTHER_FITS = both("another entry fits better", "另一笔入账更相符")
_TIE = both("several invoices fit equally well", "有几张发票同样相符")
_TOO_LITTLE = both("too little speaks for it", "依据不足")


class Reconciler:
    """Open invoices and the entries that wait.

    Args:
        invoices: what is open at the start.
        accept: confidence from which an entry is booked without a person.
        weights: log-odds of the evidence.

    `add_entry` answers at once and books what is clear; `settle` looks again at all that waits, together,
    once what was clear is out of the way; `confirm` books what a person decided.
    """

    def __init__(
        self, invoices: Iterable[Invoice] = (), *, accept: float = ACCEPT, weights: Weights | None = None
    ) -> None:
        self.accept = accept
        self._weights = weights or Weights()
        self._book = OpenBook()
        self._waiting: dict[str, Entry] = {}
        self._seen: set[str] = set()
        for invoice in invoices:
            self.add_invoice(invoice)

    @property
    def open_invoices(self) -> tuple[Invoice, ...]:
        """What is still open, with what is left of each."""
        return tuple(self._book)

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Entries that nobody has decided yet."""
        return tuple(self._waiting.values())

    def add_invoice(self, invoice: Invoice) -> None:
        """Open an invoice. Raises `ReconcileError` when it is open already or not above zero."""
        self._book.add(invoice)

    def add_entry(self, entry: Entry) -> Assignment:
        """Match one entry and book it when clear; else it waits. Raises `ReconcileError` when given twice."""
        if entry.entry_id in self._seen:
            raise ReconcileError(
                "the entry was given before",
                where=entry.entry_id,
                mend="Give every entry of a statement once",
            )
        if entry.amount <= 0:
            raise ReconcileError(
                f"a payment must be above zero, not {entry.amount}",
                where=entry.entry_id,
                mend="Debits and returned payments are no payments of customers",
            )
        self._seen.add(entry.entry_id)
        reading = read(entry, self._book, self._weights)
        assignment = self._judge(reading)
        if assignment.automatic:
            self._pay(entry, assignment, reading)
        else:
            self._waiting[entry.entry_id] = entry
        return assignment

    def settle(self) -> list[Assignment]:
        """Match all waiting entries together and book what has become clear; one answer for each entry."""
        decided: dict[str, Assignment] = {}
        booked = True
        while booked and self._waiting:
            booked = False
            readings = [read(entry, self._book, self._weights) for entry in self._waiting.values()]
            for reading, (hypothesis, regret) in zip(readings, assign(readings), strict=True):
                alone = self._judge(reading)
                assignment = self._jointly(reading, hypothesis, regret, alone)
                if not assignment.automatic and alone.automatic and len(alone.parts) > 1:
                    assignment = alone
                decided[reading.entry.entry_id] = assignment
                if assignment.automatic and self._possible(assignment):
                    del self._waiting[reading.entry.entry_id]
                    self._pay(reading.entry, assignment, reading)
                    booked = True
        return list(decided.values())

    def confirm(self, assignment: Assignment) -> None:
        """Book what a person decided for a waiting entry; no parts where it pays no invoice of ours.

        Raises `ReconcileError`, and books nothing, when the entry does not wait or a part cannot be paid.
        """
        entry = self._waiting.get(assignment.entry)
        if entry is None:
            raise ReconcileError(
                "no such entry waits", where=assignment.entry, mend="Confirm each entry once"
            )
        for part in assignment.parts:
            if part.invoice_no not in self._book or part.amount > self._book[part.invoice_no].amount:
                raise ReconcileError(
                    f"{part.amount} is more than is open",
                    where=part.invoice_no,
                    mend="Decide again what it pays",
                )
        del self._waiting[assignment.entry]
        self._book_parts(entry, assignment, unknown=not self._recognised(entry))

    def _judge(self, reading: Reading) -> Assignment:
        """The likeliest reading of an entry by itself, with its probability among all of them."""
        entry = reading.entry
        if not reading.hypotheses:
            return Assignment(entry.entry_id, (), 0.0, (), automatic=False, reason=_NOTHING_FITS)
        best = reading.hypotheses[0]
        others = [hypothesis.score for hypothesis in reading.hypotheses[1:]]
        sure = 1.0 / (1.0 + sum(math.exp(score - best.score) for score in (*others, reading.nothing)))
        return self._answer(entry, best, sure, others[0] if others else None)

    def _jointly(
        self, reading: Reading, best: Hypothesis | None, regret: float, alone: Assignment
    ) -> Assignment:
        if best is None:
            return Assignment(
                alone.entry, alone.parts, min(alone.confidence, 0.5), alone.evidence, automatic=False,
                reason=alone.reason or _ANOTHER_FITS,
            )  # fmt: skip
        sets = sum(math.exp(h.score - best.score) for h in reading.hypotheses if len(h.parts) > 1)
        sure = 1.0 / (1.0 + math.exp(-min(regret, 60.0)) + sets)
        return self._answer(reading.entry, best, sure, None)

    def _answer(self, entry: Entry, best: Hypothesis, sure: float, next_score: float | None) -> Assignment:
        if sure >= self.accept:
            return Assignment(entry.entry_id, best.parts, sure, best.evidence, automatic=True)
        tie = next_score is not None and best.score - next_score < 1.0
        reason = _TIE if tie else _TOO_LITTLE
        return Assignment(entry.entry_id, best.parts, sure, best.evidence, automatic=False, reason=reason)

    def _possible(self, assignment: Assignment) -> bool:
        """Whether the invoices still stand as they were read; an earlier booking may have changed them."""
        for part in assignment.parts:
            if part.invoice_no not in self._book:
                return False
            left = self._book[part.invoice_no].amount
            if part.amount > left or (part.kind in {"exact", "merged"} and part.amount != left):
                return False
        return True

    def _pay(self, entry: Entry, assignment: Assignment, reading: Reading) -> None:
        self._book_parts(entry, assignment, unknown=reading.payer.way == "unknown")

    def _recognised(self, entry: Entry) -> bool:
        return self._book.payers.recognise(entry.payer, entry.account, ()).way != "unknown"

    def _book_parts(self, entry: Entry, assignment: Assignment, *, unknown: bool) -> None:
        """Take the parts off their invoices; remember whose account it was, where that is new."""
        customers = {self._book[part.invoice_no].customer_id for part in assignment.parts}
        for part in assignment.parts:
            self._book.pay(part.invoice_no, part.amount, settles=part.kind == "fee")
        if unknown and len(customers) == 1:
            self._book.payers.learn_account(entry.account, customers.pop())


def reconcile(
    entries: Iterable[Entry], invoices: Iterable[Invoice], *, accept: float = ACCEPT
) -> list[Assignment]:
    """What each entry pays of the invoices given, in the order of the entries.

    Entries are taken in turn, then those that wait are matched together. Nothing is matched twice, and no
    invoice is paid beyond what is open.
    """
    reconciler = Reconciler(invoices, accept=accept)
    answers = {answer.entry: answer for answer in (reconciler.add_entry(entry) for entry in entries)}
    answers |= {answer.entry: answer for answer in reconciler.settle()}
    return list(answers.values())
