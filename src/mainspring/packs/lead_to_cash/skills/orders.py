"""The order desk: booking, stock, delivery."""

from typing import Any

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill
from mainspring.packs.lead_to_cash.knowhow import Knowhow


def _create(work: Assignment, _: Draft) -> dict[str, Any]:
    quote_no = work.variables["quote_no"]
    order = work.call("orders.create", quote_no=quote_no, source_no=quote_no)
    return {"order_no": order.order_no}


def _reserve(work: Assignment, _: Draft) -> dict[str, Any]:
    reserved = work.call("stock.reserve", order_no=work.variables["order_no"])
    return {"short_lines": sum(line.short > 0 for line in reserved.lines)}


def _replenish(work: Assignment, _: Draft) -> dict[str, Any]:
    order_no = work.variables["order_no"]
    short = [line for line in work.call("stock.backorders").lines if line.order_no == order_no]
    return {"shortage": [{"sku": line.sku, "quantity": line.short} for line in short]}


def _deliver(work: Assignment, _: Draft) -> dict[str, Any]:
    delivery = work.call("deliveries.create", order_no=work.variables["order_no"])
    work.call("deliveries.ship", delivery_no=delivery.delivery_no)
    return {"delivery_no": delivery.delivery_no, "delivered": delivery.total}


def skills(_: Knowhow) -> dict[str, Skill]:
    """The skills of the order desk."""
    return {
        "create_order": Skill(_create),
        "reserve_stock": Skill(_reserve),
        "replenish": Skill(_replenish),
        "deliver": Skill(_deliver),
    }
