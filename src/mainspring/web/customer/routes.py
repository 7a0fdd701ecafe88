"""What a customer's link opens: the quote or order behind it, its papers, answering, asking, appealing."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field
from starlette.exceptions import HTTPException

from mainspring.app.customer import acting, firm, papers, view
from mainspring.web.access import house_of
from mainspring.web.answers import Answer
from mainspring.web.customer.access import Customer, linked
from mainspring.web.customer.shapes import Offer
from mainspring.web.given import Given, given
from mainspring.web.routes.page import built

PLACE = "/offer"
"""The address of the page; the link itself stands behind a `#`, which no browser sends."""
page = APIRouter(tags=["page"], include_in_schema=False)
router = APIRouter(prefix="/customer", tags=["customer"])


class Answered(Given):
    """Yes or no to the quote as it was seen."""

    accepted: bool
    seen: str = Field(pattern=r"^[0-9a-f]{64}$")
    reason: str = Field(default="", max_length=2000)


class Asked(Given):
    """A question."""

    text: str = Field(min_length=1, max_length=5000)


class AppealedHere(Given):
    """Against which decision, and why."""

    run: int = Field(ge=1, le=2**63 - 1)
    text: str = Field(min_length=1, max_length=5000)


@page.get(PLACE)
def offer() -> HTMLResponse:
    """The customer's page."""
    folder = built()
    file = folder / "customer.html" if folder is not None else None
    if file is None or not file.is_file():
        raise HTTPException(404, "the page was not built")
    return HTMLResponse(file.read_bytes())


@page.get(f"{PLACE}/logo")
def logo(request: Request) -> Response:
    """The firm's logo."""
    with house_of(request).store.read() as tx:
        found = firm.logo(tx)
    if found is None:
        raise HTTPException(404, "there is no logo")
    return Response(found[0], media_type=found[1], headers={"Content-Disposition": "inline"})


@router.get("", response_model=Offer)
def shown(customer: Annotated[Customer, linked()]) -> Answer:
    """What the link shows."""
    return _shown(customer)


@router.post("/answer", response_model=Offer)
def answer(customer: Annotated[Customer, linked()], body: Annotated[Answered, given(Answered)]) -> Answer:
    """Accept or decline the quote, as it was seen; the process that waits for it goes on."""
    house, link = customer
    with house.store.write() as tx:
        acting.answer(house, tx, link, accepted=body.accepted, seen=body.seen, reason=body.reason)
    return _shown(customer)


@router.post("/questions", response_model=Offer)
def ask(customer: Annotated[Customer, linked()], body: Annotated[Asked, given(Asked)]) -> Answer:
    """Ask something; a person answers."""
    house, link = customer
    with house.store.write() as tx:
        acting.ask(house, tx, link, body.text)
    return _shown(customer)


@router.post("/appeals", response_model=Offer)
def appeal(
    customer: Annotated[Customer, linked()], body: Annotated[AppealedHere, given(AppealedHere)]
) -> Answer:
    """Ask that a person looks again at what a digital employee decided."""
    house, link = customer
    with house.store.write() as tx:
        acting.appeal(house, tx, link, body.run, body.text)
    return _shown(customer)


@router.get(
    "/papers/{kind}/{number}", response_class=Response, responses={200: {"content": {"application/pdf": {}}}}
)
def paper(
    customer: Annotated[Customer, linked()], kind: Literal["quote", "order", "invoice"], number: str
) -> Response:
    """A paper as PDF."""
    house, link = customer
    with house.store.read() as tx:
        data = papers.pdf(house, tx, link, kind, number)
    name = "".join(each for each in number if each.isascii() and (each.isalnum() or each in "-_"))
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


def _shown(customer: Customer) -> Answer:
    house, link = customer
    with house.store.read() as tx:
        return Answer(view.shown(house, tx, link))
