"""Finding the words of specifications (colours, materials, left and right, heads and drives) in a text."""

import itertools
import re
from collections.abc import Iterator
from functools import cache

from mainspring.agents.skills.specification_terms import Term, chinese_terms, latin_terms, lone_colours

_TOKEN = re.compile(r"[a-zäöüß]+\d*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_PHRASE = 3
_NOUNS = frozenset({"nut", "washer", "bolt", "screw", "locknut"})


def statements(folded: str, taken: bytearray) -> Iterator[tuple[int, int, Term]]:
    """All terms with their spans, the longest wording first; marks in `taken` what was read."""
    yield from _latin(folded, taken)
    if _CHINESE.search(folded):
        yield from _chinese(folded, taken)


@cache
def _phrases() -> dict[tuple[str, ...], Term]:
    found = {tuple(wording.replace("-", " ").split()): term for wording, term in latin_terms().items()}
    plurals = {(*words[:-1], f"{words[-1]}s"): term for words, term in found.items() if words[-1] in _NOUNS}
    return found | plurals


@cache
def _substrings() -> tuple[dict[str, Term], re.Pattern[str]]:
    found = chinese_terms()
    longest_first = sorted(found, key=len, reverse=True)
    lone = "".join(lone_colours())
    alone = rf"(?<![\u4e00-\u9fff])[{lone}](?![\u4e00-\u9fff])"
    return found, re.compile("左右|" + "|".join(map(re.escape, longest_first)) + "|" + alone)


def _latin(folded: str, taken: bytearray) -> Iterator[tuple[int, int, Term]]:
    phrases = _phrases()
    tokens = [match for match in _TOKEN.finditer(folded) if not taken[match.start()]]
    position = 0
    while position < len(tokens):
        for length in range(_LONGEST_PHRASE, 0, -1):
            part = tokens[position : position + length]
            term = phrases.get(tuple(token[0] for token in part))
            if term and len(part) == length and _adjoining(folded, part):
                start, end = part[0].start(), part[-1].end()
                taken[start:end] = b"\x01" * (end - start)
                yield start, end, term
                position += length - 1
                break
        position += 1


def _adjoining(folded: str, part: list[re.Match[str]]) -> bool:
    between = (folded[one.end() : two.start()] for one, two in itertools.pairwise(part))
    return all(gap in {" ", "-", ""} for gap in between)


def _chinese(folded: str, taken: bytearray) -> Iterator[tuple[int, int, Term]]:
    found, pattern = _substrings()
    for match in pattern.finditer(folded):
        start, end = match.span()
        if match[0] == "左右" or any(taken[start:end]):  # "200个左右" means about 200
            continue
        taken[start:end] = b"\x01" * (end - start)
        yield start, end, found.get(match[0]) or Term("colour", lone_colours()[match[0]])
