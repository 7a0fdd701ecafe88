"""Digital employees: whether promises about errors hold, what skills reach, how learning pays.

    python -m bench.agents [PART ...] [--replays N]

Parts: promise, classify, leads, pairs, receipts, invoices, learning; all without names. The public data
lies beside the project; a part that does not find its folder is skipped aloud. Nothing is tuned on what is
reported: the settings were chosen on other parts of the data, as the functions say.
"""

import argparse
import csv
import random
import time
from collections.abc import Callable, Sequence
from decimal import Decimal  # noqa: TC003 - in a union of types that is read
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np
from bench import agents_skills
from bench.noise import Noise
from bench.pricing import _keys as last_keys
from bench.retail import MONTHS, read_month

from mainspring.agents.promise import Promise, plan
from mainspring.agents.skills.classify import Classifier
from mainspring.agents.skills.match import Catalogue
from mainspring.agents.skills.price import PriceBook, Sale
from mainspring.agents.skills.score import LeadScorer

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
AUDIT = 0.1
TARGETS = (0.05, 0.02, 0.01)
Pair = tuple[str, str]


class Missing(Exception):  # noqa: N818 - the data, not the program
    """The shared data is not beside the project."""


def folder(name: str) -> Path:
    """A folder of the shared data."""
    found = SHARED / name
    if not found.is_dir():
        raise Missing(f"shared/data/{name} is not beside the project")
    return found


def questions() -> tuple[list[Pair], list[Pair]]:
    """Training and test questions of banking77 with their intents."""
    here = folder("customer_service")
    parts = []
    for name in ("train.csv", "test.csv"):
        with (here / name).open(encoding="utf-8", newline="") as file:
            parts.append([(row["text"], row["category"]) for row in csv.DictReader(file)])
    return parts[0], parts[1]


def few(pairs: Sequence[Pair], each: int, rng: random.Random) -> list[Pair]:
    """So many examples of each class."""
    by: dict[str, list[str]] = {}
    for text, label in pairs:
        by.setdefault(label, []).append(text)
    return [(text, label) for label in sorted(by) for text in rng.sample(by[label], each)]


def titles(pairs: Sequence[Pair]) -> dict[str, str]:
    """Intents in words: their names without underscores."""
    return {label: label.replace("_", " ") for _, label in pairs}


class Replay(NamedTuple):
    """One stream under one promise."""

    alone: int
    wrong: int
    cases: int
    stopped: bool


def replay(cases: Sequence[tuple[float, bool]], target: float, rng: random.Random) -> Replay:
    """Work through a stream: alone where trusted, else reviewed."""
    promise = Promise(plan(target), 1, AUDIT)
    alone = wrong = 0
    for confidence, right in cases:
        drawn = rng.random() < AUDIT
        if promise.trusts(confidence) and not drawn:
            alone += 1
            wrong += not right
        else:
            promise.judge(confidence, right=right, drawn=drawn)
    return Replay(alone, wrong, len(cases), promise.stopped)


