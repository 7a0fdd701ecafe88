"""The list of all operations of the built-in business systems."""

from mainspring.services import (
    credit_notes,
    customers,
    deliveries,
    dunning,
    exchange,
    inquiries,
    invoices,
    leads,
    ledger,
    orders,
    outbox,
    payments,
    prices,
    products,
    quotes,
    refunds,
    sales,
    stock,
    tickets,
)
from mainspring.services.bank import rates
from mainspring.services.bank import system as statements
from mainspring.services.imports import system as imports
from mainspring.services.operation import Operation
from mainspring.services.purchase import inquiries as purchase_inquiries
from mainspring.services.purchase import orders as purchase_orders
from mainspring.services.purchase import payables, suppliers
from mainspring.services.purchase import prices as purchase_prices
from mainspring.services.sheets import system as tables

_SYSTEMS = (
    leads,
    inquiries,
    customers,
    products,
    prices,
    sales,
    quotes,
    orders,
    stock,
    deliveries,
    invoices,
    payments,
    exchange,
    credit_notes,
    refunds,
    dunning,
    tickets,
    outbox,
    ledger,
    suppliers,
    purchase_inquiries,
    purchase_prices,
    purchase_orders,
    payables,
    imports,
    statements,
    rates,
    tables,
)


def operations() -> tuple[Operation, ...]:
    """All operations, system by system along lead to cash."""
    return tuple(operation for system in _SYSTEMS for operation in system.OPERATIONS)
