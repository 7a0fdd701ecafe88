"""Questions in plain words, answered from what whoever asks may see."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from mainspring.app.asking.answer import Answer as Answered
from mainspring.app.asking.ask import LONGEST, Question, ask
from mainspring.web.access import SELF, Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given

router = APIRouter(prefix="/ask", tags=["ask"])
Key = Annotated[str, Field(max_length=200)]


class Screen(Given):
    """What the page shows on which it is asked; a question may call it "this"."""

    case: Annotated[str, Field(pattern=r"^\d{1,19}$")] | None = None
    task: Annotated[str, Field(pattern=r"^\d{1,19}$")] | None = None
    employee: Key | None = None
    process: Key | None = None


class Asking(Given):
    """A question; without a language it is answered in its own."""

    question: str = Field(max_length=LONGEST)
    screen: Screen = Screen()
    language: Literal["en", "zh"] | None = None


@router.post("", response_model=Answered)
def answer(visitor: Annotated[Visitor, permits(SELF)], body: Annotated[Asking, given(Asking)]) -> Answer:
    """Answer a question, or say why not; it proposes at most, and does nothing."""
    shown = body.screen.model_dump(exclude_none=True)
    question = Question(body.question, shown, body.language)
    found = ask(visitor.house, visitor.principal, question, lambda process: visitor.may("see", process))
    return Answer(found.model_dump(mode="json"))