def promise(replays: int) -> None:
    """Banking77: 10 examples an intent; after 2,000 corrected questions a second version, and its promise."""
    train, test = questions()
    splits = max(1, replays // 20)
    found: dict[tuple[str, float], list[Replay]] = {}
    for split in range(splits):
        rng = random.Random(split)
        examples = few(train, 10, rng)
        known = set(examples)
        stream = [pair for pair in (*train, *test) if pair not in known]
        rng.shuffle(stream)
        first, rest = stream[:2000], stream[2000:]
        versions = {
            "10 examples an intent": (Classifier.train(examples, titles=titles(train)), stream),
            "and 2,000 corrected": (Classifier.train([*examples, *first], titles=titles(train)), rest),
        }
        for name, (classifier, asked) in versions.items():
            said = classifier.classify_all([text for text, _ in asked])
            cases = [
                (one.confidence, one.label == label) for one, (_, label) in zip(said, asked, strict=True)
            ]
            for order in range(replays // splits):
                shuffle = random.Random(f"{split} {order}")
                shuffle.shuffle(cases)
                for target in TARGETS:
                    found.setdefault((name, target), []).append(replay(cases, target, shuffle))
        print(f"  split {split + 1} of {splits}", flush=True)
    heads = ("target", "replays", "broken", "error", "coverage", "opened", "alarms")
    print(f"{'version':24} " + " ".join(f"{head:>8}" for head in heads))
    for (name, target), results in found.items():
        broken = sum(one.wrong > target * one.alone for one in results) / len(results)
        error = sum(one.wrong for one in results) / max(1, sum(one.alone for one in results))
        coverage = mean(one.alone / one.cases for one in results)
        opened = sum(one.alone > 0 for one in results) / len(results)
        alarms = sum(one.stopped for one in results) / len(results)
        print(
            f"{name:24} {target:8.0%} {len(results):8} {broken:8.1%} {error:8.2%} {coverage:8.1%} "
            f"{opened:8.0%} {alarms:8.1%}"
        )


def classify(_: int) -> None:
    """Accuracy with few examples, for each embedder and a peer."""
    agents_skills.classify(folder, questions, few)


def pairs(_: int) -> None:
    """Offers of two shops."""
    agents_skills.pairs(folder)


def receipts(_: int) -> None:
    """Scans; recognition takes some four seconds each."""
    agents_skills.receipts(folder)


def invoices(_: int) -> None:
    """PDFs with text."""
    agents_skills.invoices(folder)


LEAKING = {
    "Converted": "the outcome itself",
    "Prospect ID": "a number without meaning",
    "Lead Number": "grows with time; it is what the split goes by",
    "Tags": "written by sales after talking to the lead",
    "Lead Quality": "sales' own judgement after contact",
    "Lead Profile": "given after contact",
    "Asymmetrique Activity Index": "scores of another tool, computed later",
    "Asymmetrique Profile Index": "likewise",
    "Asymmetrique Activity Score": "likewise",
    "Asymmetrique Profile Score": "likewise",
    "Last Notable Activity": "rewritten whenever the record is touched, also after the outcome",
}


def leads(_: int) -> None:
    """The lead scorer on the later 30% of leads."""
    with (folder("leads") / "Leads.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["Lead Number"]))
    outcome = [row["Converted"] == "1" for row in rows]
    cut = int(0.7 * len(rows))
    scorer = LeadScorer.train(rows[:cut], outcome[:cut], ignore=LEAKING)
    scores = [scorer.score(row).value for row in rows[cut:]]
    print(f"leads, trained on {cut}, asked {len(scores)}: ROC AUC {auc(scores, outcome[cut:]):.4f}")
    for column, why in LEAKING.items():
        print(f"  left out: {column}: {why}")


def auc(scores: Sequence[float], good: Sequence[bool]) -> float:
    """The chance that a good one scores above a bad one, ties counted half."""
    order = np.argsort(scores, kind="stable")
    _, inverse, counts = np.unique(np.asarray(scores)[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    flags = np.asarray(good)[order]
    positive = int(flags.sum())
    below = float(ranks[flags].sum()) - positive * (positive + 1) / 2
    return below / (positive * (len(flags) - positive))


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
    """

    def __init__(self, target: float, wrong: float, seed: int) -> None:
        self.promise = Promise(plan(target), 1, AUDIT)
        self.target = target
        self.rng = random.Random(seed)
        self.wrong = wrong

    def begin(self) -> None:
        """A time begins: a promise whose alarm rang is begun anew, as with a new version."""
        if self.promise.stopped:
            self.promise = Promise(plan(self.target), self.promise.version + 1, AUDIT)

    def alone(self, confidence: float, *, right: bool) -> bool | None:
        """Whether a line is done alone (True); else whether its review was right (None: it was not)."""
        drawn = self.rng.random() < AUDIT
        if self.promise.trusts(confidence) and not drawn:
            return True
        honest = self.rng.random() >= self.wrong
        self.promise.judge(confidence, right=right if honest else not right, drawn=drawn)
        return False if honest else None


def products(target: float, *, learning: bool = True, noise: int | None = None, wrong: float = 0.0) -> None:
    """Product lines month by month from an empty memory; only what was reviewed is learned."""
    catalogue, stream, noisy = Catalogue(), Stream(target, wrong, 1), Noise(noise or 1)
    print(HEAD)
    for month in MONTHS:
        rows = read_month(month)
        stream.begin()
        alone = errors = reviewed = right = 0
        for row in rows:
            text = row.text if noise is None else noisy.disturb(row.text)
            found = catalogue.match(text, customer=row.customer)
            sku = found.sku or (found.alternatives[0].sku if found.alternatives else None)
            good = sku == row.sku
            right += good
            done = stream.alone(found.confidence if sku else 0.0, right=good)
            alone += done is True
            errors += done is True and not good
            reviewed += done is not True
            if learning and done is not True:
                known = row.sku if done is False else rows[stream.rng.randrange(len(rows))].sku
                catalogue.learn(text, known, customer=row.customer)
        orders = len({row.invoice for row in rows})
        Month(month, len(rows), alone, errors, reviewed, right, orders).print()


def prices(target: float, *, learning: bool = True, wrong: float = 0.0) -> None:
    """Prices month by month; the price book learns what people looked at.

    A price that was set alone is no evidence for it: a wrong one would vote for itself the next time. A
    promise whose alarm rang is begun anew with the next week.
    """
    book, stream, week = PriceBook(), Stream(target, wrong, 2), (0, 0)
    last: dict[tuple[object, ...], Decimal] = {}
    print(HEAD)
    for month in MONTHS:
        rows = read_month(month)
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


def learning(_: int) -> None:
    """Lead to cash from an empty memory: lines and prices, with a perfect and with an erring reviewer."""
    folder("online_retail")
    print("product lines, 1%", flush=True)
    products(0.01)
    print("product lines, 1%, learning off", flush=True)
    products(0.01, learning=False)
    print("product lines, 1%, with noise", flush=True)
    products(0.01, noise=1)
    print("product lines, 1%, reviewer wrong in 2%", flush=True)
    products(0.01, wrong=0.02)
    for target in TARGETS:
        print(f"prices, {target:.0%}", flush=True)
        prices(target)
    print("prices, 5%, learning off", flush=True)
    prices(0.05, learning=False)
    print("prices, 5%, reviewer wrong in 2%", flush=True)
    prices(0.05, wrong=0.02)


PARTS: dict[str, Callable[[int], None]] = {
    "promise": promise,
    "classify": classify,
    "leads": leads,
    "pairs": pairs,
    "receipts": receipts,
    "invoices": invoices,
    "learning": learning,
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--replays", type=int, default=200)
    options = parser.parse_args()
    for name in options.parts or PARTS:
        began = time.perf_counter()
        print(f"\n-- {name} --", flush=True)
        try:
            PARTS[name](options.replays)
        except Missing as missing:
            print(f"skipped: {missing}")
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
