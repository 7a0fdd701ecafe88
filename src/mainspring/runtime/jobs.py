"""Jobs for workers: leased with a fence, or taken within the transaction that completes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from mainspring.base import jsonio
from mainspring.runtime.errors import NotFound, StaleLease
from mainspring.runtime.session import Session
from mainspring.store.process_tables import jobs
from mainspring.store.types import to_micros

_COLUMNS = (
    "key",
    "root",
    "process_instance",
    "process_id",
    "definition",
    "element_key",
    "element",
    "type",
    "kind",
    "headers",
    "retries",
    "fence",
    "answers",
    "rank",
)
_LIST = ", ".join(f"j.{name}" for name in _COLUMNS)
_FREE = "WHERE j.tenant_id = ? AND j.type = ? AND j.state = 'open' AND j.suspended = ? AND j.due <= ? "
_ORDER = "ORDER BY j.rank, j.key LIMIT ?"
_OPEN = f"SELECT {_LIST} FROM jobs j {_FREE}{_ORDER}"  # noqa: S608 - constants
# Both rows at once: holding the job and waiting for the instance could block whoever cancels the job.
_OPEN_LOCKED = (
    f"SELECT {_LIST}, s.seq FROM jobs j "  # noqa: S608 - constants
    f"JOIN streams s ON s.tenant_id = j.tenant_id AND s.instance = j.root {_FREE}{_ORDER} "
    "FOR UPDATE OF j, s SKIP LOCKED"
)
_ANY = "SELECT 1 FROM jobs WHERE tenant_id = ? AND state = 'open' AND due <= ? LIMIT 1"
_LEASE = "UPDATE jobs SET due = ?, worker = ?, fence = fence + 1 WHERE tenant_id = ? AND key = ?"
_FENCE = "SELECT fence FROM jobs WHERE tenant_id = ? AND key = ?"

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a worker.

    Attributes:
        key: of the job.
        instance: key of the root instance.
        process_instance: the process instance it belongs to (another one in a called process).
        process_id: the process that this follows.
        element: id of the element; `element_key` its instance, `element_name` as drawn.
        type: what kind of work, as drawn.
        headers: the task headers.
        variables: all that are visible at the element.
        retries: attempts left, this one included.
        fence: which lease this is; a later one has a greater fence.
        answers: what people said, when they were asked.
        business_key: of the process instance.
        properties: the element's properties (AI gene).
        worker: who has it.
        kind: task, script, decision, send, execution_listener, task_listener or ad_hoc.
    """

    key: int
    instance: int
    process_instance: int
    process_id: str
    element: str
    element_key: int
    element_name: str
    type: str
    headers: Mapping[str, str]
    variables: dict[str, Any]
    retries: int
    fence: int
    answers: list[dict[str, Any]] = field(default_factory=list)
    business_key: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    worker: str = ""
    kind: str = "task"

    @property
    def element_id(self) -> str:
        """The id of the element."""
        return self.element


Row = Sequence[Any]  # in the order of _COLUMNS


def free(session: Session, types: Iterable[str], limit: int) -> list[Row]:
    """Rows of jobs that may be worked on now, first by priority, then by age; locked on PostgreSQL."""
    tx = session.tx
    tx.flush()
    statement = tx.statements.constant(_OPEN if tx.dialect == "sqlite" else _OPEN_LOCKED)
    now = to_micros(session.now())
    found: list[Row] = []
    if not tx.raw(tx.statements.constant(_ANY), (tx.tenant, now)):
        return found
    for one in types:
        left = limit - len(found) if tx.dialect == "postgresql" else limit
        if left <= 0:
            break
        rows = tx.raw(statement, (tx.tenant, one, False, now, left))
        if tx.dialect == "postgresql":
            session.locked.update({row[1]: row[-1] for row in rows})
        found += rows
    found.sort(key=lambda row: (row[13], row[0]))
    return found[:limit]


def born(session: Session, types: frozenset[str], but: set[int]) -> list[Row]:
    """Rows of jobs that this transaction itself made free and has not written yet."""
    now = to_micros(session.now())
    rows: list[Row] = [
        tuple(row[name] for name in _COLUMNS)
        for key, row in session.net.pending(jobs).items()
        if key not in but
        and row["type"] in types
        and row["state"] == "open"
        and not row["suspended"]
        and row["due"] <= now
    ]
    rows.sort(key=lambda row: (row[13], row[0]))
    return rows


def read(session: Session, row: Row, worker: str, lease: int = 0) -> Job:
    """The job of a row, with what its instance knows; `lease` is added to the fence."""
    (key, root, instance, process_id, definition, element_key, element, type_, kind) = row[:9]
    headers, retries, fence, answers = row[9:13]
    state = session.stream(root).state
    info = session.library(session.now()).definition(definition).elements.get(element)
    process = state.instances.get(instance)
    return Job(
        key=key,
        instance=root,
        process_instance=instance,
        process_id=process_id,
        element=element,
        element_key=element_key,
        element_name=info.name if info is not None else element,
        type=type_,
        headers=jsonio.loads(headers) if headers != "{}" else NOTHING,
        variables=state.variables(element_key),
        retries=retries,
        fence=fence + lease,
        answers=jsonio.loads(answers) if answers is not None else [],
        business_key=process.business_key if process is not None else None,
        properties=info.properties if info is not None else NOTHING,
        worker=worker,
        kind=kind,
    )


def activate(
    session: Session, types: Iterable[str], *, worker: str, lease: timedelta, limit: int
) -> list[Job]:
    """Lease free jobs to a worker: until the lease ends nobody else gets them."""
    tx = session.tx
    found = [read(session, row, worker, 1) for row in free(session, types, limit)]
    until = to_micros(session.now() + lease)
    if found:
        tx.raw_many(tx.statements.constant(_LEASE), [(until, worker, tx.tenant, job.key) for job in found])
    return found


def check_fence(session: Session, job: int, fence: int) -> None:
    """Refuse a worker whose lease has passed to another.

    Raises:
        StaleLease: the job has a later fence.
        NotFound: the job is gone.
    """
    tx = session.tx
    statement = tx.statements.constant(_FENCE)
    rows = tx.raw(
        statement, (tx.tenant, job)
    )  # leases are written at once, so nothing need be flushed for them
    if not rows:
        tx.flush()
        rows = tx.raw(statement, (tx.tenant, job))
    if not rows:
        raise NotFound(f"there is no open job {job}", mend="It was completed or withdrawn meanwhile.")
    if rows[0][0] != fence:
        raise StaleLease(
            f"the lease {fence} of job {job} has ended", mend="Another worker has the job; drop this result."
        )
