"""An operation: the smallest thing that a business system does for a caller, with what governs the call.

Operations are values. A system is a module of plain functions and one tuple of these; the gateway is the only
one that calls them, after it has asked whether the caller may.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from mainspring.store import Tx

Effect = Literal["read", "write", "external", "money"]
Vouched = Literal["known", "said"]


class Data(BaseModel):
    """Base of every input and output: fixed once built, and no field that nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Actor(Protocol):
    """Who calls, as far as a business system cares: it writes the name beside what was done."""

    @property
    def kind(self) -> str:
        """person, agent, system or customer."""

    @property
    def id(self) -> str:
        """The name of the one who acts."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler may use: the open transaction, the moment of the call (UTC), fresh keys, the caller."""

    tx: "Tx"
    now: datetime
    keys: Callable[[], int]
    principal: Actor


def no_amount(_: Any) -> Decimal | None:
    """The amount of an operation in which no money is at stake."""
    return None


def no_counterparty(_: Any) -> str | None:
    """The counterparty of an operation in which nobody gets or gives money."""
    return None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a business system, as the gateway registers it.

    Args:
        name: system and verb, for instance ``orders.create``.
        title: what a business person calls it, by language (``en``, ``zh``).
        effect: what a call changes: nothing, our own records, the world outside, or money.
        input, output: frozen pydantic models that forbid unknown fields.
        handler: does the work within the caller's transaction.
        idempotent: the same arguments again change nothing and answer the same.
        reversible: a later operation can undo it without loss.
        amount: the money at stake for these arguments, which the authority ladder looks at. A handler of a
            money operation refuses when the books say another amount than its arguments.
        counterparty: who gets or gives that money, so that splitting below a limit is seen.
        cost: price of one call, in the currency of the cost table.
        cacheable: the answer may be reused within one job.
        steering: arguments that decide whom or what a call reaches, and who must have vouched for them before
            it may happen alone: `known` (a person's words or the company's own records), `said` (a person's
            words only). A dotted path names a field inside an argument, of each item where it is a list.
        quoted: arguments that are only kept, as words of whoever wrote them: no address in them is reached.
        outsiders: fields of the answer that hold words of outsiders, at any depth; `*` is the whole answer.
        private: fields of the answer that leave the company only when a person says so; `*` is all of them.
    """

    name: str
    title: Mapping[str, str]
    effect: Effect
    input: type[BaseModel]
    output: type[BaseModel]
    handler: Callable[[Context, Any], BaseModel]
    idempotent: bool = False
    reversible: bool = True
    amount: Callable[[Any], Decimal | None] = no_amount
    counterparty: Callable[[Any], str | None] = no_counterparty
    cost: Decimal = Decimal(0)
    cacheable: bool = False
    steering: Mapping[str, Vouched] = field(default_factory=dict)
    quoted: frozenset[str] = frozenset()
    outsiders: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
