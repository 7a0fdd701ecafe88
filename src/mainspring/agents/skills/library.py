"""The one way to train, save, name a version of, read, ask and explain a trained skill.

    trained = train("classify", rows, label="intent")       # or "score", "pairs"
    text = trained.to_json()                                # what is kept in a file or an evaluation
    saved = load(text)                                      # saved.version is the digest of what it knows
    found = ask(saved.skill, "where is my parcel?")         # found.value, found.confidence, found.evidence

A skill without training (`extract`, `match`, `reconcile`, `compare`, `draft`) has nothing to save; what it
answers has a confidence and evidence all the same.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from mainspring.agents.skills.classify import Classifier, Embedder
from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.pairs import PairMatcher
from mainspring.agents.skills.pairs.features import Columns
from mainspring.agents.skills.score import LeadScorer

Kind = Literal["classify", "score", "pairs"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Trained = Classifier | LeadScorer | PairMatcher
_FORMS: Mapping[str, Kind] = {
    "mainspring.classifier/1": "classify",
    "mainspring.lead-scorer/1": "score",
    "mainspring.pairs/1": "pairs",
}
Given = str | Mapping[str, Any] | tuple[Mapping[str, Any], Mapping[str, Any]]
_VERSION = 12
_TRUE = frozenset({"1", "true", "yes", "y", "won", "same", "是"})


class Saved(NamedTuple):
    """A skill that was read: its kind, the digest of all it knows (two versions differ in it), the skill."""

    kind: Kind
    version: str
    skill: Trained


class Answer(NamedTuple):
    """What a skill says: a class, a probability or whether two are the same; how sure it is, and why."""

    value: str | float | bool | None
    confidence: float
    evidence: tuple[str, ...]


def train(
    kind: Kind,
    rows: Iterable[Mapping[str, Any]],
    *,
    label: str,
    text: str = "text",
    ignore: Sequence[str] = (),
    embedder: Embedder | None = None,
) -> Trained:
    """Learn from rows, such as those of a CSV file.

    Args:
        kind: what is learned: "classify" texts, "score" rows, or "pairs" of records.
        rows: columns by name. For pairs, the columns of the two records begin with `first_` and `second_`.
        label: the column with what is known: the class, or yes and no ("1", "true", "yes", "won", "same" or
            "是" is yes).
        text: to classify, the column with the text; for pairs, the one with the name, and any other column is
            further text, `price` an amount.
        ignore: columns that must not be used, such as those filled in after the outcome.
        embedder: compares texts that are classified; TF-IDF unless given.

    Raises:
        TrainingError, ScoreError: a column is missing, or the rows teach nothing, such as those of one class.
    """
    known = list(rows)
    _demand(known, label)
    if kind == "score":
        return LeadScorer.train(known, [_yes(row[label]) for row in known], ignore=[label, *ignore])
    if kind == "pairs":
        pairs = [(_record(row, "first_", ignore), _record(row, "second_", ignore)) for row in known]
        others = {name for pair in pairs for one in pair for name in one} - {text, "price"}
        columns = Columns(text, tuple(sorted(others)), "price")
        return PairMatcher.train(pairs, [_yes(row[label]) for row in known], columns)
    _demand(known, text)
    examples = [(str(row[text] or ""), str(row[label])) for row in known]
    return Classifier.train(examples, embedder=embedder)


def load(saved: str | bytes, *, embedder: Embedder | None = None) -> Saved:
    """Read what `to_json` of any trained skill wrote.

    Raises:
        TrainingError: it is no trained skill, or of a form that this version does not read.
    """
    try:
        form = json.loads(saved)["form"]
        kind = _FORMS[form]
    except (ValueError, KeyError, TypeError) as wrong:
        raise TrainingError(
            "this is no trained skill", where="skill", mend="Give a file that `skills train` wrote."
        ) from wrong
    if kind == "classify":
        return Saved(kind, version(saved), Classifier.from_json(saved, embedder=embedder))
    if kind == "score":
        return Saved(kind, version(saved), LeadScorer.from_json(saved))
    return Saved(kind, version(saved), PairMatcher.from_json(saved))


def version(saved: str | bytes) -> str:
    """The version of a saved skill: the first twelve signs of the SHA-256 of what it knows."""
    plain = json.dumps(json.loads(saved), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:_VERSION]


def ask(skill: Trained, given: Given) -> Answer:
    """What a skill says of a text (classify), a row (score) or two records (pairs), and why.

    Raises:
        TrainingError: the skill is asked for something else than it was trained on.
    """
    if isinstance(skill, Classifier) and isinstance(given, str):
        found = skill.classify(given)
        return Answer(found.label, found.confidence, found.evidence)
    if isinstance(skill, LeadScorer) and isinstance(given, Mapping):
        scored = skill.score(given)
        return Answer(scored.value, scored.confidence, scored.evidence)
    if isinstance(skill, PairMatcher) and isinstance(given, tuple):
        judged = skill.judge(*given)
        return Answer(judged.same, judged.confidence, judged.evidence)
    raise TrainingError(
        f"a {type(skill).__name__} cannot be asked about a {type(given).__name__}",
        where="skill",
        mend="Ask a classifier about a text, a scorer about a row, a matcher about two records.",
    )


def _demand(rows: Sequence[Mapping[str, Any]], column: str) -> None:
    for number, row in enumerate(rows, 1):
        if row.get(column) is None:
            raise TrainingError(f"the column {column!r} is empty", where=f"row {number}", mend="Fill it in.")


def _yes(value: Any) -> bool:
    return str(value).strip().casefold() in _TRUE


def _record(row: Mapping[str, Any], begin: str, ignore: Sequence[str]) -> dict[str, Any]:
    return {
        name.removeprefix(begin): value
        for name, value in row.items()
        if name.startswith(begin) and name not in ignore
    }
