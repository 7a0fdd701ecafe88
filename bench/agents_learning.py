"""How learning pays: lead to cash month by month from an empty memory, under a promise.

The tables of `python -m bench.agents learning`. `--tables` names some of them, and `--every 10` takes every
tenth order only, which learns from a tenth of the lines and is over in a tenth of the time.
"""

import random
from collections.abc import Callable, Sequence
from decimal import Decimal  # noqa: TC003 - in a union of types that is read
from functools import partial
from typing import NamedTuple

from bench.noise import Noise
from bench.pricing import _keys as last_keys
from bench.retail import MONTHS, Row, read_month

from mainspring.agents.promise import Promise, plan
from mainspring.agents.skills.match import Catalogue
from mainspring.agents.skills.match.normalise import wording
from mainspring.agents.skills.price import PriceBook, Sale

AUDIT = 0.1
LINES_AUDITED = 0.005
"""Of product lines, once their promise is settled; there are tens of thousands a month."""
TARGETS = (0.05, 0.02, 0.01)


class Month(NamedTuple):
    """A month of one kind of line, under one promise that goes on from month to month."""

    month: str
    lines: int
    alone: int
    wrong: int
    reviewed: int
    right: int
    orders: int

    def print(self) -> None:
        """One line of the table."""
        alone, wrong = self.alone / self.lines, self.wrong / max(1, self.alone)
        reviews = 100 * self.reviewed / self.orders
        right = self.right / self.lines
        print(
            f"  {self.month}  {self.lines:7} {right:8.2%} {alone:8.2%} {wrong:8.3%} {reviews:9.0f}",
            flush=True,
        )


HEAD = f"  {'month':8} {'lines':>7} {'right':>8} {'alone':>8} {'error':>8} {'reviews/100 orders':>9}"


class Stream:
    """Lines that come one after the other: done alone where trusted, else reviewed and learned from.

    Args:
        target: promised error rate.
        wrong: the share of reviews in which the reviewer is wrong.
        seed: of audits and wrong reviews.
        audit: the share audited for ever.
    """

    def __init__(self, target: float, wrong: float, seed: int, audit: float = AUDIT) -> None:
        self.promise = Promise(plan(target), 1, audit)
        self.target = target
        self.rng = random.Random(seed)
        self.wrong = wrong

    def begin(self) -> None:
        """A time begins: a promise whose alarm rang is begun anew, as with a new version."""
        if self.promise.stopped:
            self.promise = Promise(plan(self.target), self.promise.version + 1, self.promise.audit_share)

    def alone(self, confidence: float, *, right: bool) -> bool | None:
        """Whether a line is done alone (True); else whether its review was right (None: it was not)."""
        drawn = self.rng.random() < self.promise.audits()
        if self.promise.trusts(confidence) and not drawn:
            return True
        honest = self.rng.random() >= self.wrong
        self.promise.judge(confidence, right=right if honest else not right, drawn=drawn)
        return False if honest else None


class PlainMemory:
    """The peer for clean wording: alone goes what meant one product whenever it was confirmed; no promise.

    Args:
        told: it learns what every line was, also of those it did alone; else only what was reviewed.
    """

    def __init__(self, *, told: bool) -> None:
        self.told = told
        self._known: dict[str, set[str]] = {}
        self._lines = self._alone = self._wrong = 0

    def take(self, row: Row) -> None:
        """Work on a line."""
        known = self._known.setdefault(wording(row.text), set())
        alone = len(known) == 1
        self._lines += 1
        self._alone += alone
        self._wrong += alone and row.sku not in known
        if self.told or not alone:
            known.add(row.sku)

    def print(self, orders: int) -> None:
        """One line for the month, which ends with it."""
        what = "of every line" if self.told else "of reviews"
        alone, wrong = self._alone / self._lines, self._wrong / max(1, self._alone)
        reviews = 100 * (self._lines - self._alone) / orders
        print(f"{'':10} plain memory, told {what:13} {alone:8.2%} {wrong:8.3%} {reviews:9.0f}")
        self._lines = self._alone = self._wrong = 0


def lines_of(month: str, every: int) -> list[Row]:
    """The sold lines of a month; of every so manieth order only, where that is asked for."""
    rows = read_month(month)
    kept = set(list(dict.fromkeys(row.invoice for row in rows))[::every])
    return [row for row in rows if row.invoice in kept]


