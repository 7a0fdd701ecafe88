"""What the columns of a spreadsheet are: by their headings, by what stands in them, and all of them at once.

Each column is scored for each role: likeness of the heading to the role's words, times how far the values
look like it. The best assignment as a whole is taken (Kuhn-Munkres), so that two columns never get one role.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from mainspring.services.imports import cells
from mainspring.services.imports.cells import plain
from mainspring.services.imports.fields import IGNORED, KINDS, Kind, Role, Sort
from mainspring.services.imports.sheet import Sheet

_SAMPLES = 60  # values of a column that are looked at
_SHOWN = 3
_ENOUGH = 0.55  # below this a column stays without a role
_CONTAINED = 0.86  # a heading that holds a known word beside others
_LIKE = 0.84  # likeness below which two Latin headings have nothing in common
_UNLIKE = 0.15  # what is left of the score when the values contradict
_LONGEST_TERM, _LONGEST_COUNTRY, _LONGEST_CODE, _SHORTEST_ACCOUNT = 720, 60, 40, 6
_HAN = re.compile(r"[\u3400-\u9fff]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"[+\d][\d\s()/-]{5,19}$")
_COMPANY = re.compile(
    r"公司|厂|商行|经营部|集团|店$|\b(ltd|inc|gmbh|llc|co|corp|ag|sarl|bv|plc|s\.?a)\b", re.IGNORECASE
)


class Guess(NamedTuple):
    """What a column is taken for.

    Attributes:
        heading: as it stands in the file.
        role: the field, or empty.
        confidence: from 0 to 1; a choice that was made once is 1.
        samples: values from the column.
        other: the next best role, empty when there is none near.
    """

    heading: str
    role: str
    confidence: float
    samples: tuple[str, ...]
    other: str = ""


def fold(heading: str) -> str:
    """A heading as it is compared: no case, punctuation and signs; brackets' content kept apart by spaces."""
    said = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain(heading)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", said.replace("%", " ")).split())


@cache
def _likeness(heading: str, words: tuple[str, ...]) -> float:
    """How much a folded heading is one of the words: 1 the same, less where it only holds one."""
    best = 0.0
    parts = _parts(heading)
    for word in words:
        other = fold(word)
        for part in parts:
            if part == other:
                return 1.0
            best = max(best, _near(part, other))
    return best


def _parts(heading: str) -> list[str]:
    """The heading, and its Chinese and Latin parts where it has both."""
    han = "".join(_HAN.findall(heading))
    latin = " ".join(_HAN.sub(" ", heading).split())
    found = [heading] if not (han and latin) else [han, latin]
    return [*found, heading.replace(" ", "")] if han else found


def _near(part: str, word: str) -> float:
    if _HAN.search(part) and _HAN.search(word):
        if word in part and len(word) > 1:
            return _CONTAINED * (0.6 + 0.4 * len(word) / len(part))
        return 0.9 * fuzz.ratio(part, word) / 100 if len(part) > 2 else 0.0  # noqa: PLR2004 - one sign is half of it
    if _HAN.search(part) or _HAN.search(word):
        return 0.0
    ours, theirs = set(part.split()), set(word.split())
    if theirs and theirs < ours:
        return _CONTAINED * (0.6 + 0.4 * len(theirs) / len(ours))
    like = fuzz.token_sort_ratio(part, word) / 100
    return like * 0.95 if like >= _LIKE else 0.0


def known(text: str) -> float:
    """How much a text is like a heading of any kind of rows."""
    scores = [like(text, role.words) for kind in KINDS.values() for role in kind.roles]
    return max((*scores, 0.8 * like(text, IGNORED)))


def like(text: str, words: tuple[str, ...]) -> float:
    """How much a text is like one of these headings; a sentence is like none."""
    heading = fold(text)
    return _likeness(heading, words) if heading and len(heading) <= _LONGEST_CODE else 0.0


