"""What skills say of their drafts is made in both languages: no sentence stands in their source in one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mainspring

_HOUSE = Path(mainspring.__file__).parent
_WHERE = ("agents/**/*.py", "packs/*/skills/*.py", "knowledge/documents/*.py")
_FILES = sorted(file for where in _WHERE for file in _HOUSE.glob(where))
_SAID = {
    "Draft": (2, 3),
    "doubting": (0, 1, 2),
    "replace": (),
    "Evidence": (2,),
    "Recognised": (3,),
    "Picked": (2,),
    "PriceSuggestion": (2,),
    "Problem": (1,),
    "Match": (2, 5),
    "Assignment": (3, 5),
    "Hypothesis": (2,),
    "Classification": (2,),
    "_abstain": (0, 2),
    "_nothing": (0,),
}
"""Which arguments of a call hold sentences for people."""
_NAMES = frozenset({"evidence", "doubts", "reason", "why", "notes", "matters"})


def sentences(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments that hold sentences, those in tuples and lists one by one."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in _SAID:
        return
    given = [one for place, one in enumerate(call.args) if place in _SAID[name]]
    given += [one.value for one in call.keywords if one.arg in _NAMES]
    for one in given:
        yield from one.elts if isinstance(one, ast.Tuple | ast.List) else [one]


def in_one_language(source: str) -> list[int]:
    """The lines with a sentence that is written out where it is used, and so in one language only."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        said.lineno
        for call in calls
        for said in sentences(call)
        if isinstance(said, ast.JoinedStr)
        or (isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value)
    ]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: str(file.relative_to(_HOUSE)))
def test_no_skill_says_anything_in_one_language(file: Path) -> None:
    assert in_one_language(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'Draft({}, 0.0, (), ("not clear",))',
        'draft.doubting(f"handed over {n} times")',
        'Evidence(text, place, "a day named")',
        'Match(None, 0.0, (), (), abstained=True, reason="too little")',
    ],
)
def test_a_sentence_in_one_language_is_found(source: str) -> None:
    assert in_one_language(source) == [1]


def test_a_sentence_made_in_both_is_none() -> None:
    assert in_one_language('Draft({}, 0.0, (both("why", "为何"),), (said,))') == []
