"""What fills a field: skills that learn from the rows people filled, and models that are asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from mainspring.agents.models import Drafter
from mainspring.agents.models.drafter import Asker
from mainspring.agents.models.errors import AnswerInvalid
from mainspring.agents.models.prompt import Similar, Task
from mainspring.agents.skills.classify.classifier import Classifier
from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.extract.picking import Picker
from mainspring.agents.skills.match.catalogue import Catalogue
from mainspring.agents.skills.match.model import Product
from mainspring.agents.skills.score.errors import ScoreError
from mainspring.agents.skills.score.scorer import LeadScorer
from mainspring.app.errors import NotReadyError
from mainspring.base import jsonio
from mainspring.base.bilingual import joined
from mainspring.services.imports import cells as readings
from mainspring.services.sheets.fields import SheetField

Cells = Mapping[str, Any]
Known = Sequence[tuple[Cells, str]]
AGENT = "tables"
"""As whom a model is asked to fill a field, in its accounts."""
_HALF = 0.5
_SHOWN = 3
_SIGNS_A_TOKEN = 3
_TASKS = {
    "write": "Write the text for the field {name} of a row of a table, from the other fields of that row.",
    "translate": "Translate the text of a row of a table for the field {name}.",
    "summarise": "Sum the text of a row of a table up in one or two sentences for the field {name}.",
}


class Finding(NamedTuple):
    """What was found for a row; an empty value where nothing was."""

    value: str
    confidence: float
    why: str


class Finder(Protocol):
    """Finds the values of a field."""

    @property
    def examples(self) -> int:
        """From how many rows it learned."""
        ...

    def find(self, rows: Sequence[Cells]) -> list[Finding]:
        """The value of each row."""
        ...

    def money(self, rows: Sequence[Cells]) -> Decimal:
        """What finding the values of these rows is expected to cost."""
        ...


def text_of(cells: Cells, names: Iterable[str]) -> str:
    """The words of some cells of a row."""
    return " ".join(str(cells[name]) for name in names if cells.get(name) is not None)


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that was taught: a function over rows."""

    examples: int
    ask: Callable[[Sequence[Cells]], list[Finding]]

    def find(self, rows: Sequence[Cells]) -> list[Finding]:
        """The value of each row."""
        return self.ask(rows)

    def money(self, rows: Sequence[Cells]) -> Decimal:  # noqa: ARG002 - part of the port
        """Skills cost no money."""
        return Decimal(0)


