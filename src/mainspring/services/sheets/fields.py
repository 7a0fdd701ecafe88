"""Fields of a table: their types, and what may stand in them."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Name
from mainspring.services.imports import cells
from mainspring.services.operation import Data

Sort = Literal["text", "number", "day", "flag", "choice"]


class SheetField(Data):
    """A field. A choice has its options; `fill_from` names the fields from which a skill classifies it.

    Attributes:
        alone_from: the confidence from which a filled value is taken without review.
    """

    name: Name
    sort: Sort = "text"
    options: tuple[str, ...] = Field(default=(), max_length=200)
    fill_from: tuple[str, ...] = Field(default=(), max_length=20)
    alone_from: float = Field(default=0.8, ge=0, le=1)


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
