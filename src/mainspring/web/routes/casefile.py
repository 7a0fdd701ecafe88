"""What belongs to a case: the elements it went through, its calls, its documents."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from mainspring.app import casefile, decisions
from mainspring.runtime import queries
from mainspring.runtime.queries import Instance
from mainspring.store import Tx
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.routes.parts import After, Key, Limit
from mainspring.web.shapes.casefile import CallShape, Decided, Listed, ReadDocument
from mainspring.web.shapes.parts import Page

router = APIRouter(prefix="/instances", tags=["cases"])
Seer = Annotated[Visitor, permits("see")]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
FILE = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
PICTURE = {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}


@router.get("/{key}/parts", response_model=Listed)
def parts(visitor: Seer, key: Key) -> Answer:
    """The elements that a case went through, with who worked there, and the documents it came with."""
    with visitor.house.store.read() as tx:
        found = _root(tx, visitor, key)
        return Answer(
            {
                "elements": casefile.elements(tx, found.key),
                "papers": casefile.papers(tx, found.business_key),
            }
        )


@router.get("/{key}/calls", response_model=Page[CallShape])
def calls(visitor: Seer, key: Key, after: After = 0, limit: Limit = 100) -> Answer:
    """The calls of a case through the gateway, with who made them, what they cost and which rule let them."""
    with visitor.house.store.read() as tx:
        items = casefile.called(tx, _root(tx, visitor, key).key, after=after, limit=limit)
    return Answer({"items": items, "next": items[-1]["position"] if len(items) == limit else None})


@router.get("/{key}/decisions", response_model=Decided)
def decided(visitor: Seer, key: Key) -> Answer:
    """What digital employees decided in a case, and what became of appeals against it."""
    with visitor.house.store.read() as tx:
        return Answer({"items": decisions.of_case(tx, _root(tx, visitor, key).key)})


@router.get("/{key}/documents/{digest}", response_class=Response, responses={200: FILE})
def document(visitor: Seer, key: Key, digest: Digest) -> Response:
    """A document as it came, to be kept as a file; it is never opened inside the page."""
    with visitor.house.store.read() as tx:
        name, _, content = casefile.paper(tx, _root(tx, visitor, key).business_key, digest)
    safe = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name
    )
    headers = {"Content-Disposition": f'attachment; filename="{safe}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.get("/{key}/documents/{digest}/text", response_model=ReadDocument)
def as_read(visitor: Seer, key: Key, digest: Digest) -> Answer:
    """A document as the digital employees read it: blocks of text and tables with their places."""
    with visitor.house.store.read() as tx:
        name, _, content = casefile.paper(tx, _root(tx, visitor, key).business_key, digest)
    house = visitor.house
    return Answer(house.readings.get(f"{digest}/{name}", lambda: casefile.as_read(name, content)))


@router.get("/{key}/documents/{digest}/picture", response_class=Response, responses={200: PICTURE})
def picture(
    visitor: Seer,
    key: Key,
    digest: Digest,
    page: Annotated[int, Query(ge=1, le=500)] = 1,
    attachment: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """A page of a PDF or scan as a picture; `attachment` names the one that is meant inside a mail."""
    with visitor.house.store.read() as tx:
        name, _, content = casefile.paper(tx, _root(tx, visitor, key).business_key, digest)
    from mainspring.knowledge.documents.rendering import page_picture  # heavy: loads the reader of PDF

    return Response(page_picture(content, name, page, attachment), media_type="image/png")


def _root(tx: Tx, visitor: Visitor, key: int) -> Instance:
    found = queries.instance(tx, key)
    visitor.demand("see", found.process_id)
    if found.root == key:
        return found
    whole = queries.instance(tx, found.root)
    visitor.demand("see", whole.process_id)
    return whole
