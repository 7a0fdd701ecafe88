"""The open invoices while payments arrive, found by number, customer and amount."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mainspring.agents.skills.reconcile.errors import ReconcileError
from mainspring.agents.skills.reconcile.model import Entry, Invoice
from mainspring.agents.skills.reconcile.payers import Payers
from mainspring.agents.skills.reconcile.references import References


class OpenBook:
    """Open invoices; settled ones leave, partly paid ones stay with what is left."""

    def __init__(self) -> None:
        self.references = References()
        self.payers = Payers()
        self._open: dict[str, Invoice] = {}
        self._of_customer: dict[str, dict[str, None]] = {}
        self._amounts: list[tuple[Decimal, str]] = []

    def __len__(self) -> int:
        return len(self._open)

    def __getitem__(self, invoice_no: str) -> Invoice:
        return self._open[invoice_no]

    def __contains__(self, invoice_no: str) -> bool:
        return invoice_no in self._open

    def __iter__(self) -> Iterator[Invoice]:
        return iter(tuple(self._open.values()))

    def add(self, invoice: Invoice) -> None:
        """Open an invoice."""
        if invoice.invoice_no in self._open:
            raise ReconcileError(
                "the invoice is open already", where=invoice.invoice_no, mend="Add every invoice once"
            )
        if invoice.amount <= 0:
            raise ReconcileError(
                f"an open amount must be above zero, not {invoice.amount}",
                where=invoice.invoice_no,
                mend="Leave settled invoices and credit notes out",
            )
        self._open[invoice.invoice_no] = invoice
        insort(self._amounts, (invoice.amount, invoice.invoice_no))
        self._of_customer.setdefault(invoice.customer_id, {})[invoice.invoice_no] = None
        self.references.add(invoice.invoice_no, invoice.order_no)
        self.payers.add(invoice.customer_id, invoice.customer_name, invoice.account)

    def pay(self, invoice_no: str, amount: Decimal, *, settles: bool) -> None:
        """Take `amount` off an invoice; it leaves when nothing is left or when `settles` says so."""
        invoice = self._open.pop(invoice_no)
        self._amounts.pop(bisect_left(self._amounts, (invoice.amount, invoice_no)))
        if settles or amount >= invoice.amount:
            self.references.remove(invoice_no, invoice.order_no)
            del self._of_customer[invoice.customer_id][invoice_no]
            return
        rest = replace(invoice, amount=invoice.amount - amount)
        self._open[invoice_no] = rest
        insort(self._amounts, (rest.amount, invoice_no))

    def of_customer(self, customer_id: str) -> list[Invoice]:
        """What a customer owes, in the order it was added; nothing for no customer."""
        return (
            [self._open[number] for number in self._of_customer.get(customer_id, ())] if customer_id else []
        )

    def between(self, least: Decimal, most: Decimal) -> list[Invoice]:
        """Open invoices with `least` <= amount <= `most`."""
        first = bisect_left(self._amounts, (least, ""))
        last = bisect_right(self._amounts, (most, "\U0010ffff"))
        return [self._open[number] for _, number in self._amounts[first:last]]

    def may_pay(self, entry: Entry, invoice: Invoice) -> bool:
        """Whether currency and days allow that the entry pays the invoice."""
        if entry.currency != invoice.currency:
            return False
        return entry.booked is None or invoice.issued is None or invoice.issued <= entry.booked
