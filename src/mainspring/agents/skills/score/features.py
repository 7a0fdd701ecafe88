"""Turns rows into named facts: bands of numbers, values of categories, words of texts.

Every fact is true or false of a row and can be told to a person ("visits 4 to 7", "source is fair"), so that
a score is the sum of things one can read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import numpy as np

from mainspring.base.bilingual import Bilingual, both

Row = Mapping[str, Any]
Kind = Literal["number", "category", "text", "unused"]

MISSING = "(missing)"
_BANDS = 10
_MOST_VALUES = 40  # categories beyond these are "(rare)"
_RARE = "(rare)"
_WORD = re.compile(r"[^\W\d_]{3,}")
_SIGN = re.compile(r"[\u3400-\u9fff]+")
_WORDED = tuple(
    (re.compile(form, re.DOTALL), en, zh)
    for form, en, zh in (
        (r"(?P<of>.*) is \(missing\)", "{of} is missing", "{of} 缺失"),
        (r"(?P<of>.*) is \(rare\)", "{of} is a rare one", "{of} 为少见值"),
        (r"(?P<of>.*) is given", "{of} is given", "{of} 已给出"),
        (
            r"(?P<of>.*) from (?P<low>\S+) to under (?P<to>\S+)",
            "{of} from {low} to under {to}",
            "{of} 从 {low} 到不足 {to}",
        ),
        (r"(?P<of>.*) under (?P<to>\S+)", "{of} under {to}", "{of} 低于 {to}"),
        (r"(?P<of>.*) from (?P<low>\S+)", "{of} from {low}", "{of} 不低于 {low}"),
        (r'(?P<of>.*?) says "(?P<word>.*)"', '{of} says "{word}"', "{of} 提到“{word}”"),
        (r"(?P<of>.*?) is (?P<value>.*)", "{of} is {value}", "{of} 为 {value}"),
    )
)
"""How the names of facts are read in either language; the first form that fits."""
_NOTHING = frozenset({"", "select", "n/a", "none", "null", "-"})


class Column(NamedTuple):
    """How one column of the rows is read.

    Attributes:
        name: of the column.
        kind: numbers fall into bands, categories have values, texts have words; unused ones say nothing.
        edges: for numbers, the borders of the bands, ascending.
        values: for categories and texts, the values or words that are facts of their own.
    """

    name: str
    kind: Kind
    edges: tuple[float, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """All columns of the rows a scorer knows."""

    columns: tuple[Column, ...]

    def facts(self, row: Row) -> tuple[str, ...]:
        """The facts that are true of a row, in the order of the columns."""
        return tuple(fact for column in self.columns for fact in facts(column, row.get(column.name)))


def learn_layout(rows: Sequence[Row], ignore: Iterable[str] = ()) -> Layout:
    """Find out from the rows how each column is to be read; columns in `ignore` are left out."""
    left_out = set(ignore)
    names = dict.fromkeys(name for row in rows for name in row)
    return Layout(
        tuple(_column(name, [row.get(name) for row in rows]) for name in names if name not in left_out)
    )


def _column(name: str, cells: list[Any]) -> Column:
    told = [cell for cell in cells if not is_missing(cell)]
    figures = [figure for cell in told if (figure := number(cell)) is not None]
    if told and len(figures) == len(told) and len(set(figures)) > 2:  # noqa: PLR2004 - two figures are a yes and a no
        return Column(name, "number", edges=_edges(figures))
    counts = Counter(plain(cell) for cell in told)
    if len(counts) > _MOST_VALUES and len(counts) > len(told) / 4:
        words = Counter(word for cell in told for word in set(words_of(str(cell))))
        least = max(3, len(cells) // 100)
        common = tuple(sorted(word for word, count in words.items() if count >= least))
        return Column(name, "text" if common else "unused", values=common)
    least = max(2, len(cells) // 500)
    usual = [value for value, count in counts.most_common(_MOST_VALUES) if count >= least]
    return Column(name, "category", values=tuple(sorted(usual)))


def _edges(figures: list[float]) -> tuple[float, ...]:
    cuts = np.quantile(figures, np.linspace(0, 1, _BANDS + 1)[1:-1])
    lowest = min(figures)
    return tuple(sorted({float(cut) for cut in cuts if cut > lowest}))


def facts(column: Column, cell: Any) -> tuple[str, ...]:
    """What a cell says, as names of facts."""
    if column.kind == "unused":
        return ()
    if is_missing(cell):
        return () if column.kind == "text" else (f"{column.name} is {MISSING}",)
    if column.kind == "number":
        figure = number(cell)
        return (f"{column.name} is {MISSING}",) if figure is None else (band(column, figure),)
    if column.kind == "text":
        said = set(words_of(str(cell)))
        return tuple(f'{column.name} says "{word}"' for word in column.values if word in said)
    value = plain(cell)
    return (f"{column.name} is {value if value in column.values else _RARE}",)


def band(column: Column, figure: float) -> str:
    """The band a figure falls into, in words."""
    below = [edge for edge in column.edges if edge <= figure]
    above = [edge for edge in column.edges if edge > figure]
    if not below:
        return f"{column.name} under {above[0]:g}" if above else f"{column.name} is given"
    return f"{column.name} from {below[-1]:g}" + (f" to under {above[0]:g}" if above else "")


def in_words(fact: str) -> Bilingual:
    """A fact by its name, as people read it."""
    for form, en, zh in _WORDED:
        if said := form.fullmatch(fact):
            return both(en, zh, **said.groupdict())
    return both("{fact}", "{fact}", fact=fact)


def is_missing(cell: Any) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in _NOTHING)


def number(cell: Any) -> float | None:
    """A cell as a figure, or None."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        return float(cell)
    try:
        return float(str(cell).strip().replace(" ", ""))
    except ValueError:
        return None


def plain(cell: Any) -> str:
    """A value of a category, in one spelling."""
    return " ".join(str(cell).casefold().split())


def words_of(text: str) -> list[str]:
    """Words of a text; of Chinese, all pairs of neighbouring signs."""
    folded = text.casefold()
    pairs = [run[place : place + 2] for run in _SIGN.findall(folded) for place in range(len(run) - 1)]
    return [word for word in _WORD.findall(folded) if not _SIGN.search(word)] + pairs
