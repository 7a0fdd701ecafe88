"""The papers of a link as PDF: quote, order confirmation and invoice, in the customer's language."""

from collections.abc import Mapping

import structlog

from mainspring.app.customer import view
from mainspring.app.customer.links import Link
from mainspring.app.errors import QuestionUnfit, SetUpError
from mainspring.app.house import House
from mainspring.app.papers import drawing
from mainspring.app.papers.paper import Kind
from mainspring.services import customers
from mainspring.store import Tx

log = structlog.get_logger(__name__)
_KINDS: Mapping[str, Kind] = {"quote": "quotation", "order": "confirmation", "invoice": "invoice"}


def pdf(house: House, tx: Tx, link: Link, kind: str, number: str) -> bytes:
    """One of the papers that the page lists, and no other; as Factur-X where the customer wants that.

    Raises:
        QuestionUnfit: the link shows no such paper.
    """
    page = view.shown(house, tx, link)
    if not any((one["kind"], one["number"]) == (kind, number) for one in page["papers"]):
        raise QuestionUnfit("there is no such paper here", where=number)
    if kind == "invoice" and customers.need(tx, link.customer_id).e_invoice == "facturx":
        try:
            return drawing.of(tx, house, "invoice", number, "facturx").content
        except SetUpError as error:  # what the firm lacks for it is no reason to withhold the paper
            log.warning("an invoice is shown without its electronic form", number=number, why=str(error))
    return drawing.of(tx, house, _KINDS[kind], number).content
