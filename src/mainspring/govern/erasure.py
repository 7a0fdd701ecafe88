"""Erasing a person's data from the record: the values go, every proof stays.

A leaf holds a salted commitment to an event's body, not the body. Erasing writes the body anew with a
marker in
the place of each personal value, keeps the commitment that was sealed, and destroys its salt: what was said
can neither be read nor guessed any more, while the leaf, and so every proof, checkpoint and audit, is
unchanged. That it was erased, in which positions, by whom and why, is an act of the case itself.

What is erased: in variables, answers, drafts and payloads the fields that are personal by name, and every
text that holds one of the person's own values (name, address, ...). Ids, times, amounts and the course of the
case stay. Folding the events again gives the same state but for the markers.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update

from mainspring.base import jsonio
from mainspring.engine import decode
from mainspring.govern import acts, leaves, salts, tiles
from mainspring.govern.errors import ErasureError
from mainspring.govern.masking import spelled
from mainspring.govern.principal import Principal
from mainspring.govern.tables import evidence_erased
from mainspring.store import Tx, happenings
from mainspring.store import process_tables as t
from mainspring.store.log import events, snapshots

MARKER = "[erased]"
SHORTEST = 3
"""Characters; a shorter value stands in too many other words to look for it."""
_FREE = frozenset(
    {"variables", "value", "answer", "payload", "draft", "result", "inputs", "outputs", "message"}
)
"""Fields of events that hold what people and models wrote, rather than how the case went."""


class Personal:
    """Which values are personal: by the name of their field, or since they are the person's own.

    Args:
        fields: names of personal fields, in lower case with underscores.
        values: the person's own values.
    """

    def __init__(self, fields: Collection[str], values: Iterable[str]) -> None:
        self._fields = fields
        own = sorted({one.strip() for one in values if len(one.strip()) >= SHORTEST}, key=len, reverse=True)
        words = "|".join(re.escape(one) for one in own)
        self._own = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if own else None

    def has(self, text: str) -> bool:
        """Whether a text holds one of the person's own values."""
        return self._own is not None and self._own.search(text) is not None

    def without(self, value: Any, *, personal: bool = False) -> Any:
        """The value with a marker in the place of all that is personal; `personal`: its field is."""
        if isinstance(value, Mapping):
            return {
                name: self.without(item, personal=personal or spelled(str(name)) in self._fields)
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [self.without(item, personal=personal) for item in value]
        if isinstance(value, str) and value and (personal or self.has(value)):
            return MARKER
        return value


class Erased(NamedTuple):
    """What was erased: the cases, and how many records of them were written anew."""

    cases: tuple[int, ...]
    records: int


def erase_cases(
    tx: Tx, cases: Iterable[int], personal: Personal, *, by: Principal, reason: str, now: datetime
) -> Erased:
    """Erase from the events of finished cases; everything must be sealed.

    Raises:
        ErasureError: a case still runs, or something of it is not sealed yet.
    """
    listed = tuple(sorted(set(cases)))
    running = tx.all(
        select(t.instances.c.key).where(
            t.instances.c.tenant_id == tx.tenant,
            t.instances.c.root.in_(listed),
            t.instances.c.state.in_(("active", "suspended")),
        )
    )
    if running:
        raise ErasureError(
            f"{len(running)} instance(s) of the person's cases still run, first {running[0].key}",
            mend="End or cancel them first.",
        )
    total = 0
    for case in listed:
        positions = _rewritten(tx, events.c.instance == case, personal)
        if positions:
            detail = {"positions": positions, "reason": reason}
            acts.note(tx, "data_erased", by, f"case {case}", now=now, instance=case, detail=detail)
        total += len(positions)
        tx.execute(delete(snapshots).where(snapshots.c.tenant_id == tx.tenant, snapshots.c.instance == case))
        _variables(tx, case, personal)
    said = _rewritten(tx, events.c.type.in_(("MessagePublished", "SignalBroadcast")), personal, own_only=True)
    if said:
        detail = {"positions": said, "reason": reason}
        acts.note(tx, "data_erased", by, "messages", now=now, detail=detail)
    return Erased(listed, total + len(said))


def _rewritten(tx: Tx, condition: Any, personal: Personal, *, own_only: bool = False) -> list[int]:
    """Write bodies anew that hold personal values; gives the positions of those that did."""
    query = (
        select(events.c.position, events.c.type, events.c.body)
        .where(events.c.tenant_id == tx.tenant, condition)
        .order_by(events.c.position)
    )
    fresh: dict[int, bytes] = {}
    for row in tx.all(query):
        body = jsonio.loads(bytes(row.body))
        if own_only and not personal.has(bytes(row.body).decode("utf-8", "replace")):
            continue
        names = _names(row.type, body)
        changed = [
            personal.without(item)
            if isinstance(item, (dict, list)) or (place < len(names) and names[place] in _FREE)
            else item
            for place, item in enumerate(body)
        ]
        if changed != body:
            fresh[row.position] = jsonio.dumps(changed)
    _sealed(tx, fresh)
    return sorted(fresh)


def _sealed(tx: Tx, fresh: Mapping[int, bytes]) -> None:
    """Keep the commitments of these positions, destroy their salts, and store the new bodies."""
    if not fresh:
        return
    if max(fresh) > tiles.size(tx):
        raise ErasureError("something of the case is not sealed yet", mend="Run the sealer and try again.")
    for leaf in leaves.at(tx, fresh):
        if leaf.salt is not None and leaf.content is not None:
            row = {"position": leaf.position, "commitment": salts.commitment(leaf.salt, leaf.content)}
            tx.insert(evidence_erased, row)
    salts.erase(tx, fresh)
    for position, body in fresh.items():
        known = events.c.tenant_id == tx.tenant, events.c.position == position
        tx.execute(update(events).where(*known).values(body=body))


def _names(type_name: str, body: list[Any]) -> tuple[str, ...]:
    """The names of an event's fields, in the order of its body."""
    if type_name in happenings.NAMES:
        found = happenings.decode(type_name, jsonio.dumps(body))
    else:
        found = decode(type_name, body)
    return tuple(getattr(found, "_fields", ()))


def _variables(tx: Tx, case: int, personal: Personal) -> None:
    """The variables that are kept of the case's instances."""
    table = t.variables
    rows = tx.all(
        select(table.c.scope, table.c.name, table.c.value).where(
            table.c.tenant_id == tx.tenant, table.c.root == case
        )
    )
    for row in rows:
        fresh = personal.without({row.name: row.value})[row.name]
        if fresh != row.value:
            known = table.c.tenant_id == tx.tenant, table.c.scope == row.scope, table.c.name == row.name
            tx.execute(update(table).where(*known).values(value=fresh))
