"""The ledger: double entry. Every movement of money posts one balanced entry in its own transaction.

A posting above zero is a debit, below zero a credit; the postings of an entry add up to zero. Receivables are
what the open invoices say, receipts and credits are what has not been used yet: `check` proves it.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from sqlalchemy import func, select

from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount
from mainspring.services.ledger_check import Finding, findings
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.money import ledger_entries, ledger_postings
from mainspring.store import Tx

Account = Literal[
    "receivables",  # asset: what customers owe
    "cash",  # asset: the bank account
    "receipts",  # liability: payments that are not allocated yet, customers' deposits
    "credits",  # liability: credit notes that settle no invoice yet
    "refunds_payable",  # liability: refunds that have not left the account yet
    "payables",  # liability: what we owe suppliers for invoices that were accepted
    "exchange",  # what was changed from one currency into another; at the rates it is worth nothing
    "tax",  # liability: tax on sales
    "revenue",
    "opening",  # equity: what was owed to us when these books began
    "returns",  # what was credited, against revenue
    "fees",  # expense: kept by banks
    "write_offs",  # expense
    "purchases",  # expense: what suppliers charged and we accepted
    "exchange_result",  # gains (below zero) and losses by rates
]


class Posting(NamedTuple):
    """One side of an entry; `party` is the customer or supplier, or empty."""

    account: Account
    amount: Decimal
    party: str = ""


def post(context: Context, kind: str, document: str, currency: str, postings: Sequence[Posting]) -> None:
    """Write one balanced entry. (kind, document) is unique: nothing can be posted twice.

    Raises:
        RuleBrokenError: the postings do not add up to zero.
    """
    rows = [posting for posting in postings if posting.amount]
    if sum(posting.amount for posting in rows):
        raise RuleBrokenError(
            f"the entry {kind} {document} does not balance: {rows}", mend="Report this; nothing was posted."
        )
    if not rows:
        return
    tx, entry = context.tx, context.keys()
    tx.insert(
        ledger_entries,
        {
            "entry": entry,
            "at": context.now,
            "kind": kind,
            "document": document,
            "currency": currency,
            "actor_kind": context.principal.kind,
            "actor_id": context.principal.id,
        },
    )
    tx.insert(
        ledger_postings,
        [
            {
                "entry": entry,
                "line": line,
                "account": row.account,
                "currency": currency,
                "amount": row.amount,
                "party": row.party,
            }
            for line, row in enumerate(rows, start=1)
        ],
    )


class Balance(Data):
    """What an account holds: debit above zero, credit below."""

    account: str
    currency: str
    balance: Amount


def trial_balance(tx: Tx) -> list[Balance]:
    """The balance of every account by currency; per currency they add up to zero."""
    p = ledger_postings.c
    query = (
        select(p.account, p.currency, func.sum(p.amount).label("balance"))
        .where(p.tenant_id == tx.tenant)
        .group_by(p.account, p.currency)
        .order_by(p.currency, p.account)
    )
    return [Balance(account=row.account, currency=row.currency, balance=row.balance) for row in tx.all(query)]


def check(tx: Tx) -> list[Finding]:
    """What is wrong with the books; an empty list proves them (see `ledger_check`)."""
    return findings(tx)


class Nothing(Data):
    """No arguments."""


class TrialBalance(Data):
    """All accounts."""

    balances: tuple[Balance, ...]


class CheckResult(Data):
    """Whether the books are right, and if not, where they are wrong."""

    ok: bool
    findings: tuple[Finding, ...]


class DocumentQuery(Data):
    """Which document."""

    document: str


class Entry(Data):
    """One entry of the ledger."""

    kind: str
    document: str
    currency: str
    postings: tuple[Balance, ...]


class Entries(Data):
    """Entries in the order in which they were posted."""

    entries: tuple[Entry, ...]


def _entries(context: Context, query: DocumentQuery) -> Entries:
    e, p = ledger_entries.c, ledger_postings.c
    rows = context.tx.all(
        select(e.entry, e.kind, e.document, p.account, p.currency, p.amount)
        .join_from(ledger_entries, ledger_postings, (p.tenant_id == e.tenant_id) & (p.entry == e.entry))
        .where(e.tenant_id == context.tx.tenant, e.document == query.document)
        .order_by(e.entry, p.line)
    )
    found: dict[int, list[Balance]] = {}
    heads = {}
    for row in rows:
        heads[row.entry] = (row.kind, row.document, row.currency)
        found.setdefault(row.entry, []).append(
            Balance(account=row.account, currency=row.currency, balance=row.amount)
        )
    return Entries(
        entries=tuple(
            Entry(kind=head[0], document=head[1], currency=head[2], postings=tuple(found[entry]))
            for entry, head in heads.items()
        )
    )


def _trial_balance(context: Context, _: Nothing) -> TrialBalance:
    return TrialBalance(balances=tuple(trial_balance(context.tx)))


def _check(context: Context, _: Nothing) -> CheckResult:
    found = tuple(check(context.tx))
    return CheckResult(ok=not found, findings=found)


OPERATIONS = (
    Operation(
        name="ledger.trial_balance",
        title={"en": "Balance of all accounts", "zh": "查看科目余额"},
        effect="read",
        input=Nothing,
        output=TrialBalance,
        handler=_trial_balance,
        idempotent=True,
    ),
    Operation(
        name="ledger.check",
        title={"en": "Prove the books", "zh": "核对账目"},
        effect="read",
        input=Nothing,
        output=CheckResult,
        handler=_check,
        idempotent=True,
    ),
    Operation(
        name="ledger.entries",
        title={"en": "Entries of a document", "zh": "查看单据分录"},
        effect="read",
        input=DocumentQuery,
        output=Entries,
        handler=_entries,
        idempotent=True,
    ),
)
