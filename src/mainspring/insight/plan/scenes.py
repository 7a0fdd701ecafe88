"""The scenes of a landscape in the value-difficulty quadrant, and how sure their place is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.plan.landscape import DIFFICULTIES, EASES, VALUES, Landscape, Node

Quadrant = Literal["quick_win", "strategic", "experiment", "avoid"]
MIDDLE = 3.0
"""Of the scale from 1 to 5: at or above it a value or a difficulty is high."""
_LOWEST, _HIGHEST = 1, 5
_DRAWS = 1_000
_SEED = 7


@dataclass(frozen=True, slots=True)
class Scene:
    """A use of AI in its quadrant.

    Attributes:
        row: its place in the landscape's list, from 0.
        value, difficulty: weighted means from 1 to 5.
        quadrant: quick win (high value, low difficulty), strategic (both high), experiment (both low), or
            avoid.
        certainty: the share of draws of other weights (each from half to double) that leave it there.
    """

    row: int
    node: Node
    value: float
    difficulty: float
    quadrant: Quadrant
    certainty: float


def scenes(landscape: Landscape) -> tuple[Scene, ...]:
    """All scenes, the most valuable for their difficulty first.

    Good data lowers the difficulty: it counts as 6 minus its figure.
    """
    rows = [(row, node) for row, node in enumerate(landscape.nodes) if node.is_scene]
    if not rows:
        return ()
    weights = landscape.weights.of()
    nodes = [node for _, node in rows]
    value = _Side(nodes, VALUES, (), {name: float(weights[name]) for name in VALUES})
    hard = (*DIFFICULTIES, *EASES)
    difficulty = _Side(nodes, DIFFICULTIES, EASES, {name: float(weights[name]) for name in hard})
    values, difficulties = value.means(), difficulty.means()
    rng = np.random.default_rng(_SEED)
    same = (value.drawn(rng) >= MIDDLE) == (values >= MIDDLE)
    same &= (difficulty.drawn(rng) >= MIDDLE) == (difficulties >= MIDDLE)
    found = [
        Scene(
            row,
            node,
            round(float(v), 2),
            round(float(d), 2),
            quadrant_of(float(v), float(d)),
            round(float(c), 3),
        )
        for (row, node), v, d, c in zip(rows, values, difficulties, same.mean(axis=0), strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.difficulty - one.value, one.row)))


def quadrant_of(value: float, difficulty: float) -> Quadrant:
    """The quadrant of these means."""
    if value >= MIDDLE:
        return "strategic" if difficulty >= MIDDLE else "quick_win"
    return "avoid" if difficulty >= MIDDLE else "experiment"


class _Side:
    """The figures of one side of all scenes with their weights: rows x figures."""

    def __init__(
        self, nodes: Sequence[Node], plain: Sequence[str], turned: Sequence[str], weights: Mapping[str, float]
    ) -> None:
        columns = [[getattr(node, name) for node in nodes] for name in plain]
        columns += [[_LOWEST + _HIGHEST - getattr(node, name) for node in nodes] for name in turned]
        self._figures = np.array(columns, dtype=float).T
        self._weights = np.array([weights[name] for name in (*plain, *turned)])

    def means(self) -> NDArray[np.float64]:
        means: NDArray[np.float64] = self._figures @ self._weights / self._weights.sum()
        return means

    def drawn(self, rng: np.random.Generator) -> NDArray[np.float64]:
        """Means under other weights: draws x scenes."""
        factors = 2.0 ** rng.uniform(-1, 1, (_DRAWS, len(self._weights)))
        weights = factors * self._weights
        means: NDArray[np.float64] = (weights @ self._figures.T) / weights.sum(axis=1, keepdims=True)
        return means
