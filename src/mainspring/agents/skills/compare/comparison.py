"""Two versions compared: clauses paired by likeness in their order, what is left over looked for elsewhere.

Equal clauses are paired by their longest common sequence (Hunt and McIlroy 1976); between them, what is alike
is paired by dynamic programming over likeness, as sequences are aligned (Needleman and Wunsch 1970). Of what
is left, a clause that stands elsewhere almost unchanged was moved.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from mainspring.agents.skills.compare.clauses import clauses
from mainspring.agents.skills.compare.model import Cell, Change, Clause, Comparison, Kind
from mainspring.agents.skills.compare.reasons import reasons, sentences
from mainspring.agents.skills.compare.wording import edits, likenesses, words
from mainspring.base.bilingual import Bilingual, both
from mainspring.knowledge.documents import Document

_ALIKE = 0.5
"""Likeness from which two clauses in the same place are versions of one clause."""
_MOVED = 0.8
"""Likeness from which clauses in different places are one clause that was moved; it must be larger, since of
many clauses elsewhere one is somewhat alike by chance."""
_SHORT = 4
"""Words below which a clause elsewhere is told to be the same only when it is equal."""
_NUMBERED = 0.1
_UNREAD = 0.5

Floats = NDArray[np.float64]
_Pair = tuple[int, int]


def compare(old: str | Document, new: str | Document) -> Comparison:
    """What differs between two versions of a text, contract or table.

    Args:
        old: a text, or a document as `mainspring.knowledge.documents.read` gives it.
        new: likewise; the two may be of different kinds.

    Differences in spacing and in the breaking of lines are none. Renumbering alone is told as a change of the
    number. Never fails: two texts without anything in common are all removed and all added.
    """
    before, after = clauses(old), clauses(new)
    pairs = _paired(before, after)
    moved = _moved(before, after, pairs)
    changes = _in_order(before, after, pairs, moved)
    problems = [
        both(
            "not all could be read: {name}: {message}",
            "未能全部读出：{name}：{message}",
            name=document.name,
            message=Bilingual(problem.message),
        )
        for document in (old, new)
        if isinstance(document, Document)
        for problem in document.all_problems()
    ]
    told = (*problems, *sentences(changes))
    return Comparison(changes, len(before), len(after), _UNREAD if problems else 1.0, told)


def _paired(before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, int]:
    """Versions of one clause that kept their order: places in the old to places in the new."""
    found: dict[int, int] = {}
    old_at = new_at = 0
    steps = Indel.opcodes([_plain(one) for one in before], [_plain(one) for one in after])
    equal = [step for step in steps if step.tag == "equal"]
    for step in equal:
        olds, news = range(old_at, step.src_start), range(new_at, step.dest_start)
        found.update(_aligned(before, after, olds, news))
        old_at, new_at = step.src_end, step.dest_end
        same = range(step.src_start, old_at), range(step.dest_start, new_at)
        found.update(zip(*same, strict=True))
    found.update(_aligned(before, after, range(old_at, len(before)), range(new_at, len(after))))
    return found


def _plain(clause: Clause) -> tuple[bool, str]:
    return bool(clause.cells), " ".join(words(clause.text))


def _aligned(before: Sequence[Clause], after: Sequence[Clause], olds: range, news: range) -> list[_Pair]:
    """The pairing of two runs of clauses, in order, whose likeness adds up to the most."""
    if not olds or not news:
        return []
    alike = _alike([before[place] for place in olds], [after[place] for place in news])
    worth = np.where(alike >= _ALIKE, alike, -1.0)
    table = np.zeros((len(olds) + 1, len(news) + 1))
    for row in range(1, len(olds) + 1):
        table[row, 1:] = np.maximum(table[row - 1, 1:], table[row - 1, :-1] + worth[row - 1])
        np.maximum.accumulate(table[row], out=table[row])
    found: list[_Pair] = []
    row, column = len(olds), len(news)
    while row and column:
        if table[row, column] == table[row - 1, column]:
            row -= 1
        elif table[row, column] == table[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            found.append((olds[row], news[column]))
    return found


def _alike(olds: Sequence[Clause], news: Sequence[Clause]) -> Floats:
    """How alike clauses are, (olds, news): the share of words in common, in their order.

    An equal number adds a little. A row of a table is that of its first cell, whatever the others say; a row
    and a clause are never alike.
    """
    alike = likenesses([one.text for one in olds], [one.text for one in news])
    for row, old in enumerate(olds):
        for column, new in enumerate(news):
            if bool(old.cells) != bool(new.cells):
                alike[row, column] = 0.0
            elif old.cells and old.cells[0] and old.cells[0] == new.cells[0]:
                alike[row, column] = 1.0
            elif old.number and old.number == new.number:
                alike[row, column] += _NUMBERED
    return alike


def _moved(before: Sequence[Clause], after: Sequence[Clause], pairs: dict[int, int]) -> dict[int, int]:
    """Clauses that stand elsewhere in the new version: places in the old to places in the new."""
    taken = set(pairs.values())
    olds = [place for place in range(len(before)) if place not in pairs]
    news = [place for place in range(len(after)) if place not in taken]
    if not olds or not news:
        return {}
    alike = _alike([before[place] for place in olds], [after[place] for place in news])
    long = [
        np.array([len(words(version[place].text)) >= _SHORT for place in places])
        for version, places in ((before, olds), (after, news))
    ]
    likely = (alike >= _MOVED) & (np.logical_and.outer(*long) | (alike >= 1.0))
    found: dict[int, int] = {}
    for row, column in sorted(np.argwhere(likely).tolist(), key=lambda at: -alike[at[0], at[1]]):
        if olds[row] not in found and news[column] not in found.values():
            found[olds[row]] = news[column]
    return found


def _in_order(
    before: Sequence[Clause], after: Sequence[Clause], pairs: dict[int, int], moved: dict[int, int]
) -> tuple[Change, ...]:
    """The changes in the order of the new version; what was removed comes where it stood."""
    origin = {new: old for old, new in pairs.items()}
    came = {new: old for old, new in moved.items()}
    found: list[tuple[float, int, Change]] = []
    last = -1.0
    for old, clause in enumerate(before):
        if old in pairs:
            last = float(pairs[old])
        elif old not in moved:
            found.append((last + 0.5, old, _removed(clause)))
    for new, clause in enumerate(after):
        if new in origin:
            change = _versions("changed", before[origin[new]], clause)
            if any(not run.same for run in change.edits) or _renumbered(change):
                found.append((float(new), new, change))
        elif new in came:
            found.append((float(new), new, _versions("moved", before[came[new]], clause)))
        else:
            found.append((float(new), new, Change("added", None, clause, matters=reasons("", clause.text))))
    return tuple(change for _, _, change in sorted(found, key=lambda one: one[:2]))


def _removed(clause: Clause) -> Change:
    return Change("removed", clause, None, matters=reasons(clause.text, ""))


def _versions(kind: Kind, old: Clause, new: Clause) -> Change:
    why = reasons(old.text, new.text)
    return Change(kind, old, new, edits(old.text, new.text), _cells(old, new), why)


def _renumbered(change: Change) -> bool:
    old, new = ("".join(one.number.split()) for one in (change.old, change.new) if one)
    return old != new


def _cells(old: Clause, new: Clause) -> tuple[Cell, ...]:
    """The cells of a row that differ; by their column's name where both versions have it, else by place."""
    if not (old.cells and new.cells):
        return ()
    before, after = _named(old), _named(new)
    return tuple(
        Cell(column, before.get(column, ""), after.get(column, ""))
        for column in dict.fromkeys((*after, *before))
        if words(before.get(column, "")) != words(after.get(column, ""))
    )


def _named(row: Clause) -> dict[str, str]:
    named = len(set(row.columns)) == len(row.columns) >= len(row.cells)
    return {
        (row.columns[place] if named and row.columns[place] else f"column {place + 1}"): cell
        for place, cell in enumerate(row.cells)
    }
