"""Verification of a draft: what the skill looks for, and what the duty's own checks say must hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from mainspring import feel
from mainspring.agents.definition import Check, Duty
from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill


def verified(skill: Skill, duty: Duty, work: Assignment, material: Any, draft: Draft) -> Draft:
    """The draft with the doubts of the skill and of the duty's checks."""
    return draft.doubting(
        *skill.verify(work, material, draft), *failing(duty.verify, work.variables, draft.values)
    )


def failing(
    checks: Iterable[Check], variables: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[str, ...]:
    """The doubts of the checks that do not hold; a value of the draft hides a variable of its name.

    A check that gives null, as where a value is missing, does not hold.
    """
    context = {**variables, **values}
    return tuple(check.doubt for check in checks if feel.compile(check.must)(context) is not True)
