"""Erasing a customer's personal data when they ask for it: books, documents, letters, cases; proofs stay.

What the law wants kept (orders, invoices, payments, the ledger) stays, under the customer's number alone.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, delete, select, update

from mainspring.agents import tables as agent_tables
from mainspring.app.evidence import signer
from mainspring.app.house import House
from mainspring.govern.erasure import MARKER, Erased, Personal, erase_cases
from mainspring.govern.errors import ErasureError
from mainspring.govern.evidence import Sealer
from mainspring.govern.masking import default_names
from mainspring.govern.principal import Principal
from mainspring.services.imports.forget import forget
from mainspring.services.tables.contact import outbox, ticket_messages, tickets
from mainspring.services.tables.inquiries import documents, inquiries, inquiry_lines
from mainspring.services.tables.parties import customer_names, customers, leads
from mainspring.store import Tx
from mainspring.store import process_tables as t

_TEXTS = ("name", "contact", "phone", "email", "address", "city", "tax_id")


def erase_customer(house: House, customer_id: str, key: Path, *, by: Principal, reason: str) -> Erased:
    """Erase a customer's personal data everywhere; the caller has asked the policies.

    Args:
        house: whose customer.
        customer_id: the customer's number, which stays.
        key: the file of the key that seals.
        by: who does it.
        reason: why, for the record; without personal data.

    Raises:
        ErasureError: there is no such customer, or one of their cases still runs; nothing was erased.
    """
    sealer = Sealer(house.store, signer(key))
    sealer.seal(now=house.clock())
    with house.store.write() as tx:
        row = tx.one(select(customers).where(*_of(tx, customers, customers.c.customer_id == customer_id)))
        if row is None:
            raise ErasureError(f"there is no customer {customer_id}", mend="Check the number.")
        inquired = tx.all(
            select(inquiries).where(*_of(tx, inquiries, inquiries.c.customer_id == customer_id))
        )
        personal = Personal(default_names(), _own(tx, row, inquired))
        cases = _cases(tx, customer_id, [one.inquiry_no for one in inquired])
        erased = erase_cases(tx, cases, personal, by=by, reason=reason, now=house.clock())
        forget(tx, {customer_id, *(str(getattr(row, name)) for name in _TEXTS if name != "city")})
        _business(tx, customer_id, inquired)
        _agents(tx, cases, personal)
    house.runtime.forget()
    sealer.seal(now=house.clock())
    return erased


def _of(tx: Tx, table: Table, *conditions: Any) -> tuple[Any, ...]:
    return table.c.tenant_id == tx.tenant, *conditions


def _own(tx: Tx, customer: Any, inquired: Any) -> set[str]:
    """The values that are the customer's own: names, addresses, numbers, senders."""
    names = tx.all(
        select(customer_names.c.value).where(
            *_of(tx, customer_names, customer_names.c.customer_id == customer.customer_id)
        )
    )
    found = {getattr(customer, name) for name in _TEXTS if name != "city"}
    return found | {row.value for row in names} | {row.sender for row in inquired}


def _cases(tx: Tx, customer_id: str, inquiry_numbers: list[str]) -> list[int]:
    """Root instances of the customer: those whose variables name them, or that began with their inquiry."""
    v, i = t.variables, t.instances
    named = select(v.c.root).where(*_of(tx, v, v.c.name == "customer_id", v.c.value == customer_id))
    keyed = select(i.c.root).where(*_of(tx, i, i.c.business_key.in_(inquiry_numbers)))
    return sorted({row.root for row in (*tx.all(named), *tx.all(keyed))})


def _business(tx: Tx, customer_id: str, inquired: Any) -> None:
    change = dict.fromkeys(_TEXTS, MARKER)
    tx.execute(
        update(customers).where(*_of(tx, customers, customers.c.customer_id == customer_id)).values(change)
    )
    tx.execute(
        delete(customer_names).where(*_of(tx, customer_names, customer_names.c.customer_id == customer_id))
    )
    _blank(tx, leads, leads.c.customer_id == customer_id, "name", "email", "interest")
    numbers = [row.inquiry_no for row in inquired]
    _blank(
        tx, inquiries, inquiries.c.inquiry_no.in_(numbers), "sender", "subject", "file_name", "delivery_place"
    )
    _blank(tx, inquiry_lines, inquiry_lines.c.inquiry_no.in_(numbers), "text")
    digests = {row.document for row in inquired}
    shared = tx.all(
        select(inquiries.c.document).where(
            *_of(
                tx,
                inquiries,
                inquiries.c.document.in_(sorted(digests)),
                inquiries.c.inquiry_no.not_in(numbers),
            )
        )
    )
    mine = sorted(digests - {row.document for row in shared})
    tx.execute(
        update(documents)
        .where(*_of(tx, documents, documents.c.digest.in_(mine)))
        .values(content=MARKER.encode(), media_type="text/plain")
    )
    asked = select(tickets.c.ticket_no).where(*_of(tx, tickets, tickets.c.customer == customer_id))
    _blank(tx, ticket_messages, ticket_messages.c.ticket_no.in_(asked), "text", "author_id")
    _blank(tx, outbox, outbox.c.recipient == customer_id, "subject", "body")


def _blank(tx: Tx, table: Table, condition: Any, *names: str) -> None:
    columns: list[Column[Any]] = [table.c[name] for name in names]
    tx.execute(
        update(table).where(*_of(tx, table, condition)).values({column.name: MARKER for column in columns})
    )


def _agents(tx: Tx, cases: list[int], personal: Personal) -> None:
    """What digital employees kept of the cases: evidence, doubts, drafts, corrections."""
    for table, key, names in (
        (agent_tables.runs, "run", ("evidence", "doubts", "draft")),
        (agent_tables.corrections, "correction", ("draft", "answer")),
    ):
        rows = tx.all(select(table).where(*_of(tx, table, table.c.instance.in_(cases))))
        for row in rows:
            held = {name: getattr(row, name) for name in names}
            fresh = personal.without(held)
            if fresh != held:
                known = _of(tx, table, table.c[key] == getattr(row, key))
                tx.execute(update(table).where(*known).values(fresh))
