"""Digital employees: whether promises about errors hold, what skills reach, how learning pays.

    python -m bench.agents [PART ...] [--replays N] [--every N] [--tables TABLE ...]

Parts: promise, classify, leads, pairs, receipts, invoices, learning; all without names. The public data
lies beside the project; a part that does not find its folder is skipped aloud. Nothing is tuned on what is
reported: the settings were chosen on other parts of the data, as the functions say.
"""

import argparse
import csv
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np
from bench import agents_learning, agents_skills

from mainspring.agents.promise import Promise, plan
from mainspring.agents.skills.classify import Classifier
from mainspring.agents.skills.score import LeadScorer

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
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
    promise = Promise(plan(target), 1, agents_learning.AUDIT)
    alone = wrong = 0
    for confidence, right in cases:
        drawn = rng.random() < promise.audits()
        if promise.trusts(confidence) and not drawn:
            alone += 1
            wrong += not right
        else:
            promise.judge(confidence, right=right, drawn=drawn)
    return Replay(alone, wrong, len(cases), promise.stopped)


def promise(options: argparse.Namespace) -> None:
    """Banking77: 10 examples an intent; after 2,000 corrected questions a second version, and its promise."""
    replays = options.replays
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
                for target in agents_learning.TARGETS:
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


def classify(_: argparse.Namespace) -> None:
    """Accuracy with few examples, for each embedder and a peer."""
    agents_skills.classify(folder, questions, few)


def pairs(_: argparse.Namespace) -> None:
    """Offers of two shops."""
    agents_skills.pairs(folder)


def receipts(_: argparse.Namespace) -> None:
    """Scans; recognition takes some four seconds each."""
    agents_skills.receipts(folder)


def invoices(_: argparse.Namespace) -> None:
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


def leads(_: argparse.Namespace) -> None:
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


def learning(options: argparse.Namespace) -> None:
    """Lead to cash from an empty memory, month by month."""
    folder("online_retail")
    agents_learning.tables(options.tables, options.every)


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
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
    parser.add_argument("--every", type=int, default=1, help="learning: only every so manieth order")
    parser.add_argument(
        "--tables",
        nargs="*",
        default=(),
        metavar="TABLE",
        help=f"learning: {', '.join(agents_learning.TABLES)}",
    )
    options = parser.parse_args()
    for name in options.parts or PARTS:
        began = time.perf_counter()
        print(f"\n-- {name} --", flush=True)
        try:
            PARTS[name](options)
        except Missing as missing:
            print(f"skipped: {missing}")
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
