"""A call on its way through the pipeline: what each stage found out, for later stages and for the record."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from mainspring.gateway.caller import Caller
from mainspring.govern.approval import Subject, preparers_of
from mainspring.govern.principal import Principal
from mainspring.govern.resources import Resource
from mainspring.services.operation import Operation
from mainspring.store import Tx


@dataclass
class Call:
    """One call. `given` is what the caller handed over; the stages fill in the rest, in their order."""

    tx: Tx
    caller: Caller
    name: str
    given: Any
    key: int
    at: datetime
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

    def __post_init__(self) -> None:
        self.actor = self.caller.principal

    @cached_property
    def json(self) -> bytes:
        """The arguments as their model writes them: the same arguments give the same bytes."""
        return self.arguments.__pydantic_serializer__.to_json(self.arguments)

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
