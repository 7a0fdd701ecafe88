"""What arrives: documents of any kind and orders of a file, registered once and given to the process."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from mainspring.base import jsonio
from mainspring.packs.lead_to_cash.orders import SourceOrder, is_cancellation

ORDER_TYPE = "application/vnd.mainspring.order+json"
"""The media type of an order that came as data rather than as a document."""


def as_document(order: SourceOrder) -> bytes:
    """The order as the firm would receive it: wordings and quantities, no product code and no price."""
    return jsonio.dumps(
        {
            "order_no": order.number,
            "customer_id": order.customer,
            "country": order.country,
            "placed_at": order.placed_at,
            "cancels": is_cancellation(order.number),
            "lines": [{"text": line.text, "quantity": line.quantity, "code": ""} for line in order.lines],
        }
    )


def as_return(order: SourceOrder) -> bytes:
    """A cancellation: what comes back, with the product code that its paper carries."""
    document = jsonio.loads(as_document(order))
    for line, source in zip(document["lines"], order.lines, strict=True):
        line["code"] = source.sku
    return jsonio.dumps(document)


def understand_order(content: bytes) -> dict[str, Any]:
    """The fields and lines of an order that came as data; nothing in it needs to be guessed."""
    order = jsonio.loads(content)
    lines = [
        {
            "line": number,
            "text": line["text"],
            "quantity": Decimal(line["quantity"]),
            "unit": "pcs",
            "code": line["code"],
            "place": f"line {number}",
            "confidence": 1.0,
        }
        for number, line in enumerate(order["lines"], 1)
    ]
    return {
        "kind": "cancellation" if order["cancels"] else "order",
        "customer_id": order["customer_id"],
        "order_no": order["order_no"],
        "placed_at": datetime.fromisoformat(order["placed_at"]),
        "lines": lines,
    }
