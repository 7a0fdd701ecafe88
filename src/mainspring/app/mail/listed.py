"""Letters and files as lists show them: plain values, keys as text."""

from typing import Any

from sqlalchemy import select

from mainspring.app import folder as folders
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.mail.tables import letter_files, letters
from mainspring.runtime import queries
from mainspring.store import Tx

Shown = dict[str, Any]
MOST = 100
_PLAIN = ("direction", "at", "sender", "recipients", "subject", "text", "outcome", "document", "reason")


def newest(tx: Tx, outcome: str = "") -> list[Shown]:
    """The newest letters; of one outcome where it is named."""
    query = select(letters).where(letters.c.tenant_id == tx.tenant)
    query = query.where(letters.c.outcome == outcome) if outcome else query
    return _shown(tx, query.order_by(letters.c.letter.desc()).limit(MOST))


def of_case(tx: Tx, instance: int) -> tuple[str, list[Shown]]:
    """(process, the letters of a case, the oldest first).

    Raises:
        NotFound: there is no such case.
    """
    process = queries.instance(tx, instance).process_id
    query = select(letters).where(letters.c.tenant_id == tx.tenant, letters.c.instance == instance)
    return process, _shown(tx, query.order_by(letters.c.letter))


def folder(house: House) -> Shown:
    """The watched folder, where it is, and what it gave lately."""
    with house.store.read() as tx:
        watched, taken = folders.watched(tx), folders.listed(tx)
    try:
        place = str(folders.place_of(house, watched.folder)) if watched.folder else ""
    except QuestionUnfit:
        place = ""  # an administrator closed it
    items = [one._asdict() | {"instance": _text(one.instance)} for one in taken]
    return {"watched": watched.model_dump(), "place": place, "items": items}


def _shown(tx: Tx, query: Any) -> list[Shown]:
    rows = tx.all(query)
    f = letter_files.c
    named: dict[int, list[str]] = {}
    keys = [row.letter for row in rows]
    for file in tx.all(
        select(letter_files).where(f.tenant_id == tx.tenant, f.letter.in_(keys)).order_by(f.letter, f.place)
    ):
        named.setdefault(file.letter, []).append(file.name)
    return [
        {name: getattr(row, name) for name in _PLAIN}
        | {"letter": str(row.letter), "thread": str(row.thread), "instance": _text(row.instance)}
        | {"files": named.get(row.letter, [])}
        for row in rows
    ]


def _text(key: int | None) -> str | None:
    return None if key is None else str(key)
