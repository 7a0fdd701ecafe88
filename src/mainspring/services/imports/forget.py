"""Erasing a customer from imports: files that name them are dropped, those imports cannot be undone."""

from sqlalchemy import select, update

from mainspring.services.tables.imports import import_changes, imports
from mainspring.store import Tx


def forget(tx: Tx, signs: set[str]) -> int:
    """Drop files, rows and changes of imports that hold any of these texts; gives how many imports.

    Args:
        tx: the open transaction.
        signs: the customer's number, names, addresses, as they may stand in a cell.
    """
    i, c = imports.c, import_changes.c
    wanted = {sign.casefold() for sign in signs if sign}
    found = [
        row.import_no
        for row in tx.all(select(i.import_no, i.rows).where(i.tenant_id == tx.tenant))
        if any(cell.strip().casefold() in wanted for _, cells in row.rows for cell in cells)
    ]
    for number in found:
        values = {"content": b"", "rows": [], "status": "closed"}
        tx.execute(update(imports).where(i.tenant_id == tx.tenant, i.import_no == number).values(values))
        tx.execute(import_changes.delete().where(c.tenant_id == tx.tenant, c.import_no == number))
    return len(found)
