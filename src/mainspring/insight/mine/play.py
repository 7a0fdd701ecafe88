"""What a net can do next toward an aim; moves that have nothing to do with the aim are left for later.

Parallel branches make a net's states explode. Which moves matter for an aim is found by stubborn sets
(Valmari, 1991): every way to the aim contains one of them, and that one can as well be done first.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mainspring.insight.mine.net import Move, Net

END = ""
"""The aim to come to the end; other aims are labels."""


class Reached(NamedTuple):
    """A move and the marking after it."""

    move: Move
    marking: int


class Play:
    """Plays one net; everything found out is kept, for the next trace asks the same."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.label_bits = {label: 1 << place for place, label in enumerate(sorted(net.labels))}
        moves = net.moves
        self._producers, self._consumers = [0] * net.places, [0] * net.places
        for number, move in enumerate(moves):
            for place in _places(move.marks):
                self._producers[place] |= 1 << number
            for place in _places(move.needs | move.clears):
                self._consumers[place] |= 1 << number
        self._rivals = [
            _set(number for number, other in enumerate(moves) if _clash(one, other)) for one in moves
        ]
        self._labelled = {
            label: _set(number for number, move in enumerate(moves) if move.label == label)
            for label in net.labels
        }
        self._ending = _set(number for number, move in enumerate(moves) if move.marks & net.final)
        self._toward: dict[tuple[int, str], tuple[Reached, ...]] = {}
        self._labels_after = self._structure()

    def toward(self, marking: int, aim: str) -> tuple[Reached, ...]:
        """The moves that can be done now on the way to an aim: a label, or END."""
        key = (marking, aim)
        found = self._toward.get(key)
        if found is None:
            begin = self._ending if aim == END else self._labelled.get(aim, 0)
            numbers = self._stubborn(marking, begin)
            found = tuple(Reached(self.net.moves[n], fire(marking, self.net.moves[n])) for n in numbers)
            self._toward[key] = found
        return found

    def _stubborn(self, marking: int, begin: int) -> list[int]:
        """Numbers of the moves; sets of moves are whole numbers with one bit each."""
        moves, seen, waiting, enabled = self.net.moves, begin, begin, []
        while waiting:
            bit = waiting & -waiting
            waiting ^= bit
            number = bit.bit_length() - 1
            move = moves[number]
            missing, hindering = move.needs & ~marking, move.empty & marking
            if missing:
                more = _cheapest(self._producers, missing, seen)
            elif hindering:
                more = _cheapest(self._consumers, hindering, seen)
            else:
                enabled.append(number)
                more = self._rivals[number]
            waiting |= more & ~seen
            seen |= more
        return sorted(enabled)

    def reachable(self, marking: int) -> int:
        """A superset of the labels that can still be seen, as bits of `label_bits`."""
        found = 0
        for place in _places(marking):
            found |= self._labels_after[place]
        return found

    def _structure(self) -> list[int]:
        """For each place the labels that some path of moves leads to."""
        found = [0] * self.net.places
        changed = True
        while changed:
            changed = False
            for move in self.net.moves:
                after = self.label_bits.get(move.label, 0)
                for place in _places(move.marks):
                    after |= found[place]
                for place in _places(move.needs):
                    if after & ~found[place]:
                        found[place] |= after
                        changed = True
        return found


def _cheapest(by_place: list[int], places: int, seen: int) -> int:
    """Of several places that each would do, the moves of the one that brings the fewest new ones."""
    if not places & (places - 1):
        return by_place[places.bit_length() - 1]
    return min((by_place[place] for place in _places(places)), key=lambda found: (found & ~seen).bit_count())


def _set(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def fire(marking: int, move: Move) -> int:
    """The marking after a move."""
    return ((marking & ~move.needs) & ~move.clears) | move.marks


def _clash(one: Move, other: Move) -> bool:
    """Whether doing one may hinder the other, or change what the other leaves."""
    return one is not other and bool(
        one.needs & (other.needs | other.clears)
        or one.clears & (other.needs | other.marks)
        or one.empty & other.marks
        or one.marks & (other.empty | other.clears)
    )


def _places(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit
