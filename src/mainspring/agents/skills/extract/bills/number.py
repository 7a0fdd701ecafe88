"""The number of a bill: what stands beside or below its label and looks like a number."""

import re
from collections.abc import Iterator, Sequence

from mainspring.agents.skills.extract.bills.labels import NUMBERS, find
from mainspring.agents.skills.extract.bills.rows import Row, after
from mainspring.agents.skills.extract.understanding import Evidence, Field
from mainspring.base.bilingual import both

_NUMBER = re.compile(r"^[\s:：.#№°º=-]*(?P<number>(?=[^\s,;]*\d)[\w#][\w#/\\.-]*)")
_DAY = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}-\d{2}-\d{2}$|^\d+[.,]\d{2}$")
_SURE = {"bill": 0.95, "head": 0.85, "weak": 0.6}
_SHORTEST = 3
_WITHIN = {"/", "-", "_"}
"""What follows a label that is itself part of a number: "INV/2026/0008"."""


def number(found: Sequence[Row]) -> Field[str]:
    """The bill's number as printed; surer where it stands there twice, less sure where numbers differ."""
    said = [(kind, value, row) for kind, value, row in _numbers(found) if kind in _SURE]
    if not said:
        return Field(None)
    kind, value, row = max(said, key=lambda one: (_SURE[one[0]], len(one[1]) >= _SHORTEST))
    rivals = {other for other_kind, other, _ in said if other_kind == kind} - {value}
    sure = _SURE[kind] if not rivals else _SURE[kind] - 0.15
    if len(value) < _SHORTEST:
        sure = min(sure, 0.5)
    return Field(
        value,
        sure,
        (Evidence(" ".join(row.cells).strip(), row.place, both("labelled as its number", "标明为其编号")),),
    )


def _numbers(found: Sequence[Row]) -> Iterator[tuple[str, str, Row]]:
    for index, row in enumerate(found):
        for cell, text in enumerate(row.folded):
            for label in find(text, NUMBERS):
                if text[label.end : label.end + 1] in _WITHIN:
                    continue
                for said, where in after(found, index, cell, label.end):
                    match = _NUMBER.match(said)
                    if match and not _DAY.match(match["number"]):
                        yield label.kind, match["number"].rstrip(".-/"), where
                        break
