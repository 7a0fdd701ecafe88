"""What the digital employees know: catalogue, past prices, customers, decision tables; read once a process.

It is derived from the books and can be rebuilt at any time; corrections by people are read with the rest, so
what one worker learned, every worker knows after its next start.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from mainspring.agents.skills.extract import Customer, CustomerIndex
from mainspring.agents.skills.match import Catalogue, Product
from mainspring.agents.skills.price import PriceBook, Sale
from mainspring.agents.skills.score import LeadScorer
from mainspring.agents.tables import corrections, proposals
from mainspring.dmn import Model
from mainspring.services import sales
from mainspring.services.customers import fold_name
from mainspring.services.tables.goods import products
from mainspring.services.tables.money import payments
from mainspring.services.tables.parties import customer_names, customers
from mainspring.services.tables.sales import sales_history
from mainspring.store import Tx

CASH = "CASH"
_ACCOUNT_DIGITS = 6  # no account has fewer; a payer's name hardly has so many


@dataclass(slots=True)
class Knowhow:
    """What skills look things up in.

    Args:
        decisions: decision id to its model.
        leads: the lead scorer, or None before any lead's outcome is known.
    """

    decisions: Mapping[str, Model]
    catalogue: Catalogue = field(default_factory=Catalogue)
    prices: PriceBook = field(default_factory=PriceBook)
    customers: CustomerIndex = field(default_factory=lambda: CustomerIndex(()))
    accounts: dict[str, str] = field(default_factory=dict)
    """Customer to the bank account that its money came from."""
    payers: dict[str, str] = field(default_factory=dict)
    """A payer's folded name to the customer it paid for; empty where it paid for several."""
    leads: LeadScorer | None = None

    def decide(self, decision: str, **facts: Any) -> dict[str, Any]:
        """The outcome of a decision table of the pack."""
        outcome = self.decisions[decision].evaluate(decision, facts).value
        return outcome if isinstance(outcome, dict) else {decision: outcome}

    def learn_wording(self, text: str, sku: str, customer: str | None) -> None:
        """Remember what a person said a wording means."""
        self.judge_wording(text, sku, customer)
        self.catalogue.learn(text, sku, customer=account(customer))

    def judge_wording(self, text: str, sku: str, customer: str | None) -> None:
        """Hold what the catalogue makes of a wording against what a person said."""
        self.catalogue.judge(text, sku, customer=account(customer))

    def learn_account(self, customer: str | None, account_no: str) -> None:
        """Remember from which account a customer's money came."""
        if account(customer) and account_no:
            self.accounts[str(customer)] = account_no

    def learn_payer(self, customer: str | None, name: str) -> None:
        """Remember for whom somebody of this name has paid."""
        folded = fold_name(name)
        if account(customer) and folded:
            known = self.payers.setdefault(folded, str(customer))
            self.payers[folded] = known if known == customer else ""

    def learn_sale(
        self, customer: str | None, sku: str, quantity: Decimal, price: Decimal, when: datetime, lines: int
    ) -> None:
        """Remember the price of one more line that was sold."""
        self.prices.learn(Sale(account(customer), sku, quantity, price, when, lines))


def account(customer: str | None) -> str | None:
    """The customer as the memory of prices and wordings knows it: a cash sale belongs to nobody."""
    return None if customer in {None, "", CASH} else customer


def load(
    tx: Tx,
    decisions: Mapping[str, Model],
    leads: LeadScorer | None = None,
    *,
    leave_out: Callable[[int], bool] = lambda _: False,
) -> Knowhow:
    """Read all that is known from the books.

    Args:
        tx: a transaction.
        decisions: decision id to its model.
        leads: the lead scorer, if there is one.
        leave_out: whether the correction of a key is not to be learned from, so that it can be tested on.
    """
    knowhow = Knowhow(decisions, leads=leads)
    listed: dict[str, Decimal] = {}
    p = products.c
    for row in tx.all(
        select(p.sku, p.name, p.name_zh, p.description, p.list_price).where(p.tenant_id == tx.tenant)
    ):
        names = tuple(name for name in (row.name, row.name_zh, *row.description.split("|")) if name)
        knowhow.catalogue.add(Product(row.sku, names))
        if row.list_price is not None:
            listed[row.sku] = row.list_price
    knowhow.prices = PriceBook(list_prices=listed)
    knowhow.customers = CustomerIndex(_customers(tx))
    _remember_sales(tx, knowhow)
    _remember_corrections(tx, knowhow, leave_out)
    _remember_accounts(tx, knowhow)
    return knowhow


def _remember_accounts(tx: Tx, knowhow: Knowhow) -> None:
    """Accounts from the books that were taken over, then those from which money came since."""
    n, p = customer_names.c, payments.c
    signs = select(n.customer_id, n.value).where(n.tenant_id == tx.tenant, n.kind == "payer")
    for row in tx.all(signs):
        if sum(sign.isdigit() for sign in row.value) >= _ACCOUNT_DIGITS:
            knowhow.learn_account(row.customer_id, row.value)
        knowhow.learn_payer(row.customer_id, row.value)
    paid = select(p.customer_id, p.account, p.payer).where(
        p.tenant_id == tx.tenant, p.customer_id.is_not(None)
    )
    for row in tx.all(paid.order_by(p.payment_no)):
        knowhow.learn_account(row.customer_id, row.account)
        knowhow.learn_payer(row.customer_id, row.payer)


def _customers(tx: Tx) -> list[Customer]:
    c, n = customers.c, customer_names.c
    signs: dict[tuple[str, str], list[str]] = {}
    for row in tx.all(select(n.kind, n.value, n.customer_id).where(n.tenant_id == tx.tenant)):
        signs.setdefault((row.customer_id, row.kind), []).append(row.value)
    return [
        Customer(
            row.customer_id,
            row.name,
            tuple(signs.get((row.customer_id, "email"), ())),
            row.tax_id,
            tuple(signs.get((row.customer_id, "name"), ())),
        )
        for row in tx.all(select(c.customer_id, c.name, c.tax_id).where(c.tenant_id == tx.tenant))
    ]


def _remember_sales(tx: Tx, knowhow: Knowhow) -> None:
    s = sales_history.c
    size = select(s.document, func.count().label("lines")).where(s.tenant_id == tx.tenant)
    lines_of = {row.document: row.lines for row in tx.all(size.group_by(s.document))}
    for sold in sales.history(tx):
        knowhow.catalogue.learn(sold.description, sold.sku, customer=account(sold.customer_id))
        knowhow.learn_sale(
            sold.customer_id, sold.sku, sold.quantity, sold.unit_price, sold.sold_at, lines_of[sold.document]
        )


def _remember_corrections(tx: Tx, knowhow: Knowhow, leave_out: Callable[[int], bool]) -> None:
    c = corrections.c
    mine = (c.tenant_id == tx.tenant) & (c.skill == "write_quote") & c.withdrawn_at.is_(None)
    for row in tx.all(select(c.correction, c.answer).where(mine).order_by(c.correction)):
        for line in () if leave_out(row.correction) else row.answer.get("lines", ()):
            if line.get("sku"):
                knowhow.learn_wording(line["text"], line["sku"], row.answer.get("customer_id"))
    p = proposals.c
    rules = (p.tenant_id == tx.tenant) & (p.skill == "write_quote") & (p.state == "accepted")
    for row in tx.all(select(p.rule).where(rules).order_by(p.proposal)):
        if row.rule["field"] == "sku" and row.rule["becomes"]:
            knowhow.learn_wording(row.rule["context"], row.rule["becomes"], None)
