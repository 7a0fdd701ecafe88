"""Names of more than one token, found by their first: "Monthly Salary", "a-b", "date and time"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from mainspring.feel.lexer import SIMPLE_NAME, Token, tokens

_BUILTIN_TYPES = (
    "date and time",
    "days and time duration",
    "years and months duration",
    "day and time duration",
    "year and month duration",
    "day time duration",
    "year month duration",
)
Spelling = tuple[str, ...]


@dataclass(slots=True)
class Vocabulary:
    """Names of more than one token, found by their first.

    Attributes:
        spellings: first token -> the full token sequences that begin so, with the name each stands for.
        base: another whose names are known too, and which stays as it is.
    """

    spellings: dict[str, list[tuple[Spelling, str]]] = field(default_factory=dict)
    base: "Vocabulary | None" = None

    def add(self, name: str) -> tuple[str, Spelling] | None:
        """Learn a name; a plain one needs no entry. The answer is what `remove` takes."""
        if not name or SIMPLE_NAME.fullmatch(name):
            return None
        spelling = tuple(token.text for token in tokens(name)[:-1])
        if not spelling:
            return None
        entries = self.spellings.setdefault(spelling[0], [])
        entries.append((spelling, name))
        return spelling[0], spelling

    def remove(self, entry: tuple[str, Spelling]) -> None:
        """Forget a name that was added."""
        first, spelling = entry
        entries = self.spellings[first]
        entries.pop(max(index for index, (known, _) in enumerate(entries) if known == spelling))

    def longest(self, found: list[Token], at: int) -> tuple[int, str] | None:
        """The longest known name that begins at a token: its number of tokens, and the name."""
        best = self.base.longest(found, at) if self.base else None
        for spelling, name in self.spellings.get(found[at].text, ()):
            size = len(spelling)
            if (best is None or size > best[0]) and all(
                token.text == part for token, part in zip(found[at : at + size], spelling, strict=False)
            ):
                best = size, name
        return best


def vocabulary(names: Iterable[str], base: Vocabulary | None = None) -> Vocabulary:
    """A vocabulary of these names."""
    made = Vocabulary(base=base)
    for name in names:
        made.add(name)
    return made


@cache
def _builtin_types() -> Vocabulary:
    return vocabulary(_BUILTIN_TYPES)


def type_vocabulary(names: Iterable[str] = ()) -> Vocabulary:
    """The types of the language and these."""
    return vocabulary(names, _builtin_types())
