"""Approvals: confirmations bound to one operation with exactly these arguments, used once.

An approval is asked for by whoever prepared the call, and stands for the digest of the canonical form of
{operation, arguments}: one byte changed is another digest, which nobody approved. It goes

    open -> approved -> reserved -> consumed          a call reserves it, is carried out, consumes it
              ^------------'                           the call came to nothing
    open -> refused, open or approved -> expired
    approved -> void                                  it was used before the database was restored

Each confirmation is another person's, who holds the role asked for, is not one of those who prepared the
call and did not lend them the authority, nor stands in for one of them, nor has one stand in for them. Every
step is added to the record (`approval_steps`) and so to the evidence.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from mainspring.govern import proxies
from mainspring.govern.approval import Approval, State, Subject, covers, from_row, to_row
from mainspring.govern.errors import ApprovalError, ProxyError, UnknownPersonError
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.govern.record import record
from mainspring.govern.requirement import Requirement
from mainspring.govern.spent import NowhereSpent, Spent, spending
from mainspring.govern.tables import approval_answers, approval_steps, approvals
from mainspring.store import Tx

LIVES = timedelta(days=7)


class Approvals:
    """Asks, answers and uses approvals; everything within the caller's transaction.

    Args:
        keys: gives 64-bit keys.
        lives: how long a request may wait for its answers and its use.
        spent: remembers outside the database which approvals were used, so that a restored backup does not
            make them good again.
    """

    def __init__(
        self, *, keys: Callable[[], int], lives: timedelta = LIVES, spent: Spent | None = None
    ) -> None:
        self._keys = keys
        self._lives = lives
        self._spent: Spent = spent if spent is not None else NowhereSpent()

    # -- asking ---------------------------------------------------------------------------------------------

    def request(self, tx: Tx, subject: Subject, requirement: Requirement, *, now: datetime) -> Approval:
        """Ask for what the ladder requires; asking the same again gives the same request.

        Raises:
            ApprovalError: the requirement names nobody to ask.
        """
        if requirement.confirmations < 1:
            raise ApprovalError("nothing needs to be confirmed", where=subject.operation)
        known = self.find(tx, subject, now=now)
        if (
            known is not None
            and known.state in {"open", "approved"}
            and covers(known.requirement, requirement)
        ):
            return known
        key = self._keys()
        asked = Approval(
            key,
            "open",
            subject.operation,
            subject.digest,
            subject.arguments,
            subject.amount,
            subject.cumulated,
            requirement,
            subject.preparer.kind,
            subject.preparer.id,
            subject.preparers,
            subject.instance,
            subject.element,
            subject.element_key,
            now,
            now + self._lives,
            process_id=subject.process_id,
        )
        tx.insert(approvals, {"process_id": subject.process_id, **to_row(asked)})
        _step(tx, asked, "requested", subject.preparer, now)
        return asked

    def find(self, tx: Tx, subject: Subject, *, now: datetime) -> Approval | None:
        """The latest unused approval of exactly this call by this preparer at this place; old ones expire."""
        table = approvals
        row = tx.one(
            select(table)
            .where(
                table.c.tenant_id == tx.tenant,
                table.c.digest == subject.digest,
                table.c.preparer_kind == subject.preparer.kind,
                table.c.preparer_id == subject.preparer.id,
                table.c.instance.is_not_distinct_from(subject.instance),
                table.c.element_key.is_not_distinct_from(subject.element_key),
                table.c.state.in_(("open", "approved", "refused")),
            )
            .order_by(table.c.key.desc())
            .limit(1)
        )
        if row is None:
            return None
        found = _loaded(tx, row)
        if found.state == "approved" and self._spent.holds(tx.tenant, found.key):
            self._move(tx, found, ("approved",), "void", SYSTEM, now)
            return None
        if found.expires_at <= now:
            if found.state != "refused":
                self._move(tx, found, ("open", "approved"), "expired", SYSTEM, now)
            return None
        return found

    def get(self, tx: Tx, key: int, *, lock: bool = False) -> Approval:
        """The approval of this key; with `lock` nobody else answers it until this transaction ends.

        Raises:
            ApprovalError: there is none.
        """
        query = select(approvals).where(approvals.c.tenant_id == tx.tenant, approvals.c.key == key)
        row = tx.one(query.with_for_update() if lock else query)
        if row is None:
            raise ApprovalError(f"there is no approval {key}")
        return _loaded(tx, row)

    def waiting(self, tx: Tx) -> tuple[Approval, ...]:
        """All that wait for an answer, the oldest first."""
        rows = tx.all(
            select(approvals)
            .where(approvals.c.tenant_id == tx.tenant, approvals.c.state == "open")
            .order_by(approvals.c.key)
        )
        return tuple(_loaded(tx, row) for row in rows)

    # -- answering ------------------------------------------------------------------------------------------

    def answer(
        self,
        tx: Tx,
        key: int,
        person: Principal,
        *,
        approved: bool,
        digest: str,
        now: datetime,
        note: str = "",
    ) -> Approval:
        """A person's yes or no; see `approve` and `refuse`."""
        act = self.approve if approved else self.refuse
        return act(tx, key, person, digest=digest, now=now, note=note)

    def approve(
        self, tx: Tx, key: int, person: Principal, *, digest: str, now: datetime, note: str = ""
    ) -> Approval:
        """One person's yes to what they saw, which `digest` names.

        Raises:
            ApprovalError: not open, expired, another digest, not of the role, a preparer, or answered before.
        """
        asked = self._open(tx, key, person, digest, now)
        if not person.holds(asked.requirement.role):
            raise ApprovalError(
                f"{person.id} does not hold the role {asked.requirement.role}, which must confirm",
                where=asked.operation,
                mend="Leave it to someone who does.",
            )
        _answer(tx, asked, person, "approved", now, note)
        counted = asked.counted | {name for name in (person.id, person.on_behalf_of) if name}
        confirmed = replace(asked, confirmed_by=(*asked.confirmed_by, person.id), counted=counted)
        if confirmed.missing == 0:
            self._move(tx, confirmed, ("open",), "approved", person, now, step=None)
            return replace(confirmed, state="approved")
        return confirmed

    def refuse(
        self, tx: Tx, key: int, person: Principal, *, digest: str, now: datetime, note: str = ""
    ) -> Approval:
        """One person's no, which ends the request. A preparer may say no: that is taking it back.

        Raises:
            ApprovalError: not open or expired, another digest, or neither of the role nor a preparer.
        """
        asked = self._open(tx, key, person, digest, now, taking_back=True)
        if not person.holds(asked.requirement.role) and person.id not in asked.preparers:
            raise ApprovalError(f"{person.id} was not asked", where=asked.operation)
        _answer(tx, asked, person, "refused", now, note)
        self._move(tx, asked, ("open",), "refused", person, now, step=None)
        return replace(asked, state="refused", refused_by=(person.id,))

    def _open(
        self,
        tx: Tx,
        key: int,
        person: Principal,
        digest: str,
        now: datetime,
        *,
        taking_back: bool = False,
    ) -> Approval:
        asked = self.get(tx, key, lock=True)
        if asked.state == "open" and asked.expires_at <= now:
            raise ApprovalError(
                "the request has expired", where=asked.operation, mend="It must be asked again."
            )
        if asked.state != "open":
            raise ApprovalError(f"the request is {asked.state} already", where=asked.operation)
        if digest != asked.digest:
            raise ApprovalError(
                "the arguments are not those that were asked about",
                where=asked.operation,
                mend="Look at the request again and answer what it says now.",
            )
        if person.kind != "person":
            raise ApprovalError(
                f"only a person confirms, not {person.kind} {person.id}", where=asked.operation
            )
        if person.id in asked.confirmed_by:
            raise ApprovalError(
                f"{person.id} has confirmed already", where=asked.operation, mend="Another person is needed."
            )
        if not taking_back:
            _independent(tx, asked, person, now)
        return asked

    # -- using ----------------------------------------------------------------------------------------------

    def reserve(self, tx: Tx, approval: Approval, digest: str, *, by: Principal, now: datetime) -> None:
        """Take an approval for the one call it allows. Of two that try at once only one gets it.

        Raises:
            ApprovalError: not approved (any more), expired, or for other arguments.
        """
        if digest != approval.digest:
            raise ApprovalError("the approval is for other arguments", where=approval.operation)
        if approval.expires_at <= now:
            raise ApprovalError("the approval has expired", where=approval.operation)
        if self._spent.holds(tx.tenant, approval.key):
            raise ApprovalError(
                "the approval was used before; the database seems to be an older copy",
                where=approval.operation,
                mend="Check whether it was carried out, then ask for a new confirmation.",
            )
        self._move(tx, approval, ("approved",), "reserved", by, now)

    def consume(self, tx: Tx, approval: Approval, *, by: Principal, now: datetime) -> None:
        """The call was carried out: the approval is used up."""
        self._move(tx, approval, ("reserved",), "consumed", by, now)
        spending(tx, self._spent).add(approval.key)

    def release(self, tx: Tx, approval: Approval, *, by: Principal, now: datetime) -> None:
        """The call came to nothing and changed nothing: the approval may be used again."""
        self._move(tx, approval, ("reserved",), "approved", by, now, step="released")

    def expire(self, tx: Tx, *, now: datetime) -> int:
        """Close what waited too long; gives how many."""
        rows = tx.all(
            select(approvals).where(
                approvals.c.tenant_id == tx.tenant,
                approvals.c.state.in_(("open", "approved")),
                approvals.c.expires_at <= now,
            )
        )
        for row in rows:
            self._move(tx, _loaded(tx, row), ("open", "approved"), "expired", SYSTEM, now)
        return len(rows)

    def _move(
        self,
        tx: Tx,
        approval: Approval,
        before: tuple[State, ...],
        after: State,
        by: Principal,
        now: datetime,
        *,
        step: str | None = "",
    ) -> None:
        """Change the state if it still is what it was; the row count decides a race."""
        changed = tx.execute(
            update(approvals)
            .where(
                approvals.c.tenant_id == tx.tenant,
                approvals.c.key == approval.key,
                approvals.c.state.in_(before),
            )
            .values(state=after)
        )
        if changed.rowcount != 1:
            raise ApprovalError(
                f"the approval is no longer {' or '.join(before)}",
                where=approval.operation,
                mend="It was used or closed by another call; ask again.",
            )
        if step is not None:
            _step(tx, approval, step or after, by, now)


