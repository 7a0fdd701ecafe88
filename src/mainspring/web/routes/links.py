"""Links for customers: issued, listed and taken back by those who work with them."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import Field

from mainspring.app.customer import links
from mainspring.app.customer.links import Issued
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.customer.routes import PLACE
from mainspring.web.customer.shapes import Links, LinkShape
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.rights import Done

router = APIRouter(prefix="/links", tags=["links"])


class NewLink(Given):
    """For which document, and for how many days."""

    kind: Literal["quote", "order"] = "quote"
    document: str = Field(min_length=1, max_length=100)
    days: int = Field(default=links.DAYS, ge=1, le=links.MOST_DAYS)


@router.post("", status_code=201, response_model=LinkShape)
def issue(
    request: Request,
    visitor: Annotated[Visitor, permits("publish")],
    body: Annotated[NewLink, given(NewLink)],
) -> Answer:
    """Make a link; its address is shown this once."""
    house = visitor.house
    key = links.signing_key(house)
    with house.store.write() as tx:
        token, link = links.issue(house, tx, key, body.kind, body.document, visitor.principal, days=body.days)
    made = Issued(link, visitor.principal.id, house.clock(), revoked=False)
    address = f"{str(request.base_url).rstrip('/')}{PLACE}#{token}"
    return Answer(_shown(made) | {"address": address}, 201)


@router.get("", response_model=Links)
def listed(visitor: Annotated[Visitor, permits("publish")], document: str) -> Answer:
    """The links of a document."""
    with visitor.house.store.read() as tx:
        return Answer({"items": [_shown(one) for one in links.issued(tx, document)]})


class OfDocument(Given):
    """Whose link it is."""

    document: str = Field(min_length=1, max_length=100)


@router.post("/{key}/revoke", response_model=Done)
def revoke(
    visitor: Annotated[Visitor, permits("publish")], key: Key, body: Annotated[OfDocument, given(OfDocument)]
) -> Answer:
    """Take a link back."""
    house = visitor.house
    with house.store.write() as tx:
        links.revoke(house, tx, key, body.document, visitor.principal)
    return Answer({"done": True})


def _shown(one: Issued) -> dict[str, Any]:
    link = one.link
    return {
        "key": str(link.key),
        "kind": link.kind,
        "document": link.document,
        "expires_at": link.expires_at,
        "issued_by": one.by,
        "issued_at": one.at,
        "revoked": one.revoked,
        "address": None,
    }
