"""Answers of operations on many cases."""

from mainspring.web.shapes.parts import KeyText, Shape


class BatchItem(Shape):
    """What became of one item: done, or why not."""

    key: KeyText
    instance: KeyText
    done: bool
    why: str


class BatchAnswer(Shape):
    """One portion of a batch; ask again with `after=<next>` until `next` is null.

    `total` counts the items that fitted the filter when this portion began.
    """

    total: int
    done: int
    refused: int
    items: list[BatchItem]
    next: str | None
