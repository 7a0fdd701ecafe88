"""Quotes that were sent to customers of a made-up firm, and a process that waits for each answer."""

from decimal import Decimal
from functools import partial
from typing import Any

from mainspring.app.customer import links
from mainspring.app.house import House
from mainspring.engine.events import SYSTEM
from mainspring.gateway import Caller
from mainspring.govern import principal
from mainspring.govern.principal import Principal
from mainspring.services import customers, products, quotes
from mainspring.services.operation import Context
from mainspring.testing import drawing
from mainspring.testing.browser import Browser

OWNER = Principal("person", "owner", roles=frozenset({"worker", "process_owner"}))
PROCESS = "waits_for_customer"


def sent(house: House, customer: str, *, language: str = "en") -> str:
    """A quote that was sent to this customer; gives its number. A process waits for the answer."""
    waits = drawing.catch_message("wait", "answered")
    told = drawing.message("answered", "quote_answered", "=quote_no")
    with house.store.write() as tx:
        house.runtime.deploy({"waits.bpmn": drawing.sequence(PROCESS, waits, tops=told)}, SYSTEM, tx=tx)
        context = Context(tx, house.clock(), house.keys, principal.SYSTEM)
        given = {"customer_id": customer, "name": f"Demo {customer}", "email": f"{customer}@demo.example"}
        customers.save(context, [customers.Customer.model_validate(given | {"language": language})])
        product = {"sku": "D1", "name": "DEMO HINGE", "unit": "pcs", "list_price": Decimal("2.50")}
        products.save(context, [products.Product.model_validate(product)])
        lines = [{"line": 1, "sku": "D1", "quantity": Decimal(4), "unit_price": Decimal("2.50")}]
        inquiry = {"channel": "mail", "received_at": house.clock(), "text": f"four hinges for {customer}"}
        call = partial(_call, house, tx)
        inquiry_no = call("inquiries.register", inquiry).inquiry_no
        new = {"customer_id": customer, "currency": "EUR", "inquiry_no": inquiry_no, "lines": lines}
        made = call("quotes.create", new)
        quotes._confirm(
            context,
            quotes.Confirmation(
                quote_no=made.quote_no, customer_id=customer, currency="EUR", total=made.total
            ),
        )
        call("quotes.send", {"quote_no": made.quote_no})
        house.runtime.start(
            PROCESS, {"quote_no": made.quote_no}, actor=SYSTEM, business_key=inquiry_no, tx=tx
        )
    return str(made.quote_no)


def link(house: House, quote_no: str, *, days: int = 30) -> str:
    """The token of a new link."""
    key = links.signing_key(house)
    with house.store.write() as tx:
        return links.issue(house, tx, key, "quote", quote_no, OWNER, days=days)[0]


def with_link(browser: Browser, token: str) -> Browser:
    """The browser of whoever opened a link."""
    browser.headers["X-Mainspring-Link"] = token
    return browser


def _call(house: House, tx: Any, name: str, arguments: dict[str, Any]) -> Any:
    return house.gateway.call(tx, Caller(principal.SYSTEM), name, arguments)
