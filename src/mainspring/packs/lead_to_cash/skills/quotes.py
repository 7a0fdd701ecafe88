"""The quote desk: products, credit, prices, the quote and its confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill, Teaches
from mainspring.base.bilingual import Bilingual, both, joined, shortened
from mainspring.packs.lead_to_cash.knowhow import Knowhow, account

AGREED = frozenset({"agreement", "tier", "break"})
"""Bases of a price that somebody laid down; they come before anything learned."""

QUOTED = ("line", "sku", "quantity", "unit", "unit_price")
"""What of a line goes into the quote."""

CREDIT_FACTS = ("customer_name", "tier", "blocked", "credit_limit", "receivables", "overdue", "currency")
"""What the credit table looks at, and what a person who decides is shown."""

PACKS = frozenset({"box"})
"""Units that hold a pack of the product."""

SURE_OF_PRICE = 0.3
"""Trust in a learned price from which it counts as learned; below it the line is shown to a person."""

_LONGEST = 500
"""Signs of the evidence that is kept beside a line, in both languages together."""


def _inquiry(work: Assignment) -> Any:
    return work.call("inquiries.get", inquiry_no=work.variables["inquiry_no"])


def _products(work: Assignment, inquiry: Any) -> dict[str, Any]:
    skus = tuple(dict.fromkeys(line.sku for line in inquiry.lines if line.sku))
    return {one.sku: one for one in work.call("products.get", skus=skus).products} if skus else {}


def _quotable(work: Assignment) -> tuple[Any, dict[str, Any]]:
    inquiry = _inquiry(work)
    return inquiry, _products(work, inquiry)


_UNITS = {
    "pcs": both("pcs", "件"),
    "box": both("box", "盒"),
    "m": both("m", "米"),
    "kg": both("kg", "公斤"),
    "set": both("set", "套"),
    "roll": both("roll", "卷"),
    "pair": both("pair", "双"),
    "l": both("l", "升"),
}
"""Units as people read them; one that is not among them is told as it is."""


class Sold(NamedTuple):
    """What was asked for, in the unit in which the product is sold; a doubt where that cannot be told."""

    quantity: Decimal
    unit: str
    doubt: str = ""


def in_sales_unit(line: Any, product: Any) -> Sold:
    """Boxes of a product that is sold by the piece are counted out; no unit means the product's own."""
    if line.unit in {"", product.unit}:
        return Sold(line.quantity, product.unit)
    if line.unit in PACKS and product.pack_size > 1:
        return Sold(line.quantity * product.pack_size, product.unit)
    if line.unit == "pcs":
        return Sold(line.quantity, product.unit)
    unlike = both(
        "asked for in {asked}, sold in {sold}",
        "按{asked}询价，按{sold}销售",
        asked=_UNITS.get(line.unit, line.unit),
        sold=_UNITS.get(product.unit, product.unit),
    )
    return Sold(line.quantity, product.unit, unlike)


