"""A skill: how one activity is done, as four plain functions around a draft.

The pipeline runs them in order: retrieve reads through the gateway, generate is pure, verify looks for
doubts, execute acts through the gateway and returns what is written back to the process.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from mainspring.agents.draft import Draft
from mainspring.base.bilingual import both


class Call(Protocol):
    """Calls one gateway operation as whoever is responsible for this step, and returns its output."""

    def __call__(self, operation: str, /, **arguments: Any) -> Any:
        """Call `operation` with these arguments."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The work at hand: variables of the case, the call to make, the moment (UTC)."""

    variables: dict[str, Any]
    call: Call
    now: datetime
    element: str


class Teaches(NamedTuple):
    """What of a skill's corrections may become a rule.

    Attributes:
        beside: the field, of the draft or of a line, that a rule looks at.
        fields: those that a rule may set.
    """

    beside: str
    fields: frozenset[str]


def no_material(_: Assignment) -> Any:
    """An activity that needs nothing but the variables of its case."""
    return None


def nothing_to_decide(work: Assignment, _: Any) -> Draft:
    """An activity without a choice: its draft is its variables."""
    return Draft(work.variables)


def no_doubts(_: Assignment, __: Any, ___: Draft) -> tuple[str, ...]:
    """An activity whose draft needs no second look."""
    return ()


@dataclass(frozen=True, slots=True)
class Skill:
    """How an activity is done.

    Args:
        execute: acts and returns the variables to write back.
        retrieve: reads what is needed.
        generate: makes the draft from what was read; deterministic, so a repeated run drafts the same.
        verify: names the doubts about a draft.
        learn: called with the draft and what a person made of it.
        teaches: what repeated corrections may become rules about; None where they may not.
    """

    execute: Callable[[Assignment, Draft], dict[str, Any]]
    retrieve: Callable[[Assignment], Any] = no_material
    generate: Callable[[Assignment, Any], Draft] = nothing_to_decide
    verify: Callable[[Assignment, Any, Draft], tuple[str, ...]] = no_doubts
    learn: Callable[[Assignment, Draft, dict[str, Any]], None] | None = None
    teaches: Teaches | None = None


_BY_PROGRAM = both("drafted by the program, as no model did", "没有模型起草，由程序起草")


def first_draft(skill: Skill, given: Draft | None, work: Assignment, material: Any) -> Draft:
    """The draft that a model gave, else the skill's own.

    Where a model was asked and gave nothing, the skill drafts in its place, if it can; why no model did stays
    a doubt, so that a person looks at it.
    """
    if given is None:
        return skill.generate(work, material)
    if given.values or not given.doubts or skill.generate is nothing_to_decide:
        return given
    own = skill.generate(work, material)
    said = (_BY_PROGRAM, *own.evidence)
    return replace(own, evidence=said, doubts=(*given.doubts, *own.doubts))