class _Values:
    """What stands in a column, as shares of its samples that look like each sort."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [text for text in texts if text.strip()][:_SAMPLES]

    def share(self, sort: Sort) -> float:
        """Part of the values that could be of this sort; 1 for an empty column."""
        if not self.texts:
            return 1.0
        return sum(1 for text in self.texts if _LOOKS[sort](plain(text))) / len(self.texts)


def _is_day(text: str) -> bool:
    return cells.day(text) is not None or cells.day(text, "mdy") is not None


def _is_number(text: str) -> bool:
    return cells.number(text) is not None and not _is_day(text)


def _is_rate(text: str) -> bool:
    rate = cells.share(text)
    return rate is not None and abs(rate) <= 1


def _is_term(text: str) -> bool:
    days = cells.days(text)
    return days is not None and days <= _LONGEST_TERM and not _is_day(text)


_LOOKS: Mapping[Sort, Callable[[str], bool]] = {
    "day": _is_day,
    "number": _is_number,
    "money": _is_number,
    "rate": _is_rate,
    "days": _is_term,
    "flag": lambda text: cells.flag(text) is not None,
    "currency": lambda text: cells.currency(text) is not None,
    "country": lambda text: not any(sign.isdigit() for sign in text) and len(text) <= _LONGEST_COUNTRY,
    "email": lambda text: bool(_EMAIL.match(text)),
    "phone": lambda text: bool(_PHONE.match(text)),
    "account": lambda text: sum(sign.isdigit() for sign in text) >= _SHORTEST_ACCOUNT,
    "code": lambda text: len(text) <= _LONGEST_CODE,
    "name": lambda text: cells.number(text) is None and not _is_day(text),
    "text": lambda text: not _is_day(text),
}


def columns(sheet: Sheet, kind: Kind, chosen: Mapping[str, str] | None = None) -> list[Guess]:
    """The role of each column.

    Args:
        sheet: the table.
        kind: what its rows are.
        chosen: roles that a person gave to headings (folded) before; empty for "no use".
    """
    values = [_Values([row.cells[place] if place < len(row.cells) else "" for row in sheet.rows])
              for place in range(len(sheet.headings))]  # fmt: skip
    scores = [
        [_score(heading, role, one) for role in kind.roles]
        for heading, one in zip(sheet.headings, values, strict=True)
    ]
    fixed = {
        place: chosen[fold(heading)]
        for place, heading in enumerate(sheet.headings)
        if chosen and fold(heading) in chosen
    }
    taken = set(fixed.values())
    for place, row in enumerate(scores):
        for number, role in enumerate(kind.roles):
            if place in fixed or role.name in taken:
                row[number] = 0.0
    best = _assigned(scores)
    found = []
    for place, heading in enumerate(sheet.headings):
        samples = tuple(dict.fromkeys(values[place].texts))[:_SHOWN]
        if place in fixed:
            found.append(Guess(heading, fixed[place], 1.0, samples))
            continue
        found.append(_guess(heading, samples, kind, scores[place], best.get(place)))
    return found


def _guess(
    heading: str, samples: tuple[str, ...], kind: Kind, row: Sequence[float], number: int | None
) -> Guess:
    ranked = sorted(range(len(row)), key=lambda one: -row[one])
    if number is None or row[number] < _ENOUGH:
        near = ranked[0] if ranked and row[ranked[0]] > 0 else None
        doubt = row[near] if near is not None else 0.0
        return Guess(
            heading, "", round(1 - doubt, 2), samples, kind.roles[near].name if near is not None else ""
        )
    rival = next((one for one in ranked if one != number and row[one] > 0), None)
    margin = row[number] - (row[rival] if rival is not None else 0.0)
    confidence = max(0.5, min(0.99, row[number] * (0.75 + 0.25 * min(1.0, max(0.0, margin) * 2))))
    other = kind.roles[rival].name if rival is not None else ""
    return Guess(heading, kind.roles[number].name, round(confidence, 2), samples, other)


def _score(heading: str, role: Role, values: _Values) -> float:
    folded = fold(heading)
    named = _likeness(folded, role.words)
    named -= 0.4 * max(0.0, _likeness(folded, IGNORED) - named)
    share = values.share(role.sort)
    if named < _ENOUGH:
        strong = role.sort == "email" and values.texts and share > 0.8  # noqa: PLR2004 - nothing else looks like it
        return 0.7 if strong else 0.0
    score = named * (_UNLIKE + (1 - _UNLIKE) * share)
    if role.sort == "name" and values.texts:
        companies = sum(1 for text in values.texts if _COMPANY.search(text)) / len(values.texts)
        score += 0.05 * companies
    if role.sort == "code" and values.texts:
        short = sum(1 for text in values.texts if any(sign.isdigit() for sign in text) and " " not in text)
        score += 0.05 * short / len(values.texts) - 0.05
    return score


def _assigned(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Column to role, the sum of scores greatest."""
    if not scores or not scores[0]:
        return {}
    from scipy.optimize import linear_sum_assignment  # takes a third of a second to import

    rows, places = linear_sum_assignment([[-score for score in row] for row in scores])
    return {int(row): int(place) for row, place in zip(rows, places, strict=True)}


def kind_of(sheet: Sheet, title: str) -> list[tuple[Kind, float]]:
    """Kinds with how well they explain the sheet, the best first.

    Args:
        sheet: the table.
        title: the file's name, its sheet's, and what stands above the headings.
    """
    said = fold(title)
    ranked = []
    for kind in KINDS.values():
        guesses = columns(sheet, kind)
        by_role = {one.role: one.confidence for one in guesses if one.role}
        needed = sum(max((by_role.get(name, 0.0) for name in names), default=0.0) for names in kind.needed)
        explained = sum(by_role.values()) / max(1, len(sheet.headings))
        named = 0.35 if any(fold(word) in said for word in kind.words) else 0.0
        ranked.append((kind, needed / len(kind.needed) + explained + named))
    return sorted(ranked, key=lambda one: -one[1])
