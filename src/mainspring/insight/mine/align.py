"""Alignments: the fewest deviations with which a model can explain a trace.

Shortest paths over (events explained, marking), after Adriansyah (2014), found by A*. A deviation is an
activity that happened though the model did not allow it, or one that the model asked for and that did not
happen; both cost 1.
"""

import heapq
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from mainspring.insight.errors import MiningError
from mainspring.insight.mine.net import Move
from mainspring.insight.mine.play import END, Play

MOST_STATES = 3_000_000
"""A trace that needs more is given up."""


class Step(NamedTuple):
    """One step: what happened and what the model did; an empty one is a deviation."""

    happened: str
    modelled: str


class Alignment(NamedTuple):
    """The steps, how many of them are deviations, and all `moves` of the model, silent ones too."""

    steps: tuple[Step, ...]
    cost: int
    moves: tuple[Move, ...] = ()


_Key = tuple[int, int, bool]  # events explained, marking, whether the next event is to be done by the model


_Before = tuple[_Key, Step | None, Move | None]
_Reached = tuple[int, _Key, Step | None, Move | None]


class _State(NamedTuple):
    bound: int
    left: int
    tie: int
    cost: int
    key: _Key


class Aligner:
    """Aligns traces with one model; what it learned of the model serves all of them."""

    def __init__(self, play: Play) -> None:
        self._play = play

    def align(self, trace: Sequence[str]) -> Alignment:
        """The best alignment of a trace.

        An event is either left to the log at once, or aimed at: then only moves that matter for it are made
        until the model does it.

        Raises:
            MiningError: the model cannot end, or there are too many states.
        """
        play, size = self._play, len(trace)
        bounds, ties = _Bounds([play.label_bits.get(label, 0) for label in trace]), count(1)
        first: _Key = (0, play.net.initial, False)
        came: dict[_Key, _Before] = {}
        best = {first: 0}
        heap = [_State(bounds.of(0, play.reachable(first[1])), size, 0, 0, first)]
        done: set[_Key] = set()
        while heap:
            state = heapq.heappop(heap)
            if state.key in done:
                continue
            done.add(state.key)
            if len(done) > MOST_STATES:
                raise MiningError(
                    "the trace has too many ways to be explained", where=" > ".join(trace)[:200]
                )
            if state.key[0] == size and state.key[1] == play.net.final:
                return Alignment(*_back(state.key, came, state.cost))
            for price, key, step, move in self._next(state, trace):
                if price < best.get(key, price + 1):
                    best[key], came[key] = price, (state.key, step, move)
                    bound = price + bounds.of(key[0], play.reachable(key[1]))
                    heapq.heappush(heap, _State(bound, size - key[0], next(ties), price, key))
        raise MiningError("the model cannot come to its end")

    def _next(self, state: _State, trace: Sequence[str]) -> Iterator[_Reached]:
        place, marking, aimed = state.key
        aim = trace[place] if place < len(trace) else END
        if place < len(trace) and not aimed:
            yield state.cost + 1, (place + 1, marking, False), Step(aim, ""), None
        for move, after in self._play.toward(marking, aim):
            if not move.label:
                yield state.cost, (place, after, True), None, move
            elif move.label == aim:
                yield state.cost, (place + 1, after, False), Step(aim, aim), move
                yield state.cost + 1, (place, after, True), Step("", aim), move
            else:
                yield state.cost + 1, (place, after, True), Step("", move.label), move


class _Bounds:
    """How many of the events to come the model can no longer do, whatever way it takes."""

    def __init__(self, bits: list[int]) -> None:
        self._bits = bits
        self._known: dict[tuple[int, int], int] = {}

    def of(self, place: int, reachable: int) -> int:
        key = (place, reachable)
        found = self._known.get(key)
        if found is None:
            found = sum(not bit & reachable for bit in self._bits[place:])
            self._known[key] = found
        return found


def _back(key: _Key, came: dict[_Key, _Before], cost: int) -> tuple[tuple[Step, ...], int, tuple[Move, ...]]:
    steps, moves = [], []
    while key in came:
        key, step, move = came[key]
        if step is not None:
            steps.append(step)
        if move is not None:
            moves.append(move)
    return tuple(reversed(steps)), cost, tuple(reversed(moves))