@dataclass(frozen=True, slots=True)
class Desk:
    """The quote desk with what it knows."""

    knowhow: Knowhow

    # -- match the products -------------------------------------------------------------------------------

    def match(self, _: Assignment, inquiry: Any) -> Draft:
        """Find the product of each line; a line that fits none or two stays open."""
        customer = account(inquiry.customer_id)
        matches = []
        for line in inquiry.lines:
            found = self.knowhow.catalogue.match(
                line.text, code=line.code or None, unit=line.unit or None, customer=customer
            )
            why = found.reason if found.abstained else joined(found.evidence)
            told = shortened(why, _LONGEST)
            matches.append(
                {"line": line.line, "sku": found.sku, "confidence": found.confidence, "evidence": told}
            )
        return Draft({"matches": matches})

    @staticmethod
    def record_matches(work: Assignment, draft: Draft) -> dict[str, Any]:
        """Write the products beside the lines."""
        matches = draft.values["matches"]
        work.call("inquiries.record_matches", inquiry_no=work.variables["inquiry_no"], lines=matches)
        return {"unmatched_lines": sum(match["sku"] is None for match in matches)}

    # -- price the lines ----------------------------------------------------------------------------------

    def price(self, work: Assignment, inquiry: Any) -> Draft:
        """Price each line: an agreement, else what was paid before, else the list; inside the bounds."""
        products = _products(work, inquiry)
        lines = [line for line in inquiry.lines if line.sku and line.quantity]
        asked = [in_sales_unit(line, products[line.sku]) for line in lines]
        offered = work.call(
            "prices.find",
            customer_id=work.variables.get("customer_id"),
            lines=[
                {"sku": one.sku, "quantity": sold.quantity} for one, sold in zip(lines, asked, strict=True)
            ],
        )
        prices = [
            self._price(work, line, sold, rule, products[line.sku], len(inquiry.lines))
            for line, sold, rule in zip(lines, asked, offered.lines, strict=True)
        ]
        return Draft({"prices": prices})

    def _price(
        self, work: Assignment, line: Any, sold: Sold, rule: Any, product: Any, size: int
    ) -> dict[str, Any]:
        customer = work.variables.get("customer_id")
        if rule.basis in AGREED:
            price, basis, trust, why = rule.unit_price, rule.basis, 1.0, Bilingual(rule.evidence)
        else:
            learned = self.knowhow.prices.price(
                account(customer), line.sku, sold.quantity, work.now, order_lines=size
            )
            price, trust, why = learned.value, learned.confidence, joined(learned.evidence)
            basis = "learned" if line.sku in self.knowhow.prices else "list"
        bound = self._bounds(work.variables.get("tier"), price, product.list_price, rule.cost)
        if sold.doubt:
            trust, why = 0.0, Bilingual(sold.doubt)
        elif price is not None and not bound["allowed"]:
            trust, why = 0.0, joined([Bilingual(bound["reason"]), why])
        return {
            "line": line.line,
            "unit_price": price,
            "basis": basis,
            "confidence": trust,
            "evidence": shortened(why, _LONGEST),
        }

    def _bounds(
        self, tier: str | None, price: Decimal | None, listed: Decimal | None, cost: Decimal | None
    ) -> Mapping[str, Any]:
        discount = (listed - price) / listed if price is not None and listed else None
        margin = (price - cost) / price if price and cost is not None else None
        return self.knowhow.decide("price_bounds", tier=tier, discount=discount, margin=margin)

    @staticmethod
    def record_prices(work: Assignment, draft: Draft) -> dict[str, Any]:
        """Write the prices beside the lines."""
        work.call(
            "inquiries.record_prices", inquiry_no=work.variables["inquiry_no"], lines=draft.values["prices"]
        )
        return {}

    # -- write the quote ----------------------------------------------------------------------------------

    @staticmethod
    def write(work: Assignment, material: tuple[Any, Mapping[str, Any]]) -> Draft:
        """The quote as it would be written, with a doubt for each line that a person must look at."""
        inquiry, products = material
        lines, doubts = [], []
        for line in inquiry.lines:
            sold = in_sales_unit(line, products[line.sku]) if line.sku and line.quantity else None
            row = {
                "line": line.line,
                "text": line.text,
                "sku": line.sku,
                "quantity": sold.quantity if sold else line.quantity,
                "unit": sold.unit if sold else line.unit,
                "unit_price": line.unit_price,
            }
            lines.append(row)
            doubts += _doubts_of(line)
        customer = work.variables.get("customer_id")
        currency = work.variables.get("currency") or work.call("customers.get", customer_id=customer).currency
        values = {"customer_id": customer, "currency": currency, "lines": lines}
        said = both("{count} lines matched and priced", "{count} 行已匹配并定价", count=len(lines))
        return Draft(values, 1.0, (said,), tuple(doubts))

    def create(self, work: Assignment, draft: Draft) -> dict[str, Any]:
        """Write the quote; lines that nobody sells are left out when a person left them without a product."""
        lines = [line for line in draft.values["lines"] if line["sku"]]
        if not lines:
            return {"quote_no": None, "total": Decimal(0), "currency": draft.values["currency"]}
        quote = work.call(
            "quotes.create",
            inquiry_no=work.variables["inquiry_no"],
            customer_id=draft.values["customer_id"],
            currency=draft.values["currency"],
            lines=[{name: line[name] for name in QUOTED} for line in lines],
        )
        return {"quote_no": quote.quote_no, "total": quote.total, "currency": quote.currency}

    def learn(self, work: Assignment, draft: Draft, answer: dict[str, Any]) -> None:
        """Remember the wordings that the person gave a product, and which of ours were right."""
        before = {line["line"]: line["sku"] for line in draft.values["lines"]}
        for line in answer["lines"]:
            if line["sku"]:
                new = before.get(line["line"]) != line["sku"]
                take_in = self.knowhow.learn_wording if new else self.knowhow.judge_wording
                take_in(line["text"], line["sku"], work.variables.get("customer_id"))


