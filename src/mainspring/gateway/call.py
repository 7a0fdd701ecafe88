"""A call on its way through the pipeline: what each stage found out, for later stages and for the record."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from mainspring.gateway.caller import Caller
from mainspring.gateway.document import written
from mainspring.govern.approval import Subject, preparers_of
from mainspring.govern.principal import Principal
from mainspring.govern.resources import Resource
from mainspring.services.operation import Operation
from mainspring.store import Tx

if TYPE_CHECKING:
    from mainspring.gateway.apart import Session
    from mainspring.gateway.budget import Reserved


@dataclass
class Call:
    """One call. `given` is what the caller handed over; the stages fill in the rest, in their order.

    `session` is there when the call has its transactions to itself. `tx` may be another one after a stage has
    proceeded: take it from here each time.
    """

    tx: Tx
    caller: Caller
    name: str
    given: Any
    key: int
    at: datetime
    session: "Session | None" = None
    actor: Principal = field(init=False)
    operation: Operation = field(init=False)
    resource: Resource = field(init=False)
    arguments: BaseModel = field(init=False)
    effect: str = "unknown"
    amount: Decimal | None = None
    cumulated: Decimal | None = None
    counterparty: str | None = None
    digest: str | None = None
    approval: int | None = None
    rule: str | None = None
    outcome: str = "error"
    problem: str | None = None
    cost: Decimal = Decimal(0)
    cached: bool = False
    retry: bool = False
    tokens: int | None = None
    version: str | None = None
    reserved: "list[Reserved]" = field(default_factory=list)

    def __post_init__(self) -> None:
        self.actor = self.caller.principal

    @property
    def drawn_by(self) -> str:
        """What decides which version of a service takes the call: a case stays with one version."""
        caller = self.caller
        return str(caller.instance or caller.idempotency_key or self.key)

    @cached_property
    def json(self) -> bytes:
        """The arguments as their model writes them: the same arguments give the same bytes."""
        return written(self.arguments)

    @cached_property
    def json_digest(self) -> str:
        """SHA-256 over the arguments as written: what the record shows of them."""
        return hashlib.sha256(self.json).hexdigest()

    @cached_property
    def subject(self) -> Subject:
        """What people confirm, when the ladder asks them."""
        caller = self.caller
        return Subject(
            operation=self.name,
            arguments=self.arguments.model_dump(),
            amount=self.amount,
            cumulated=self.cumulated,
            preparer=caller.principal,
            preparers=preparers_of(caller.principal, (caller.preparer,)),
            process_id=caller.process_id,
            instance=caller.instance,
            element=caller.element,
            element_key=caller.element_key,
        )


Proceed = Callable[[Call], BaseModel]
Stage = Callable[[Call, Proceed], BaseModel]
"""A stage looks at the call and then proceeds, or answers itself, or raises why not."""
