"""Whose words a case holds: what people said in it, and what outsiders brought into it.

Read from the log and from what digital employees recorded of their own runs, never from a variable that says
so about itself. Outsiders are customers, partners, services outside and other programs: what they start a
case with, what a message or a signal brings, what a connector answers. A value that a digital employee wrote
is an outsider's when neither a person nor the company's records vouched for it when it was written.
"""

from collections.abc import Container
from typing import Any

from sqlalchemy import Row, select

from mainspring.agents.tables import runs
from mainspring.base import jsonio
from mainspring.engine import codec
from mainspring.engine.events import SYSTEM
from mainspring.gateway.provenance import Provenance
from mainspring.runtime import Job
from mainspring.store import Tx
from mainspring.store.log import events

STEP = "write back"
"""The step of a run that names the variables which came from outsiders, under `outside`."""
_GIVEN = frozenset({"InstanceStarted", "InstanceStartedByMessage", "JobCompleted"})
"""What begins a series of values that whoever acts gives; theirs, if they are no part of the house."""
_BROUGHT = frozenset({"MessageCorrelated", "SignalReceived"})
"""What begins a series of values that come from elsewhere, whoever happens to act."""
_NO = frozenset({"rejected", "refused", "abstained"})
_TYPES = (*_GIVEN, *_BROUGHT, "ElementActivated", "TaskCompleted", "VariableSet")


def trace(tx: Tx, provenance: Provenance, job: Job, own: Container[str]) -> None:
    """Tell a provenance whose words the case of a job holds.

    Args:
        tx: the transaction.
        provenance: what is told.
        job: of the case.
        own: ids of the digital employees of the house.
    """
    names = _named(tx, job.instance)
    if names - job.variables.keys():
        tx.flush()  # set in this transaction and not seen from here: the log tells what it was
    outside = False
    for line in _lines(tx, job.instance):
        if line.type == "TaskCompleted":
            task = _event(line)
            if line.actor_kind == "person" and task.outcome not in _NO:
                provenance.answered(task.answer)
        elif line.type == "VariableSet":
            variable = _event(line)
            if outside or (line.actor_kind != "person" and variable.name in names):
                provenance.distrust(variable.value)
        else:
            outside = line.type in _BROUGHT or (line.type in _GIVEN and not _of_the_house(line, own))
    provenance.distrust([value for name, value in job.variables.items() if name in names])


def _of_the_house(line: Row[Any], own: Container[str]) -> bool:
    if line.actor_kind == "agent":
        return line.actor_id in own
    return line.actor_kind == "person" or (line.actor_kind, line.actor_id) == SYSTEM[:2]


def _event(line: Row[Any]) -> Any:
    return codec.decode(line.type, jsonio.loads(line.body))


def _lines(tx: Tx, instance: int) -> Any:
    e = events.c
    query = select(e.type, e.actor_kind, e.actor_id, e.body).where(
        e.tenant_id == tx.tenant, e.instance == instance, e.type.in_(_TYPES)
    )
    return tx.all(query.order_by(e.seq))


def _named(tx: Tx, instance: int) -> set[str]:
    query = select(runs.c.steps).where(
        runs.c.tenant_id == tx.tenant, runs.c.instance == instance, runs.c.outcome == "done"
    )
    return {
        name
        for row in tx.all(query)
        for step in row.steps
        if step["step"] == STEP
        for name in step.get("outside", ())
    }