def _doubts_of(line: Any) -> list[str]:
    where = both("line {line}: {text!r}", "第 {line} 行：“{text}”", line=line.line, text=line.text[:80])
    match, price = Bilingual(line.match_evidence), Bilingual(line.price_evidence)
    if line.quantity is None:
        return [both("{where} says no quantity", "{where}没有写明数量", where=where)]
    if line.sku is None:
        en, zh, why = "{where} fits no product for certain: {why}", "{where}不能确定是哪种商品：{why}", match
    elif line.unit_price is None:
        en, zh, why = "{where} has no price: {why}", "{where}没有价格：{why}", price
    elif (line.price_confidence or 0) < SURE_OF_PRICE:
        en, zh, why = "{where} has a doubtful price: {why}", "{where}价格存疑：{why}", price
    else:
        return []
    return [both(en, zh, where=where, why=why)]


def _credit_position(work: Assignment) -> dict[str, Any]:
    customer = work.variables.get("customer_id")
    if not customer:
        return dict.fromkeys(CREDIT_FACTS)
    known = work.call("customers.get", customer_id=customer)
    position = work.call("customers.credit", customer_id=customer)
    facts = {**known.model_dump(), **position.model_dump(), "customer_name": known.name}
    return {name: facts[name] for name in CREDIT_FACTS}


def _credit_facts(_: Assignment, facts: dict[str, Any]) -> Draft:
    return Draft(facts)


def _write_facts(_: Assignment, draft: Draft) -> dict[str, Any]:
    return dict(draft.values)


def _confirm(work: Assignment, _: Draft) -> dict[str, Any]:
    quote = work.call(
        "quotes.confirm",
        quote_no=work.variables["quote_no"],
        customer_id=work.variables["customer_id"],
        total=work.variables["total"],
        currency=work.variables["currency"],
    )
    return {"quote_status": quote.status}


def _send(work: Assignment, _: Draft) -> dict[str, Any]:
    work.call("quotes.send", quote_no=work.variables["quote_no"])
    return {"sent_at": work.now}


def _follow_up(work: Assignment, _: Draft) -> dict[str, Any]:
    work.call("quotes.follow_up", quote_no=work.variables["quote_no"])
    return {}


def _expire(work: Assignment, _: Draft) -> dict[str, Any]:
    work.call("quotes.expire", quote_no=work.variables["quote_no"])
    return {}


def skills(knowhow: Knowhow) -> dict[str, Skill]:
    """The skills of the quote desk."""
    desk = Desk(knowhow)
    return {
        "match_products": Skill(desk.record_matches, _inquiry, desk.match),
        "check_credit": Skill(_write_facts, _credit_position, _credit_facts),
        "price_lines": Skill(desk.record_prices, _inquiry, desk.price),
        "write_quote": Skill(
            desk.create,
            _quotable,
            desk.write,
            learn=desk.learn,
            teaches=Teaches("text", frozenset({"sku"})),
        ),
        "confirm_quote": Skill(_confirm),
        "send_quote": Skill(_send),
        "follow_up": Skill(_follow_up),
        "expire_quote": Skill(_expire),
    }
