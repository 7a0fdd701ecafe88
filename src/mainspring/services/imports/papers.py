"""Open orders and receivables of the books before these: planned from rows, whole documents at a time."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from mainspring.services import books
from mainspring.services.customers import fold
from mainspring.services.imports.plan import Plan, customers_by_name
from mainspring.services.imports.records import Problem, Reader, Values, checked
from mainspring.services.lines import LineInput
from mainspring.services.opening import Receivable
from mainspring.services.operation import Context
from mainspring.services.orders import NewOrder
from mainspring.services.tables.goods import products
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import order_lines, orders

_NONE = Decimal(0)


def _heading(how: Reader, role: str) -> str:
    return how.headings[how.roles.index(role)] if role in how.roles else role


def _buyers(context: Context, how: Reader, rows: Iterable[Values], plan: Plan) -> dict[int, str]:
    """The customer of each line, by number or else by a name that only one goes by."""
    listed = list(rows)
    numbers = {str(row.cells["customer_id"]) for row in listed if "customer_id" in row.cells}
    known = books.by_key(context.tx, customers, "customer_id", numbers)
    names = customers_by_name(context)
    found: dict[int, str] = {}
    for row in listed:
        number, name = row.cells.get("customer_id"), row.cells.get("customer_name", "")
        one = number if number in known else names.get(fold("name", str(name)))
        if one is None and number is not None:
            one = names.get(fold("name", str(number)))
        if one is not None:
            found[row.line] = str(one)
            continue
        role = "customer_id" if number is not None else "customer_name"
        said = "no such customer is in the books; import the customers first"
        value = str(number if number is not None else name)
        plan.problems.append(Problem(line=row.line, column=_heading(how, role), value=value, message=said))
    return found


def open_orders(context: Context, how: Reader, rows: list[Values], currency: str) -> Plan:
    """Orders with what is left to deliver of each line; an order with one bad line is left out whole."""
    plan = Plan()
    buyers = _buyers(context, how, rows, plan)
    goods = books.by_key(context.tx, products, "sku", [str(row.cells.get("sku", "")) for row in rows])
    who = books.by_key(context.tx, customers, "customer_id", buyers.values())
    groups: dict[tuple[str, str], list[Values]] = {}
    for row in rows:
        groups.setdefault((buyers.get(row.line, ""), str(row.cells.get("source_no", ""))), []).append(row)
    there = _orders(context)
    for (customer, number), lines in groups.items():
        faults = [fault for row in lines for fault in _line_faults(how, row, goods)]
        left = [row for row in lines if row.cells.get("quantity", _NONE) > row.cells.get("delivered", _NONE)]
        if customer and who[customer].blocked:
            said = "the customer is blocked and may not buy"
            faults.append(Problem(line=lines[0].line, column="", value=customer, message=said))
        if faults or not customer:
            plan.problems.extend(faults)
            continue
        if not left:
            plan.same += 1
            continue
        before = there.get((customer, number))
        given = {
            "source_no": number,
            "customer_id": customer,
            "currency": left[0].cells.get("currency", currency),
            "ordered_at": left[0].cells.get("ordered_at") or (before[0].ordered_at if before else None),
            "lines": [_line(place, row, goods) for place, row in enumerate(left, 1)],
        }
        made = checked(NewOrder, left[0], given, how)
        if isinstance(made, list):
            plan.problems.extend(made)
            continue
        if before is not None and before[1]:
            said = f"the order {before[1]} is being worked on and says something else"
            if before[0] != made:
                plan.problems.append(Problem(line=left[0].line, column="", value=number, message=said))
            else:
                plan.same += 1
            continue
        plan.put(f"{customer}|{number}", before[0] if before is not None else None, made)
    return plan


def _line_faults(how: Reader, row: Values, goods: dict[str, Any]) -> list[Problem]:
    sku, found = str(row.cells.get("sku", "")), []
    if "source_no" not in row.cells:
        found.append(("source_no", "", "the order number is missing"))
    if sku not in goods:
        found.append(("sku", sku, "no such item is in the books; import the products first"))
    elif "unit_price" not in row.cells and goods[sku].list_price is None:
        found.append(("unit_price", "", "there is neither a price here nor a list price"))
    return [Problem(line=row.line, column=_heading(how, role), value=value, message=said)
            for role, value, said in found]  # fmt: skip


def _line(place: int, row: Values, goods: dict[str, Any]) -> dict[str, Any]:
    product = goods[str(row.cells["sku"])]
    return {
        "line": place,
        "sku": product.sku,
        "quantity": row.cells["quantity"] - row.cells.get("delivered", _NONE),
        "unit_price": row.cells.get("unit_price", product.list_price),
        "unit": row.cells.get("unit") or product.unit,
        "description": row.cells.get("description") or product.name,
    }


def _orders(context: Context) -> dict[tuple[str, str], tuple[NewOrder, str]]:
    """Orders in the books by customer and source number, with ours where they are being worked on."""
    tx, o, c = context.tx, orders.c, order_lines.c
    heads = tx.all(select(orders).where(o.tenant_id == tx.tenant, o.quote_no.is_(None)))
    lines: dict[str, list[Any]] = {}
    for line in tx.all(select(order_lines).where(c.tenant_id == tx.tenant).order_by(c.order_no, c.line)):
        lines.setdefault(line.order_no, []).append(line)
    found = {}
    for head in heads:
        mine = lines.get(head.order_no, [])
        touched = head.status != "open" or any(
            line.reserved or line.delivered or line.cancelled for line in mine
        )
        made = NewOrder.model_construct(
            source_no=head.source_no,
            quote_no=None,
            customer_id=head.customer_id,
            currency=head.currency,
            ordered_at=head.ordered_at,
            lines=tuple(_as_given(line) for line in mine),
        )
        found[head.customer_id, head.source_no] = (made, head.order_no if touched else "")
    return found


def _as_given(line: Any) -> LineInput:
    return LineInput.model_construct(**{name: getattr(line, name) for name in LineInput.model_fields})


def open_items(context: Context, how: Reader, rows: list[Values], currency: str) -> Plan:
    """Invoices that customers still owe: what is open, or what was invoiced less what was paid."""
    plan = Plan()
    buyers = _buyers(context, how, rows, plan)
    numbers = [str(row.cells.get("invoice_no", "")) for row in rows]
    there = books.by_key(context.tx, invoices, "invoice_no", numbers)
    known = books.by_key(context.tx, customers, "customer_id", buyers.values())
    seen: dict[str, int] = {}
    for row in rows:
        if row.line not in buyers:
            continue
        amount = row.cells.get("amount", row.cells.get("total", _NONE) - row.cells.get("paid", _NONE))
        number = str(row.cells.get("invoice_no", ""))
        if amount <= 0:
            if amount < 0:
                said = "this is a credit; only what customers owe is taken over here"
                plan.problems.append(Problem(line=row.line, column=_heading(how, "amount"), value=str(amount),
                                             message=said))  # fmt: skip
            continue
        if number in seen:
            said = f"the invoice stands in line {seen[number]} already"
            plan.problems.append(Problem(line=row.line, column="", value=number, message=said))
            continue
        seen[number] = row.line
        buyer = known[buyers[row.line]]
        issued = row.cells.get("issued_at") or datetime.combine(context.now.date(), time(), UTC)
        given = {
            "invoice_no": number or None,
            "customer_id": buyer.customer_id,
            "order_no": str(row.cells.get("order_no", "")),
            "issued_at": issued,
            "due_at": row.cells.get("due_at") or issued + timedelta(days=buyer.payment_days),
            "amount": amount,
            "currency": row.cells.get("currency", currency),
        }
        made = checked(Receivable, row, given, how)
        if isinstance(made, list):
            plan.problems.extend(made)
            continue
        _put(plan, row, there.get(number), made)
    return plan


def _put(plan: Plan, row: Values, there: Any, made: Any) -> None:
    if there is None:
        plan.put(made.invoice_no, None, made)
        return
    before = Receivable.model_construct(
        invoice_no=there.invoice_no,
        customer_id=there.customer_id,
        order_no=there.order_no,
        issued_at=there.issued_at,
        due_at=there.due_at,
        amount=there.total,
        currency=there.currency,
    )
    if there.customer_id != made.customer_id:
        said = f"the invoice is in the books for another customer, {there.customer_id}"
        plan.problems.append(Problem(line=row.line, column="", value=there.invoice_no, message=said))
        return
    touched = there.open != there.total or there.delivery_no != there.invoice_no
    if touched and made.amount != there.open:
        said = f"the invoice is in the books, settled in part or issued here, with {there.open} open"
        plan.problems.append(Problem(line=row.line, column="", value=there.invoice_no, message=said))
    elif touched:
        plan.same += 1
    else:
        plan.put(made.invoice_no, before, made)
