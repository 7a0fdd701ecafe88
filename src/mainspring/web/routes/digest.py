"""The digest of a day or week, when it comes, and the targets of measures."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from mainspring.app import targets
from mainspring.app.digest import drawing, sending, settings
from mainspring.app.digest.sections import Language
from mainspring.app.digest.settings import Kind
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.digest import DigestShape, TargetsShape

router = APIRouter(tags=["digest"])
Reader = Annotated[Visitor, permits("measure")]
Planner = Annotated[Visitor, permits("plan")]
_PDF: dict[str, Any] = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


class GivenTargets(Given):
    """Targets as YAML."""

    text: str = Field(max_length=targets.MOST)


@router.get("/digest/settings", response_model=settings.Settings)
def kept(visitor: Reader) -> Answer:
    """When the digest comes."""
    with visitor.house.store.read() as tx:
        return Answer(settings.settings_of(tx).model_dump())


@router.put("/digest/settings", response_model=settings.Settings)
def put(visitor: Planner, body: Annotated[settings.Settings, given(settings.Settings)]) -> Answer:
    """Say when the digest comes."""
    return Answer(settings.put(visitor.house, body, visitor.principal).model_dump())


@router.get("/digest/{kind}", response_model=DigestShape)
def digest(visitor: Reader, kind: Kind, day: date | None = None, language: Language = "en") -> Answer:
    """The digest that came (or would come) in the morning of `day`; without a day that of today."""
    made = sending.in_words(visitor.house, kind, day, language)
    return Answer(made._asdict() | {"sections": [one._asdict() for one in made.sections]})


@router.get("/digest/{kind}/pdf", response_class=Response, responses={200: _PDF})
def pdf(visitor: Reader, kind: Kind, day: date | None = None, language: Language = "en") -> Response:
    """The same as PDF."""
    made = sending.in_words(visitor.house, kind, day, language)
    headers = {"content-disposition": f'attachment; filename="{kind}-{made.day}.pdf"'}
    return Response(drawing.pdf(made), media_type="application/pdf", headers=headers)


@router.get("/targets", response_model=TargetsShape)
def standing(visitor: Reader) -> Answer:
    """The targets in force and how each measure stands."""
    return Answer(_targets(visitor))


@router.put("/targets", response_model=TargetsShape)
def put_targets(visitor: Planner, body: Annotated[GivenTargets, given(GivenTargets)]) -> Answer:
    """Put targets in force; earlier ones stay."""
    targets.put(visitor.house, body.text, visitor.principal)
    return Answer(_targets(visitor))


def _targets(visitor: Visitor) -> dict[str, Any]:
    with visitor.house.store.read() as tx:
        number, text = targets.text_of(tx)
    in_force, found = targets.standing(visitor.house)
    items = [one._asdict() for one in found]
    return {"number": number, "text": text, "days": in_force.days, "items": items}
