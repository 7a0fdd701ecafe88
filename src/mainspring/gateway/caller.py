"""Who calls, and from which step of which process; stamped by the server, never read from a request."""

from dataclasses import dataclass
from decimal import Decimal

from mainspring.govern.principal import Principal


@dataclass(frozen=True, slots=True)
class Caller:
    """The origin of a call.

    Attributes:
        principal: who acts.
        process_id, instance, process_instance, element, element_key, job: the step that makes the call; all
            None for a call outside any process. `instance` is the root instance.
        confidence: how sure an agent is of what it wants to do, 0 to 1.
        preparer: id of a person who had a hand in the arguments (edited a draft), who then cannot confirm.
        idempotency_key: the same key with the same arguments gets the same answer without a second effect.
        grade: the authority grade that the agent's owner gave it, A1 to A5; it never widens the ladder.
        unvouched: arguments that steer the call and come from outsiders' words alone (see `provenance`).
    """

    principal: Principal
    process_id: str | None = None
    instance: int | None = None
    process_instance: int | None = None
    element: str | None = None
    element_key: int | None = None
    job: int | None = None
    confidence: Decimal | float | None = None
    preparer: str | None = None
    idempotency_key: str | None = None
    grade: str = "A5"
    unvouched: frozenset[str] = frozenset()
