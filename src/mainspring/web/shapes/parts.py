"""Parts of answers: keys as text, exact numbers, pages of lists."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

T = TypeVar("T")

KeyText = Annotated[str, Field(pattern=r"^\d{1,19}$")]
"""A key of 64 bits, more than a number in a browser holds."""
Exact = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""An exact decimal number, written as a JSON number."""
When = datetime
ActorKind = Literal["person", "agent", "system", "service"]


class Shape(BaseModel):
    """An answer or a part of one: exactly these fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(Shape, Generic[T]):
    """A page of a list; ask again with `after=<next>` until `next` is null."""

    items: list[T]
    next: str | None


class Titles(Shape):
    """A text in both languages."""

    en: str
    zh: str


class ActorShape(Shape):
    """Who did it: a person, a digital employee (agent), or the system."""

    kind: str
    id: str
    on_behalf_of: str | None


class Fault(Shape):
    """What was wrong, where, and how to mend it."""

    error: str
    message: str
    where: str = ""
    mend: str = ""


Values = dict[str, Any]
"""Values of a case: JSON of any shape."""
