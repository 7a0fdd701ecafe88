"""Tasks of people, as lists and pages show them."""

from typing import Any, Literal

from mainspring.web.shapes.parts import KeyText, Shape, Values, When


class BriefTask(Shape):
    """A task in a list; `title` in both languages where its maker gave one, `case` its business key.

    `slot` is the place among several signers, `owner` the one to whom a delegated task comes back.
    """

    key: KeyText
    instance: KeyText
    process_instance: KeyText
    process_id: str
    definition: KeyText
    element: str
    element_key: KeyText
    kind: Literal["task", "review", "approval"]
    job: KeyText | None
    name: str
    assignee: str | None
    candidate_users: list[str]
    candidate_groups: list[str]
    due: When | None
    follow_up: When | None
    priority: int
    form: str | None
    created_at: When
    slot: int | None
    owner: str | None
    reminders: int
    reminded_at: When | None
    case: str | None
    title: dict[str, str] | None


class WholeTask(BriefTask):
    """A task with all it is about: what is asked, and what the digital employee suggests."""

    payload: Values
    draft: Any


class Claimed(Shape):
    """Who has the task now."""

    key: KeyText
    assignee: str


class Completed(Shape):
    """The task is answered."""

    key: KeyText
    completed: bool
