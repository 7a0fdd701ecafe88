"""What a job says when an operation of it waits for people: as many tasks as confirmations are missing.

The job is parked with the tasks. It comes back when they are answered, makes the same call again, and the
confirmation is used; a refusal brings it back at once, and the call is denied in the words of who refused.
"""

from typing import Any

from mainspring.engine.commands import TaskSpec
from mainspring.gateway.errors import Waiting
from mainspring.gateway.registry import Registry
from mainspring.runtime.outcomes import Ask

FORM = "confirm"
FIRST = 70
"""Priority: what waits for a confirmation keeps others waiting."""


def asking(needed: Waiting, registry: Registry, **shown: Any) -> Ask:
    """The tasks of a confirmation.

    Args:
        needed: what the gateway said.
        registry: where the operation's title is found.
        shown: what people see beside the call itself, such as evidence.
    """
    request = needed.request
    registered = registry.find(request.operation)
    name = registered.operation.title["en"] if registered else request.operation
    role = request.requirement.role
    payload = {**request.payload(), **shown}
    task = TaskSpec(name, candidate_groups=(role,), payload=payload, form=FORM, priority=FIRST)
    return Ask("approval", (task,) * request.missing)
