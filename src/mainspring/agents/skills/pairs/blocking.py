"""Which pairs are worth comparing: those that share a rare word or a model number."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mainspring.agents.skills.pairs.features import Columns, Rarity, Record, models, words

_COMMON = 0.05
"""Words that more than this share of the records name bring nobody together."""
_FEWEST = 20
_MOST = 30


def candidates(
    first: Sequence[Record], second: Sequence[Record], columns: Columns, *, most: int = _MOST
) -> Iterator[tuple[int, int]]:
    """Pairs (place in the first, place in the second) that may mean one thing, the likeliest first for each.

    Args:
        first: records that are looked for.
        second: records that they may be.
        columns: which columns say what.
        most: for each record of the first, at most so many of the second.
    """
    names = [str(record.get(columns.name) or "") for record in second]
    rarity = Rarity.of([*names, *(str(record.get(columns.name) or "") for record in first)])
    where: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for word in {*words(name), *models(name)}:
            where[word].append(place)
    bound = max(_FEWEST, _COMMON * len(second))
    for place, record in enumerate(first):
        name = str(record.get(columns.name) or "")
        votes: defaultdict[int, float] = defaultdict(float)
        for word in {*words(name), *models(name)}:
            if len(where.get(word, ())) <= bound:
                for other in where.get(word, ()):
                    votes[other] += rarity(word)
        for other in sorted(votes, key=lambda one: (-votes[one], one))[:most]:
            yield place, other
