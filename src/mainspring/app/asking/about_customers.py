"""Answers about customers: what one owes, its terms, last order, contact and open quotes; who owes."""

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, type_coerce

from mainspring.app import masking
from mainspring.app.asking.answer import Cell, Link, Said, cells
from mainspring.app.asking.question import Asked
from mainspring.services import columns
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import orders, quotes

_SHOWN = 20
_OPEN_QUOTES = ("draft", "confirmed", "sent")


def balance(asked: Asked) -> Said:
    """What a customer has yet to pay, and how much of it is overdue."""
    who = _customer(asked)
    credit = asked.call("customers.credit", customer_id=who.customer_id)
    owed, overdue = (
        asked.money(credit.receivables, credit.currency),
        asked.money(credit.overdue, credit.currency),
    )
    sentence = asked.say(
        f"{who.name} owes {owed}, of which {overdue} is overdue.",
        f"{who.name}共欠 {owed}，其中逾期 {overdue}。",
    )
    return _with_invoices(asked, who, sentence, late=False)


def overdue(asked: Asked) -> Said:
    """What of a customer is past its due date."""
    who = _customer(asked)
    credit = asked.call("customers.credit", customer_id=who.customer_id)
    if not credit.overdue:
        return Said(sentence=asked.say(f"Nothing is overdue from {who.name}.", f"{who.name}没有逾期款。"))
    amount = asked.money(credit.overdue, credit.currency)
    sentence = asked.say(f"{amount} is overdue from {who.name}.", f"{who.name}逾期 {amount}。")
    return _with_invoices(asked, who, sentence, late=True)


def last_order(asked: Asked) -> Said:
    """The newest order of a customer."""
    who = _customer(asked)
    asked.demand_reading("orders.get")
    o = orders.c
    query = select(orders).where(o.tenant_id == asked.tx.tenant, o.customer_id == who.customer_id)
    found = asked.tx.all(query.order_by(o.ordered_at.desc(), o.order_no.desc()).limit(1))
    if not found:
        return Said(sentence=asked.say(f"{who.name} has not ordered yet.", f"{who.name}还没有下过单。"))
    one = found[0]
    worth = asked.money(one.net, one.currency)
    return Said(
        sentence=asked.say(
            f"{who.name} last ordered on {asked.day(one.ordered_at)}: {one.order_no}, {worth} net.",
            f"{who.name}最近一次下单在 {asked.day(one.ordered_at)}：{one.order_no}，不含税 {worth}。",
        )
    )


def terms(asked: Asked) -> Said:
    """Days to pay, credit limit and what is left of it."""
    who = _customer(asked)
    credit = asked.call("customers.credit", customer_id=who.customer_id)
    none = asked.say("no limit", "不限额")
    limit = none if credit.credit_limit is None else asked.money(credit.credit_limit, credit.currency)
    left = none if credit.available is None else asked.money(credit.available, credit.currency)
    return Said(
        sentence=asked.say(
            f"{who.name}: {who.payment_days} days to pay, credit limit {limit}, {left} of it free.",
            f"{who.name}：账期 {who.payment_days} 天，信用额度 {limit}，剩余 {left}。",
        )
    )


def blocked(asked: Asked) -> Said:
    """Whether a customer is blocked, and why."""
    who = _customer(asked)
    if not who.blocked:
        return Said(sentence=asked.say(f"No, {who.name} is not blocked.", f"没有，{who.name}未被停供。"))
    why = who.blocked_reason
    return Said(sentence=asked.say(f"Yes, {who.name} is blocked: {why}.", f"是的，{who.name}已停供：{why}。"))


