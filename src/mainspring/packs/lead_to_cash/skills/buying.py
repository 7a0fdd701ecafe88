"""The buying desk: suppliers asked and compared, goods ordered and taken in, invoices matched and paid."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill
from mainspring.base.bilingual import both
from mainspring.packs.lead_to_cash.knowhow import Knowhow

ANSWER_IN = timedelta(days=7)
VALID_FOR = timedelta(days=30)
_NONE = Decimal(0)
_NO_SUPPLIER = both(
    "no supplier answered every line with an offer that holds", "没有供应商对每一行都给出有效报价"
)
_OPTIONAL = ("min_quantity", "carton", "freight", "terms")


def _ask(work: Assignment, _: Draft) -> dict[str, Any]:
    lines = [{"sku": line["sku"], "quantity": line["quantity"]} for line in work.variables["lines"]]
    made = work.call(
        "purchase.ask",
        lines=lines,
        answer_by=work.now + ANSWER_IN,
        reason=work.variables.get("reason") or "",
    )
    return {"purchase_inquiry_no": made.inquiry_no, "offers": []}


def _comparison(work: Assignment) -> Any:
    """The answers written down, and compared in the currency of the case."""
    number = work.variables["purchase_inquiry_no"]
    for offer in work.variables["offers"]:
        more = {name: offer[name] for name in _OPTIONAL if offer.get(name)}
        work.call(
            "purchase.answer",
            inquiry_no=number,
            line=offer["line"],
            supplier_id=offer["supplier_id"],
            unit_price=offer["unit_price"],
            currency=offer["currency"],
            lead_days=offer["lead_days"],
            valid_until=work.now + VALID_FOR,
            **more,
        )
    return work.call("purchase.compare", inquiry_no=number, currency=work.variables["currency"])


def _choose(work: Assignment, compared: Any) -> Draft:
    """One supplier for all lines: of those who answered each of them, the one that costs least."""
    wanted = range(1, len(work.variables["lines"]) + 1)
    offers = {(one["supplier_id"], int(one["line"])): one for one in work.variables["offers"]}
    cost: dict[str, Decimal] = {}
    for one in compared.answers:
        if not one.why:
            cost[one.supplier_id] = cost.get(one.supplier_id, _NONE) + one.cost
    whole = [each for each in cost if all((each, line) in offers for line in wanted)]
    ranked = sorted(whole, key=lambda each: (cost[each], each))
    told = tuple(
        both(
            "{who}: {cost} {currency} with freight",
            "{who}：含运费 {cost} {currency}",
            who=each,
            cost=cost[each],
            currency=work.variables["currency"],
        )
        for each in ranked
    )
    if not ranked:
        empty = {"supplier_id": "", "currency": work.variables["currency"], "order_lines": []}
        return Draft(empty | {"lead_days": 0, "terms": ""}, 0.0, told, (_NO_SUPPLIER,))
    best = ranked[0]
    mine = {one.line: one for one in compared.answers if one.supplier_id == best}
    values = {
        "supplier_id": best,
        "currency": offers[best, 1]["currency"],
        "order_lines": [
            {
                "sku": mine[line].sku,
                "quantity": mine[line].quantity,
                "unit_price": offers[best, line]["unit_price"],
            }
            for line in wanted
        ],
        "lead_days": max(int(offers[best, line]["lead_days"]) for line in wanted),
        "terms": offers[best, 1].get("terms") or "",
    }
    return Draft(values, 1.0, told)


def _chosen(_: Assignment, draft: Draft) -> dict[str, Any]:
    return draft.values


def _order(work: Assignment, _: Draft) -> dict[str, Any]:
    case = work.variables
    total = sum(
        ((Decimal(one["quantity"]) * Decimal(one["unit_price"])).quantize(Decimal("0.01"))
         for one in case["order_lines"]),
        _NONE,
    )  # fmt: skip
    made = work.call(
        "purchase.order",
        supplier_id=case["supplier_id"],
        currency=case["currency"],
        total=total,
        lines=case["order_lines"],
        due_at=_due(case, work.now),
        inquiry_no=case["purchase_inquiry_no"],
        terms=case.get("terms") or "",
    )
    return {"purchase_no": made.purchase_no, "purchase_total": made.net}


def _due(case: Mapping[str, Any], now: datetime) -> datetime:
    """The day on which the goods should be here, the same at every attempt of a day."""
    day = (now + timedelta(days=int(case.get("lead_days") or 0))).date()
    return datetime.combine(day, time(), UTC)


def _receive(work: Assignment, _: Draft) -> dict[str, Any]:
    case = work.variables
    lines = [
        {
            "line": one["line"],
            "received": one["received"],
            "rejected": one.get("rejected") or 0,
            "reason": one.get("reason") or "",
        }
        for one in case["received_lines"]
    ]
    made = work.call(
        "purchase.receive", document=case["receipt_no"], purchase_no=case["purchase_no"], lines=lines
    )
    more = bool(case.get("nothing_more"))
    return {"arrived": made.status == "received", "nothing_more": more, "received_lines": []}


def _match(work: Assignment, _: Draft) -> dict[str, Any]:
    case = work.variables
    due = case.get("due_on")
    found = work.call(
        "purchase.take_invoice",
        supplier_id=case["supplier_id"],
        invoice_no=case["supplier_invoice_no"],
        purchase_no=case["purchase_no"],
        currency=case["currency"],
        lines=case["charged_lines"],
        issued_at=work.now,
        due_at=datetime.combine(datetime.fromisoformat(due).date(), time(), UTC) if due else work.now,
    )
    told = [
        {"line": one.line, "said": both("{one.en}", "{one.zh}", one=one), "amount": one.amount}
        for one in found.differences
    ]
    return {"match_status": found.status, "payable": found.payable, "differences": told}


def _accept(work: Assignment, _: Draft) -> dict[str, Any]:
    case = work.variables
    done = work.call(
        "purchase.accept",
        supplier_id=case["supplier_id"],
        invoice_no=case["supplier_invoice_no"],
        currency=case["currency"],
        total=case["payable"],
        reason=case.get("dispute_note") or "",
    )
    return {"match_status": done.status}


def _settle(work: Assignment, _: Draft) -> dict[str, Any]:
    case = work.variables
    done = work.call(
        "payables.settle",
        supplier_id=case["supplier_id"],
        invoice_no=case["supplier_invoice_no"],
        payment_no=case["supplier_payment_no"],
        amount=case["payable"],
    )
    return {"payable_open": done.open}


def skills(_: Knowhow) -> dict[str, Skill]:
    """The skills of the buying desk."""
    return {
        "ask_suppliers": Skill(_ask),
        "compare_answers": Skill(_chosen, _comparison, _choose),
        "order_goods": Skill(_order),
        "receive_goods": Skill(_receive),
        "match_invoice": Skill(_match),
        "accept_invoice": Skill(_accept),
        "settle_payable": Skill(_settle),
    }
