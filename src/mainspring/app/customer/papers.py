"""The papers of a link as PDF: quote, order confirmation and invoice, in the customer's language."""

from collections.abc import Mapping

from mainspring.app.customer import view
from mainspring.app.customer.links import Link
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.papers import drawing
from mainspring.app.papers.paper import Kind
from mainspring.store import Tx

_KINDS: Mapping[str, Kind] = {"quote": "quotation", "order": "confirmation", "invoice": "invoice"}


def pdf(house: House, tx: Tx, link: Link, kind: str, number: str) -> bytes:
    """One of the papers that the page lists, and no other.

    Raises:
        QuestionUnfit: the link shows no such paper.
    """
    page = view.shown(house, tx, link)
    if not any((one["kind"], one["number"]) == (kind, number) for one in page["papers"]):
        raise QuestionUnfit("there is no such paper here", where=number)
    return drawing.of(tx, house, _KINDS[kind], number).content