def contact(asked: Asked) -> Said:
    """How a customer is reached, as far as whoever asks may see it."""
    who = _customer(asked)
    fields = ("contact", "email", "phone", "address", "city", "country")
    seen = masking.values(asked.house, asked.principal, {name: getattr(who, name) for name in fields}, "")
    titles = {
        "contact": "contact · 联系人",
        "email": "e-mail · 邮箱",
        "phone": "phone · 电话",
        "address": "address · 地址",
        "city": "city · 城市",
        "country": "country · 国家",
    }
    rows = [cells(asked.title(titles[name]), seen[name]) for name in fields if seen[name]]
    mail = seen["email"] or "–"
    return Said(
        sentence=asked.say(f"{who.name}: {mail}.", f"{who.name}：{mail}。"),
        columns=asked.say("Field|Value", "字段|内容").split("|"),
        rows=rows,
    )


def open_quotes(asked: Asked) -> Said:
    """Quotes of a customer that are not decided."""
    who = _customer(asked)
    asked.demand_reading("quotes.get")
    q = quotes.c
    mine = (q.tenant_id == asked.tx.tenant, q.customer_id == who.customer_id, q.status.in_(_OPEN_QUOTES))
    found = asked.tx.all(select(quotes).where(*mine).order_by(q.quote_no).limit(_SHOWN))
    rows = [
        cells(one.quote_no, one.status, asked.money(one.net, one.currency), asked.day(one.valid_until))
        for one in found
    ]
    many = len(found)
    return Said(
        sentence=asked.say(f"{who.name} has {many} open quote(s).", f"{who.name}有 {many} 份未决报价。"),
        columns=asked.say("Quote|Status|Net|Valid until", "报价|状态|不含税|有效期至").split("|")
        if rows
        else [],
        rows=rows,
    )


def debtors(asked: Asked) -> Said:
    """Who owes, the most first, each currency for itself."""
    asked.demand_reading("invoices.open")
    i, c = invoices.c, customers.c
    owed = type_coerce(func.sum(i.open), columns.amount())
    query = (
        select(i.customer_id, c.name, i.currency, owed.label("owed"), func.count().label("many"))
        .join(customers, (c.tenant_id == i.tenant_id) & (c.customer_id == i.customer_id))
        .where(i.tenant_id == asked.tx.tenant, i.open > Decimal(0))
        .group_by(i.customer_id, c.name, i.currency)
        .order_by(func.sum(i.open).desc())
        .limit(_SHOWN)
    )
    found = asked.tx.all(query)
    rows = [cells(one.name, one.customer_id, one.many, asked.money(one.owed, one.currency)) for one in found]
    if not found:
        return Said(sentence=asked.say("Nobody owes anything.", "没有客户欠款。"))
    most = asked.money(found[0].owed, found[0].currency)
    return Said(
        sentence=asked.say(f"{found[0].name} owes most: {most}.", f"欠款最多的是{found[0].name}：{most}。"),
        columns=asked.say("Customer|Number|Invoices|Owes", "客户|编号|发票数|欠款").split("|"),
        rows=rows,
        links=[Link(title=asked.say("Cases going on", "进行中的业务单"), to="/cases?state=active")],
    )


def _customer(asked: Asked) -> Any:
    asked.demand_reading("customers.get")
    c = customers.c
    mine = (c.tenant_id == asked.tx.tenant, c.customer_id == asked.entities["customer"])
    return asked.tx.one(select(customers).where(*mine))


def _with_invoices(asked: Asked, who: Any, sentence: str, *, late: bool) -> Said:
    i = invoices.c
    wanted = [i.tenant_id == asked.tx.tenant, i.customer_id == who.customer_id, i.open > Decimal(0)]
    if late:
        wanted.append(i.due_at < asked.now)
    found = asked.tx.all(select(invoices).where(*wanted).order_by(i.due_at).limit(_SHOWN))
    rows = [
        cells(Cell(text=one.invoice_no), asked.money(one.open, one.currency), asked.day(one.due_at))
        for one in found
    ]
    columns_ = asked.say("Invoice|Open|Due", "发票|未付|到期").split("|")
    return Said(sentence=sentence, columns=columns_ if rows else [], rows=rows)
