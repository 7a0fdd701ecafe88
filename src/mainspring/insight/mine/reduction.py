"""A net with fewer silent moves that allows the same traces: fusion of places in series (Murata, 1989).

Gateways and flows of a BPMN model become many silent moves, and every one multiplies the markings that a
replay or an alignment has to look at. Most only pass a token on, and their places can be made one.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from mainspring.insight.mine.net import Move, Net


def reduced(net: Net) -> Net:
    """The same behaviour with fewer moves; the flows of its places are no longer known.

    As everywhere in nets of ours a place holds one token at most: where a model brings two to the same flow,
    they are one.
    """
    moves = list(dict.fromkeys(net.moves))
    protected = net.initial | net.final
    found: list[Move] | None = moves
    while found is not None:
        moves = found
        found = _step(moves, protected)
    return Net(tuple(moves), net.initial, net.final, net.places)


def _step(moves: list[Move], protected: int) -> list[Move] | None:
    """The moves after the first fusion that is possible; None where none is."""
    for silent in moves:
        if silent.label or silent.clears or silent.empty or silent.needs & silent.marks:
            continue
        if _alone(silent.needs, protected) and _consumers(moves, silent.needs) == [silent]:
            passed_on = _passed_on(moves, silent)
            if passed_on is not None:
                return passed_on
        if _alone(silent.marks, protected) and _producers(moves, silent.marks) == [silent]:
            waited_for = _waited_for(moves, silent)
            if waited_for is not None:
                return waited_for
    return None


def _alone(places: int, protected: int) -> bool:
    return places.bit_count() == 1 and not places & protected


def _consumers(moves: list[Move], place: int) -> list[Move]:
    return [move for move in moves if move.needs & place]


def _producers(moves: list[Move], place: int) -> list[Move]:
    return [move for move in moves if move.marks & place]


def _passed_on(moves: list[Move], silent: Move) -> list[Move] | None:
    """Whoever marked the place before the silent move marks the ones after it at once."""
    before, after = silent.needs, silent.marks
    if not all(_cleared_alike(move, before | after) for move in moves):
        return None
    if any(move.empty & after and not move.empty & before for move in moves):
        return None
    if any(move.marks & before and move.marks & after for move in moves):
        return None
    return _without(moves, silent, lambda move: _renamed(move, before, marks=after, needs=0))


def _waited_for(moves: list[Move], silent: Move) -> list[Move] | None:
    """Whoever needs the place after the silent move needs the ones before it instead."""
    before, after = silent.needs, silent.marks
    if not all(_cleared_alike(move, before | after) for move in moves):
        return None
    if any(move.empty & before and not move.empty & after for move in moves):
        return None
    wanting = _consumers(moves, after)
    if not wanting or any((move.needs | move.empty) & before for move in wanting):
        return None
    return _without(moves, silent, lambda move: _renamed(move, after, marks=0, needs=before))


def _cleared_alike(move: Move, places: int) -> bool:
    return move.clears & places in {0, places}


def _renamed(move: Move, gone: int, *, marks: int, needs: int) -> Move:
    return replace(
        move,
        needs=move.needs & ~gone | (needs if move.needs & gone else 0),
        marks=move.marks & ~gone | (marks if move.marks & gone else 0),
        clears=move.clears & ~gone,
        empty=move.empty & ~gone,
    )


def _without(moves: list[Move], silent: Move, change: Callable[[Move], Move]) -> list[Move]:
    def left() -> Iterator[Move]:
        for move in moves:
            if move is not silent:
                other = change(move)
                if other.label or other.clears or other.needs != other.marks:
                    yield other

    return list(dict.fromkeys(left()))
