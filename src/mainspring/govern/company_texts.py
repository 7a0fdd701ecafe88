"""Texts that a company writes for itself, such as its ledger and its plan: versions, kept for good.

What such a text means is the business of whoever reads it; it is checked before it is put here.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from mainspring.govern import acts
from mainspring.govern.principal import Principal
from mainspring.govern.tables import company_texts
from mainspring.store import Tx


class Version(NamedTuple):
    """A version of a text, numbered from 1, with who put it and when."""

    name: str
    number: int
    at: datetime
    by: str
    text: str


def newest(tx: Tx, name: str) -> Version | None:
    """The newest version of a text, or None when the company has none of its own."""
    found = versions(tx, name, most=1)
    return found[0] if found else None


def versions(tx: Tx, name: str, most: int = 100) -> list[Version]:
    """The versions of a text, the newest first."""
    t = company_texts.c
    query = select(company_texts).where(t.tenant_id == tx.tenant, t.name == name)
    rows = tx.all(query.order_by(t.number.desc()).limit(most))
    return [Version(row.name, row.number, row.at, row.person, row.text) for row in rows]


def put(tx: Tx, name: str, text: str, *, by: Principal, now: datetime) -> Version:
    """Keep a new version; the act is a leaf of the evidence."""
    t = company_texts.c
    before = tx.scalar(select(func.max(t.number)).where(t.tenant_id == tx.tenant, t.name == name))
    made = Version(name, int(before or 0) + 1, now, by.id, text)
    tx.insert(company_texts, {"name": name, "number": made.number, "at": now, "person": by.id, "text": text})
    acts.note(tx, "company_text_put", by, f"{name} {made.number}", now=now, detail={"text": text})
    return made
