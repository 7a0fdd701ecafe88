"""Skills that people use as tools: compare two versions, write a letter from a template, read a bill.

They read what they are given and keep nothing.
"""

from typing import Annotated, Any

from fastapi import APIRouter, UploadFile
from pydantic import Field

from mainspring.agents.skills.compare import compare as compared
from mainspring.agents.skills.draft import LANGUAGES, Language, fill, read_template
from mainspring.agents.skills.extract.bills import read_bill
from mainspring.app import skill_answers
from mainspring.knowledge.documents import Document, read
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.skills import BillShape, ComparisonShape, LettersShape

router = APIRouter(prefix="/skills", tags=["skills"])
Reader = Annotated[Visitor, permits("call")]
_MOST_TEMPLATE = 200_000


class Wanted(Given):
    """The template's YAML text, the values that go into it, and the languages; both by default."""

    template: Annotated[str, Field(max_length=_MOST_TEMPLATE)]
    values: Annotated[dict[str, Any], Field(default_factory=dict)]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = LANGUAGES


@router.post("/compare", response_model=ComparisonShape)
def compare(_: Reader, old: UploadFile, new: UploadFile) -> Answer:
    """Compare two versions of a text, contract or table, as the form fields `old` and `new`."""
    return Answer(skill_answers.comparison(compared(_document(old), _document(new))))


@router.post("/draft", response_model=LettersShape)
def draft(_: Reader, body: Annotated[Wanted, given(Wanted)]) -> Answer:
    """Write a letter from a template in one language or in both."""
    template = read_template(body.template, "template")
    return Answer(
        {one: skill_answers.letter(fill(template, one, body.values)) for one in sorted(set(body.languages))}
    )


@router.post("/bills", response_model=BillShape)
def bill(_: Reader, document: UploadFile) -> Answer:
    """Read an invoice or receipt, as the form field `document`: each value with its confidence."""
    return Answer(skill_answers.bill(read_bill(_document(document))))


def _document(file: UploadFile) -> Document:
    return read(file.file.read(), file.filename or "document")
