"""Unit prices of real order lines suggested from history, beside the last price.

    python -m bench.pricing [--test 2011-08] [--calibrate]

The months before the test month are learned; the test month is asked, never learned. A line is known when its
product was sold before; a price is equal when it is the recorded one to the penny. `--calibrate` fits the
weights of `price/trust.py` on the three months before the test month and prints them.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from bench.retail import MONTHS, Row, read_month, read_months
from sklearn.linear_model import LogisticRegression

from mainspring.agents.skills.price import PriceBook, PriceSuggestion, Sale
from mainspring.agents.skills.price.trust import features

_BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


class Result(NamedTuple):
    """One way of pricing over all known lines."""

    name: str
    known: int
    equal: int
    seconds: float

    def print(self) -> None:
        """One line of the table."""
        micro = 1e6 * self.seconds / self.known
        print(f"{self.name:52} {self.known:7} {self.equal:7} {self.equal / self.known:8.2%} {micro:10.1f}")


def sale(row: Row) -> Sale:
    """A row as the price book learns it."""
    return Sale(row.customer, row.sku, row.quantity, row.price, row.when, row.order_lines)


def last_price(rows: Iterable[Row]) -> Callable[[Row], Decimal | None]:
    """The baseline: the last price by customer, quantity and product, else by ever less of them."""
    last: dict[tuple[object, ...], Decimal] = {}
    for row in rows:
        for key in _keys(row):
            last[key] = row.price
    return lambda row: next((last[key] for key in _keys(row) if key in last), None)


def _keys(row: Row) -> tuple[tuple[object, ...], ...]:
    return (
        (row.customer, row.quantity, row.sku),
        (row.quantity, row.sku, None),
        (row.customer, row.sku),
        (row.sku,),
    )


def run(name: str, answer: Callable[[Row], Decimal | None], rows: Sequence[Row]) -> Result:
    """Ask every known line and count."""
    started = time.perf_counter()
    equal = sum(answer(row) == row.price for row in rows)
    return Result(name, len(rows), equal, time.perf_counter() - started)


def reliability(pairs: Sequence[tuple[PriceSuggestion, Row]]) -> None:
    """How often prices are equal by stated confidence, and the share that may go alone at a risk."""
    print(f"\n{'confidence':>14} {'lines':>7} {'equal':>8}")
    for least, most in pairwise(_BANDS):
        hits = [said.value == row.price for said, row in pairs if least <= said.confidence < most]
        if hits:
            print(f"{least:6.2f} - {most:5.2f} {len(hits):7} {sum(hits) / len(hits):8.2%}")
    ranked = sorted(pairs, key=lambda pair: -pair[0].confidence)
    wrong = np.cumsum([said.value != row.price for said, row in ranked])
    counts = np.arange(1, len(ranked) + 1)
    for risk in (0.01, 0.02, 0.05):
        alone = counts[wrong <= risk * counts]
        share = alone[-1] / len(ranked) if len(alone) else 0.0
        print(f"with hindsight {share:.1%} could go alone at {risk:.0%} wrong")


def calibrate(test: str) -> None:
    """Fit the logistic model of trust on the three months before the test month, each after its own past."""
    seen: list[tuple[float, ...]] = []
    right: list[bool] = []
    for month in MONTHS[MONTHS.index(test) - 3 : MONTHS.index(test)]:
        book = PriceBook(map(sale, read_months(MONTHS[0], MONTHS[MONTHS.index(month) - 1])))
        for row in read_month(month):
            if row.sku not in book:
                continue
            size = row.order_lines
            said, signs = book.observe(row.customer, row.sku, row.quantity, row.when, order_lines=size)
            seen.append(features(signs))
            right.append(said == row.price)
    model = LogisticRegression(C=100, max_iter=1000).fit(np.array(seen), np.array(right))
    weights = ", ".join(f"{weight:.3f}" for weight in model.coef_[0])
    print(f"{len(right)} examples, {np.mean(right):.1%} equal; bias {model.intercept_[0]:.3f}, {weights}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--test", default="2011-08", choices=MONTHS[3:])
    parser.add_argument("--calibrate", action="store_true")
    options = parser.parse_args()
    if options.calibrate:
        calibrate(options.test)
        return
    past = list(read_months(MONTHS[0], MONTHS[MONTHS.index(options.test) - 1]))
    book = PriceBook(map(sale, past))
    rows = [row for row in read_month(options.test) if row.sku in book]
    print(f"{options.test}, history {MONTHS[0]} on ({len(past)} lines)")
    print(f"{'':52} {'known':>7} {'equal':>7} {'':8} {'us a line':>10}")
    run("last price (customer, quantity, product)", last_price(past), rows).print()
    run(
        "Mainspring, size of the order unknown",
        lambda row: book.price(row.customer, row.sku, row.quantity, row.when).value,
        rows,
    ).print()
    suggestions: list[PriceSuggestion] = []

    def ours(row: Row) -> Decimal | None:
        said = book.price(row.customer, row.sku, row.quantity, row.when, order_lines=row.order_lines)
        suggestions.append(said)
        return said.value

    run("Mainspring", ours, rows).print()
    reliability(list(zip(suggestions, rows, strict=True)))


if __name__ == "__main__":
    main()
