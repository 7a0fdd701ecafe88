"""Invoices and receipts: who issued them, on which day, under which number, for what amount."""

from mainspring.agents.skills.extract.bills.model import Bill
from mainspring.agents.skills.extract.bills.reader import read_bill

__all__ = ["Bill", "read_bill"]
