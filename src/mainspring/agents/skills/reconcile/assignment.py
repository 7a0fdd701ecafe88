"""Waiting entries against open invoices, all at once: the best assignment and how clear it is.

The linear assignment problem (Kuhn 1955; solved by scipy's shortest augmenting paths). The doubt about one
pair is measured by its regret: how much the best total falls when just this pair is forbidden. Two equal
amounts that may be swapped have no regret at all, so nobody is paid by chance.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mainspring.agents.skills.reconcile.hypotheses import Hypothesis, Reading

_NEVER = -1e6
_LARGEST = 400  # rows of one component up to which every regret is computed; larger ones are left to a person


def assign(readings: Sequence[Reading]) -> list[tuple[Hypothesis | None, float]]:
    """The best single invoice for each reading and its regret in log-odds; None where nothing is best."""
    result: list[tuple[Hypothesis | None, float]] = [(None, 0.0)] * len(readings)
    singles = [
        {h.parts[0].invoice_no: h for h in reversed(r.hypotheses) if len(h.parts) == 1} for r in readings
    ]
    columns = {
        number: place for place, number in enumerate(sorted({n for single in singles for n in single}))
    }
    for rows in _components(singles, columns):
        for row, answer in _solve(rows, readings, singles):
            result[row] = answer
    return result


def _components(singles: list[dict[str, Hypothesis]], columns: dict[str, int]) -> list[list[int]]:
    """Groups of rows that compete for an invoice, directly or through others."""
    pairs = [(row, len(singles) + columns[number]) for row, single in enumerate(singles) for number in single]
    if not pairs:
        return []
    from scipy.sparse import coo_array  # heavy, and a server starts without it
    from scipy.sparse.csgraph import connected_components

    ends = np.array(pairs).T
    size = len(singles) + len(columns)
    graph = coo_array((np.ones(len(pairs)), (ends[0], ends[1])), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, list[int]] = {}
    for row, single in enumerate(singles):
        if single:
            groups.setdefault(int(labels[row]), []).append(row)
    return list(groups.values())


def _solve(
    rows: list[int], readings: Sequence[Reading], singles: list[dict[str, Hypothesis]]
) -> list[tuple[int, tuple[Hypothesis | None, float]]]:
    if len(rows) > _LARGEST:
        return []
    numbers = sorted({number for row in rows for number in singles[row]})
    place = {number: column for column, number in enumerate(numbers)}
    # One more column a row stands for "pays nothing of this".
    gains = np.full((len(rows), len(numbers) + len(rows)), _NEVER)
    for line, row in enumerate(rows):
        gains[line, len(numbers) + line] = readings[row].nothing
        for number, hypothesis in singles[row].items():
            gains[line, place[number]] = hypothesis.score
    chosen, best = _best(gains)
    answers: list[tuple[int, tuple[Hypothesis | None, float]]] = []
    for line, row in enumerate(rows):
        column = int(chosen[line])
        if column >= len(numbers):
            continue
        kept, gains[line, column] = gains[line, column], _NEVER
        _, without = _best(gains)
        gains[line, column] = kept
        answers.append((row, (singles[row][numbers[column]], best - without)))
    return answers


def _best(gains: NDArray[np.float64]) -> tuple[NDArray[np.intp], float]:
    from scipy.optimize import linear_sum_assignment  # heavy, and a server starts without it

    lines, columns = linear_sum_assignment(gains, maximize=True)
    return columns, float(gains[lines, columns].sum())
