"""Payments to open invoices: what each entry pays, how sure that is and why, or that a person must say."""

from mainspring.agents.skills.reconcile.model import Assignment, Entry, Invoice, Kind, Part
from mainspring.agents.skills.reconcile.reconciler import Reconciler, reconcile

__all__ = ["Assignment", "Entry", "Invoice", "Kind", "Part", "Reconciler", "reconcile"]
