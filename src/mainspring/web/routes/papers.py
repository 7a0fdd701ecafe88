"""The papers that the firm hands out, and the template of their look."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from mainspring.app.papers import sample
from mainspring.app.papers import template as templates
from mainspring.app.papers.drawing import Form, drawn
from mainspring.app.papers.paper import Kind, Language
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.papers import PaperTemplate, TemplatePut

router = APIRouter(prefix="/papers", tags=["papers"])
Reader = Annotated[Visitor, permits("call")]
Keeper = Annotated[Visitor, permits("deploy")]
_FILE: Any = {"schema": {"type": "string", "format": "binary"}}
_FILES: dict[str, Any] = {
    "content": {
        "application/pdf": _FILE,
        "application/xml": _FILE,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _FILE,
    }
}


class NewTemplate(Given):
    """The template's YAML text, or what it says."""

    text: Annotated[str, Field(max_length=templates.MOST)] = ""
    values: templates.Template | None = None


class Tried(Given):
    """A template that is not in force yet, and the paper to see it on."""

    values: templates.Template
    kind: Kind = "invoice"
    language: Language = "both"


@router.get("/template", response_model=PaperTemplate)
def template(visitor: Keeper) -> Answer:
    """The template in force, or the one to start from."""
    with visitor.house.store.read() as tx:
        text = templates.text_of(tx)
    return Answer({"text": text, "values": templates.read(text).model_dump(mode="json")})


@router.put("/template", response_model=TemplatePut)
def put(visitor: Keeper, body: Annotated[NewTemplate, given(NewTemplate)]) -> Answer:
    """Put a template in force; earlier ones stay."""
    text = body.text if body.values is None else templates.written(body.values)
    return Answer({"number": templates.put(visitor.house, text, visitor.principal)})


@router.post("/preview", response_class=Response, responses={200: {"content": {"image/png": _FILE}}})
def preview(visitor: Keeper, body: Annotated[Tried, given(Tried)]) -> Response:
    """A made-up paper in the look of a template that is not in force yet, as a picture."""
    made = sample.drawn(visitor.house, body.values, body.kind, body.language)
    return Response(made, media_type="image/png")


@router.get("/{kind}/{number}", response_class=Response, responses={200: _FILES})
def paper(
    visitor: Reader,
    kind: Kind,
    number: str,
    form: Form = "pdf",
    language: Language | None = None,
) -> Response:
    """A paper, in the customer's language where none is named."""
    made = drawn(visitor.house, visitor.principal, kind, number, form, language)
    headers = {"content-disposition": f'attachment; filename="{kind}.{made.ending}"'}
    return Response(made.content, media_type=made.media_type, headers=headers)
