"""Product lines of real orders matched by wording alone, clean and with noise, beside exact wording.

    python -m bench.matching [--test 2011-08] [--sample N] [--accept P] [--seed S] [--calibrate]

The months before the test month are the confirmed wordings; the test month is asked, never learned. A line is
right when the product is the recorded one; the stock code is never shown to the matcher. `--calibrate` fits
the weights of `match/confidence.py` on the two months before the test month and prints them.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from bench.noise import Noise
from bench.retail import MONTHS, Row, read_month, read_months
from rapidfuzz import fuzz, process
from scipy.optimize import minimize

from mainspring.agents.skills.match import Catalogue
from mainspring.agents.skills.match.confidence import NAMES
from mainspring.agents.skills.match.normalise import wording

Answer = Callable[[str, str], str | None]


class Result(NamedTuple):
    """One way of matching over all lines."""

    name: str
    lines: int
    accepted: int
    wrong: int
    seconds: float

    def print(self) -> None:
        """One line of the table."""
        share = self.accepted / self.lines
        wrong = self.wrong / max(1, self.accepted)
        per_line = 1000 * self.seconds / self.lines
        print(f"{self.name:42} {self.lines:7} {share:9.2%} {wrong:9.3%} {self.wrong:6} {per_line:10.4f}")


def learn(rows: Iterable[Row], accept: float) -> Catalogue:
    """A catalogue that knows the wordings of past orders and nothing else."""
    catalogue = Catalogue(accept=accept)
    for row in rows:
        catalogue.learn(row.text, row.sku, customer=row.customer)
    return catalogue


def exact(rows: Iterable[Row]) -> Answer:
    """The baseline: a wording seen before that always meant the same product."""
    seen: dict[str, set[str]] = {}
    for row in rows:
        seen.setdefault(row.text.strip(), set()).add(row.sku)
    only = {text: next(iter(skus)) for text, skus in seen.items() if len(skus) == 1}
    return lambda text, _: only.get(text.strip())


def alike(rows: Iterable[Row], least: float) -> Answer:
    """The other baseline: the most alike wording by rapidfuzz alone, where it is alike enough."""
    seen = {wording(row.text): row.sku for row in rows}
    texts = list(seen)

    def answer(text: str, _: str) -> str | None:
        found = process.extractOne(wording(text), texts, scorer=fuzz.token_sort_ratio, score_cutoff=least)
        return seen[found[0]] if found else None

    return answer


def run(name: str, answer: Answer, lines: Sequence[tuple[str, Row]]) -> Result:
    """Ask every line and count."""
    started = time.perf_counter()
    answers = [answer(text, row.customer) for text, row in lines]
    seconds = time.perf_counter() - started
    accepted = [(sku, row) for sku, (_, row) in zip(answers, lines, strict=True) if sku is not None]
    return Result(name, len(lines), len(accepted), sum(sku != row.sku for sku, row in accepted), seconds)


def calibrate(test: str, seed: int) -> None:
    """Fit the logistic model on noisy lines; an eighth of the products is hidden and cannot be right."""
    place = MONTHS.index(test)
    seen: list[tuple[float, ...]] = []
    right: list[bool] = []
    for month in MONTHS[place - 2 : place]:
        rng = random.Random(f"{seed}{month}")
        noise = Noise(seed)
        past = list(read_months(MONTHS[0], MONTHS[MONTHS.index(month) - 1]))
        products = sorted({row.sku for row in past})
        hidden = set(rng.sample(products, len(products) // 8))
        catalogue = learn((row for row in past if row.sku not in hidden), 1.0)
        known = {wording(row.text) for row in past if row.sku not in hidden}
        for row in rng.sample(read_month(month), 12_000):
            text = row.text if row.sku in hidden and rng.random() < 0.5 else noise.disturb(row.text)
            observed = catalogue.observe(text) if wording(text) not in known else None
            if observed is not None:
                right.append(observed[0] == row.sku)
                seen.append(observed[1])
    weights, bias = fit(np.array(seen), np.array(right))
    print(f"{len(right)} examples, {np.mean(right):.1%} right; bias {bias:.3f}")
    print(", ".join(f"{name} {weight:.3f}" for name, weight in zip(NAMES, weights, strict=True)))


def fit(seen: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression where only "lead", "covers" and "chosen" may speak for a pair, all else against."""
    sign = np.where(right, 1.0, -1.0)
    spread = seen.std(axis=0) + 1e-9
    scaled = seen / spread

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (scaled @ values[1:] + values[0])
        slope = -sign / (1.0 + np.exp(margin))
        penalty = 0.05 * values[1:]
        return float(np.logaddexp(0, -margin).sum() + penalty @ values[1:]), np.r_[
            slope.sum(), scaled.T @ slope + 2 * penalty
        ]

    bounds = [
        (None, None),
        *((0, None) if name in {"lead", "covers", "chosen"} else (None, 0) for name in NAMES),
    ]
    best = minimize(loss, np.zeros(len(NAMES) + 1), jac=True, bounds=bounds, method="L-BFGS-B")
    return best.x[1:] / spread, float(best.x[0])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--test", default="2011-08", choices=MONTHS[2:])
    parser.add_argument("--sample", type=int, default=0, help="ask so many lines only")
    parser.add_argument("--accept", type=float, default=0.95)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calibrate", action="store_true")
    options = parser.parse_args()
    if options.calibrate:
        calibrate(options.test, options.seed)
        return
    past = list(read_months(MONTHS[0], MONTHS[MONTHS.index(options.test) - 1]))
    rows = read_month(options.test)
    if options.sample:
        rows = random.Random(options.seed).sample(rows, options.sample)
    noise = Noise(options.seed)
    clean = [(row.text, row) for row in rows]
    noisy = [(noise.disturb(row.text), row) for row in rows]
    few = random.Random(options.seed).sample(noisy, min(1500, len(noisy)))
    catalogue = learn(past, options.accept)

    def ours(text: str, customer: str) -> str | None:
        return catalogue.match(text, customer=customer).sku

    print(f"{options.test}, history {MONTHS[0]} on ({len(past)} lines); accepted from {options.accept}")
    print(f"{'':42} {'lines':>7} {'accepted':>9} {'wrong':>9} {'':6} {'ms a line':>10}")
    run("clean: exact wording only", exact(past), clean).print()
    run("clean: Mainspring", ours, clean).print()
    run("noisy: exact wording only", exact(past), noisy).print()
    run("noisy: most alike (rapidfuzz, 90), a sample", alike(past, 90.0), few).print()
    run("noisy: Mainspring", ours, noisy).print()


if __name__ == "__main__":
    main()
