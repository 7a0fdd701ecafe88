"""Answers to people's operations on tasks and cases."""

from mainspring.web.shapes.parts import KeyText, Shape, When


class Done(Shape):
    """The operation is done; `events` are the types of what happened, in order."""

    key: KeyText
    events: list[str]


class OptionShape(Shape):
    """An operation that is possible, or the reason why it is not."""

    operation: str
    possible: bool
    reason: str
    mend: str


class DestinationShape(Shape):
    """A step that a return may lead to; `forward` and `back` say why not in that mode, null: it may."""

    element: str
    person: str | None
    forward: str | None
    back: str | None


class OptionsShape(Shape):
    """What I may do with a task now, and where a return may lead."""

    task: KeyText
    operations: list[OptionShape]
    destinations: list[DestinationShape]


class SignerShape(Shape):
    """One who signs a user task; `outcome` and `voter` once answered."""

    element: str
    slot: int
    person: str | None
    weight: str
    counts: bool
    added_by: str | None
    task: KeyText | None
    outcome: str | None
    voter: str | None
    answered_at: When | None


class Signers(Shape):
    """Who signs, and has signed, in a case."""

    items: list[SignerShape]


class CopyShape(Shape):
    """A copy of a case for information."""

    instance: KeyText
    process_id: str
    note: str
    sent_at: When
    read_at: When | None


class HandedOverShape(Shape):
    """Cases whose work was handed over, and those that refused it, each with the reason."""

    done: list[KeyText]
    refused: dict[str, str]
