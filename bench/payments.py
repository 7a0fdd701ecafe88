"""Payments made from a month's orders matched to its invoices, beside exact amounts and exact references.

    python -m bench.payments [--test 2011-08] [--seeds 3] [--list]

Invoices are the orders of the month; payments are made up by `mainspring.packs.lead_to_cash.world.payments`
with their truth. The customers' names and accounts are made up from the numbers in the data. An automatic
assignment is right when it pays the invoices it should, each with the right amount; credits that belong to
nobody can never be automatic.
"""

import argparse
import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal

from bench.retail import MONTHS, Row, read_month

from mainspring.agents.skills.reconcile import Assignment, Entry, Invoice, Part, Reconciler, reconcile
from mainspring.agents.skills.reconcile.references import EXACT, References
from mainspring.packs.lead_to_cash.world.payments import Payments, make_payments, right

Matcher = Callable[[Sequence[Entry], Sequence[Invoice]], list[Assignment]]


def invoices_of(rows: Sequence[Row]) -> list[Invoice]:
    """One invoice an order, in the order of issue."""
    orders: dict[str, list[Row]] = {}
    for row in rows:
        orders.setdefault(row.invoice, []).append(row)
    invoices = [_invoice(number, lines) for number, lines in orders.items()]
    return [invoice for invoice in invoices if invoice.amount > 0]


def _invoice(number: str, lines: list[Row]) -> Invoice:
    total = sum((line.quantity * line.price for line in lines), Decimal(0)).quantize(Decimal("0.01"))
    customer = lines[0].customer
    name = f"Demo Trader {customer} Ltd" if customer else ""
    account = "DEMO" + hashlib.sha256(customer.encode()).hexdigest()[:14].upper() if customer else ""
    return Invoice(number, total, customer, name, account, "", lines[0].when.date(), "GBP")


def exact_amount(entries: Sequence[Entry], invoices: Sequence[Invoice]) -> list[Assignment]:
    """The baseline: the only open invoice of just this amount."""
    left = {invoice.invoice_no: invoice for invoice in invoices}
    answers: list[Assignment] = []
    for entry in entries:
        fit = [
            invoice for invoice in left.values() if invoice.amount == entry.amount and _issued(entry, invoice)
        ]
        answers.append(_answer(entry, fit[0].invoice_no if len(fit) == 1 else None))
        if len(fit) == 1:
            del left[fit[0].invoice_no]
    return answers


def exact_reference(entries: Sequence[Entry], invoices: Sequence[Invoice]) -> list[Assignment]:
    """The other baseline: the only open invoice that the text names."""
    known = References()
    for invoice in invoices:
        known.add(invoice.invoice_no)
    answers: list[Assignment] = []
    for entry in entries:
        named = [number for number, quality in known.named(entry.text).items() if quality == EXACT]
        answers.append(_answer(entry, named[0] if len(named) == 1 else None))
    return answers


def streamed(entries: Sequence[Entry], invoices: Sequence[Invoice]) -> list[Assignment]:
    """Ours as a run sees it: invoices open on their day, what waits is settled each night."""
    waiting = sorted(invoices, key=lambda one: (str(one.issued), one.invoice_no), reverse=True)
    reconciler = Reconciler()
    answers: dict[str, Assignment] = {}
    today = None
    for entry in entries:
        if entry.booked != today:
            answers |= {answer.entry: answer for answer in reconciler.settle()}
            today = entry.booked
        while waiting and str(waiting[-1].issued) <= str(today):
            reconciler.add_invoice(waiting.pop())
        answers[entry.entry_id] = reconciler.add_entry(entry)
    answers |= {answer.entry: answer for answer in reconciler.settle()}
    return list(answers.values())


def _issued(entry: Entry, invoice: Invoice) -> bool:
    return entry.booked is None or invoice.issued is None or invoice.issued <= entry.booked


def _answer(entry: Entry, invoice_no: str | None) -> Assignment:
    parts = (Part(invoice_no, entry.amount, "exact"),) if invoice_no else ()
    return Assignment(entry.entry_id, parts, float(bool(parts)), (), automatic=bool(parts))


def run(name: str, matcher: Matcher, payments: Sequence[Payments]) -> list[tuple[Assignment, Payments]]:
    """Match every batch and print one line of the table."""
    started = time.perf_counter()
    answers = [(answer, batch) for batch in payments for answer in matcher(batch.entries, batch.invoices)]
    seconds = time.perf_counter() - started
    automatic = [(answer, batch) for answer, batch in answers if answer.automatic]
    wrong = sum(not right(answer.parts, batch.truth[answer.entry]) for answer, batch in automatic)
    share = len(automatic) / len(answers)
    rate = 1.0 - wrong / max(1, len(automatic))
    each = 1000 * seconds / len(answers)
    print(f"{name:30} {len(answers):8} {share:10.2%} {rate:9.3%} {wrong:6} {each:10.3f}")
    return answers


def by_kind(answers: Sequence[tuple[Assignment, Payments]]) -> None:
    """What became of each kind of payment."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for answer, batch in answers:
        truth = batch.truth[answer.entry]
        fits = right(answer.parts, truth)
        outcome = (
            ("right" if fits else "wrong") if answer.automatic else ("proposed right" if fits else "asked")
        )
        counts[truth.made, truth.reference][outcome] += 1
    columns = ("right", "wrong", "proposed right", "asked")
    print(f"\n{'payment':10} {'reference':10}" + "".join(f"{column:>16}" for column in columns))
    for (made, reference), count in sorted(counts.items()):
        print(f"{made:10} {reference:10}" + "".join(f"{count[column]:16}" for column in columns))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--test", default="2011-08", choices=MONTHS)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--list", action="store_true", help="show wrong automatic assignments")
    options = parser.parse_args()
    invoices = invoices_of(read_month(options.test))
    payments = [make_payments(invoices, seed) for seed in range(1, options.seeds + 1)]
    print(f"{options.test}: {len(invoices)} invoices, payments made with {options.seeds} seeds")
    print(f"{'':30} {'entries':>8} {'automatic':>10} {'right':>9} {'wrong':>6} {'ms each':>10}")
    run("exact amount only", exact_amount, payments)
    run("exact reference only", exact_reference, payments)
    run("Mainspring, day by day", streamed, payments)
    answers = run("Mainspring, one batch", reconcile, payments)
    by_kind(answers)
    for answer, batch in answers:
        if options.list and answer.automatic and not right(answer.parts, batch.truth[answer.entry]):
            entry = next(entry for entry in batch.entries if entry.entry_id == answer.entry)
            print(entry, answer, batch.truth[answer.entry], sep="\n  ")


if __name__ == "__main__":
    main()
