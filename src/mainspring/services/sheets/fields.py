"""Fields of a table: their types, how they are filled, and what may stand in them."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Name
from mainspring.services.imports import cells
from mainspring.services.operation import Data

Sort = Literal["text", "number", "day", "flag", "choice", "link"]
Fill = Literal["classify", "extract", "match", "score", "write", "translate", "summarise"]
MODEL_FILLS: frozenset[Fill] = frozenset({"write", "translate", "summarise"})
_SORTS: Mapping[Fill, tuple[Sort, ...]] = {
    "classify": ("choice", "text", "flag"),
    "extract": ("text", "number", "day"),
    "match": ("link",),
    "score": ("number",),
    "write": ("text",),
    "translate": ("text",),
    "summarise": ("text",),
}


class SheetField(Data):
    """A field of a table.

    Attributes:
        title: what people read; the name where it is empty. "English · 中文" is read in one's language.
        options: what a choice may be; empty: anything.
        table: the table (or one of the firm's books) whose rows a link names by their keys.
        fill_from: the fields from which it is filled; empty: people fill it.
        fill: how it is filled. Classify, extract, match and score are skills that learn from the rows people
            filled; write, translate and summarise ask a model.
        outcome: of a score, the field with yes or no whose yes is foretold.
        wish: of a model's field, what is wanted: the tone, the language to translate into.
        alone_from: the confidence from which a filled value is taken without review.
    """

    name: Name
    title: str = Field(default="", max_length=300)
    sort: Sort = "text"
    options: tuple[str, ...] = Field(default=(), max_length=200)
    table: str = Field(default="", max_length=100)
    fill_from: tuple[str, ...] = Field(default=(), max_length=20)
    fill: Fill = "classify"
    outcome: str = Field(default="", max_length=300)
    wish: str = Field(default="", max_length=2000)
    alone_from: float = Field(default=0.8, ge=0, le=1)

    @property
    def asks_model(self) -> bool:
        """Whether a model fills it."""
        return self.fill in MODEL_FILLS


def check_definition(fields: Mapping[str, SheetField]) -> None:
    """Return when the fields of a table fit together.

    Raises:
        RuleBrokenError: a field is filled from what there is not, or in a way that its type does not bear.
    """
    for one in fields.values():
        if one.sort == "link" and not one.table:
            raise RuleBrokenError(f"{one.name} is a link to no table", mend="Name the table.")
        if not one.fill_from:
            continue
        if set(one.fill_from) - fields.keys() or one.name in one.fill_from:
            raise RuleBrokenError(f"{one.name} is filled from fields that there are not", mend="Name others.")
        if one.sort not in _SORTS[one.fill]:
            raise RuleBrokenError(
                f"{one.name} is a {one.sort}, which is not filled by {one.fill}",
                mend=f"Make it a {' or '.join(_SORTS[one.fill])}, or fill it in another way.",
            )
        if one.fill == "score" and (one.outcome not in fields or fields[one.outcome].sort != "flag"):
            raise RuleBrokenError(
                f"{one.name} does not say which yes it foretells",
                mend="Name a field of yes and no as outcome.",
            )


def value(field: SheetField, given: Any) -> Any:
    """What is kept of a given cell: text, an exact number, a day as text, or yes and no; None when empty.

    Raises:
        RuleBrokenError: it is not of the field's type.
    """
    text = "" if given is None else str(given).strip()
    if not text:
        return None
    kept = _read(field, text)
    if kept is None:
        what = f"one of {', '.join(field.options)}" if field.sort == "choice" else f"a {field.sort}"
        raise RuleBrokenError(f"{text[:60]!r} is not {what}", where=field.name, mend="Correct the cell.")
    return kept


def _read(field: SheetField, text: str) -> Any:
    match field.sort:
        case "number":
            return cells.number(text)
        case "day":
            day = cells.day(text, cells.order_of([text])[0])
            return None if day is None else day.date().isoformat()
        case "flag":
            return cells.flag(text)
        case "choice":
            return text if not field.options or text in field.options else None
        case _:
            return text


def checked(fields: Mapping[str, SheetField], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with every cell of its type; empty cells are left out.

    Raises:
        RuleBrokenError: a cell names no field, or is not of its type.
    """
    unknown = sorted(set(row) - set(fields))
    if unknown:
        raise RuleBrokenError(f"there is no field {', '.join(unknown)}", mend="Name fields of the table.")
    kept = {name: value(fields[name], given) for name, given in row.items()}
    return {name: one for name, one in kept.items() if one is not None}