def products(
    target: float,
    *,
    every: int = 1,
    learning: bool = True,
    noise: int | None = None,
    wrong: float = 0.0,
    told: bool = False,
) -> None:
    """Product lines month by month from an empty memory.

    What was reviewed is learned; with `told` also what was done alone and wrong, as if it were sent back.
    """
    catalogue, stream, noisy = Catalogue(), Stream(target, wrong, 1, LINES_AUDITED), Noise(noise or 1)
    clean = learning and noise is None and not wrong
    peers = [PlainMemory(told=every_line) for every_line in (False, True)] if clean else []
    print(HEAD)
    for month in MONTHS:
        rows = lines_of(month, every)
        stream.begin()
        alone = errors = reviewed = right = 0
        for row in rows:
            for peer in peers:
                peer.take(row)
            text = row.text if noise is None else noisy.disturb(row.text)
            found = catalogue.match(text, customer=row.customer)
            sku = found.sku or (found.alternatives[0].sku if found.alternatives else None)
            good = sku == row.sku
            right += good
            done = stream.alone(found.confidence if sku else 0.0, right=good)
            alone += done is True
            errors += done is True and not good
            reviewed += done is not True
            if learning and (done is not True or (told and not good)):
                known = rows[stream.rng.randrange(len(rows))].sku if done is None else row.sku
                catalogue.judge(text, known, customer=row.customer)
                catalogue.learn(text, known, customer=row.customer)
        orders = len({row.invoice for row in rows})
        Month(month, len(rows), alone, errors, reviewed, right, orders).print()
        for peer in peers:
            peer.print(orders)


def prices(target: float, *, every: int = 1, learning: bool = True, wrong: float = 0.0) -> None:
    """Prices month by month; the price book learns what people looked at.

    A price that was set alone is no evidence for it: a wrong one would vote for itself the next time. A
    promise whose alarm rang is begun anew with the next week.
    """
    book, stream, week = PriceBook(), Stream(target, wrong, 2), (0, 0)
    last: dict[tuple[object, ...], Decimal] = {}
    print(HEAD)
    for month in MONTHS:
        rows = lines_of(month, every)
        alone = errors = reviewed = right = equal = 0
        for row in rows:
            if (begun := row.when.isocalendar()[:2]) != week:
                stream.begin()
                week = begun
            said = book.price(row.customer, row.sku, row.quantity, row.when, order_lines=row.order_lines)
            good = said.value == row.price
            right += good
            equal += next((last[key] for key in last_keys(row) if key in last), None) == row.price
            done = stream.alone(said.confidence, right=good)
            alone += done is True
            errors += done is True and not good
            reviewed += done is not True
            if learning and done is not True:
                paid = row.price * 2 if done is None else row.price
                book.learn(Sale(row.customer, row.sku, row.quantity, paid, row.when, row.order_lines))
            last.update(dict.fromkeys(last_keys(row), row.price))
        orders = len({row.invoice for row in rows})
        Month(month, len(rows), alone, errors, reviewed, right, orders).print()
        print(f"{'':10} last price by customer, quantity and product: {equal / len(rows):.2%}")


TABLES: dict[str, tuple[str, Callable[..., None]]] = {
    "lines": ("product lines, 1%", partial(products, 0.01)),
    "told": ("product lines, 1%, wrong ones come back", partial(products, 0.01, told=True)),
    "off": ("product lines, 1%, learning off", partial(products, 0.01, learning=False)),
    "noise": ("product lines, 1%, with noise", partial(products, 0.01, noise=1)),
    "erring": ("product lines, 1%, reviewer wrong in 2%", partial(products, 0.01, wrong=0.02)),
    "erring5": ("product lines, 5%, reviewer wrong in 2%", partial(products, 0.05, wrong=0.02)),
    "prices5": ("prices, 5%", partial(prices, 0.05)),
    "prices2": ("prices, 2%", partial(prices, 0.02)),
    "prices1": ("prices, 1%", partial(prices, 0.01)),
    "prices-off": ("prices, 5%, learning off", partial(prices, 0.05, learning=False)),
    "prices-erring": ("prices, 5%, reviewer wrong in 2%", partial(prices, 0.05, wrong=0.02)),
}
"""Name of each table to its heading and what prints it."""


def tables(names: Sequence[str], every: int) -> None:
    """Print these tables, or all of them."""
    for name in names or TABLES:
        heading, show = TABLES[name]
        part = "" if every == 1 else f", every {every}th order"
        print(f"{heading}{part}", flush=True)
        show(every=every)
