"""For auditors: the full population of each record with count and query, and whether checkpoints agree."""

from typing import Any, NamedTuple

from sqlalchemy import Select, Table, func, select

from mainspring.app.errors import QuestionUnfit
from mainspring.base import merkle
from mainspring.govern import checkpoint, evidence
from mainspring.govern.checkpoint import Checkpoint
from mainspring.govern.errors import EvidenceError
from mainspring.govern.tables import acts, approval_steps, calls
from mainspring.store import Tx
from mainspring.store.log import events

SOURCES: dict[str, Table] = {
    "events": events,
    "calls": calls,
    "approvals": approval_steps,
    "acts": acts,
}
FILTERS = ("instance", "actor_id", "actor_kind", "operation", "outcome", "effect", "type", "act", "step")
"""Columns that a population may be narrowed by, where the source has them."""


class Population(NamedTuple):
    """How many rows there are, the statement that finds them, and one page of them."""

    total: int
    query: str
    rows: list[dict[str, Any]]
    next: int | None


class Agreement(NamedTuple):
    """Two checkpoints that agree, and how many sealed rows were hashed again and found as sealed."""

    old: Checkpoint
    new: Checkpoint
    checked: int


def population(
    tx: Tx, source: str, filters: dict[str, Any] | None = None, *, after: int = 0, limit: int = 100
) -> Population:
    """A page of the full population of a source, by position.

    Args:
        tx: a transaction.
        source: events, calls, approvals or acts.
        filters: values of columns of `FILTERS`.
        after: the last position already seen.
        limit: how many rows.

    Raises:
        QuestionUnfit: there is no such source, or it has no such column.
    """
    table = SOURCES.get(source)
    if table is None:
        raise QuestionUnfit(f"there is no record {source!r}", mend=f"Name one of {', '.join(SOURCES)}.")
    conditions = [table.c.tenant_id == tx.tenant]
    for name, value in (filters or {}).items():
        if name not in FILTERS or name not in table.c:
            known = ", ".join(one for one in FILTERS if one in table.c)
            raise QuestionUnfit(f"{source} have no column {name!r}", mend=f"Filter by {known}.")
        conditions.append(table.c[name] == value)
    whole = select(table).where(*conditions).order_by(table.c.position)
    count = tx.scalar(select(func.count()).select_from(table).where(*conditions))
    rows = tx.all(whole.where(table.c.position > after).limit(limit))
    last = rows[-1].position if len(rows) == limit else None
    return Population(int(count), _spelled(tx, whole), [_plain(row) for row in rows], last)


def agree(tx: Tx, old: int | None = None, new: int | None = None) -> Agreement:
    """Show that the tree of one checkpoint is the beginning of another's, and hash all sealed rows again.

    Args:
        tx: a transaction.
        old: size of the earlier checkpoint; by default the first there is.
        new: size of the later one; by default the last.

    Raises:
        EvidenceError: there is no such checkpoint, they do not agree, or a row is not what was sealed.
    """
    known = checkpoint.every(tx)
    if not known:
        raise EvidenceError("nothing is sealed yet", mend="Run the sealer and try again.")
    by_size = {one.size: one for one in known}
    try:
        first = by_size[known[0].size if old is None else old]
        last = by_size[known[-1].size if new is None else new]
    except KeyError as error:
        sizes = f"{known[0].size} to {known[-1].size}"
        raise EvidenceError(
            f"no checkpoint has the size {error}", mend=f"There are some from {sizes}."
        ) from None
    if first.size > last.size:
        first, last = last, first
    agreed(tx, first, last)
    return Agreement(first, last, evidence.audit(tx))


def agreed(tx: Tx, first: Checkpoint, last: Checkpoint) -> None:
    """Return when the first tree is the beginning of the last, and the last is the one that is stored.

    Raises:
        EvidenceError: they do not agree: something sealed was changed, or the database is an older copy.
    """
    try:
        path = evidence.consistency(tx, first, last)
    except IndexError:
        path = []
    if not merkle.verify_consistency(first.size, last.size, first.root, last.root, path):
        raise EvidenceError(
            f"the checkpoint of {first.size} is not the beginning of that of {last.size}",
            mend="Something sealed was changed: compare with a backup.",
        )


def _spelled(tx: Tx, query: Select[Any]) -> str:
    """The statement with its values, as an auditor may run it."""
    return str(query.compile(tx.connection.engine, compile_kwargs={"literal_binds": True}))


def _plain(row: Any) -> dict[str, Any]:
    """A row as plain values; the body of an event as text."""
    return {
        name: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        for name, value in row._asdict().items()
        if name != "tenant_id"
    }
