"""Suppliers: who sells to us, on which terms, and to which account they are paid."""

from collections.abc import Iterable

from pydantic import Field
from sqlalchemy import select

from mainspring.services import books
from mainspring.services.customers import Page, Saved
from mainspring.services.fields import Code, Currency, Name, Text
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.purchase import suppliers
from mainspring.store import Tx


class Supplier(Data):
    """A supplier's record; `lead_days` is how long goods usually take."""

    supplier_id: Code
    name: Name
    contact: Text = ""
    phone: Text = ""
    email: Text = ""
    tax_id: Text = ""
    country: Text = ""
    city: Text = ""
    address: Text = ""
    currency: Currency = "EUR"
    payment_days: int = Field(default=30, ge=0, le=720)
    lead_days: int = Field(default=30, ge=0, le=720)
    account: Text = ""
    blocked: bool = False


class SupplierKey(Data):
    """Which supplier."""

    supplier_id: Code


class SupplierPage(Data):
    """Suppliers in the order of their ids."""

    suppliers: tuple[Supplier, ...]


def record(row: Record) -> Supplier:
    """The supplier of a row."""
    return Supplier.model_construct(**{name: getattr(row, name) for name in Supplier.model_fields})


def save(context: Context, records: Iterable[Supplier]) -> int:
    """Insert or overwrite suppliers; gives the number of new ones."""
    rows = [one.model_dump() | {"changed_at": context.now} for one in records]
    return books.save_many(context.tx, suppliers, "supplier_id", rows)


def need(tx: Tx, supplier_id: str) -> Record:
    """The supplier's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(tx, suppliers, {"supplier_id": supplier_id}, "supplier")


def _get(context: Context, key: SupplierKey) -> Supplier:
    return record(need(context.tx, key.supplier_id))


def _list(context: Context, page: Page) -> SupplierPage:
    s = suppliers.c
    rows = context.tx.all(
        select(suppliers)
        .where(s.tenant_id == context.tx.tenant, s.supplier_id > page.after)
        .order_by(s.supplier_id)
        .limit(page.limit)
    )
    return SupplierPage(suppliers=tuple(record(row) for row in rows))


def _save(context: Context, supplier: Supplier) -> Saved:
    return Saved(key=supplier.supplier_id, created=bool(save(context, [supplier])))


OPERATIONS = (
    Operation(
        name="suppliers.get",
        title={"en": "Look at a supplier", "zh": "查看供应商"},
        effect="read",
        input=SupplierKey,
        output=Supplier,
        handler=_get,
        idempotent=True,
        cacheable=True,
    ),
    Operation(
        name="suppliers.list",
        title={"en": "Go through the suppliers", "zh": "浏览供应商"},
        effect="read",
        input=Page,
        output=SupplierPage,
        handler=_list,
        idempotent=True,
    ),
    Operation(
        name="suppliers.save",
        title={"en": "Record a supplier", "zh": "登记供应商"},
        effect="write",
        input=Supplier,
        output=Saved,
        handler=_save,
        idempotent=True,
        steering={"account": "known"},
    ),
)