def _independent(tx: Tx, asked: Approval, person: Principal, now: datetime) -> None:
    """Refuse whoever prepared it, acts for one who did, or whose authority counts already."""
    mend = "Leave it to someone else of the role."
    if person.id in asked.preparers:
        said = f"{person.id} prepared it and so cannot confirm it"
        raise ApprovalError(said, where=asked.operation, mend=mend)
    if person.on_behalf_of in asked.preparers:
        said = f"{person.on_behalf_of} prepared it, so nobody confirms it in their place"
        raise ApprovalError(said, where=asked.operation, mend=mend)
    if person.on_behalf_of is not None:
        try:
            proxies.acting(tx, person.id, person.on_behalf_of, now=now, process_id=asked.process_id)
        except (ProxyError, UnknownPersonError) as error:
            raise ApprovalError(error.message, where=asked.operation, mend=error.mend) from None
    since = asked.requested_at
    if lender := proxies.was_stand_in(tx, asked.preparers, person.id, since=since, now=now):
        said = f"{person.id} stands in for {lender}, who prepared it, and so cannot confirm it"
        raise ApprovalError(said, where=asked.operation, mend=mend)
    if twice := asked.counted & {person.id, person.on_behalf_of}:
        said = f"the authority of {', '.join(sorted(map(str, twice)))} counts already"
        raise ApprovalError(said, where=asked.operation, mend="Another person is needed.")


def _answer(tx: Tx, asked: Approval, person: Principal, outcome: str, now: datetime, note: str) -> None:
    row = {"approval": asked.key, "person": person.id, "outcome": outcome, "at": now, "note": note}
    tx.insert(approval_answers, {**row, "on_behalf_of": person.on_behalf_of})
    _step(tx, asked, outcome, person, now, note)


def _step(tx: Tx, approval: Approval, step: str, by: Principal, now: datetime, note: str = "") -> None:
    row = {
        "approval": approval.key,
        "at": now,
        "step": step,
        "actor_kind": by.kind,
        "actor_id": by.id,
        "instance": approval.instance,
        "operation": approval.operation,
        "digest": approval.digest,
        "note": note,
        "on_behalf_of": by.on_behalf_of,
    }
    record(tx).add(approval_steps, row)


def _loaded(tx: Tx, row: Any) -> Approval:
    answers = tx.all(
        select(approval_answers)
        .where(approval_answers.c.tenant_id == tx.tenant, approval_answers.c.approval == row.key)
        .order_by(approval_answers.c.at, approval_answers.c.person)
    )
    return from_row(row, answers)
