"""How far each kind of evidence can be believed, by its own record: errors seen against errors expected.

Each answer says how sure it is, so that a number of errors is to be expected of all answers of a kind that
are about as sure. Where people found more errors than that, the kind is believed less from then on; where
they found fewer, more. Within a kind the order of answers stays. Kinds come in families: a kind that few
answers are of is believed like its family. Since more is known with every answer, old errors fade.
"""

from bisect import bisect
from dataclasses import dataclass

_ABOUT = (0.5, 0.8, 0.95, 0.99)
"""Where "about as sure" ends; what is less sure than the first is never believed, and has no record."""
_BEFORE = 1.0
"""Errors that were as many as expected before there is a record."""
_LATEST = 30.0
"""Beyond so many expected errors older ones fade."""


@dataclass(slots=True)
class _Errors:
    """Of one kind: those that its answers let expect, and those that people found."""

    expected: float = 0.0
    found: float = 0.0

    def add(self, expected: float, found: float) -> None:
        """Take in another answer."""
        self.expected += expected
        self.found += found
        if self.expected > _LATEST:
            self.found *= _LATEST / self.expected
            self.expected = _LATEST


class Record:
    """The records of all kinds; a kind's name begins with its family, up to a comma."""

    def __init__(self) -> None:
        self._errors: dict[tuple[str, int], _Errors] = {}

    def saw(self, kind: str, said: float, *, right: bool) -> None:
        """A person said whether an answer of this kind, which had been so sure, was right."""
        about = bisect(_ABOUT, said)
        if about:
            for name in {kind, _family(kind)}:
                self._errors.setdefault((name, about), _Errors()).add(1.0 - said, not right)

    def sure(self, kind: str, said: float) -> float:
        """The probability that an answer is right which by itself is so sure."""
        times = self._times(kind, bisect(_ABOUT, said))
        return said if times == 1.0 else max(0.0, 1.0 - (1.0 - said) * times)

    def _times(self, kind: str, about: int) -> float:
        """How many times the expected errors there are; few answers are taken with those of their family."""
        family = _family(kind)
        before = 1.0 if kind == family else self._times(family, about)
        errors = self._errors.get((kind, about))
        if errors is None:
            return before
        return (errors.found + _BEFORE * before) / (errors.expected + _BEFORE)


def _family(kind: str) -> str:
    return kind.partition(",")[0]
