"""Service tasks that read and write tables: jobs of the type `mainspring:table` as calls through the gateway.

Inputs of the task: `operation` (`get`, `window` or `put`) and `arguments`, those of the tables' operation of
that name. Headers: `resultVariable` and `resultExpression`, as of the REST connector. The call and the
completion of the job are one transaction.
"""

from typing import Any

from mainspring.app import connector
from mainspring.base import jsonio
from mainspring.engine.events import SYSTEM as ACTOR
from mainspring.gateway import Caller, Gateway
from mainspring.gateway.asking import asking
from mainspring.gateway.errors import GatewayError, Waiting
from mainspring.govern.principal import SYSTEM
from mainspring.runtime.jobs import Job
from mainspring.runtime.outcomes import Fail, Outcome, Work
from mainspring.services.errors import RuleBrokenError, UnknownRecordError

JOB_TYPE = "mainspring:table"
OPERATIONS = ("get", "window", "put")
"""What a drawn process may do with tables; none of them moves money or leaves the house."""


class TableTask:
    """The handler of the job type."""

    costly = False
    actor = ACTOR

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def __call__(self, job: Job, work: Work) -> Outcome:
        """Make the call and say what becomes of the job."""
        name = str(job.variables.get("operation") or "")
        if name not in OPERATIONS:
            return Fail(f"operation is {name!r}; a task may {', '.join(OPERATIONS)} a table", retries=0)
        given = job.variables.get("arguments")
        if not isinstance(given, dict):
            return Fail("arguments: a context of the operation's arguments is needed", retries=0)
        caller = Caller(
            SYSTEM,
            process_id=job.process_id,
            instance=job.instance,
            process_instance=job.process_instance,
            element=job.element,
            element_key=job.element_key,
            job=job.key,
        )
        try:
            answer: Any = self._gateway.call(work.tx, caller, f"tables.{name}", given)
        except Waiting as needed:
            return asking(needed, self._gateway.registry)
        except (GatewayError, RuleBrokenError, UnknownRecordError) as error:
            return Fail(str(error), retries=0)
        return connector.completed(job, jsonio.normalise(answer.model_dump()))
