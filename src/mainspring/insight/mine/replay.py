"""Token replay: fast, and a bound on fitness; after Rozinat and van der Aalst (2008).

Silent moves are made only where an activity needs them. What it needs and lacks is put there and counted as
missing; what lies about at the end counts as remaining.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mainspring.insight.mine.play import END, Play, fire

MOST_STATES = 1_000
"""Silent moves are tried up to so many markings; a way that is not found by then counts as missing."""


class Tokens(NamedTuple):
    """What one trace produced, consumed, missed and left behind."""

    produced: int
    consumed: int
    missing: int
    remaining: int

    @property
    def fits(self) -> bool:
        """Whether nothing was missing and nothing left."""
        return not self.missing and not self.remaining


@dataclass(frozen=True, slots=True)
class Replay:
    """How well cases fit, by token replay: `fitness` in [0, 1] and the share of cases that fit exactly."""

    fitness: float
    fitting: float


class _Way(NamedTuple):
    marking: int
    produced: int
    consumed: int


class Replayer:
    """Replays traces on one model; what was once found of the model is kept."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._ways: dict[tuple[int, str], _Way | None] = {}

    def replay(self, trace: Sequence[str]) -> Tokens:
        """Count the tokens of one trace; labels that the model does not have count as missing ones."""
        play = self._play
        marking, produced, consumed, missing = play.net.initial, 1, 0, 0
        for aim in (*trace, END):
            way = self._way(marking, aim)
            if way is None:
                lacking, way = self._forced(marking, aim)
                missing += lacking
            marking = way.marking
            produced += way.produced
            consumed += way.consumed
        remaining = (marking & ~play.net.final).bit_count()
        return Tokens(produced, consumed + 1, missing, remaining)

    def _way(self, marking: int, aim: str) -> _Way | None:
        """The shortest way through silent moves to the aim; None where there is none."""
        key = (marking, aim)
        if key not in self._ways:
            self._ways[key] = self._search(marking, aim)
        return self._ways[key]

    def _search(self, marking: int, aim: str) -> _Way | None:
        bit = self._play.label_bits.get(aim, 0)
        if aim and not self._play.reachable(marking) & bit:
            return None
        seen, row = {marking}, [_Way(marking, 0, 0)]
        while row and len(seen) <= MOST_STATES:
            after: list[_Way] = []
            for here, produced, consumed in row:
                if aim == END and here == self._play.net.final:
                    return _Way(here, produced, consumed)
                for move, there in self._play.toward(here, aim):
                    way = _Way(there, produced + move.marks.bit_count(), consumed + move.needs.bit_count())
                    if aim and move.label == aim:
                        return way
                    if (
                        not move.label
                        and there not in seen
                        and (not aim or self._play.reachable(there) & bit)
                    ):
                        seen.add(there)
                        after.append(way)
            row = after
        return None

    def _forced(self, marking: int, aim: str) -> tuple[int, _Way]:
        """The activity is done although it may not; what it lacks is said first."""
        moves = [move for move in self._play.net.moves if aim and move.label == aim]
        if not moves:
            lacking = _Way(marking | (self._play.net.final if aim == END else 0), 0, 0)
            return 1, lacking
        move = min(moves, key=lambda one: (one.needs & ~marking).bit_count())
        lacks = (move.needs & ~marking).bit_count()
        return lacks, _Way(fire(marking | move.needs, move), move.marks.bit_count(), move.needs.bit_count())


def replayed(play: Play, variants: Mapping[tuple[str, ...], int]) -> Replay:
    """Replay the variants of a log with how many cases took each."""
    replayer = Replayer(play)
    cases = fitting = 0
    produced = consumed = missing = remaining = 0
    for trace, number in variants.items():
        tokens = replayer.replay(trace)
        cases += number
        fitting += number * tokens.fits
        produced += number * tokens.produced
        consumed += number * tokens.consumed
        missing += number * tokens.missing
        remaining += number * tokens.remaining
    fitness = (1 - missing / consumed) / 2 + (1 - remaining / produced) / 2
    return Replay(fitness, fitting / cases)
