"""Who comes with a link: it stands in a header, never in an address, so that no log or referrer holds it."""

from typing import NamedTuple

from fastapi import Depends, Request

from mainspring.app.customer import links
from mainspring.app.customer.links import Link
from mainspring.app.errors import LinkRefused
from mainspring.app.house import House
from mainspring.web.access import house_of

HEADER = "x-mainspring-link"


class Customer(NamedTuple):
    """A customer with the house and the link that was shown."""

    house: House
    link: Link


class Linked:
    """The dependency of the customer's routes; a session, key or token counts for nothing here."""

    action = "customer_link"

    def __call__(self, request: Request) -> Customer:
        """Let whoever shows a link see what it is for.

        Raises:
            LinkRefused: there is none, or it is forged, expired or revoked.
        """
        house = house_of(request)
        token = request.headers.get(HEADER, "")
        if not token:
            raise LinkRefused("no link was shown", reason="forged")
        return Customer(house, links.opened(house, links.signing_key(house), token))


def linked() -> Customer:
    """Declare that a route is for those who show a link."""
    shown: Customer = Depends(Linked())
    return shown
