"""Filling a field of a table by a skill: in batches kept one by one, so that it can stop and go on."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mainspring.agents.skills.classify.classifier import Classifier
from mainspring.app.errors import DocumentRefused, NotReadyError
from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.knowledge import documents
from mainspring.services.sheets import system
from mainspring.services.sheets.shapes import FillState

BATCH = 1000
_MOST_EXAMPLES = 2000
_TRIED = 20
_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a filling would take: rows, examples to learn from, seconds as estimated; skills cost no money."""

    rows: int
    examples: int
    seconds: float


def call(house: House, principal: Principal, operation: str, **given: Any) -> Any:
    """An operation on tables, through the gateway."""
    return house.gateway.perform(house.store, Caller(principal), f"tables.{operation}", given)


def _text(cells: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return " ".join(str(cells[name]) for name in names if cells.get(name) is not None)


def _skill(house: House, sheet: str, field: str) -> tuple[Classifier, list[tuple[int, str]], int]:
    """The classifier trained on the rows that have a value a person gave, and the rows that wait."""
    with house.store.read() as tx:
        _, fields = system.need(tx, sheet)
        names = system.filled_field(fields, field).fill_from
        waiting = [(row.row, _text(row.cells, names)) for row in system.pending(tx, sheet, field)]
        examples = [(_text(cells, names), value) for cells, value in system.examples(tx, sheet, field)]
    known = examples[-_MOST_EXAMPLES:]
    if len({label for _, label in known}) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
        raise NotReadyError(
            f"{len(known)} rows have a value of {field}, too few to learn from",
            where=sheet,
            mend="Fill in some rows by hand, at least two of two different values.",
        )
    return Classifier.train(known), waiting, len(known)


def cost(house: House, sheet: str, field: str, timer: Callable[[], float] = time.perf_counter) -> Cost:
    """What filling would take, tried on a few rows; nothing is kept.

    Raises:
        NotReadyError: too few rows have a value to learn from.
    """
    begun = timer()
    skill, waiting, known = _skill(house, sheet, field)
    trained = timer() - begun
    tried = [text for _, text in waiting[:_TRIED]]
    begun = timer()
    skill.classify_all(tried)
    each = (timer() - begun) / max(1, len(tried))
    return Cost(len(waiting), known, trained + each * len(waiting))


def fill(house: House, principal: Principal, sheet: str, field: str) -> Iterator[FillState]:
    """Fill what waits, batch by batch; gives how far it is after each. Stopped from elsewhere it ends there.

    Values surer than the field's `alone_from` are taken, the others wait for a person.

    Raises:
        NotReadyError: too few rows have a value to learn from.
    """
    skill, waiting, _ = _skill(house, sheet, field)
    yield call(house, principal, "steer", sheet=sheet, field=field, status="running")
    for start in range(0, len(waiting), BATCH):
        state: FillState = call(house, principal, "state", sheet=sheet, field=field)
        if state.status == "stopped":
            return
        some = waiting[start : start + BATCH]
        found = skill.classify_all([text for _, text in some])
        guesses = [
            {
                "row": row,
                "value": one.label or "",
                "confidence": round(min(1.0, max(0.0, one.confidence)), 4),
                "why": one.evidence[0] if one.evidence else "",
            }
            for (row, _), one in zip(some, found, strict=True)
        ]
        yield call(house, principal, "record", sheet=sheet, field=field, guesses=guesses)
    yield call(house, principal, "steer", sheet=sheet, field=field, status="done")


def bring_in(house: House, principal: Principal, sheet: str, content: bytes, name: str) -> int:
    """Add the rows of a spreadsheet whose first row names fields of the table: all or none. Gives how many.

    Raises:
        DocumentRefused: there is no table in the file.
        RuleBrokenError: a heading is no field, or a cell is not of its field's type.
    """
    limits = documents.Limits(cells=_CELLS)
    found = [block.rows for block in documents.read(content, name, limits=limits).blocks if block.rows]
    if not found or len(found[0]) < 2:  # noqa: PLR2004 - headings and a row
        raise DocumentRefused(
            "there is no row below headings", where=name, mend="Put headings above the data."
        )
    headings, *lines = found[0]
    rows = [
        {heading: cell for heading, cell in zip(headings, line, strict=True) if heading and cell}
        for line in lines
    ]
    return len(call(house, principal, "put", sheet=sheet, rows=rows).numbers)
