"""The stage of the authority ladder: act alone, act and report, act once confirmed, or ask a person."""

from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from pydantic import BaseModel
from sqlalchemy import literal_column, select

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import ConfirmationNeeded, Denied, PersonOnly
from mainspring.govern.approval import Approval, covers
from mainspring.govern.approvals import Approvals
from mainspring.govern.ladder import Ladder
from mainspring.govern.principal import Principal
from mainspring.govern.record import record
from mainspring.govern.requirement import Requirement, stricter
from mainspring.govern.tables import calls, notices
from mainspring.store import Tx
from mainspring.store.tables import total

_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"


class Confirm:
    """Asks the ladder, and the people whom it names."""

    def __init__(self, ladder: Ladder, approvals: Approvals) -> None:
        self._ladder = ladder
        self._approvals = approvals

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Proceed when the ladder lets it, or when exactly these arguments are confirmed as it asks."""
        needed = self._requirement(call)
        call.rule = f"{needed.rule}: {needed.reason}" if needed.reason else needed.rule
        if needed.grade in {"automatic", "notify"}:
            result = proceed(call)
            if needed.grade == "notify" and call.actor.kind != "person":
                _report(call, needed)
            return result
        if needed.grade == "person" and call.caller.principal.kind == "person":
            if not call.caller.principal.holds(needed.role):
                raise Denied(f"only a person of the role {needed.role} does this", where=call.name)
            if needed.confirmations == 1:
                return proceed(call)
            needed = needed._replace(grade="confirm", confirmations=needed.confirmations - 1)
        return self._confirmed(call, needed, proceed)

    def _requirement(self, call: Call) -> Requirement:
        needed = self._asked(call, call.amount)
        if needed.window is None or call.amount is None or call.counterparty is None:
            return needed
        before = spent(call.tx, call.name, call.counterparty, call.at - needed.window)
        call.cumulated = call.amount + before
        return stricter(needed, self._asked(call, call.cumulated))

    def _asked(self, call: Call, amount: Decimal | None) -> Requirement:
        operation, caller = call.operation, call.caller
        return self._ladder.requirement(
            operation.name,
            operation.effect,
            amount,
            reversible=operation.reversible,
            confidence=caller.confidence,
            actor_kind=caller.principal.kind,
            granted=caller.grade,
            steered=bool(caller.unvouched),
        )

    def _confirmed(self, call: Call, needed: Requirement, proceed: Proceed) -> BaseModel:
        call.digest = call.subject.digest
        found = self._approvals.find(call.tx, call.subject, now=call.at)
        if found is not None and found.state == "refused":
            call.approval = found.key
            raise Denied(
                f"{', '.join(found.refused_by)} refused it", where=call.name, mend="Change the draft."
            )
        if found is None or found.state != "approved" or not covers(found.requirement, needed):
            self._ask(call, needed)
        return self._carried_out(call, found, proceed)

    def _ask(self, call: Call, needed: Requirement) -> NoReturn:
        request = self._approvals.request(call.tx, call.subject, needed, now=call.at)
        call.approval = request.key
        if needed.grade == "person":
            said = f"a person of the role {needed.role} must do this: {needed.reason}"
            raise PersonOnly(said, request=request, where=call.name)
        said = f"{request.missing} confirmation(s) by {needed.role} are needed: {needed.reason}"
        raise ConfirmationNeeded(said, request=request, where=call.name)

    def _carried_out(self, call: Call, approval: Approval, proceed: Proceed) -> BaseModel:
        by = call.caller.principal
        call.approval = approval.key
        self._approvals.reserve(call.tx, approval, call.subject.digest, by=by, now=call.at)
        if approval.requirement.grade == "person":
            # Whoever said yes has taken it over: the record and the books name that person, not the agent.
            call.actor = Principal("person", approval.confirmed_by[0])
        try:
            result = proceed(call)
        except BaseException:
            self._approvals.release(call.tx, approval, by=by, now=call.at)
            raise
        self._approvals.consume(call.tx, approval, by=by, now=call.at)
        return result


def spent(tx: Tx, operation: str, counterparty: str, since: datetime) -> Decimal:
    """What this operation has moved for this counterparty since then, in the books' currency.

    Others who would move some at the same time wait until this transaction ends, and then see what it moved.
    """
    if tx.dialect == "postgresql":  # SQLite has one writer anyway
        tx.raw(tx.statements.constant(_ALONE), (f"{tx.tenant} {operation} {counterparty}",))
    stored = tx.scalar(
        select(total(calls.c.amount)).where(
            calls.c.tenant_id == tx.tenant,
            calls.c.effect
            == literal_column("'money'"),  # written out, or SQLite passes over the partial index
            calls.c.operation == operation,
            calls.c.counterparty == counterparty,
            calls.c.at >= since,
            calls.c.outcome == "ok",
            calls.c.retry.is_(False),
        )
    )
    here = (
        Decimal(row["amount"] or 0)
        for row in record(tx).waiting(calls)
        if row["operation"] == operation
        and row["counterparty"] == counterparty
        and row["outcome"] == "ok"
        and not row["retry"]
    )
    return sum(here, start=Decimal(stored))


def _report(call: Call, needed: Requirement) -> None:
    row = {
        "key": call.key,
        "at": call.at,
        "role": needed.role,
        "operation": call.name,
        "actor_id": call.actor.id,
        "instance": call.caller.instance,
        "element": call.caller.element,
        "amount": call.amount,
        "rule": needed.rule,
        "reason": needed.reason,
    }
    call.tx.defer(notices, row)
