"""What an approval is: the call it is bound to, what the ladder asked for, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from mainspring.base.canonical import digest as digest_of
from mainspring.govern.principal import Principal
from mainspring.govern.requirement import GRADES, Requirement

State = Literal["open", "approved", "refused", "expired", "void", "reserved", "consumed"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be confirmed, and where it arose.

    Attributes:
        operation, arguments: the call; arguments as JSON-able values.
        amount: the money at stake in this call; `cumulated` together with what went before in the window.
        preparer: who wants to make the call.
        preparers: ids of everyone who had a hand in it; none of them may confirm.
    """

    operation: str
    arguments: Mapping[str, Any]
    amount: Decimal | None
    cumulated: Decimal | None
    preparer: Principal
    preparers: frozenset[str]
    process_id: str | None = None
    instance: int | None = None
    element: str | None = None
    element_key: int | None = None

    @property
    def digest(self) -> str:
        """What an approval of it is bound to."""
        return digest_of({"operation": self.operation, "arguments": self.arguments})


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval as it now stands; `confirmed_by` are those who said yes, `refused_by` who said no."""

    key: int
    state: State
    operation: str
    digest: str
    arguments: Mapping[str, Any]
    amount: Decimal | None
    cumulated: Decimal | None
    requirement: Requirement
    preparer_kind: str
    preparer_id: str
    preparers: frozenset[str]
    instance: int | None
    element: str | None
    element_key: int | None
    requested_at: datetime
    expires_at: datetime
    confirmed_by: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    counted: frozenset[str] = frozenset()
    """Everyone whose authority a yes has used: who said it, and in whose place."""
    process_id: str | None = None

    @property
    def missing(self) -> int:
        """How many confirmations are still to come."""
        return max(0, self.requirement.confirmations - len(self.confirmed_by))

    def payload(self) -> dict[str, Any]:
        """What the person asked must see, as JSON; the answer must name `approval` and `digest` again."""
        return {
            "approval": self.key,
            "digest": self.digest,
            "operation": self.operation,
            "arguments": dict(self.arguments),
            "amount": self.amount,
            "cumulated": self.cumulated,
            "grade": self.requirement.grade,
            "confirmations": self.requirement.confirmations,
            "role": self.requirement.role,
            "rule": self.requirement.rule,
            "reason": self.requirement.reason,
            "prepared_by": self.preparer_id,
            "expires_at": self.expires_at,
        }


def covers(given: Requirement, needed: Requirement) -> bool:
    """Whether confirmations of the one kind satisfy the other: as many, no laxer grade."""
    return (
        given.role == needed.role
        and given.confirmations >= needed.confirmations
        and GRADES.index(given.grade) >= GRADES.index(needed.grade)
    )


def preparers_of(preparer: Principal, others: Iterable[str | None]) -> frozenset[str]:
    """Everyone who had a hand in a call: who makes it, who lent the authority, and those named beside."""
    named = {preparer.id, preparer.on_behalf_of, *others}
    return frozenset(name for name in named if name)


def to_row(approval: Approval) -> dict[str, Any]:
    """The approval as columns of its table."""
    return {
        "key": approval.key,
        "state": approval.state,
        "operation": approval.operation,
        "digest": approval.digest,
        "arguments": approval.arguments,
        "amount": approval.amount,
        "cumulated": approval.cumulated,
        "grade": approval.requirement.grade,
        "confirmations": approval.requirement.confirmations,
        "role": approval.requirement.role,
        "rule": approval.requirement.rule,
        "reason": approval.requirement.reason,
        "preparer_kind": approval.preparer_kind,
        "preparer_id": approval.preparer_id,
        "preparers": sorted(approval.preparers),
        "instance": approval.instance,
        "element": approval.element,
        "element_key": approval.element_key,
        "requested_at": approval.requested_at,
        "expires_at": approval.expires_at,
    }


def from_row(row: Any, answers: Sequence[Any]) -> Approval:
    """The approval of a row of its table and the rows of its answers."""
    said = [(each.person, each.outcome) for each in answers]
    return Approval(
        row.key,
        row.state,
        row.operation,
        row.digest,
        row.arguments,
        row.amount,
        row.cumulated,
        Requirement(row.grade, row.confirmations, row.role, row.rule, row.reason),
        row.preparer_kind,
        row.preparer_id,
        frozenset(row.preparers),
        row.instance,
        row.element,
        row.element_key,
        row.requested_at,
        row.expires_at,
        tuple(person for person, outcome in said if outcome == "approved"),
        tuple(person for person, outcome in said if outcome == "refused"),
        frozenset(
            name
            for each in answers
            if each.outcome == "approved"
            for name in (each.person, each.on_behalf_of)
            if name
        ),
        row.process_id,
    )
