"""Statements of banks and bills of wallets: a file of any form is read, and what is new taken in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mainspring.app.errors import DocumentRefused
from mainspring.app.house import House
from mainspring.engine.events import Actor
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.knowledge import documents
from mainspring.knowledge.documents.limits import check_size
from mainspring.knowledge.documents.texts import decode
from mainspring.services.bank import camt, lists, mt940
from mainspring.services.bank.statement import Statement
from mainspring.services.bank.system import TakenIn
from mainspring.services.imports.guess import Guess, fold
from mainspring.services.imports.sheet import Row
from mainspring.store import Tx

PROCESS = "bank_statement"
_CELLS = 2_000_000
_START = 4096
_SWIFT = re.compile(rb"^:\d{2}[A-Z]?:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as read: its form (mt940, camt.053, list), its statements, of a list what its columns are."""

    form: str
    statements: tuple[Statement, ...]
    columns: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrived:
    """A statement that was taken in, and the case that matches its payments; None when nothing was new."""

    taken_in: TakenIn
    instance: int | None


def read(content: bytes, name: str, *, currency: str = "", columns: Mapping[str, str] | None = None) -> Read:
    """Read a file; the form is told by what is in it, not by its name.

    Args:
        content: the bytes.
        name: for messages.
        currency: of a list in which no column tells it.
        columns: roles of headings that the guess has wrong.

    Raises:
        UnreadableStatement: it is no statement, or breaks its standard so that nothing can be read.
        DocumentError: the file is damaged, encrypted or too large.
    """
    check_size(content, name, documents.Limits().file)
    start = content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<"):
        return Read("camt.053", tuple(camt.read(content, name)))
    if _SWIFT.search(start):
        return Read("mt940", tuple(mt940.read(decode(content)[0], name)))
    found = documents.read(content, name, limits=documents.Limits(cells=_CELLS))
    tables = sorted((block for block in found.blocks if block.rows), key=lambda block: -len(block.rows))
    if not tables:
        raise DocumentRefused(
            "there is no statement in the file", where=name, mend="Export MT940, camt.053, Excel or CSV."
        )
    rows = [Row(place, cells) for place, cells in enumerate(tables[0].rows, 1) if any(cells)]
    chosen = {fold(heading): role for heading, role in (columns or {}).items()}
    made, guessed = lists.statement(rows, name, currency=currency, chosen=chosen)
    return Read("list", (made,), tuple(guessed))


def take_in(
    house: House, tx: Tx, principal: Principal, found: Read, name: str, *, although: bool = False
) -> list[Arrived]:
    """Register what is new in each statement and start its case, all or nothing.

    Raises:
        DoesNotAddUp: entries and balances contradict each other, and nobody said `although`.
        Denied: this principal may not.
    """
    arrived = []
    for one in found.statements:
        given = _given(one, name) | {"although": although}
        taken: TakenIn = house.gateway.call(tx, Caller(principal), "statements.take_in", given)
        instance = None
        if taken.payment_nos:
            instance = house.runtime.start(
                PROCESS,
                {"statement": taken.statement},
                actor=Actor(principal.kind, principal.id, principal.on_behalf_of),
                business_key=taken.statement,
                idempotency_key=f"statement/{taken.statement}",
                tx=tx,
            )
        arrived.append(Arrived(taken, instance))
    return arrived


def _given(one: Statement, name: str) -> dict[str, Any]:
    fields = ("day", "amount", "currency", "payer", "account", "reference", "text", "bank_reference", "fee")
    return {
        "account": one.account,
        "number": one.number,
        "currency": one.currency,
        "opening": one.opening,
        "closing": one.closing,
        "entries": [{field: getattr(entry, field) for field in fields} for entry in one.entries],
        "file": name,
    }


def shown(found: Read) -> list[dict[str, Any]]:
    """The statements as plain values, for people and programs."""
    return [
        _given(one, "") | {"balanced": one.balanced, "faults": list(one.all_faults())}
        for one in found.statements
    ]