@dataclass(frozen=True, slots=True)
class Model:
    """A language model that is asked row by row. Nobody measured how sure it is: it counts as half sure."""

    drafter: Drafter
    profile: str
    field: SheetField
    known: Known
    job: int | None = None

    @property
    def examples(self) -> int:
        """Rows that it is shown as examples."""
        return min(len(self.known), _SHOWN)

    def find(self, rows: Sequence[Cells]) -> list[Finding]:
        """A text for each row; where the answer was none, that is said and the value left empty.

        Raises:
            ModelUnavailable, BudgetSpent: the model is not there; the rest waits.
        """
        return [self._find(row) for row in rows]

    def _find(self, row: Cells) -> Finding:
        try:
            made = self.drafter.draft(self._task(row), self.profile, Asker(AGENT, self.job))
        except AnswerInvalid as error:
            return Finding("", 0.0, str(error))
        return Finding(str(made.values["text"]), _HALF, f"{made.profile}, {made.tokens} tokens")

    def _task(self, row: Cells) -> Task:
        wish = f"\nWhat is wished: {self.field.wish}" if self.field.wish else ""
        instructions = _TASKS[self.field.fill].format(name=self.field.name) + wish
        schema = {
            "type": "object",
            "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 4000}},
            "required": ["text"],
            "additionalProperties": False,
        }
        similar = [
            Similar({}, {"text": value, "row": self._said(cells)}) for cells, value in self.known[-_SHOWN:]
        ]
        return Task(instructions, schema, self._said(row), similar)

    def _said(self, row: Cells) -> dict[str, Any]:
        return {name: row[name] for name in self.field.fill_from if row.get(name) is not None}

    def money(self, rows: Sequence[Cells]) -> Decimal:
        """By the price of the profile, three signs a token, as many tokens out as there is text in."""
        profile = self.drafter.profiles[self.profile]
        texts = [len(jsonio.dumps(self._task(row)._asdict())) // _SIGNS_A_TOKEN for row in rows]
        out = [len(text_of(row, self.field.fill_from)) // _SIGNS_A_TOKEN + 1 for row in rows]
        return profile.cost(sum(texts), sum(out))


def classifier(field: SheetField, known: Known) -> Skill:
    """Classifies by the examples.

    Raises:
        NotReadyError: too few rows have a value.
    """
    pairs = [(text_of(cells, field.fill_from), value) for cells, value in known]
    if len({label for _, label in pairs}) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
        raise too_few(field, len(pairs), "Fill in some rows by hand, at least two of two different values.")
    skill = Classifier.train(pairs)

    def ask(rows: Sequence[Cells]) -> list[Finding]:
        found = skill.classify_all([text_of(row, field.fill_from) for row in rows])
        return [Finding(one.label or "", one.confidence, _first(one.evidence)) for one in found]

    return Skill(len(pairs), ask)


def picker(field: SheetField, known: Known) -> Skill:
    """Picks values out of texts as the examples show.

    Raises:
        NotReadyError: too few rows have a value that stands in their text.
    """
    pairs = [(text_of(cells, field.fill_from), value) for cells, value in known]
    sort = field.sort if field.sort in {"number", "day"} else "text"
    try:
        skill = Picker.train(pairs, sort, _number if sort == "number" else str.casefold)
    except TrainingError as error:
        raise too_few(field, len(pairs), error.mend) from error

    def ask(rows: Sequence[Cells]) -> list[Finding]:
        found = [skill.pick(text_of(row, field.fill_from)) for row in rows]
        return [Finding(one.value, one.confidence, one.why) for one in found]

    return Skill(len(pairs), ask)


def _number(text: str) -> object:
    return readings.number(text)


def matcher(field: SheetField, known: Known, targets: Iterable[tuple[str, Sequence[str]]]) -> Skill:
    """Finds the row of another table that a text means, by the names of its rows and what was confirmed."""
    catalogue = Catalogue(Product(key, tuple(names)) for key, names in targets)
    if not len(catalogue):
        raise NotReadyError(f"{field.table} has no rows", where=field.name, mend="Put rows into it first.")
    for cells, value in known:
        catalogue.learn(text_of(cells, field.fill_from), value)

    def ask(rows: Sequence[Cells]) -> list[Finding]:
        found = [catalogue.match(text_of(row, field.fill_from)) for row in rows]
        return [
            Finding(
                one.sku or (one.alternatives[0].sku if one.alternatives else ""),
                one.confidence,
                one.reason or _first(one.evidence),
            )
            for one in found
        ]

    return Skill(len(known), ask)


def scorer(field: SheetField, known: Known) -> Skill:
    """Gives the chance of a yes in the outcome field, from 0 to 100.

    Args:
        field: what is filled; its `outcome` is foretold.
        known: rows whose outcome is known, with it as text.

    Raises:
        NotReadyError: the outcomes are all the same, or too few.
    """
    rows = [_only(cells, field.fill_from) for cells, _ in known]
    try:
        skill = LeadScorer.train(rows, [value == "True" for _, value in known])
    except ScoreError as error:
        raise too_few(field, len(rows), error.mend) from error

    def ask(asked: Sequence[Cells]) -> list[Finding]:
        found = [skill.score(_only(row, field.fill_from)) for row in asked]
        return [Finding(f"{one.value * 100:.1f}", one.confidence, joined(one.evidence[:2])) for one in found]

    return Skill(len(rows), ask)


def _only(cells: Cells, names: Iterable[str]) -> dict[str, Any]:
    return {name: cells.get(name) for name in names}


def _first(evidence: Sequence[str]) -> str:
    return evidence[0] if evidence else ""


def too_few(field: SheetField, count: int, mend: str) -> NotReadyError:
    """That too few rows are filled to learn from."""
    said = f"{count} rows have a value of {field.outcome or field.name}, too few to learn from"
    return NotReadyError(said, where=field.name, mend=mend)
